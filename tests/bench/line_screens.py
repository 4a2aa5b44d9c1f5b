"""A program on a real pseudo-terminal, measured key by key, and what its screen shows.

The time of a key is from writing it to the last byte that comes before the line
has been quiet for `QUIET` seconds (longer where what comes is looked for first).
A key that is answered by nothing within `PATIENCE` costs no bytes and no time.
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

from tests.e2e.seen import Seen

if TYPE_CHECKING:
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


class Measured(Seen):
    """A program whose answers to keys are measured."""

    def picture(self) -> Picture:
        """Return the screen as cells."""
        self.draw()
        buffer, columns = self.emulated.buffer, range(self.emulated.columns)
        return tuple(
            tuple(buffer[line][column] for column in columns) for line in range(self.emulated.lines)
        )

    def do(self, key: str) -> None:
        """Press a key, or change the width where it is written ``width:COLUMNS``."""
        if key.startswith("width:"):
            columns, lines = int(key.removeprefix("width:")), self.emulated.lines
            self.draw()
            self.emulated.resize(lines, columns)
            window = struct.pack("HHHH", lines, columns, 0, 0)
            fcntl.ioctl(self.line, termios.TIOCSWINSZ, window)
        else:
            self.press(key)

    def quiet(self, pause: float = QUIET) -> float:
        """Read until nothing comes any more; return the moment of the last byte, 0 if none came."""
        last, wait = 0.0, PATIENCE
        while self.read(wait):
            last, wait = time.perf_counter(), pause
        return last

    def answer(self, key: str, pause: float = QUIET) -> Answer:
        """Press a key and measure what comes."""
        before, sent, begun = self.picture(), len(self.sent), time.perf_counter()
        self.do(key)
        last = self.quiet(pause)
        size, ms = len(self.sent) - sent, max(0.0, last - begun) * 1000
        return Answer(size, ms, before, self.picture())

    def idle(self, seconds: float) -> int:
        """Return how many bytes come while nothing is done, once all has been answered."""
        self.quiet(PATIENCE)
        sent, deadline = len(self.sent), time.perf_counter() + seconds
        while (left := deadline - time.perf_counter()) > 0:
            self.read(left)
        return len(self.sent) - sent

    def end(self) -> None:
        """End the program, whatever it is doing."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.line)
