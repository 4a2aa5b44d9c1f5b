"""Textual's driver for a terminal on a thin line: only what changed is sent.

It reads what Textual writes (see `ansi`), keeps the grid that stands for it
and leaves sending to a `FrameSender`. The terminal's cursor is shown, steady, at
Textual's cursor position: screen readers and braille displays follow it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import termios
from threading import RLock
from typing import TYPE_CHECKING, Any

from probation_reader.ui.driver.ansi import AnsiReader
from probation_reader.ui.driver.cells import grid_of, picture
from probation_reader.ui.driver.keyboard import KeyboardDriver
from probation_reader.ui.driver.sender import FrameSender
from probation_reader.ui.driver.terminals import shapes_cursor

if TYPE_CHECKING:
    from types import FrameType

    from textual.app import App

    from probation_reader.startup.frame import Frame
    from probation_reader.ui.driver.cells import Grid

#: How long a terminal that takes nothing is waited for at the end.
_PATIENCE = 1.0
#: By then Textual has painted a new size; what it did not paint is sent again.
_RESIZED = 0.3
#: Standard output: standard error may be a file for messages.
_OUTPUT = 1
#: Where `termios.tcgetattr` has the modes of output.
_OUTPUT_MODES = 1
_ENTER = "\x1b[?1049h"
_STEADY_BAR, _OWN_SHAPE = "\x1b[6 q", "\x1b[0 q"
_SHOW_CURSOR = "\x1b[?25h"


class LineDriver(KeyboardDriver):
    """Drives a terminal by the cells that changed.

    Args:
        app: the application; if it has a picture ``begin_with``, the terminal
            shows that already.
        debug: as Textual's.
        mouse: as Textual's.
        size: as Textual's.
    """

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._begin_with: Frame | None = getattr(app, "begin_with", None)
        self._reading = RLock()
        self._stream = AnsiReader(*app.size)
        self._sender: FrameSender | None = None
        self._left: Grid | None = None
        self._shapes = shapes_cursor(os.environ.get("TERM", ""))

    def shown(self) -> Frame | None:
        """Return what the terminal shows, or showed when it was left; None if not known."""
        grid = self._sender.shown if self._sender else self._left
        return picture(grid) if grid else None

    @property
    def painted(self) -> Grid | None:
        """What Textual painted last, whether or not it was sent; None if that is not all."""
        with self._reading:
            return self._stream.grid if self._stream.whole else None

    def redraw(self) -> None:
        """Clear the terminal and send everything."""
        if self._sender is not None:
            self._sender.forget()
            self._sender.repaint()

    def write(self, data: str) -> None:
        """Take what Textual sends.

        Args:
            data: whole sequences and text.
        """
        with self._reading:
            if self._stream.size != self._app.size:
                self._stream.resize(*self._app.size)
            painted, handed_on = self._stream.feed(data)
            sender = self._sender
            if sender is None:  # the terminal is somebody else's; it is painted on return
                return
            sender.holds_back = self._stream.holds_back
            if self._begin_with is not None:
                handed_on = handed_on.replace(_ENTER, "")  # entering again could clear it
            if handed_on:
                sender.hand_on(handed_on)
            if painted and self._stream.whole:
                sender.show(self._stream.grid)

    def start_application_mode(self) -> None:
        """Take the terminal over; what was shown before a pause is shown again."""
        encoding = sys.__stdout__.encoding if sys.__stdout__ else "utf-8"
        sender = self._sender = FrameSender(_OUTPUT, encoding, self._failed)
        if self._begin_with is not None:
            sender.begin_with(grid_of(self._begin_with))
        sender.start()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's
        self._begin_with = None
        if self._sender is not sender:  # stopped in the background and started again meanwhile
            sender.finish(0)
            return
        with contextlib.suppress(termios.error):  # it is gone: writing to it will tell
            modes = termios.tcgetattr(_OUTPUT)
            modes[_OUTPUT_MODES] &= ~termios.OPOST  # a line feed moves straight down
            termios.tcsetattr(_OUTPUT, termios.TCSANOW, modes)
        sender.hand_on((_STEADY_BAR if self._shapes else "") + _SHOW_CURSOR)
        self._watch_size()
        if self._stream.whole:
            sender.show(self._stream.grid)

    def _watch_size(self) -> None:
        """Forget what is shown when the size changes, if only for a moment."""
        tell_textual = signal.getsignal(signal.SIGWINCH)

        def resized(number: int, frame: FrameType | None) -> None:
            if self._sender is not None:
                self._sender.forget()
            if callable(tell_textual):
                tell_textual(number, frame)
            self._loop.call_soon_threadsafe(self._loop.call_later, _RESIZED, self._repaint)

        signal.signal(signal.SIGWINCH, resized)

    def _repaint(self) -> None:
        if self._sender is not None:
            self._sender.repaint()

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was found, as soon as it takes that."""
        sender = self._sender
        if sender is not None:
            sender.rest(_PATIENCE)
            self._left = sender.shown
            sender.hand_on("\x1b[m" + (_OWN_SHAPE if self._shapes else "") + _SHOW_CURSOR)
        super().stop_application_mode()

    def close(self) -> None:
        """End sending."""
        if self._sender is not None:
            self._sender.finish(_PATIENCE)
            self._sender = None
        super().close()

    def _failed(self, error: Exception) -> None:
        """End the program: quietly when the terminal is gone, else as after any fault."""

        def tell() -> None:
            raise error

        self._app.call_later(self._app.exit if isinstance(error, OSError) else tell)
