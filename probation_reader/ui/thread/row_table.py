"""Which passage stands on which row: heights, folding, y ↔ row. Pure.

The rows of a thread are one column: first those of the post's heading, then the
visible passages in their order. An open passage takes a row for its head, one
for each line of its text and an empty one after it; a folded passage takes one
row and, in a tree, hides everything below it. Where passages are left out, a
row says so, with an empty one after it; these two belong to what stands above.
No row is stored: the tops of the visible passages are, and a row is found among
them by bisection. Where a height changes, what is below moves: that is noted
beside the tops, which are changed only between there and the next such place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from probation_reader.ui.render.orders import Order

#: The index that stands for the rows of the post's heading.
HEADING = -1

_HEAD_ROWS = 1
_GAP_ROWS = 1
_FOLDED_ROWS = 1
_LEFT_OUT_ROWS = 2


class RowRef(NamedTuple):
    """What stands on a row.

    Args:
        nth: the index of the passage, or `HEADING`.
        line: the row within it: 0 is a passage's head, then come its lines.
    """

    nth: int
    line: int


class RowTable:
    """The rows of one thread in one order at one width.

    Args:
        order: what is shown, in which order.
        heading: rows of the post's heading.
        lines: lines of text of each passage of the thread.
        folded: indices of the folded passages.

    Attributes:
        visible: the passages that have rows, from the top.
    """

    __slots__ = (
        "_lines",
        "_moved",
        "_moved_by",
        "_rows",
        "_tops",
        "folded",
        "heading",
        "order",
        "visible",
    )

    def __init__(
        self, order: Order, heading: int, lines: Sequence[int], folded: Iterable[int] = ()
    ) -> None:
        self.order = order
        self.heading = heading
        self._lines = lines
        self.fold(folded)

    def fold(self, folded: Iterable[int]) -> None:
        """Have exactly these passages folded."""
        self.folded = shut = frozenset(folded)
        order, lines = self.order, self._lines
        self.visible = order.outline.visible(shut) if order.nested else order.shown
        beyond = _HEAD_ROWS + _GAP_ROWS
        if shut:
            self._rows = [_FOLDED_ROWS if i in shut else lines[i] + beyond for i in self.visible]
        elif order.nested:  # then all passages are visible
            self._rows = [count + beyond for count in lines]
        else:
            self._rows = [lines[i] + beyond for i in self.visible]
        if order.left_out:
            self._rows = [
                rows + self._left_out_rows(at) for at, rows in enumerate(self._rows, start=1)
            ]
        first = self.heading + self._left_out_rows(0)
        self._tops = list(accumulate(self._rows, initial=first))
        #: From which top on all of them are so many rows lower than they say.
        self._moved, self._moved_by = len(self._tops), 0

    def _left_out_rows(self, before: int) -> int:
        left_out = self.order.left_out
        return _LEFT_OUT_ROWS if left_out and left_out[before] else 0

    def correct(self, indices: Iterable[int]) -> None:
        """Take the heights of these passages anew; they have changed in `row_list`."""
        for at in sorted(map(self._at, indices)):
            if at >= 0 and (index := self.visible[at]) not in self.folded:
                rows = self._lines[index] + _HEAD_ROWS + _GAP_ROWS + self._left_out_rows(at + 1)
                self._move(at + 1, rows - self._rows[at])
                self._rows[at] = rows

    def _move(self, at: int, by: int) -> None:
        """Have all tops from one on so many rows lower."""
        tops, between = self._tops, slice(*sorted((at, self._moved)))
        beyond = self._moved_by if self._moved < at else -self._moved_by
        tops[between] = [top + beyond for top in tops[between]]
        self._moved, self._moved_by = at, self._moved_by + by

    def _top(self, at: int) -> int:
        return self._tops[at] + (self._moved_by if at >= self._moved else 0)

    def _above(self, y: int) -> int:
        """Return the last of the tops that is at or above a row, -1 if none is."""
        tops, moved = self._tops, self._moved
        if moved < len(tops) and tops[moved] + self._moved_by <= y:
            return bisect_right(tops, y - self._moved_by, moved) - 1
        return bisect_right(tops, y, 0, moved) - 1

    def _at(self, index: int) -> int:
        """Return where among the visible a passage stands, -1 if it is hidden."""
        if not self.order.nested:
            return self.order.at[index]
        at = bisect_left(self.visible, index)
        return at if at < len(self.visible) and self.visible[at] == index else -1

    @property
    def height(self) -> int:
        """All rows together."""
        return self._top(len(self._rows))

    def is_visible(self, index: int) -> bool:
        """Return whether a passage is neither left out nor hidden below a folded one."""
        return self._at(index) >= 0

    def shown(self, index: int) -> int:
        """Return the passage itself if visible, else the visible one before it.

        In a tree that is the folded one that hides it.
        """
        if self._at(index) >= 0:
            return index
        return self.visible[max(0, bisect_right(self.visible, index) - 1)]

    def step(self, index: int, by: int) -> int | None:
        """Return the visible passage so many after a visible one, None past the ends."""
        at = self._at(index) + by
        return self.visible[at] if 0 <= at < len(self.visible) else None

    def around(self, index: int, rows: int) -> list[int]:
        """Return a visible passage and those before and after it.

        They reach at least so many rows in both directions, whatever the heights
        of the open ones among them are.
        """
        at = self._at(index)
        found = [index]
        for by in (-1, 1):
            there, left = at + by, rows
            while left > 0 and 0 <= there < len(self.visible):
                near = self.visible[there]
                found.append(near)
                left -= _FOLDED_ROWS if near in self.folded else _HEAD_ROWS + 1 + _GAP_ROWS
                there += by
        return found

    def y_of(self, index: int) -> int:
        """Return the row of the head of a visible passage.

        Raises:
            KeyError: if it is hidden.
        """
        at = self._at(index)
        if at < 0:
            raise KeyError(index)
        return self._top(at)

    def end_of(self, index: int) -> int:
        """Return the last row with words of a visible passage (its head if folded)."""
        return self.y_of(index) + (0 if index in self.folded else self._lines[index])

    def lines_of(self, index: int) -> int:
        """Return the lines of text of a passage, folded or not."""
        return self._lines[index]

    def row_at(self, y: int) -> RowRef:
        """Return what stands on a row.

        Raises:
            IndexError: if there is no such row.
        """
        if not 0 <= y < self.height:
            raise IndexError(y)
        at = self._above(y)
        return RowRef(self.visible[at], y - self._top(at)) if at >= 0 else RowRef(HEADING, y)

    def left_out(self, place: RowRef) -> range | None:
        """Return the passages that a row says are left out, None if it says something else."""
        if not self.order.left_out:
            return None
        if place.nth == HEADING:
            before, line = 0, self.heading
        else:
            before = self._at(place.nth) + 1
            line = self._rows[before - 1] - self._left_out_rows(before)
        count = self.order.left_out[before]
        return range(place.nth + 1, place.nth + 1 + count) if count and place.line == line else None

    def between(self, first: int, last: int) -> Sequence[int]:
        """Return the visible passages with a row in ``first <= y < last``, not an empty range."""
        start = max(0, self._above(first))
        return self.visible[start : max(start, self._above(last - 1) + 1)]
