"""Which passage stands on which row: heights, folding, y ↔ row. Pure.

The rows of a thread are one column: first those of the post's heading, then the
visible passages in reading order. An open passage takes a row for its head, one
for each line of its text and an empty one after it; a folded passage takes one
row and hides everything below it in the tree. No row is stored: the tops of the
visible passages are, and a row is found among them by bisection.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from probation_reader.outline import Outline

#: The index that stands for the rows of the post's heading.
HEADING = -1

_HEAD_ROWS = 1
_GAP_ROWS = 1
_FOLDED_ROWS = 1


class Place(NamedTuple):
    """What stands on a row.

    Args:
        nth: the index of the passage, or `HEADING`.
        line: the row within it: 0 is a passage's head, then come its lines.
    """

    nth: int
    line: int


class RowTable:
    """The rows of one thread at one width.

    Args:
        outline: the tree of its passages.
        heading: rows of the post's heading.
        lines: lines of text of each passage.
        folded: indices of the folded passages.
    """

    __slots__ = ("_lines", "_tops", "folded", "heading", "outline", "visible")

    def __init__(
        self, outline: Outline, heading: int, lines: Sequence[int], folded: Iterable[int] = ()
    ) -> None:
        self.outline = outline
        self.folded = frozenset(folded)
        self.measure(heading, lines)

    def measure(self, heading: int, lines: Sequence[int]) -> None:
        """Take new heights, as after a change of width.

        Args:
            heading: rows of the post's heading.
            lines: lines of text of each passage.
        """
        self.heading = heading
        self._lines = lines
        self.fold(self.folded)

    def fold(self, folded: Iterable[int]) -> None:
        """Have exactly these passages folded."""
        self.folded = shut = frozenset(folded)
        self.visible = self.outline.visible(shut)
        lines = self._lines
        rows = (
            _FOLDED_ROWS if index in shut else lines[index] + _HEAD_ROWS + _GAP_ROWS
            for index in self.visible
        )
        self._tops = list(accumulate(rows, initial=self.heading))

    @property
    def height(self) -> int:
        """All rows together."""
        return self._tops[-1]

    def is_visible(self, index: int) -> bool:
        """Return whether a passage is not hidden below a folded one."""
        at = bisect_left(self.visible, index)
        return at < len(self.visible) and self.visible[at] == index

    def shown(self, index: int) -> int:
        """Return the passage itself if visible, else the folded one that hides it."""
        return self.visible[bisect_right(self.visible, index) - 1]

    def step(self, index: int, by: int) -> int | None:
        """Return the visible passage so many after a visible one, None past the ends."""
        at = bisect_left(self.visible, index) + by
        return self.visible[at] if 0 <= at < len(self.visible) else None

    def y_of(self, index: int) -> int:
        """Return the row of the head of a visible passage.

        Raises:
            KeyError: if it is hidden.
        """
        at = bisect_left(self.visible, index)
        if at == len(self.visible) or self.visible[at] != index:
            raise KeyError(index)
        return self._tops[at]

    def end_of(self, index: int) -> int:
        """Return the last row with words of a visible passage (its head if folded)."""
        return self.y_of(index) + (0 if index in self.folded else self._lines[index])

    def lines_of(self, index: int) -> int:
        """Return the lines of text of a passage, folded or not."""
        return self._lines[index]

    def row_at(self, y: int) -> Place:
        """Return what stands on a row.

        Raises:
            IndexError: if there is no such row.
        """
        if not 0 <= y < self.height:
            raise IndexError(y)
        if y < self.heading:
            return Place(HEADING, y)
        at = bisect_right(self._tops, y) - 1
        return Place(self.visible[at], y - self._tops[at])

    def between(self, first: int, last: int) -> list[int]:
        """Return the visible passages with a row in ``first <= y < last``, not an empty range."""
        start = max(0, bisect_right(self._tops, first) - 1)
        stop = bisect_left(self._tops, last, start)
        return self.visible[start:stop]
