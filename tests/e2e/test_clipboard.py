"""o, y and Y in real terminals: what arrives on the clipboard, in the browser, on the screen."""

from __future__ import annotations

import json
import re
import sys
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import Pty, Tmux, need, program

pytestmark = pytest.mark.e2e

ADDRESS = "https://example.org/a-page?of='words'&and=$(id);more"
LONG = "https://example.org/" + "-".join(f"part{number}" for number in range(40))
PAGE = f"""\
Saturday, 1 June 2024

Links of a kind

The body of the post.

3 comments:

  1. Look at {ADDRESS} first.

    ReplyDelete
  2. Then at this one: {LONG}

    ReplyDelete
  3. Only words.

    ReplyDelete
"""
COPIED = re.compile(rb"\x1b]52;c?;([A-Za-z0-9+/=]*)\x07")
#: What a person sees is not cut here: only the last screen of a terminal of this size is read.
SIZE = (100, 30)

Started = Callable[..., Pty]


def shows(terminal: Pty, words: str) -> None:
    terminal.until(lambda _: words in "\n".join(terminal.screen()), words)


def shows_no_longer(terminal: Pty, words: str) -> None:
    terminal.until(lambda _: words not in "\n".join(terminal.screen()), f"no {words}")


def clipboard(sent: bytes) -> str:
    found = COPIED.findall(sent)
    return b64decode(found[-1]).decode() if found else ""


@pytest.fixture
def started(home: Path, run: Callable[..., object], in_pty: Callable[..., Pty]) -> Started:
    """Open the page in a bare terminal, at its first comment, with more variables or options."""
    page = home / "page.txt"
    page.write_text(PAGE)
    run("import", str(page))

    def start(**variables: str) -> Pty:
        more = [f"{name}={value}" for name, value in variables.items()]
        terminal = in_pty(size=SIZE, command=["env", *more, *program()])
        terminal.until(lambda sent: b"Links of a kind" in sent, "the post")
        terminal.settle()
        terminal.press("j")
        shows(terminal, "1 of 3")
        terminal.settle()
        return terminal

    return start


def recorder(home: Path, name: str, *, says: str = "") -> Path:
    """Return a program that writes down its arguments and says something to the terminal."""
    made = home / name
    made.write_text(
        f"#!{sys.executable}\nimport json, sys\n"
        f"json.dump(sys.argv[1:], open({str(home / 'called.part')!r}, 'w'))\n"
        f"import os; os.rename({str(home / 'called.part')!r}, {str(home / 'called')!r})\n"
        f"print({says!r}, flush=True)\n" + ("sys.stdin.readline()\n" if says else "")
    )
    made.chmod(0o755)
    return made


@pytest.mark.parametrize("leave", ["\r", "q", "\x1b", "x q\r"])
def test_y_sends_the_words_and_again_shows_them_plainly(started: Started, leave: str) -> None:
    terminal = started()
    terminal.press("y")
    shows(terminal, "Copied")
    assert clipboard(terminal.sent) == f"Look at {ADDRESS} first."
    terminal.press("y")
    terminal.until(lambda sent: b"Enter goes back" in sent, "the words as plain text")
    shown = terminal.sent.rsplit(b"\x1b[?1049l", 1)[1].decode()
    assert f"\r\nLook at {ADDRESS} first.\r\n" in shown
    terminal.press(leave)
    shows_no_longer(terminal, "Enter goes back")
    shows(terminal, "Only words.")
    terminal.settle()
    assert len(COPIED.findall(terminal.sent)) == 1


def test_capital_y_sends_where_it_stands(started: Started) -> None:
    terminal = started()
    terminal.press("Y")
    shows(terminal, "Copied")
    assert clipboard(terminal.sent) == "Links of a kind, Saturday 1 June 2024, comment 1"


def test_a_terminal_without_a_clipboard_gets_plain_text_at_once(started: Started) -> None:
    terminal = started(TERM="linux")
    terminal.press("y")
    terminal.until(lambda sent: b"Enter goes back" in sent, "the words as plain text")
    assert b"This terminal takes no copies. " in terminal.sent
    assert not COPIED.search(terminal.sent)


def test_an_address_longer_than_a_row_is_shown_as_one_line_of_the_terminal(
    started: Started,
) -> None:
    terminal = started()
    terminal.press("j")
    shows(terminal, "2 of 3")
    terminal.press("o")
    terminal.until(lambda sent: b"Enter goes back" in sent, "the address as plain text")
    assert f"\r\n{LONG}\r\n".encode() in terminal.sent
    assert clipboard(terminal.sent) == LONG
    terminal.press("\x03")  # does not end the reader
    terminal.press("\r")
    shows_no_longer(terminal, "Enter goes back")
    shows(terminal, "Only words.")
    terminal.press("Q")
    assert terminal.close() == 0


