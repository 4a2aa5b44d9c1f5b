"""The lean output on real terminals: after every turn they show what they should."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from probation_reader.paths import corpus
from tests.e2e.terminal import PATIENCE, Pty, Tmux, program
from tests.ui.driver.emulator import Emulator, looks

pytestmark = pytest.mark.e2e

WIDE = """Saturday, 27 April 2024

Guest Blog “97” – 漢字

Body of the post.

3 comments:

  1. 東京の保護観察官は同じことを言った。東京の保護観察官は同じことを言った。東京。

    ReplyDelete
    Replies
    1. Réponse naïve: “garçon” … 한국의 보호관찰 제도

      Delete
  2. The last word, ＡＢＣ.

    ReplyDelete
"""


def started(in_pty: Callable[..., Pty], *arguments: str) -> Pty:
    terminal = in_pty(*arguments)
    terminal.until(lambda sent: "▾".encode() in sent, "a thread of the sample")
    terminal.settle(1.0)
    return terminal


def screen(terminal: Pty, since: int = 0) -> list[str]:
    """Return the rows of a terminal that has been sent everything, or all since some byte."""
    emulated = Emulator(*terminal.size)
    emulated.feed(terminal.sent[since:].decode())
    return list(emulated.display)


def resize(terminal: Pty, columns: int, lines: int) -> None:
    terminal.size = (columns, lines)
    fcntl.ioctl(terminal.line, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def ended(terminal: Pty) -> bool:
    """Return whether the program ends although nobody reads what it sends."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if os.waitpid(terminal.pid, os.WNOHANG)[0]:
            return True
        time.sleep(0.05)
    return False


