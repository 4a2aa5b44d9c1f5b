"""The texts of a thread set in lines, at one width and in one order. Pure.

How many lines a text takes is counted when its passage comes near the pane:
counting all of a long thread would be felt. Until then all are taken to be of
the same length, as where nobody looks it does not matter. Lines are kept only
for what was drawn lately.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from probation_reader.text.widths import clusters, is_plain
from probation_reader.text.wrap import Line, count, wrap

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from probation_reader.ui.render.layout import Layout
    from probation_reader.ui.render.texts import Texts

_KEPT_LINES = 256
#: Lines of a text that has not been counted yet.
_GUESS = 6


class Typeset:
    """The lines of the passages of one thread.

    Args:
        texts: their texts.
        layout: the columns.
        depths: of each passage how far it is indented.
        closed: passages that take no line.

    Attributes:
        counts: of each passage how many lines it takes: counted or guessed.
    """

    __slots__ = ("_closed", "_counted", "_depths", "_lines", "counts", "layout", "texts")

    def __init__(
        self,
        texts: Texts,
        layout: Layout,
        depths: Sequence[int],
        closed: Collection[int] = frozenset(),
    ) -> None:
        self.texts = texts
        self.layout = layout
        self._depths = depths
        self._counted = bytearray(len(texts))
        self._lines: dict[int, list[Line]] = {}
        self.counts = [_GUESS] * len(texts)
        self._closed: Collection[int] = closed
        for index in closed:
            self.counts[index] = 0

    def close(self, closed: Collection[int]) -> list[int]:
        """Have exactly these passages take no line; return those whose lines are others now."""
        changed = frozenset(self._closed).symmetric_difference(closed)
        self._closed = closed
        for index in changed:
            self._counted[index] = 0
            self._lines.pop(index, None)
        return self.count(changed)

    def count(self, indices: Iterable[int]) -> list[int]:
        """Count the lines of these passages; return those for which the guess was wrong."""
        wrong = []
        for index in indices:
            if not self._counted[index]:
                self._counted[index] = 1
                text, room = self.texts[index], self.layout.room(self._depths[index])
                shut = index in self._closed
                counted = 0 if shut else count(text, room, plain=is_plain(text))
                if counted != self.counts[index]:
                    self.counts[index] = counted
                    wrong.append(index)
        return wrong

    def lines(self, index: int) -> list[Line]:
        """Return the lines of a passage."""
        if index in self._closed:
            return []
        known = self._lines.pop(index, None)
        if known is None:
            known = wrap(self.texts[index], self.layout.room(self._depths[index]))
            if len(self._lines) >= _KEPT_LINES:
                del self._lines[next(iter(self._lines))]
        self._lines[index] = known
        return known

    def offsets_at(self, index: int, number: int, column: int) -> tuple[int, int]:
        """Return where what a column of a line shows begins and ends in its passage's text.

        Args:
            index: the passage.
            number: the line.
            column: cells from where the words of the passage begin.
        """
        start, end, indent = self.lines(index)[number]
        if column < indent:
            return start, start
        left = column - indent
        for first, last, width in clusters(self.texts[index][start:end]):
            if left < width:
                return start + first, start + last
            left -= width
        return end, end

    def line_of(self, index: int, offset: int) -> int:
        """Return which line of a passage holds the character at an offset."""
        return max(0, bisect_right(self.lines(index), offset, key=attrgetter("start")) - 1)
