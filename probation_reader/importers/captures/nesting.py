"""The path from the top of a numbered capture to the current item. Pure.

Per level it keeps the column of the items, the column where their numbers end
(the same where numbers are aligned to the right), and the last number.
"""

from __future__ import annotations

from itertools import chain
from typing import Final

#: Among levels of one column so many are looked at, from the deepest on, and the top.
_MOST_FLAT: Final = 64


class Nesting:
    """Decides at which level an item opens, by column, number and closing marker."""

    __slots__ = ("_columns", "_ends", "_numbers", "_offset", "_outermost")

    def __init__(self) -> None:
        self._columns: list[int] = []
        self._ends: list[int] = []
        self._numbers: list[int] = []
        # Of each level: the outermost one down from which all stand in its column.
        self._outermost: list[int] = []
        self._offset: int | None = None

    @property
    def depth(self) -> int:
        """The level of the current item, 0 at the top."""
        return len(self._columns) - 1

    @property
    def column(self) -> int:
        """The column of the current item's number."""
        return self._columns[-1]

    @property
    def offset(self) -> int:
        """How far markers stand to the right of their items, 0 while unknown."""
        return self._offset or 0

    def learn(self, marker: int) -> None:
        """Remember the column of the marker that closed the current item."""
        if self._offset is None:
            self._offset = max(0, marker - self._columns[-1])

    def open(self, level: int, column: int, number: str) -> str:
        """Make an item the current one.

        Args:
            level: its level, at most one below the current item's.
            column: the column of its number.
            number: its number as written.

        Returns:
            What is odd about its number, empty if nothing is.
        """
        columns, numbers = self._columns, self._numbers
        written = int(number)
        if level == len(columns):
            expected = 1
        else:
            expected = numbers[level] + 1
            del columns[level:], numbers[level:], self._ends[level:], self._outermost[level:]
        flat = level and columns[-1] == column
        self._outermost.append(self._outermost[-1] if flat else level)
        columns.append(column)
        numbers.append(written)
        self._ends.append(column + len(number))
        return (
            "" if written == expected else f"number {number} stands where {expected} would follow"
        )

    def agrees(self, marker: int, *, top: bool) -> bool:
        """Return whether a marker has the word and the column of the current item.

        Args:
            marker: the column of the marker.
            top: whether it is the marker of a top-level comment.
        """
        if top is not (len(self._columns) == 1):
            return False
        column = self._columns[-1]
        usual = marker - column if self._offset is None else self._offset
        digits = self._ends[-1] - column - 1
        return marker - column in (usual, usual + digits)

    def level(self, column: int, number: str, marker: int, *, top: bool, below: str) -> int | None:
        """Return the level at which an item opens after the current one is closed.

        Args:
            column: the column of its number.
            number: its number as written.
            marker: the column of the marker before it.
            top: whether that is the marker of a top-level comment.
            below: the lines between the marker and the item.

        Returns:
            The level, or None if this is no item but text.
        """
        written = int(number)
        level = self._fitting(column, written, column + len(number), below)
        if level is None:
            return None
        expected = 1 + (self._numbers[level] if level < len(self._numbers) else 0)
        agrees = self.agrees(marker, top=top)
        if column < marker:
            return level if agrees or written == expected else None
        return level if agrees and written >= expected else None

    def follow(self, column: int, number: str, marker: int, top: bool) -> bool:  # noqa: FBT001 - called for every comment
        """Move on to the next sibling, where all signs plainly agree that it is one.

        Args:
            column: the column of its number.
            number: its number as written.
            marker: the column of the marker before it.
            top: whether that is the marker of a top-level comment.

        Returns:
            False, and nothing has changed, if they do not.
        """
        columns, numbers = self._columns, self._numbers
        written = int(number)
        if (
            column == columns[-1] < marker
            and marker - column == self._offset
            and written == numbers[-1] + 1
            and top is (len(columns) == 1)
        ):
            numbers[-1] = written
            self._ends[-1] = column + len(number)
            return True
        return False

    def settle(self, marker: int, *, top: bool) -> None:
        """Move the current item to the top if its own marker says that it belongs there.

        Where nothing is indented, a number may continue the replies or the
        comments; it is taken for a reply until its marker is seen.

        Args:
            marker: the column of its marker.
            top: whether that is the marker of a top-level comment.
        """
        numbers, columns = self._numbers, self._columns
        if not top or len(columns) == 1 or marker > columns[-1]:
            return
        if columns[0] == columns[-1] and numbers[0] + 1 == numbers[-1]:
            numbers[0], self._ends[0] = numbers[-1], self._ends[-1]
            del columns[1:], self._ends[1:], numbers[1:], self._outermost[1:]

    def _fitting(self, column: int, number: int, end: int, below: str) -> int | None:
        """Return the level whose items stand at a column, or the next one below ``Replies``."""
        columns = self._columns
        level = len(columns) - 1
        last = columns[level]
        if (column > last or (column == last and number == 1)) and below and not below.isspace():
            return level + 1
        while level >= 0 and columns[level] > column:
            level = self._outermost[level] - 1
        if level >= 0 and columns[level] == column:
            if level and columns[level - 1] == column:
                return self._flat(level, number)
            return level
        level = len(columns) - 1
        while level >= 0 and self._ends[level] > end:
            level = self._outermost[level] - 1
        return level if level >= 0 and self._ends[level] == end else None

    def _flat(self, deepest: int, number: int) -> int:
        """Choose among levels of one column by the sequence, the deepest first."""
        outermost = self._outermost[deepest]
        levels = range(deepest, max(outermost, deepest - _MOST_FLAT), -1)
        fitting = (at for at in chain(levels, [outermost]) if self._numbers[at] + 1 == number)
        return next(fitting, deepest)