def memory(terminal: Pty) -> int:
    """Return the kilobytes that the program holds."""
    status = Path(f"/proc/{terminal.pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0])


def test_the_screen_is_drawn_again_in_full(in_pty: Callable[..., Pty]) -> None:
    terminal = started(in_pty)
    before, shown = len(terminal.sent), screen(terminal)
    terminal.press("\x0c")
    terminal.settle()
    assert screen(terminal, before) == shown


@pytest.mark.parametrize("size", [(60, 20), (100, 40), (80, 24)])
def test_a_new_size_is_drawn_in_full_even_if_it_is_the_old_one_again(
    in_pty: Callable[..., Pty], size: tuple[int, int]
) -> None:
    terminal = started(in_pty)
    before, shown = len(terminal.sent), screen(terminal)
    resize(terminal, 61, 21)
    resize(terminal, *size)
    terminal.settle(1.0)
    after = screen(terminal, before)
    assert any("▾ post" in row for row in after)
    assert all(len(row) <= size[0] for row in after)
    if size == (80, 24):
        assert after == shown


@pytest.fixture(params=["lean", "plain"])
def output(request: pytest.FixtureRequest, home: Path) -> None:
    """The reader sends the screen the one way, then the other."""
    (folder := home / "reader" / "config").mkdir(parents=True)
    (folder / "config.toml").write_text(f'output = "{request.param}"\n', encoding="utf-8")


@pytest.mark.usefixtures("output")
def test_to_the_shell_and_back(in_pty: Callable[..., Pty]) -> None:
    terminal = in_pty(command=["bash", "--norc", "--noprofile", "-i"])
    terminal.press(" ".join(program()) + "\r")
    terminal.until(lambda sent: "▾".encode() in sent, "a thread of the sample")
    terminal.settle(1.0)
    shown = screen(terminal, terminal.sent.rfind(b"\x1b[?1049h"))
    terminal.press("\x1a")
    terminal.until(lambda sent: b"Stopped" in sent, "the shell")
    terminal.settle()
    left = terminal.sent.rfind(b"\x1b[?1049l")
    assert left > terminal.sent.rfind(b"\x1b[?1049h")
    terminal.press("fg\r")
    terminal.until(lambda sent: sent.rfind("▾".encode()) > left, "the reader")
    terminal.settle(1.0)
    back = terminal.sent.rfind(b"\x1b[?1049h")
    assert back > left
    assert screen(terminal, back) == shown
    terminal.press("jQ")
    terminal.until(lambda sent: sent.rfind(b"\x1b[?1049l") > back, "the shell")
    terminal.press("exit\r")
    assert terminal.close() == 0


@pytest.mark.usefixtures("output")
@pytest.mark.parametrize("left", ["as it was found", "as it was"])
def test_stopped_without_notice_it_takes_the_terminal_again(
    in_pty: Callable[..., Pty], left: str
) -> None:
    terminal = started(in_pty)
    shown, modes = screen(terminal), termios.tcgetattr(terminal.line)
    os.kill(terminal.pid, signal.SIGSTOP)
    os.waitid(os.P_PID, terminal.pid, os.WSTOPPED | os.WNOWAIT)
    if left == "as it was found":  # some shells do that before they ask for a command
        modes[3] |= termios.ECHO | termios.ICANON | termios.ISIG
        termios.tcsetattr(terminal.line, termios.TCSANOW, modes)
    os.kill(terminal.pid, signal.SIGCONT)
    before = len(terminal.sent)
    terminal.until(lambda sent: "▾".encode() in sent[before:], "the thread again")
    terminal.settle(1.0)
    assert screen(terminal, terminal.sent.rfind(b"\x1b[?1049h")) == shown
    assert not termios.tcgetattr(terminal.line)[3] & termios.ECHO
    terminal.press("jkQ")
    terminal.until(lambda sent: sent.endswith(b"\x1b[?1004l"), "the end")
    modes = termios.tcgetattr(terminal.line)
    assert modes[3] & termios.ECHO
    assert modes[3] & termios.ICANON
    assert terminal.close() == 0


def test_where_no_shell_is_the_reader_stays(in_pty: Callable[..., Pty]) -> None:
    terminal = started(in_pty)
    terminal.press("\x1a")
    terminal.settle()
    assert "There is no shell here" in screen(terminal)[-1]


@pytest.mark.parametrize("how", ["Q", signal.SIGHUP, signal.SIGTERM])
def test_a_terminal_that_takes_nothing_costs_no_memory_and_cannot_hold_the_reader(
    in_pty: Callable[..., Pty], how: str | signal.Signals
) -> None:
    terminal = started(in_pty)
    held = memory(terminal)
    for _ in range(30):
        terminal.press("Ggg" * 20)
        time.sleep(0.05)
    assert memory(terminal) < held + 8_000
    if isinstance(how, str):
        terminal.press(how)
    else:
        os.kill(terminal.pid, how)
    assert ended(terminal)


def test_the_cursor_is_seen_and_stands_at_the_current_passage(
    in_tmux: Callable[..., Tmux],
) -> None:
    window = in_tmux()
    window.until(lambda screen: "▾ post" in screen, "a thread")

    def at_cursor() -> str:
        shown, y = window.tmux("display", "-p", "#{cursor_flag} #{cursor_y}").split()
        return window.screen.splitlines()[int(y)] if shown == "1" else ""

    window.until(lambda _: "▾ post" in at_cursor(), "the cursor at the post")
    window.press("j", "j")
    window.until(lambda _: "▾ 1" in at_cursor(), "the cursor at a comment")
    window.press("/", "d", "o", "g")
    window.until(lambda _: "dog" in at_cursor(), "the cursor where one types")


def test_tmux_shows_the_same_either_way(
    tmp_path: Path, in_tmux: Callable[..., Tmux], run: Callable[..., object]
) -> None:
    (page := tmp_path / "page.txt").write_text(WIDE, encoding="utf-8")
    windows = []
    for output in ("lean", "plain"):
        home = tmp_path / output
        config = home / "config"
        config.mkdir(parents=True)
        choices = f'output = "{output}"\nread_after = 60\n'
        (config / "config.toml").write_text(choices, encoding="utf-8")
        run("--data-dir", str(home), "import", str(corpus()), str(page))
        windows.append(in_tmux("--data-dir", str(home)))
    for window in windows:
        window.until(lambda screen: "▾ post" in screen, "a thread")
    lean, plain = windows

    def colours(window: Tmux) -> object:
        emulated = Emulator(*size)
        emulated.feed(window.tmux("capture-pane", "-e", "-p").replace("\n", "\r\n"))
        return looks(emulated)

    size = (80, 24)
    keys = "Down Down Down NPage j j h l = Down Down Up PPage z M z R G g g X N b ? Escape Tab"
    for key in (*keys.split(), "80x30", "Down", "40x20", "Down", "NPage", "120x40", "Down", "="):
        if "x" in key and key[0].isdigit():
            size = (int(key.split("x")[0]), int(key.split("x")[1]))
            for window in windows:
                window.resize(*size)
        else:
            for window in windows:
                window.press(key)
        if key == "Escape":  # what is sent right behind it would be taken for its end
            for window in windows:
                window.until(lambda screen: "Reading on" not in screen, "the help closed")
        lean.until(lambda _: colours(lean) == colours(plain), f"the same after {key}")


#: Shows what was kept of the last run before the screen begins, and keeps what it shows.
KEEPING = """
import os, pickle, sys
from pathlib import Path
from probation_reader import ingest, paths
from probation_reader.startup import styled_rows
from probation_reader.options import Options
from probation_reader.ui.app import ReaderApp
from probation_reader.workspace import Workspace
file = Path(os.environ["HOME"]) / "shown"
with Workspace.open(paths.resolve(None)) as workspace:
    if not workspace.library.counts().posts:
        ingest.bring_sample(workspace, paths.corpus())
    shown = pickle.loads(file.read_bytes()) if file.exists() else None
    if shown is not None:
        seen = styled_rows.output(shown.cells(), shown.cursor)
        sys.stdout.write("\\x1b[?1049h" + seen + "\\x1b]2;shown\\x07")
        sys.stdout.flush()
    app = ReaderApp(workspace, options=Options(read_after=60), begin_with=shown)
    app.run()
    file.write_bytes(pickle.dumps(app._driver.shown()))
"""


def test_what_the_terminal_shows_already_is_not_sent_again(in_pty: Callable[..., Pty]) -> None:
    seen = []
    for keys in ("jjb", "", ""):
        terminal = in_pty(command=[sys.executable, "-c", KEEPING])
        terminal.until(lambda sent: b"\x1b[?2004h" in sent and b"help" in sent, "the reader")
        terminal.settle(1.5)
        terminal.press(keys)
        terminal.settle()
        seen.append(screen(terminal))
        begun = terminal.sent.find(b"\x1b]2;shown\x07")
        painted = len(re.sub(rb"\x1b[]\[][^a-zA-Z]*[a-zA-Z]", b"", terminal.sent[begun:]))
        terminal.press("Q")
        assert terminal.close() == 0
    assert seen[1] == seen[2]
    assert begun > 0
    assert painted < 100


#: The program, stopped just after it has given the terminal back.
STOPPED = """
import os, signal, sys
from probation_reader.startup import snapshot
from probation_reader.cli import start
snapshot.keep = lambda *_: os.kill(os.getpid(), signal.SIGTSTP)
sys.exit(start.main())
"""


def test_stopped_while_it_leaves_it_goes_on_leaving(in_pty: Callable[..., Pty]) -> None:
    terminal = in_pty(command=[sys.executable, "-c", STOPPED])
    terminal.until(lambda sent: "▾".encode() in sent, "a thread of the sample")
    terminal.settle(1.0)
    terminal.press("Q")
    terminal.until(lambda sent: sent.endswith(b"\x1b[?1004l"), "the terminal given back")
    os.waitid(os.P_PID, terminal.pid, os.WSTOPPED | os.WNOWAIT)
    os.kill(terminal.pid, signal.SIGCONT)
    assert terminal.close() == 0
    assert b"Traceback" not in terminal.sent
    assert terminal.sent.count(b"\x1b[?1049h") == 1
