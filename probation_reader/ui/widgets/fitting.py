"""Widgets that lay themselves out for their size before they are painted.

Textual paints a widget at a new size first and tells it of the size afterwards:
what is laid out only then goes down the line twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.scroll_view import ScrollView

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip


class FittedView(ScrollView, inherit_bindings=False):
    """A scrolled widget that takes its size in time."""

    def fit(self) -> None:
        """Lay out for the widget's size, unless that is done; called before each painting."""

    def on_resize(self) -> None:
        """Take a size also while nothing is painted."""
        self.fit()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Take the size, then draw."""
        self.fit()
        return super().render_lines(crop)