def test_a_browser_gets_the_address_as_one_argument(started: Started, home: Path) -> None:
    mine = recorder(home, "mine")
    terminal = started(BROWSER=f"{mine} --new %s")
    terminal.press("o")
    shows(terminal, "opens in mine")
    terminal.until(lambda _: (home / "called").exists(), "the browser")
    assert json.loads((home / "called").read_text()) == ["--new", ADDRESS]
    assert not COPIED.search(terminal.sent)


def test_a_browser_in_the_terminal_has_it_until_it_ends(started: Started, home: Path) -> None:
    w3m = recorder(home, "w3m", says="a page of the web")
    terminal = started(BROWSER=str(w3m))
    terminal.press("o")
    terminal.until(lambda sent: b"a page of the web" in sent, "the page")
    assert terminal.sent.rfind(b"\x1b[?1049l") < terminal.sent.rfind(b"a page of the web")
    assert json.loads((home / "called").read_text()) == [ADDRESS]
    terminal.press("q\n")
    shows_no_longer(terminal, "a page of the web")
    shows(terminal, "Only words.")
    terminal.press("Q")
    assert terminal.close() == 0


def test_a_browser_that_fails_leaves_the_address_on_the_clipboard(started: Started) -> None:
    terminal = started(BROWSER="false")
    terminal.press("o")
    terminal.until(lambda sent: bool(COPIED.search(sent)), "a copy")
    assert clipboard(terminal.sent) == ADDRESS
    shows(terminal, "false did not open it")


def test_no_copy_is_sent_to_one_who_wants_none(started: Started, home: Path) -> None:
    config = home / "reader" / "config" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("clipboard = false\n")
    terminal = started()
    terminal.press("y")
    terminal.until(lambda sent: b"Enter goes back" in sent, "the words as plain text")
    assert not COPIED.search(terminal.sent)


def test_losing_the_line_while_plain_text_is_shown_ends_the_reader(started: Started) -> None:
    terminal = started()
    terminal.press("y")
    shows(terminal, "Copied")
    terminal.press("y")
    terminal.until(lambda sent: b"Enter goes back" in sent, "the words as plain text")
    terminal.hang_up()


@pytest.mark.parametrize(
    "setting", [("-s", "set-clipboard", "on"), ("-g", "allow-passthrough", "on")]
)
def test_tmux_takes_a_copy_or_hands_it_on(
    home: Path,
    run: Callable[..., object],
    in_tmux: Callable[..., Tmux],
    in_pty: Callable[..., Pty],
    setting: tuple[str, ...],
) -> None:
    (home / "page.txt").write_text(PAGE)
    run("import", str(home / "page.txt"))
    window = in_tmux(size=SIZE, TMUX="within")
    window.until(lambda screen: "The body of the post." in screen, "the post")
    window.tmux("set", "-s", "set-clipboard", "off")
    window.tmux("set", *setting)
    outer = in_pty(size=SIZE, command=["tmux", "-u", "-L", window.socket, "attach"])
    outer.until(lambda sent: b"The body of the post." in sent, "tmux")
    window.press("y")
    window.until(lambda screen: "Copied 21 characters" in screen, "what was copied")
    outer.until(lambda sent: bool(COPIED.search(sent)), "the copy, in the terminal tmux runs in")
    assert clipboard(outer.sent) == "The body of the post."
    buffer = window.tmux("show-buffer")
    assert buffer == ("The body of the post." if "set-clipboard" in setting else "")


def test_screen_hands_a_long_copy_on_whole(
    home: Path, run: Callable[..., object], in_pty: Callable[..., Pty]
) -> None:
    need("screen")
    body = ("Words. " * 600).strip()
    (home / "page.txt").write_text(PAGE.replace("The body of the post.", body))
    run("import", str(home / "page.txt"))
    sockets = home / "sockets"
    sockets.mkdir(mode=0o700)
    outer = in_pty(
        size=SIZE,
        command=["env", f"SCREENDIR={sockets}", "screen", "-U", "-c", "/dev/null", *program()],
    )
    outer.until(lambda sent: b"Words. Words." in sent, "the post")
    outer.press("y")
    outer.until(lambda sent: bool(COPIED.search(sent)), "the copy, in the terminal of screen")
    assert clipboard(outer.sent) == body
