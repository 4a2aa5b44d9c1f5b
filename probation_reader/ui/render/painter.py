"""Rows of a thread become pieces of text. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.model import Section
from probation_reader.text.widths import clip
from probation_reader.ui.render.glyphs import GLYPHS
from probation_reader.ui.render.headings import facts, head, heading, label_fits, one_line
from probation_reader.ui.render.rows import (
    GapRow,
    HeadingRow,
    HeadRow,
    LeftOutRow,
    StyledSpan,
    StyleRole,
    WordsRow,
)
from probation_reader.ui.render.runs import runs

if TYPE_CHECKING:
    from probation_reader.model import Passage, Thread
    from probation_reader.ui.render.orders import Order
    from probation_reader.ui.render.rows import Row
    from probation_reader.ui.render.text_layout import Typeset


class Painter:
    """Paints the rows of one thread at one width.

    Args:
        thread: the thread.
        order: what is shown of it, and how.
        typeset: its texts in lines.
        news: what is new in the thread, in words, for its heading.
        gone: how many of its comments its page has no longer, also for that.

    Attributes:
        heading_rows: how many rows the heading takes, however many are unread.
    """

    __slots__ = (
        "_facts",
        "_gone",
        "_layout",
        "_news",
        "_order",
        "_quiet",
        "_thread",
        "_typeset",
        "heading_rows",
    )

    def __init__(
        self, thread: Thread, order: Order, typeset: Typeset, news: str = "", gone: int = 0
    ) -> None:
        self._thread = thread
        self._order = order
        self._typeset = typeset
        self._layout = typeset.layout
        self._quiet = len(thread.sections) == 1
        self._news, self._gone = news, gone
        rows = self._heading(len(thread.passages))
        self.heading_rows = len(rows)
        self._facts = range(sum(row.role is StyleRole.TITLE for row in rows), len(rows) - 1)

    def paint(self, row: Row) -> list[StyledSpan]:
        """Return the pieces of a row, from the left; what is left free is not held."""
        if isinstance(row, HeadRow):
            return self._head(row)
        if isinstance(row, WordsRow):
            return self._words(row)
        if isinstance(row, HeadingRow):
            rows = self._heading(row.unread)
            return [StyledSpan(" ", StyleRole.BLANK), *rows[row.number : row.number + 1]]
        if isinstance(row, LeftOutRow):
            return [
                StyledSpan("   ", StyleRole.BLANK),
                StyledSpan(self._left_out(row), StyleRole.META),
            ]
        return self._margin(row.guides, current=False)

    def _heading(self, unread: int) -> list[StyledSpan]:
        room = self._layout.heading_room
        return heading(self._thread, room, unread=unread, news=self._news, gone=self._gone)

    def _left_out(self, row: LeftOutRow) -> str:
        said = f"{row.count:,}, {row.unread:,} unread" if row.unread else f"{row.count:,} read"
        return clip(f"({said})", self._layout.edge - 3)

    def heading_row(self, number: int, unread: int) -> HeadingRow:
        """Return a row of the heading; those that do not tell what is unread do not hold it."""
        return HeadingRow(number, unread if number in self._facts else 0)

    def gap_after(self, index: int, following: int | None) -> GapRow:
        """Return the empty row between a passage and the visible one after it."""
        if following is None:
            return GapRow(0)
        depths = self._order.depths
        return GapRow(self._layout.guides(min(depths[index], depths[following])))

    def _margin(self, guides: int, *, current: bool) -> list[StyledSpan]:
        gutter = (
            StyledSpan(GLYPHS.cursor, StyleRole.BAR)
            if current
            else StyledSpan(" ", StyleRole.BLANK)
        )
        if not guides:
            return [gutter]
        guide = GLYPHS.guide.ljust(self._layout.step)
        return [gutter, StyledSpan(guide * guides, StyleRole.GUIDE)]

    def _head(self, row: HeadRow) -> list[StyledSpan]:
        layout, index = self._layout, row.nth
        passage = self._thread.passages[index]
        depth = self._order.depths[index]
        room = layout.edge - layout.sign_column(depth)
        opening = ""
        if row.folded:
            self._typeset.count([index])
            opening = self._typeset.texts.opening(index, room)
        if row.hushed:
            opening = one_line(f"muted: {row.muted}")
        lines = self._typeset.counts[index]
        said = facts(passage, row, self._order.outline.size(index), lines)
        return [
            *self._margin(layout.guides(depth), current=row.current),
            *head(self._label(index, room), said, opening, row=row, room=room),
        ]

    def _label(self, index: int, room: int) -> str:
        passage = self._thread.passages[index]
        if self._quiet and isinstance(passage, Section):
            return "post"
        number = one_line(passage.number)
        order = self._order
        if order.depths[index] <= self._layout.deepest and order.is_under(index):
            return number
        above = self._thread.passages[order.outline.parents[index]]
        answered = one_line(above.number)
        label = f"{number} {GLYPHS.answer} reply to {answered}{_by(above)}"
        return label if label_fits(label, room) else f"{number} {GLYPHS.answer} {answered}"

    def _words(self, row: WordsRow) -> list[StyledSpan]:
        depth = self._order.depths[row.nth]
        layout = self._layout
        line = self._typeset.lines(row.nth)[row.number]
        text = self._typeset.texts[row.nth]
        pieces = self._margin(layout.guides(depth), current=row.current)
        pieces.append(StyledSpan(" " * (2 + line.indent), StyleRole.BLANK))
        for start, end, role in runs(line, self._typeset.texts.links(row.nth), row.marks):
            pieces.append(StyledSpan(text[start:end], role))
        return [piece for piece in pieces if piece.text]


def _by(passage: Passage) -> str:
    """Return who wrote a passage, to be set after its number."""
    return " by " + one_line(passage.author) if passage.author else ""
