"""Widgets that lay themselves out for their size before they are painted.

Textual paints a widget at a new size first and tells it of the size afterwards:
what is laid out only then goes down the line twice. Their own style they look up
once rather than for every row: that walks up to the application each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.scroll_view import ScrollView
from textual.strip import Strip

from probation_reader.text.widths import cells

if TYPE_CHECKING:
    from textual.geometry import Region


def picture(segments: list[Segment], width: int, base: Style) -> Strip:
    """Return a row of exactly this many cells, what is left free in a style."""
    free = width - sum(cells(segment.text) for segment in segments)
    if free < 0:
        return Strip(segments, width - free).adjust_cell_length(width, base)
    return Strip([*segments, Segment(" " * free, base)] if free else segments, width)


class FittedView(ScrollView, inherit_bindings=False):
    """A scrolled widget that takes its size in time."""

    _base: Style | None = None

    @property
    def base(self) -> Style:
        """The widget's own style; the terminal's own colours need none."""
        if self._base is None:
            style = self.rich_style
            colours = (style.color, style.bgcolor)
            plain = all(colour is None or colour.is_default for colour in colours)
            self._base = Style.null() if plain else style
        return self._base

    def notify_style_update(self) -> None:
        """Look the style up again when styles have changed."""
        super().notify_style_update()
        self._base = None

    def fit(self) -> None:
        """Lay out for the widget's size, unless that is done; called before each painting."""

    def on_resize(self) -> None:
        """Take a size also while nothing is painted."""
        self.fit()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Take the size, then draw."""
        self.fit()
        return super().render_lines(crop)
