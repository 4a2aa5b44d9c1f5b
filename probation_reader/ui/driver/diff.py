"""The cheapest output that makes a terminal show another grid. Pure.

Every way is written out and the shortest one taken: the cells that changed, or
first some rows scrolled and then the cells that are still not right. Rows that
hold unsure text are written from there to their end.

`Writer` writes to a terminal whose cursor and style are known, in as few bytes as it
takes. Only what every terminal of the last forty years does is used: absolute and
relative cursor moves, erasing to the right, SGR. A line feed is taken to move
the cursor straight down (the terminal's line must not translate it), and the
cursor is never trusted after the last column nor after unsure text.

Which scroll would do most of a change is guessed. Beside what scrolls, other cells of
the same rows may stand still (another pane) or change on their own (a status row), so
rows are compared from several columns on: the leftmost ones in which rows differ. Each
guess is only a proposal; what it costs is found out by writing it.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import lru_cache
from itertools import compress, pairwise
from operator import is_not
from typing import TYPE_CHECKING, NamedTuple

from probation_reader.startup.styled_rows import in_parts
from probation_reader.text.widths import is_plain
from probation_reader.ui.driver.cells import (
    BLANK,
    PLAIN,
    UNKNOWN,
    Grid,
    Row,
    blank,
    blanks,
    change,
    first_unsure,
    is_sure,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from probation_reader.ui.driver.cells import Cell, Row


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


_EDGES = 3

_TRIED = 2

#: Cells of a row from an edge on that are compared: rows of text differ in fewer.
_COMPARED = 48

#: Fewer rows are as soon sent as scrolled.
_FEWEST = 2

#: Where a smaller part of what changes would scroll, that saves less than it takes to try.
_LEAST_PART = 1 / 8


class Scroll(NamedTuple):
    """Rows that move up, or down.

    Args:
        first: the upper row of the region.
        last: its lower row.
        by: how many rows up, negative for down; never as many as the region has.
    """

    first: int
    last: int
    by: int

    def scrolled(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """Return the rows of a terminal after the scroll."""
        region = list(rows[self.first : self.last + 1])
        empty = [[BLANK] * len(rows[0])] * abs(self.by)
        region = region[self.by :] + empty if self.by > 0 else empty + region[: self.by]
        return (*rows[: self.first], *region, *rows[self.last + 1 :])


def likely(shown: Sequence[Row], wanted: Sequence[Row], changed: list[int]) -> list[Scroll]:
    """Return the scrolls worth trying, the likeliest first.

    Args:
        shown: the rows the terminal shows.
        wanted: the rows it is to show, as many and as wide.
        changed: the rows that differ.
    """
    edges = sorted({_first_difference(shown[y], wanted[y]) for y in changed})[:_EDGES]
    votes: Counter[Scroll] = Counter()
    for edge in edges:
        for scroll, rows in _from(edge, changed, shown, wanted):
            votes[scroll] = max(votes[scroll], rows)
    return [scroll for scroll, _ in votes.most_common(_TRIED)]


def _first_difference(old: Row, new: Row) -> int:
    return next(x for x, (was, cell) in enumerate(zip(old, new, strict=True)) if was != cell)


def _from(
    edge: int, changed: list[int], shown: Sequence[Row], wanted: Sequence[Row]
) -> Iterator[tuple[Scroll, int]]:
    """Give the scrolls that suit rows from a column on, and how many rows they suit."""
    part = slice(edge, edge + _COMPARED)
    places: dict[tuple[Cell, ...], list[int]] = {}
    for y, row in enumerate(shown):
        places.setdefault(tuple(row[part]), []).append(y)
    reach: dict[int, list[int]] = {}
    for y in changed:
        cells = tuple(wanted[y][part])
        found = places.get(cells, ())
        if len(found) == 1 and (by := found[0] - y) and any(text != " " for text, _ in cells):
            reach.setdefault(by, []).append(y)
    for by, rows in reach.items():
        if len(rows) >= max(_FEWEST, len(changed) * _LEAST_PART):
            yield Scroll(rows[0] + min(by, 0), rows[-1] + max(by, 0), by), len(rows)


_ENDLESS = sys.maxsize

#: Blanks that are looked for at once.
_STEP = 16

_BLANKS = [BLANK] * _STEP

#: Cells between two changes that are as soon sent again as skipped.
_GAP = 4

#: Blanks that are as soon written as erased.
_FEW_BLANKS = 3

#: No scroll can save enough where fewer rows change.
_WORTH_A_SCROLL = 3


def update(shown: Grid | None, wanted: Grid, standing: Standing) -> tuple[str, Standing]:
    """Return what to send, and how it leaves the terminal.

    Args:
        shown: what the terminal shows, None if that is not known or it has had
            another size.
        wanted: what it is to show.
        standing: how it stands.
    """
    facts = _Facts()
    writer = Writer(standing)
    if shown is None or (shown.width, shown.height) != (wanted.width, wanted.height):
        writer.clear()
        _repaint(writer, blank(wanted.width, wanted.height).rows, wanted, facts)
        return writer.text, writer.standing
    pairs = enumerate(zip(shown.rows, wanted.rows, strict=True))
    changed = [y for y, (old, new) in pairs if old is not new and old != new]
    best, least = writer, _ENDLESS
    for scroll in (
        likely(shown.rows, wanted.rows, changed) if len(changed) >= _WORTH_A_SCROLL else ()
    ):
        writer = Writer(standing)
        writer.scroll(scroll.first, scroll.last, scroll.by, wanted.height)
        if _repaint(writer, scroll.scrolled(shown.rows), wanted, facts, least):
            best, least = writer, writer.cost
    writer = Writer(standing)
    if _repaint(writer, shown.rows, wanted, facts, least):
        best = writer
    return best.text, best.standing


class _Facts:
    """What is asked about rows again and again while one frame is written."""

    def __init__(self) -> None:
        self._of: dict[int, tuple[Row, int | None, int]] = {}

    def unsure(self, row: Row) -> int | None:
        """Return the first unsure column, None if there is none."""
        return self._about(row)[1]

    def filled(self, row: Row) -> int:
        """Return how many cells are left when the blanks at the end are not counted."""
        return self._about(row)[2]

    def _about(self, row: Row) -> tuple[Row, int | None, int]:
        about = self._of.get(id(row))
        if about is None:
            filled = _filled(row)
            about = self._of[id(row)] = (row, first_unsure(row[:filled]), filled)
        return about


def _filled(row: Row) -> int:
    filled = len(row)
    while filled >= _STEP and row[filled - _STEP : filled] == _BLANKS:
        filled -= _STEP
    while filled and row[filled - 1] == BLANK:
        filled -= 1
    return filled


def _repaint(
    writer: Writer, shown: tuple[Row, ...], wanted: Grid, facts: _Facts, least: int = _ENDLESS
) -> bool:
    """Write the cells that differ, and leave the cursor where it is to be.

    Returns:
        Whether that takes fewer bytes than the least so far; else it is not finished.
    """
    for y, (old, new) in enumerate(zip(shown, wanted.rows, strict=True)):
        if old is not new and old != new:
            _write_row(writer, y, old, new, facts)
            if writer.characters >= least:
                return False
    writer.move(*wanted.cursor)
    return writer.cost < least


def _write_row(writer: Writer, y: int, old: Row, new: Row, facts: _Facts) -> None:
    filled = facts.filled(new)
    last = max(filled, facts.filled(old))
    others = compress(range(last), map(is_not, old, new))  # hardly any of them are equal
    changed = [x for x in others if old[x] != new[x]]
    unsure = [column for row in (old, new) if (column := facts.unsure(row)) is not None]
    if unsure:
        spans = [(_whole_characters(min(*unsure, changed[0]), old, new), len(new))]
    else:
        spans = _spans(new, changed)
    for start, stop in spans:
        if stop - max(start, filled) > _FEW_BLANKS:
            if start < filled:
                writer.put(new, y, start, filled)
            writer.move(max(start, filled), y)
            writer.erase_right()
            return
        writer.put(new, y, start, stop)


def _whole_characters(begin: int, old: Row, new: Row) -> int:
    """Return the column where the characters begin that a column is in, before and now."""
    while begin and not (old[begin][0] and new[begin][0]):
        begin -= 1
    return begin


def _spans(new: Row, changed: list[int]) -> list[tuple[int, int]]:
    """Return the spans to write: changed cells, whole characters, small gaps closed."""
    gaps = [(x + 1, after) for x, after in pairwise(changed) if after - x > 1]
    gaps = [gap for gap in gaps if not _closes(new, *gap)]
    starts = [changed[0], *(after for _, after in gaps)]
    stops = [*(before for before, _ in gaps), changed[-1] + 1]
    for nth, (start, stop) in enumerate(zip(starts, stops, strict=True)):
        if not new[start][0]:
            starts[nth] = start - 1
        if stop < len(new) and not new[stop][0]:
            stops[nth] = stop + 1
    return list(zip(starts, stops, strict=True))


def _closes(new: Row, start: int, stop: int) -> bool:
    """Return whether the unchanged cells of a gap cost no more than a move over them."""
    pen = new[start - 1][1]
    return stop - start <= _GAP and all(
        (cell == BLANK and blanks(pen)) or (cell[0].isascii() and cell[1] == pen)
        for cell in new[start:stop]
    )
