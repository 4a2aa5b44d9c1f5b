"""What the terminal showed on leaving is there at the next start before anything is loaded."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest
from pyte.screens import Char

from tests.e2e.terminal import LOADING, Pty

pytestmark = pytest.mark.e2e

Start = Callable[..., Pty]
Run = Callable[..., subprocess.CompletedProcess[str]]

#: How the last screen begins; the screen itself begins otherwise.
EARLY = b"\x1b[?1049h\x1b[?7l\x1b[m\x1b[H\x1b[J"
#: Where an early end leaves it.
LEFT = b"\x1b[?7h\x1b[?1049l"
#: What the screen asks of a terminal once it has taken it.
TAKEN = b"\x1b[?2004h"

#: More than taking over costs, less than two rows.
FEW = 400

PAGE = """Saturday, 4 May 2024

A Page of Our Own

The post says what it has to say.

1 comment:

  1. First of all, a word about parking.

    ReplyDelete
"""
#: The program where nothing can be loaded that is not part of it or of Python.
ALONE = """
import sys
sys.modules.update(dict.fromkeys(("click", "platformdirs", "rich", "sqlite3", "textual")))
from probation_reader.cli.start import main
sys.exit(main())
"""


@pytest.fixture
def kept(home: Path) -> Path:
    return home / "reader" / "cache" / "last-screen.json"


@pytest.fixture
def post(run: Run) -> str:
    """The sample, one post of which is read: reading on in it changes nothing."""
    run("sample")
    posts = json.loads(run("list", "--json").stdout)
    longest = max(posts, key=lambda post: int(post["comments"]))
    run("mark", "read", longest["id"])
    return str(longest["id"])


def opened(start: Start, *arguments: str, size: tuple[int, int] = (80, 24)) -> Pty:
    terminal = start(*arguments, size=size)
    terminal.until(lambda sent: TAKEN in sent and "▌".encode() in sent, "a thread")
    terminal.settle()
    return terminal


def quits(terminal: Pty, key: str = "Q") -> bytes:
    """Leave; return all that was sent."""
    terminal.press(key)
    assert terminal.close() == 0
    return terminal.sent


def cells(terminal: Pty) -> list[list[Char]]:
    """Return what is seen in each cell; of a blank one no ink is seen."""
    screen = terminal.emulator()
    rows = [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]
    return [[screen.default_char if cell.data == " " else cell for cell in row] for row in rows]


@pytest.fixture
def left(in_pty: Start, post: str) -> Pty:
    """A session that read on and folded, after one at whose end nothing was new any more."""
    quits(opened(in_pty, "read", post))
    terminal = opened(in_pty)
    for key in ("}", "h", "w", "}", "j"):
        terminal.press(key)
        terminal.settle()
    return terminal


def test_it_is_shown_though_nothing_can_be_loaded(in_pty: Start, left: Pty, kept: Path) -> None:
    shown = left.screen()
    quits(left)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    terminal = in_pty(command=[sys.executable, "-c", ALONE])
    terminal.until(lambda sent: b"click" in sent, "what cannot be loaded")
    assert terminal.close() == 1
    early, gone, _ = terminal.sent.partition(LEFT)
    assert gone
    assert early.startswith(EARLY)
    terminal.sent = early
    assert terminal.screen() == shown


def test_the_screen_takes_it_over_as_if_it_had_drawn_it(
    in_pty: Start, left: Pty, kept: Path
) -> None:
    before = cells(left)
    quits(left)
    with_it = opened(in_pty)
    assert with_it.sent.startswith(EARLY)
    assert cells(with_it) == before
    screen = with_it.emulator()
    assert with_it.sent.count(b"\x1b[?1049h") == 1, "entering again could clear it"
    quits(with_it)
    kept.unlink()
    without = opened(in_pty)
    assert not without.sent.startswith(EARLY)
    assert cells(without) == before
    cursor = without.emulator().cursor
    assert (screen.cursor.x, screen.cursor.y) == (cursor.x, cursor.y)
    quits(without)


def test_the_screen_sends_no_row_again(in_pty: Start, left: Pty) -> None:
    shown = {row.strip() for row in left.screen() if row.strip()}
    quits(left)
    terminal = opened(in_pty)
    again = terminal.sent[terminal.sent.find(TAKEN) :].decode()
    assert not [row for row in shown if row in again]
    assert len(again) < FEW
    quits(terminal)


@pytest.mark.parametrize(
    "keys", [["q", "q"], ["?", "\x03"], ["/word", "\x03"], ["B", "\x1b", "Q"], [":", "\x03"]]
)
def test_it_is_the_thread_wherever_one_left_from(in_pty: Start, left: Pty, keys: list[str]) -> None:
    shown = left.screen()
    for key in keys:
        left.press(key)
        left.settle()
    assert left.close() == 0
    terminal = in_pty(command=LOADING)
    terminal.until(lambda sent: sent.startswith(EARLY), "the last screen")
    terminal.settle()
    assert terminal.screen() == shown


def test_it_is_the_thread_alone_if_that_is_what_is_drawn_next(in_pty: Start, left: Pty) -> None:
    left.press("=")
    left.settle()
    before = cells(left)
    quits(left)
    terminal = opened(in_pty)
    assert terminal.sent.startswith(EARLY)
    assert cells(terminal) == before
    terminal.press("q")  # to the posts, which are shown for that
    terminal.settle()
    quits(terminal)
    assert not quits(opened(in_pty)).startswith(EARLY)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_it_is_kept_when_the_line_drops(in_pty: Start, left: Pty, number: signal.Signals) -> None:
    os.kill(left.pid, number)
    assert left.close() == 0
    assert quits(opened(in_pty)).startswith(EARLY)


def test_it_is_kept_when_nobody_listens_any_more(in_pty: Start, left: Pty) -> None:
    left.hang_up()
    assert quits(opened(in_pty)).startswith(EARLY)


def test_looking_things_up_elsewhere_changes_nothing(in_pty: Start, left: Pty, run: Run) -> None:
    quits(left)
    for command in (["list"], ["unread", "--count"], ["search", "office"], ["doctor"], ["keys"]):
        run(*command)
    assert quits(opened(in_pty)).startswith(EARLY)


def test_it_is_not_shown_once_anything_has_changed(
    in_pty: Start, left: Pty, post: str, run: Run, tmp_path: Path
) -> None:
    quits(left)
    run("mark", "unread", post)
    assert not quits(opened(in_pty)).startswith(EARLY)
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    run("import", str(page))
    assert not quits(opened(in_pty)).startswith(EARLY)
    assert quits(opened(in_pty)).startswith(EARLY)
    options = tmp_path / "reader" / "config" / "config.toml"
    options.parent.mkdir(exist_ok=True)
    options.write_text('theme = "high-contrast"\n')
    assert not quits(opened(in_pty)).startswith(EARLY)
    assert quits(opened(in_pty)).startswith(EARLY)


def test_it_is_shown_in_its_own_size_only(in_pty: Start, left: Pty) -> None:
    quits(left)
    assert not quits(opened(in_pty, size=(80, 25))).startswith(EARLY)


def test_what_was_chosen_for_once_is_not_kept(in_pty: Start, left: Pty) -> None:
    quits(left)
    assert not quits(opened(in_pty, "read", "--theme", "light")).startswith(EARLY)
    assert not quits(opened(in_pty)).startswith(EARLY)


def test_a_damaged_one_is_nothing(in_pty: Start, left: Pty, kept: Path) -> None:
    quits(left)
    kept.write_bytes(kept.read_bytes()[:1000])
    assert not quits(opened(in_pty)).startswith(EARLY)
    assert quits(opened(in_pty)).startswith(EARLY)


def test_a_terminal_resized_meanwhile_is_drawn_anew(in_pty: Start, left: Pty) -> None:
    quits(left)
    terminal = in_pty()
    terminal.until(lambda sent: sent.startswith(EARLY), "the last screen")
    terminal.resize(60, 20)
    terminal.sent = b""
    terminal.until(lambda sent: TAKEN in sent, "the screen")
    terminal.settle()
    fresh = opened(in_pty, size=(60, 20))
    assert terminal.screen() == fresh.screen()
    quits(terminal)
    quits(fresh)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ended_under_it_the_terminal_is_as_it_was(
    in_pty: Start, left: Pty, number: signal.Signals
) -> None:
    quits(left)
    terminal = in_pty(command=LOADING)
    terminal.until(lambda sent: sent.startswith(EARLY), "the last screen")
    assert not termios.tcgetattr(terminal.line)[3] & termios.ECHO
    if number == signal.SIGINT:
        terminal.press("jj\x03")
    else:
        os.kill(terminal.pid, number)
    os.waitid(os.P_PID, terminal.pid, os.WEXITED | os.WNOWAIT)
    assert termios.tcgetattr(terminal.line)[3] & termios.ECHO
    assert terminal.close() == 128 + number
    assert terminal.sent.endswith(LEFT)


def test_a_failure_under_it_is_read_on_the_screen_one_came_from(
    in_pty: Start, left: Pty, home: Path
) -> None:
    quits(left)
    library = home / "reader" / "data" / "library.sqlite3"
    was = library.stat()
    library.write_bytes(b"\0" * was.st_size)
    os.utime(library, ns=(was.st_atime_ns, was.st_mtime_ns))
    terminal = in_pty()
    terminal.until(lambda sent: b"library.sqlite3" in sent, "what is wrong")
    early, _, said = terminal.sent.partition(LEFT)
    assert early.startswith(EARLY)
    assert b"library.sqlite3" not in early
    assert b"library.sqlite3" in said
    assert terminal.close() == 1


def test_keys_typed_under_it_act_in_order(in_pty: Start, left: Pty) -> None:
    quits(left)
    terminal = in_pty()
    terminal.until(lambda sent: sent.startswith(EARLY), "the last screen")
    terminal.press("/off")
    terminal.press("ice")
    terminal.until(lambda _: "/ office" in terminal.screen()[-1], "the words in the bar")
    quits(terminal, "\x03")
