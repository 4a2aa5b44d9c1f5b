"""Rows of cells: the base of every list, and what rows are painted with.

A `RowList` is virtualised: it asks for a row's segments only when that row is
on screen, so that 5,000 posts cost what twenty do. A subclass says which rows
there are, which of them the cursor may stand on, and how one is painted.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import NULL_SIZE, Offset, Size
from textual.strip import Strip
from textual.widget import Widget

from probation_reader.text.widths import cells, clip
from probation_reader.ui.render.glyphs import GLYPHS
from probation_reader.ui.render.headings import one_line
from probation_reader.ui.widgets.fitted import FittedView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

DIM = Style(dim=True)
BOLD = Style(bold=True)
PLAIN = Style.null()
MATCH = Style(bold=True, underline=True)
SIGN = Style(color="cyan")

Row = TypeVar("Row")


def fit(text: str, width: int) -> str:
    """Return safe text cut or padded to exactly this many cells."""
    text = clip(text, width)
    return text + " " * (width - cells(text))


def cursor_bar(*, here: bool) -> Segment:
    """Return the cursor's bar beside a row, or its room."""
    return Segment(f"{GLYPHS.cursor} " if here else "  ", SIGN)


class RowList(FittedView, Generic[Row], can_focus=True):
    """A list of one-line rows with a cursor.

    Attributes:
        rows: what is listed.
        cursor: index of the current row, -1 while there is none.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.rows: Sequence[Row] = ()
        self.cursor = -1
        self._fitted = NULL_SIZE

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the terminal's own cursor: at the beginning of the current row."""
        on_row = min(max(0, self.cursor - self.scroll_offset.y), max(0, self.size.height - 1))
        return self.content_region.offset + Offset(0, on_row)

    @abstractmethod
    def selectable(self, row: Row) -> bool:
        """Return whether the cursor may stand on this row."""

    @abstractmethod
    def paint(self, row: Row, width: int, *, current: bool) -> list[Segment]:
        """Return the segments of a row, at most ``width`` cells."""

    @abstractmethod
    def choose(self, row: Row) -> None:
        """Say that this row was chosen."""

    def set_rows(self, rows: Sequence[Row], cursor: int = -1) -> None:
        """Show these rows, with the cursor on the nearest selectable one."""
        self.rows = rows
        self.virtual_size = Size(self.size.width, len(rows))
        self.cursor = -1
        self.move_to(max(cursor, 0))
        self.refresh()

    def move_to(self, index: int, *, backwards: bool = False) -> None:
        """Put the cursor on the nearest selectable row at or beyond an index."""
        target = self._selectable_from(index, -1 if backwards else 1)
        if target < 0:
            target = self._selectable_from(index, 1 if backwards else -1)
        if target >= 0:
            before, self.cursor = self.cursor, target
            self.refresh_lines(before)
            self.refresh_lines(target)
            self.show_cursor()

    def _selectable_from(self, index: int, step: int) -> int:
        index = max(0, min(index, len(self.rows) - 1))
        while 0 <= index < len(self.rows):
            if self.selectable(self.rows[index]):
                return index
            index += step
        return -1

    def show_cursor(self) -> None:
        """Scroll just so far that the current row, and a heading above it, is seen."""
        above = self.first_seen(self.cursor)
        height, top = self.size.height, self.scroll_offset.y
        top = min(top, above)
        bottom = self.last_line(self.cursor)
        if bottom >= top + height:
            top = bottom - height + 1
        self._scroll(min(top, max(0, self.cursor)))

    def first_seen(self, index: int) -> int:
        """Return the first row to be seen with the item at this row: its headings."""
        while index > 0 and not self.selectable(self.rows[index - 1]):
            index -= 1
        return index

    def item_at(self, index: int) -> int:
        """Return the row of the item that a row belongs to, where that is clicked."""
        return index

    def last_line(self, index: int) -> int:
        """Return the last row that belongs to the item at this row."""
        return index

    def _scroll(self, top: int) -> None:
        self.scroll_to(y=top, animate=False, force=True, immediate=True)

    def fit(self) -> None:
        """Keep the width, and the current row in sight."""
        if self._fitted != self.size:
            self._fitted = self.size
            self.virtual_size = Size(self.size.width, len(self.rows))
            if self.cursor >= 0:
                self.show_cursor()

    def on_focus(self) -> None:
        """Paint the cursor as the active one."""
        self.refresh_lines(self.cursor)

    def on_blur(self) -> None:
        """Paint the cursor as a quiet one."""
        self.refresh_lines(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Choose the row that was clicked."""
        index = self.item_at(event.y + self.scroll_offset.y)
        if index < len(self.rows) and self.selectable(self.rows[index]):
            self.move_to(index)
            self.action_choose()

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        index, width = y + self.scroll_offset.y, self.size.width
        if index >= len(self.rows):
            return Strip.blank(width, self.base)
        segments = self.paint(self.rows[index], width, current=index == self.cursor)
        return Strip(segments).adjust_cell_length(width).apply_style(self.base)

    def action_row_down(self) -> None:
        """Move to the next row."""
        self.move_to(self.cursor + 1)

    def action_row_up(self) -> None:
        """Move to the previous row."""
        self.move_to(self.cursor - 1, backwards=True)

    def action_page_down(self) -> None:
        """Move a page down."""
        self.move_to(self.cursor + self.size.height - 1)

    def action_page_up(self) -> None:
        """Move a page up."""
        self.move_to(self.cursor - self.size.height + 1, backwards=True)

    def action_half_down(self) -> None:
        """Move half a page down."""
        self.move_to(self.cursor + self.size.height // 2)

    def action_half_up(self) -> None:
        """Move half a page up."""
        self.move_to(self.cursor - self.size.height // 2, backwards=True)

    def action_top(self) -> None:
        """Move to the first row."""
        self.move_to(0)

    def action_bottom(self) -> None:
        """Move to the last row."""
        self.move_to(len(self.rows) - 1, backwards=True)

    def action_choose(self) -> None:
        """Choose the current row."""
        if self.cursor >= 0:
            self.choose(self.rows[self.cursor])


class Separator(Widget):
    """A quiet line between two parts of the screen.

    Args:
        upright: True for a column, False for a row.
    """

    def __init__(self, *, upright: bool, id: str | None = None) -> None:  # noqa: A002 - Textual's
        super().__init__(id=id)
        self._upright = upright
        self._joint = -1

    def join_at(self, column: int) -> None:
        """Show where an upright rule stands on this one; -1 for nowhere."""
        if column != self._joint:
            self._joint = column
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one line of the rule."""
        del y
        width = self.size.width
        text = GLYPHS.guide if self._upright else "─" * width
        if 0 <= self._joint < width:
            text = text[: self._joint] + "┴" + text[self._joint + 1 :]
        return Strip([Segment(text, self.rich_style + DIM)], len(text))


class Notice(Widget):
    """A few sentences where there is nothing else to show."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.sentences: tuple[str, ...] = ()

    def say(self, *sentences: str) -> None:
        """Show these sentences."""
        self.sentences = sentences
        self.refresh()

    def render(self) -> Content:
        """Return the sentences, a blank line between two."""
        return Content("\n\n".join(one_line(sentence) for sentence in self.sentences))
