"""Sends grids to a terminal, however slowly it takes them.

One thread writes; nobody ever waits for it. While the terminal has not taken a
frame, newer ones replace each other and only the newest is sent next, so that a
stalled line costs no memory and shows the present when it moves again. What is
handed on unchanged keeps its order and is never left out; it goes out before
the newest frame.
"""

from __future__ import annotations

import os
import select
from threading import Condition, Thread
from typing import TYPE_CHECKING

from probation_reader.ui.driver.diff import Standing, update

if TYPE_CHECKING:
    from collections.abc import Callable

    from probation_reader.ui.driver.cells import Grid

#: A frame shorter than this is on the screen at once; longer ones are held together.
_LONG_FRAME = 256
_HOLD, _RELEASE = "\x1b[?2026h", "\x1b[?2026l"
_HIDE, _SHOW = "\x1b[?25l", "\x1b[?25h"


class FrameSender:
    """The sending end of the line to a terminal.

    Args:
        line: file descriptor of the terminal, open for writing.
        encoding: how the terminal's characters are encoded.
        failed: called once, from the sender's thread, with what ended the sending
            of frames: an `OSError` if the terminal is gone.

    Attributes:
        holds_back: whether the terminal is known to hold an update back until it
            is whole.
    """

    def __init__(self, line: int, encoding: str, failed: Callable[[Exception], object]) -> None:
        self._line, self._encoding, self._failed = line, encoding, failed
        # Its lock is reentrant, as it must be: a signal can come while it is held.
        self._turn = Condition()
        self._handed_on: list[str] = []
        self._newest: Grid | None = None
        self._shown: Grid | None = None
        self._due = False
        self._busy = False
        self._resting = False
        self._ended = False
        self._forgotten = 0
        self._standing = Standing()
        self.holds_back = False
        self._thread = Thread(target=self._run, name="line-output", daemon=True)

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    @property
    def shown(self) -> Grid | None:
        """What the terminal was sent last, None if what it shows is not known."""
        with self._turn:
            return self._shown

    def begin_with(self, shown: Grid) -> None:
        """Take it that the terminal shows this already."""
        with self._turn:
            self._shown = shown

    def hand_on(self, data: str) -> None:
        """Send data unchanged."""
        with self._turn:
            if not self._ended:
                self._handed_on.append(data)
                self._turn.notify_all()

    def show(self, grid: Grid) -> None:
        """Have the terminal show a grid, unless a newer one comes first."""
        with self._turn:
            self._newest, self._due = grid, not self._resting
            self._turn.notify_all()

    def forget(self) -> None:
        """Take it that what the terminal shows is not known."""
        with self._turn:
            self._shown = None
            self._forgotten += 1

    def repaint(self) -> None:
        """Send all of the newest grid if what the terminal shows is not known."""
        with self._turn:
            if self._shown is None and self._newest is not None:
                self._due = not self._resting
                self._turn.notify_all()

    def settle(self, seconds: float) -> bool:
        """Wait, at most so long, until everything is sent; return whether it is."""
        with self._turn:
            return self._turn.wait_for(lambda: not (self._work or self._busy), seconds)

    def rest(self, seconds: float) -> None:
        """Send the newest frame if that can be done in so long, and no more after it."""
        self.settle(seconds)
        with self._turn:
            self._due = False
            self._resting = True

    def finish(self, seconds: float) -> None:
        """End when all is sent; wait for that at most so long."""
        with self._turn:
            self._due = False
            self._ended = True
            self._turn.notify_all()
        self._thread.join(seconds)

    @property
    def _work(self) -> bool:
        return self._due or bool(self._handed_on)

    def _run(self) -> None:
        try:
            while (work := self._next()) is not None:
                self._send(*work)
        except OSError as error:  # the terminal is gone
            self._give_up()
            self._failed(error)

    def _send(
        self, handed_on: str, wanted: Grid | None, shown: Grid | None, forgotten: int
    ) -> None:
        if handed_on:
            self._write(handed_on)
            self._standing = Standing()
        if wanted is not None:
            try:
                output, self._standing = update(shown, wanted, self._standing)
            except Exception as error:  # noqa: BLE001 - told where it can end the program
                self.rest(0)
                self._failed(error)
            else:
                self._write(self._framed(output))
                self._took(wanted, forgotten)

    def _next(self) -> tuple[str, Grid | None, Grid | None, int] | None:
        """Wait for something to send; None when there will be no more."""
        with self._turn:
            self._busy = False
            self._turn.notify_all()
            self._turn.wait_for(lambda: self._work or self._ended)
            if not self._work:
                return None
            self._busy = True
            handed_on, self._handed_on = "".join(self._handed_on), []
            wanted, self._due = self._newest if self._due else None, False
            return handed_on, wanted, self._shown, self._forgotten

    def _took(self, wanted: Grid, forgotten: int) -> None:
        with self._turn:
            if forgotten == self._forgotten:
                self._shown = wanted

    def _give_up(self) -> None:
        with self._turn:
            self._resting = self._ended = True
            self._shown = None
            self._handed_on.clear()
            self._due = self._busy = False
            self._turn.notify_all()

    def _framed(self, output: str) -> str:
        if len(output) <= _LONG_FRAME:
            return output
        before, after = (_HOLD, _RELEASE) if self.holds_back else (_HIDE, _SHOW)
        return before + output + after

    def _write(self, output: str) -> None:
        data = memoryview(output.encode(self._encoding, "replace"))
        while data:
            try:
                data = data[os.write(self._line, data) :]
            except BlockingIOError:  # somebody else has made the line non-blocking
                select.select([], [self._line], [])
