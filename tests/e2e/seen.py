"""A program in a bare pseudo-terminal whose screen can be read: drawn by an emulator."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pyte

from tests.e2e.terminal import PATIENCE, Pty

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Seen(Pty):
    """A program on a terminal of a size, and what the terminal shows.

    Args:
        home: the program's home.
        command: the program and its arguments.
        size: columns and lines.
    """

    def __init__(self, home: Path, command: Sequence[str], size: tuple[int, int]) -> None:
        self.begun = time.perf_counter()
        super().__init__(home, command=command, size=size)
        self.emulated = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.emulated)
        self._drawn = 0

    def draw(self) -> None:
        """Take what has been sent to the screen."""
        fresh, self._drawn = self.sent[self._drawn :], len(self.sent)
        self._stream.feed(fresh)

    def shown(self) -> str:
        """Return the screen as lines of text."""
        self.draw()
        return "\n".join(self.emulated.display)

    def until_shown(self, words: str) -> float:
        """Wait for words on the screen; return the seconds since the program was started."""
        deadline = time.perf_counter() + PATIENCE
        while words not in self.shown():
            assert time.perf_counter() < deadline, f"{words!r} not shown in\n{self.shown()}"
            self.read(0.02)
        return time.perf_counter() - self.begun
