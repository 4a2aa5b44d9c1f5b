"""Writes to a terminal whose cursor and pen are known, in as few bytes as it takes. Pure.

Only what every terminal of the last forty years does is used: absolute and
relative cursor moves, erasing to the right, SGR. A line feed is taken to move
the cursor straight down (the terminal's line must not translate it), and the
cursor is never trusted after the last column nor after unsure text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from probation_reader.startup.styled_rows import in_parts
from probation_reader.text.widths import is_plain
from probation_reader.ui.line.grid import BLANK, Row, is_sure
from probation_reader.ui.line.pens import PLAIN, UNKNOWN, blanks, change

_KEPT_MOVES = 4096


class Standing(NamedTuple):
    """How the last output left the terminal.

    Args:
        x: the cursor's column, None if not known.
        y: its row, None if not known.
        pen: the pen, `UNKNOWN` if not known.
    """

    x: int | None = None
    y: int | None = None
    pen: str = UNKNOWN


class Writer:
    """Output for a terminal, as it grows.

    Args:
        standing: how the terminal stands.
    """

    def __init__(self, standing: Standing) -> None:
        self._x, self._y, self._pen = standing.x, standing.y, standing.pen
        self._out: list[str] = []
        self._counted = self._parts = 0

    @property
    def text(self) -> str:
        """The output so far."""
        return "".join(self._out)

    @property
    def characters(self) -> int:
        """How long the output is so far."""
        self._counted += sum(map(len, self._out[self._parts :]))
        self._parts = len(self._out)
        return self._counted

    @property
    def cost(self) -> int:
        """The bytes of the output so far."""
        return len(self.text.encode("utf-8", "surrogatepass"))

    @property
    def standing(self) -> Standing:
        """How the output leaves the terminal."""
        return Standing(self._x, self._y, self._pen)

    def clear(self) -> None:
        """Blank the whole terminal, whatever it shows and whatever modes it is in."""
        self._out.append("\x1b[r\x1b[m\x1b[H\x1b[J")
        self._x = self._y = 0
        self._pen = PLAIN

    def draw_with(self, pen: str) -> None:
        """Take a pen."""
        if pen != self._pen:
            self._out.append(change(self._pen, pen))
            self._pen = pen

    def move(self, x: int, y: int) -> None:
        """Move the cursor."""
        if (x, y) != (self._x, self._y):
            self._out.append(way(self._x, self._y, x, y))
            self._x, self._y = x, y

    def erase_right(self) -> None:
        """Blank the cells from the cursor to the end of its row."""
        self.draw_with(PLAIN)  # some terminals fill with the pen's background
        self._out.append("\x1b[K")

    def scroll(self, first: int, last: int, by: int, height: int) -> None:
        """Move the rows ``first <= y <= last`` up, or down if ``by`` is negative.

        Args:
            first: the upper row of the region.
            last: its lower row.
            by: how many rows up; as many blank rows come in at the other end.
            height: rows of the terminal.
        """
        self.draw_with(PLAIN)
        within = (first, last) != (0, height - 1)
        if within:
            self._out.append(f"\x1b[{first + 1};{last + 1}r")
            self._x = self._y = None  # most terminals take the cursor home, not all
        self.move(0, first)
        self._out.append("\x1b[" + (str(abs(by)) if abs(by) > 1 else "") + ("M" if by > 0 else "L"))
        if within:
            self._out.append("\x1b[r")
            self._x = self._y = None

    def put(self, row: Row, y: int, start: int, stop: int) -> None:
        """Write the cells ``start <= x < stop`` of a row, whole characters of them."""
        self.move(start, y)
        part = row[start:stop]
        texts = [text for text, _ in part]
        if is_plain("".join(texts)) or (all(texts) and all(map(is_sure, texts))):
            self._put_plain(part)
            self._x = stop
        else:
            self._put_others(row, y, start, stop)
        if stop == len(row):
            self._x = None

    def _put_plain(self, part: Row) -> None:
        out, pen = self._out, self._pen
        for cell in part:
            text, wanted = cell
            if wanted != pen and not (cell is BLANK and blanks(pen)):
                out.append(change(pen, wanted))
                pen = wanted
            out.append(text)
        self._pen = pen

    def _put_others(self, row: Row, y: int, start: int, stop: int) -> None:
        for x in range(start, stop):
            text, pen = row[x]
            if not text:
                continue
            after = x + 1
            while after < len(row) and not row[after][0]:
                after += 1
            self.move(x, y)
            if row[x] != BLANK or not blanks(self._pen):
                self.draw_with(pen)
            if is_sure(text):
                self._out.append(text)
                self._x = after
            else:
                # It may take fewer cells than it has here, or none, or more.
                self._out.append(" " * (after - x))
                self._x = after if after < len(row) else None
                self.move(x, y)
                self._out.append(in_parts(text, pen))
                self._x = self._y = None


@lru_cache(maxsize=_KEPT_MOVES)
def way(x: int | None, y: int | None, to_x: int, to_y: int) -> str:
    """Return the shortest output that moves the cursor.

    Args:
        x: its column, None if not known.
        y: its row, None if not known.
        to_x: the column to go to.
        to_y: the row to go to.
    """
    ways = [f"\x1b[{to_y + 1 if to_y else ''}{f';{to_x + 1}' if to_x else ''}H"]
    if y is not None:
        down = "\n" * (to_y - y) if to_y >= y else f"\x1b[{y - to_y}A"
        ways.append(down + "\r" + _along(0, to_x))
        if x is not None:
            ways.append(down + _along(x, to_x))
    return min(ways, key=len)


def _along(x: int, to_x: int) -> str:
    if to_x >= x:
        return _times(to_x - x, "C")
    return min("\b" * (x - to_x), _times(x - to_x, "D"), key=len)


def _times(number: int, kind: str) -> str:
    return f"\x1b[{number if number > 1 else ''}{kind}" if number else ""
