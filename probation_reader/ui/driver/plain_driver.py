"""Textual's driver for a terminal that is sent whole rows, as Textual paints them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from probation_reader.ui.driver.ansi import refused
from probation_reader.ui.driver.keyboard import KeyboardDriver

if TYPE_CHECKING:
    from textual.app import App


class PlainDriver(KeyboardDriver):
    """Sends what Textual paints, with signs for control characters in its text.

    Args:
        app: the application.
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
        if sys.__stdout__ is not None:
            # A stream of its own: what a lost terminal did not take stays out of the program's.
            handle = os.dup(sys.__stdout__.fileno())
            self._file = os.fdopen(handle, "w", encoding=sys.__stdout__.encoding, errors="replace")

    def write(self, data: str) -> None:
        """Send what Textual sends.

        Args:
            data: whole sequences and text.
        """
        super().write(refused(data))
