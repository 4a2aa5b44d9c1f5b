"""The items of the numbered layout: where each begins, ends and belongs.

Only lines that hold the delete word are looked at closely; the text between
two markers is taken as a whole. One pass, no recursion, linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

from probation_reader.importers import ledger
from probation_reader.importers.captures import words
from probation_reader.importers.captures.cursor import BLANKS, Cursor, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

#: An item's indentation and number; its text begins where this ends.
OPENER: Final = re.compile(r"([ \t]*)(\d{1,7})[.)](?:[ \t\xa0]|$)")


def take_items(cursor: Cursor, delete: str) -> list[Piece]:
    """Take everything from the first item to the end of the capture.

    Args:
        cursor: stands at the first item.
        delete: the delete word that the markers of this file end with.

    Returns:
        The comments in reading order.
    """
    return _Items(cursor, delete).take()


class _Stray(NamedTuple):
    """A marker that closed nothing.

    Args:
        index: its line, counted from 0.
        indent: the white space before it.
        agrees: whether it has the word and column of the item it stands in.
    """

    index: int
    indent: str
    agrees: bool


class _Items:
    """Reads items while it keeps the path from the top to the current one.

    Per level of the path: the column of its items, the column of the full stop
    after their number (the same where numbers are aligned to the right), and
    the number of the last one.
    """

    def __init__(self, cursor: Cursor, delete: str) -> None:
        self._cursor = cursor
        self._lines = cursor.lines
        start = cursor.index
        self._candidates = [
            index for index, line in enumerate(self._lines) if delete in line and index > start
        ]
        self._columns: list[int] = []
        self._stops: list[int] = []
        self._counts: list[int] = []
        self._offset: int | None = None
        self._start = start
        self._text_at = 0
        self._pieces: list[Piece] = []

    def take(self) -> list[Piece]:
        """Take all items, then whatever follows the last one."""
        first = OPENER.match(self._lines[self._start])
        if first is None:
            message = "the cursor does not stand at an item"
            raise AssertionError(message)
        self._open(self._start, first, 0)
        strays: list[_Stray] = []
        for index in self._candidates:
            marker = words.MARKER_LINE.fullmatch(self._lines[index])
            if marker is None:
                continue
            following = self._following(index + 1)
            if following == len(self._lines):
                self._stray(strays)
                self._close(index, marker["indent"], following)
                return self._pieces
            agrees = self._agrees(marker)
            opened = self._opened(following, index, marker, agrees=agrees)
            if opened is None:
                strays.append(_Stray(index, marker["indent"], agrees))
                continue
            self._stray(strays)
            self._close(index, marker["indent"], following)
            self._open(following, *opened)
        self._finish(strays)
        return self._pieces

    def _stray(self, strays: list[_Stray]) -> None:
        """Say which markers were passed over inside the current item."""
        for stray in strays:
            self._cursor.note(stray.index, "a marker inside a comment is kept as its text")
        strays.clear()

    def _agrees(self, marker: re.Match[str]) -> bool:
        """Return whether a marker has the word and the column of the current item."""
        top = len(self._columns) - 1
        offset = len(marker["indent"]) - self._columns[top]
        usual = offset if self._offset is None else self._offset
        digits = self._stops[top] - self._columns[top] - 1
        return bool(marker["reply"]) == (top == 0) and offset in (usual, usual + digits)

    def _following(self, index: int) -> int:
        """Return the index of the next line that is neither blank nor ``Replies``."""
        lines, size = self._lines, len(self._lines)
        while index < size:
            line = lines[index]
            if line.strip(BLANKS) and not words.REPLIES_LINE.fullmatch(line):
                break
            index += 1
        return index

    def _opened(
        self, index: int, closed: int, marker: re.Match[str], *, agrees: bool
    ) -> tuple[re.Match[str], int] | None:
        """Return the item that a line opens and its level, or None if it opens none."""
        opener = OPENER.match(self._lines[index])
        if opener is None:
            return None
        number = int(opener[2])
        replies = any(self._lines[line].strip(BLANKS) for line in range(closed + 1, index))
        level = self._level(index, opener, number, replies=replies)
        if level is None:
            return None
        expected = 1 + (self._counts[level] if level < len(self._counts) else 0)
        flat = len(opener[1]) >= len(marker["indent"])
        if flat and not agrees:
            return None
        if number != expected:
            if (number < expected and flat) or not agrees:
                return None
            self._cursor.note(index, f"number {number} stands where {expected} would follow")
        return opener, level

    def _level(
        self, index: int, opener: re.Match[str], number: int, *, replies: bool
    ) -> int | None:
        """Return the level at which an item opens, by its column and number."""
        column, stop = opener.end(1), opener.end(2)
        columns, stops, top = self._columns, self._stops, len(self._columns) - 1
        if replies and (column > columns[top] or (column == columns[top] and number == 1)):
            return top + 1
        level = top
        while level >= 0 and columns[level] > column:
            level -= 1
        if level >= 0 and columns[level] == column:
            if level > 0 and columns[level - 1] == column:
                return self._flat_level(level, index, number)
            return level
        level = top
        while level >= 0 and stops[level] > stop:
            level -= 1
        return level if level >= 0 and stops[level] == stop else None

    def _flat_level(self, deepest: int, index: int, number: int) -> int:
        """Choose among levels of one column, by the sequence and the item's own marker."""
        level, fits = deepest, []
        while level >= 0 and self._columns[level] == self._columns[deepest]:
            if self._counts[level] + 1 == number:
                fits.append(level)
            level -= 1
        if not fits:
            return deepest
        if len(fits) > 1 and fits[-1] == 0 and self._closed_at_top(index):
            return 0
        return fits[0]

    def _closed_at_top(self, index: int) -> bool:
        """Return whether the next marker after a line closes a top-level comment."""
        for candidate in self._candidates[bisect_right(self._candidates, index) :]:
            if marker := words.MARKER_LINE.fullmatch(self._lines[candidate]):
                return bool(marker["reply"])
        return False

    def _open(self, index: int, opener: re.Match[str], level: int) -> None:
        del self._columns[level:], self._stops[level:], self._counts[level:]
        self._columns.append(opener.end(1))
        self._stops.append(opener.end(2))
        self._counts.append(int(opener[2]))
        self._start = index
        self._text_at = opener.end()

    def _close(self, end: int, indent: str, following: int) -> None:
        """Take the current item, its marker and what leads to the next item."""
        take, lines = self._cursor.take, self._lines
        start = self._start
        if self._offset is None:
            self._offset = len(indent) - self._columns[-1]
        last = self._cursor.before_blanks(end, start + 1)
        head = lines[start][self._text_at :]
        if len(indent) <= self._columns[-1]:
            indent = _common_indent(lines[start + 1 : last])
        width = len(indent)
        text = [head]
        text += [
            line[width:] if line.startswith(indent) else line.lstrip(" \t")
            for line in lines[start + 1 : last]
        ]
        first = start
        if head.strip(BLANKS):
            take(start + 1, ledger.ITEM)
        else:
            first = self._cursor.past_blanks(start + 1) if last > start + 1 else start
            take(start + 1, ledger.MARKER)
            take(max(first, start + 1), ledger.BLANK)
            del text[: first - start or 1]
            last = max(last, first + 1)
        self._pieces.append(Piece(len(self._columns) - 1, first + 1, last, "\n".join(text)))
        take(last, ledger.PASSAGE)
        take(end, ledger.BLANK)
        take(min(end + 1, len(lines)), ledger.MARKER)
        for index in range(end + 1, following):
            take(index + 1, ledger.MARKER if lines[index].strip(BLANKS) else ledger.BLANK)

    def _finish(self, strays: list[_Stray]) -> None:
        """Close the last item where no marker ends the file: page text follows, or it is cut."""
        cursor, size = self._cursor, len(self._lines)
        ends = [place for place, stray in enumerate(strays) if stray.agrees]
        if not ends:
            self._stray(strays)
            cursor.note(self._start, "no marker closes this last comment; it runs to the end")
            self._close(size, " " * (self._columns[-1] + max(0, self._offset or 0)), size)
            return
        end = strays[ends[-1]]
        self._stray(strays[: ends[-1]])
        self._close(end.index, end.indent, self._following(end.index + 1))
        rest = size - cursor.index
        cursor.note(cursor.index, f"{rest} lines after the last comment are no part of it")
        cursor.take(size, ledger.NOTED)


def _common_indent(lines: Sequence[str]) -> str:
    """Return the white space that all lines begin with, blank ones aside."""
    indents = [line[: len(line) - len(line.lstrip(" \t"))] for line in lines if line.strip(BLANKS)]
    if not indents:
        return ""
    low, high = min(indents), max(indents)
    size = next((i for i, sign in enumerate(low) if high[i] != sign), len(low))
    return low[:size]
