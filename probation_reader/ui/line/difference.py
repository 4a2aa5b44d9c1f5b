"""The cheapest output that makes a terminal show another grid. Pure.

Every way is written out and the shortest one taken: the cells that changed, or
first some rows scrolled and then the cells that are still not right. Rows that
hold unsure text are written from there to their end.
"""

from __future__ import annotations

import sys
from itertools import compress, pairwise
from operator import is_not

from probation_reader.ui.line.grid import BLANK, Grid, Row, blank, first_unsure
from probation_reader.ui.line.pens import blanks
from probation_reader.ui.line.scrolls import likely
from probation_reader.ui.line.writer import Standing, Writer

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
