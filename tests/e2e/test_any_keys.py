"""Keys that make no sense, sizes and the shell in between, in a real terminal: it stays whole.

The same ones every time. The reader has to be there afterwards, the screen to be what
a redraw gives, and the terminal to be the shell's in the end.
"""

from __future__ import annotations

import random
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import Pty, program
from tests.ui.driver.emulator import Emulator, looks
from tests.ui.driver.test_replay import KEYS, SIZES

pytestmark = pytest.mark.e2e

_STEPS = 150
#: Copied twice, a passage becomes a page of plain text that waits for Enter; what a search
#: finds comes when it will.
_SAFE = [keys for keys in KEYS if keys != "y" and not keys.startswith("/")]
_BASH = ["bash", "--norc", "--noprofile", "-i"]


class Watched:
    """A terminal and what is seen on it, through every size.

    Args:
        terminal: runs the reader.
    """

    def __init__(self, terminal: Pty) -> None:
        self.terminal = terminal
        self._screen = Emulator(*terminal.size)
        self._seen = 0

    def look(self) -> list[object]:
        """Return what is seen once nothing more comes, without the status row."""
        self.terminal.settle()
        self._feed()
        return [*looks(self._screen)[:-1]]

    def _feed(self) -> None:
        new = self.terminal.sent[self._seen :]
        text = new.decode(errors="ignore")  # a character may be half there
        self._seen += len(text.encode())
        self._screen.feed(text)

    def resize(self, columns: int, lines: int) -> None:
        self._feed()
        self.terminal.resize(columns, lines)
        self._screen.resize(lines, columns)

    def to_the_shell_and_back(self) -> None:
        stopped, taken = (self.terminal.sent.count(what) for what in (b"Stopped", b"\x1b[?1049h"))
        self.terminal.press("\x1a")
        self.terminal.until(lambda sent: sent.count(b"Stopped") > stopped, "the shell")
        self.terminal.press("fg\r")
        self.terminal.until(lambda sent: sent.count(b"\x1b[?1049h") > taken, "the reader")


def test_the_screen_is_whole_after_any_keys_and_sizes(
    in_pty: Callable[..., Pty], run: Callable[..., object], home: Path
) -> None:
    run("sample")
    (folder := home / "reader" / "config").mkdir()
    (folder / "config.toml").write_text("read_after = 0\n", encoding="utf-8")  # none comes late
    terminal = in_pty(command=_BASH)
    terminal.press(" ".join(program()) + "\r")
    terminal.until(lambda sent: "▾".encode() in sent, "a thread of the sample")
    terminal.settle()
    watched, dice = Watched(terminal), random.Random(3)  # noqa: S311 - the same keys every time
    for step in range(1, _STEPS + 1):
        if dice.random() < 1 / 20:
            watched.resize(*dice.choice(SIZES))
        terminal.press(dice.choice(_SAFE))
        terminal.read(dice.choice([0, 0.02]))
        if not step % 60:
            watched.to_the_shell_and_back()
        if not step % 30:
            shown = watched.look()
            terminal.press("\x0c")
            assert watched.look() == shown
    terminal.press("\x03")
    terminal.until(lambda sent: sent.endswith(b"\x1b[?1004l") or b"bash" in sent[-60:], "the end")
    assert termios.tcgetattr(terminal.line)[3] & termios.ECHO
    terminal.press("exit\r")
    assert terminal.close() == 0
    assert b"Traceback" not in terminal.sent
    assert not list(home.rglob("*.log"))
