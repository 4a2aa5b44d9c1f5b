"""Rows of a thread become pieces of text. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.model import Section
from probation_reader.ui.render.heading import heading, one_line
from probation_reader.ui.render.heads import facts, head
from probation_reader.ui.render.pieces import GapRow, HeadingRow, HeadRow, Piece, Role, WordsRow
from probation_reader.ui.render.runs import runs

if TYPE_CHECKING:
    from probation_reader.model import Thread
    from probation_reader.outline import Outline
    from probation_reader.ui.render.layout import Layout
    from probation_reader.ui.render.pieces import Row
    from probation_reader.ui.render.signs import Signs
    from probation_reader.ui.render.texts import Texts


class Painter:
    """Paints the rows of one thread at one width.

    Args:
        thread: the thread.
        outline: the tree of its passages.
        texts: their texts.
        layout: the columns.
        signs: the signs to use.
    """

    __slots__ = ("_layout", "_outline", "_quiet", "_signs", "_texts", "_thread", "heading")

    def __init__(
        self, thread: Thread, outline: Outline, texts: Texts, layout: Layout, signs: Signs
    ) -> None:
        self._thread = thread
        self._outline = outline
        self._texts = texts
        self._layout = layout
        self._signs = signs
        self._quiet = len(thread.sections) == 1
        self.heading = heading(thread, layout.heading_room, signs)

    def paint(self, row: Row) -> list[Piece]:
        """Return the pieces of a row, from the left; what is left free is not held."""
        if isinstance(row, HeadRow):
            return self._head(row)
        if isinstance(row, WordsRow):
            return self._words(row)
        if isinstance(row, HeadingRow):
            return [Piece(" ", Role.BLANK), self.heading[row.number]]
        return self._margin(row.guides, current=False)

    def gap_after(self, index: int, following: int | None) -> GapRow:
        """Return the empty row between a passage and the visible one after it."""
        if following is None:
            return GapRow(0)
        depths = self._outline.depths
        return GapRow(self._layout.guides(min(depths[index], depths[following])))

    def _margin(self, guides: int, *, current: bool) -> list[Piece]:
        gutter = Piece(self._signs.cursor, Role.BAR) if current else Piece(" ", Role.BLANK)
        if not guides:
            return [gutter]
        guide = self._signs.guide.ljust(self._layout.step)
        return [gutter, Piece(guide * guides, Role.GUIDE)]

    def _head(self, row: HeadRow) -> list[Piece]:
        layout, index = self._layout, row.nth
        passage = self._thread.passages[index]
        depth = passage.depth
        room = layout.edge - layout.sign_column(depth)
        replies = self._outline.size(index)
        lines = self._texts.heights(layout)[index]
        opening = self._texts.opening(index, room) if row.folded else ""
        said = facts(passage, row, replies, lines, self._signs)
        return [
            *self._margin(layout.guides(depth), current=row.current),
            *head(self._label(index), said, opening, row=row, room=room, signs=self._signs),
        ]

    def _label(self, index: int) -> str:
        passage = self._thread.passages[index]
        if self._quiet and isinstance(passage, Section):
            return "post"
        number = one_line(passage.number)
        if passage.depth <= self._layout.deepest:
            return number
        above = self._thread.passages[self._outline.parents[index]]
        return f"{number} {self._signs.answer} reply to {one_line(above.number)}"

    def _words(self, row: WordsRow) -> list[Piece]:
        depth = self._outline.depths[row.nth]
        layout = self._layout
        line = self._texts.lines(row.nth, layout)[row.number]
        text = self._texts.shown[row.nth]
        pieces = self._margin(layout.guides(depth), current=row.current)
        pieces.append(Piece(" " * (2 + line.indent), Role.BLANK))
        for start, end, role in runs(line, self._texts.links(row.nth), row.marks):
            pieces.append(Piece(text[start:end], role))
        return [piece for piece in pieces if piece.text]
