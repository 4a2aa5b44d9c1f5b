"""Textual's driver for a terminal that is sent whole rows, as Textual paints them."""

from __future__ import annotations

from probation_reader.ui.line.keyboard import KeyboardDriver
from probation_reader.ui.line.stream import refused


class PlainDriver(KeyboardDriver):
    """Sends what Textual paints, with signs for control characters in its text."""

    def write(self, data: str) -> None:
        """Send what Textual sends.

        Args:
            data: whole sequences and text.
        """
        super().write(refused(data))
