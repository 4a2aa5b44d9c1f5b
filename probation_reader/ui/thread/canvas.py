"""Draws a thread view line by line.

After every change exactly the rows that show something else are drawn again.
Pictures of rows are kept, by everything they depend on, in a bounded cache.
Nothing is animated, and scrolling is the view's, not Textual's: `virtual_size`
and `scroll_y` only follow it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.cache import LRUCache
from textual.events import DescendantBlur, DescendantFocus
from textual.geometry import Offset, Region, Size
from textual.strip import Strip
from textual.widget import Widget

from probation_reader.ui.render.rows import StyleRole, WordsRow
from probation_reader.ui.widgets.fitted import FittedView, picture

if TYPE_CHECKING:
    from rich.style import Style
    from textual.events import Blur, Focus
    from textual.message import Message

    from probation_reader.ui.render.painter import Painter
    from probation_reader.ui.render.rows import Row
    from probation_reader.ui.thread.viewport import Viewport

_KEPT_PICTURES = 1024
_CLASS = "thread-pane--"


class ThreadCanvas(FittedView, inherit_bindings=False):
    """Draws the rows of a view.

    Args:
        id: the widget's id.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {_CLASS + role.value for role in StyleRole}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - what Textual calls it
        super().__init__(id=id)
        self.view: Viewport | None = None
        self._drawn: list[Row] = []
        #: Pictures of rows, all by this painter.
        self._pictures: LRUCache[Row, Strip] = LRUCache(_KEPT_PICTURES)
        self._painter: Painter | None = None
        self._inks: dict[StyleRole, Style] = {}

    def redraw(self) -> None:
        """Draw again the rows that show something else than they did.

        With another painter, as of another thread, order or width, those are all.
        """
        view = self.view
        if view is None:
            return
        if view.painter is not self._painter:
            self._painter = view.painter
            self._pictures.clear()
            self._drawn = []
        self.set_reactive(Widget.virtual_size, Size(view.layout.width, view.table.height))
        self.set_reactive(Widget.scroll_y, float(max(0, view.top)))
        before, self._drawn = self._drawn, view.rows()
        if len(before) != len(self._drawn):
            self.refresh()
        else:
            pairs = enumerate(zip(before, self._drawn, strict=True))
            changed = [self._changed(y, old, new) for y, (old, new) in pairs if old != new]
            if changed:
                self.refresh(*changed)

    def _changed(self, y: int, old: Row, new: Row) -> Region:
        """Return the cells of a row to draw again; for a moved cursor only the gutter."""
        only_bar = isinstance(new, WordsRow) and new.same_words(old)
        return Region(0, y, 1 if only_bar else self.size.width, 1)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the terminal's own cursor: at the head of the current passage."""
        view, on_row = self.view, 0
        if view is not None and view.cursor >= 0:
            row = view.table.y_of(view.cursor) - view.top
            on_row = min(max(0, row), max(0, view.height - 1))
        return self.content_region.offset + Offset(0, on_row)

    def render_line(self, y: int) -> Strip:
        """Return the picture of a row of the pane."""
        width = self.size.width
        if self.view is None or y >= len(self._drawn):
            return Strip.blank(width, self.base)
        row = self._drawn[y]
        drawn = self._pictures.get(row)
        if drawn is None:
            styles, pieces = self._styles(), self.view.painter.paint(row)
            segments = [Segment(piece.text, styles[piece.role]) for piece in pieces]
            drawn = self._pictures[row] = picture(segments, width, self.base)
        return drawn

    def on_focus(self, event: Focus) -> None:
        """Take the focus; the pane looks the same with it, so nothing is drawn again."""
        self._focus(event, DescendantFocus(self), has_focus=True)

    def on_blur(self, event: Blur) -> None:
        """Lose the focus, as it was taken."""
        self._focus(event, DescendantBlur(self), has_focus=False)

    def _focus(self, event: Focus | Blur, told: Message, *, has_focus: bool) -> None:
        event.prevent_default()  # of Textual, which would draw the whole pane again
        self.has_focus = has_focus
        if self.parent is not None:
            self.parent.post_message(told)

    def _styles(self) -> dict[StyleRole, Style]:
        if not self._inks:
            self._inks = {
                role: self.base + self.get_component_rich_style(_CLASS + role.value, partial=True)
                for role in StyleRole
            }
        return self._inks

    def notify_style_update(self) -> None:
        """Forget the pictures when styles have changed."""
        super().notify_style_update()
        self._pictures.clear()
        self._inks = {}
