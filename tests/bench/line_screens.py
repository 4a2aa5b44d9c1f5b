"""A program on a real pseudo-terminal, measured key by key, and what its screen shows.

The time of a key is from writing it to the last byte that comes before the line
has been quiet for `QUIET` seconds. A key that is answered by nothing within
`PATIENCE` costs no bytes and no time.
"""

from __future__ import annotations

import fcntl
import os
import signal
import struct
import termios
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyte

from tests.e2e.terminal import Pty

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.bench.line_floor import Picture

QUIET = 0.04
PATIENCE = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What one key came to: bytes, milliseconds, and the screens before and after it."""

    size: int
    ms: float
    before: Picture
    after: Picture


class Measured(Pty):
    """A program on a terminal of a size; its screen is drawn by an emulator as bytes come."""

    def __init__(self, home: Path, command: Sequence[str], size: tuple[int, int]) -> None:
        self.begun = time.perf_counter()
        super().__init__(home, command=command, size=size)
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._drawn = 0

    def shown(self) -> str:
        """Return the screen as lines of text."""
        self._draw()
        return "\n".join(self._screen.display)

    def picture(self) -> Picture:
        """Return the screen as cells."""
        self._draw()
        buffer, columns = self._screen.buffer, range(self._screen.columns)
        return tuple(
            tuple(buffer[line][column] for column in columns) for line in range(self._screen.lines)
        )

    def _draw(self) -> None:
        fresh, self._drawn = self.sent[self._drawn :], len(self.sent)
        self._stream.feed(fresh)

    def until_shown(self, words: str) -> float:
        """Wait for words on the screen; return the seconds since the program was started."""
        deadline = time.perf_counter() + 60
        while words not in self.shown():
            if time.perf_counter() > deadline:
                message = f"{words!r} never shown in\n{self.shown()}"
                raise TimeoutError(message)
            self.read(0.02)
        return time.perf_counter() - self.begun

    def do(self, key: str) -> None:
        """Press a key, or change the width where it is written ``width:COLUMNS``."""
        if key.startswith("width:"):
            columns, lines = int(key.removeprefix("width:")), self._screen.lines
            self._draw()
            self._screen.resize(lines, columns)
            window = struct.pack("HHHH", lines, columns, 0, 0)
            fcntl.ioctl(self.line, termios.TIOCSWINSZ, window)
        else:
            self.press(key)

    def quiet(self) -> float:
        """Read until nothing comes any more; return the moment of the last byte, 0 if none came."""
        last, wait = 0.0, PATIENCE
        while self.read(wait):
            last, wait = time.perf_counter(), QUIET
        return last

    def answer(self, key: str) -> Answer:
        """Press a key and measure what comes."""
        before, sent, begun = self.picture(), len(self.sent), time.perf_counter()
        self.do(key)
        last = self.quiet()
        size, ms = len(self.sent) - sent, max(0.0, last - begun) * 1000
        return Answer(size, ms, before, self.picture())

    def idle(self, seconds: float) -> int:
        """Return how many bytes come while nothing is done."""
        sent, deadline = len(self.sent), time.perf_counter() + seconds
        while (left := deadline - time.perf_counter()) > 0:
            self.read(left)
        return len(self.sent) - sent

    def end(self) -> None:
        """End the program, whatever it is doing."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.line)
