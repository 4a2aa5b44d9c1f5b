"""The cheapest output that makes a terminal show another grid. Pure.

Every way is written out and the shortest one taken: the cells that changed, or
first some rows scrolled and then the cells that are still not right. Rows that
hold unsure text are written from there to their end.
"""

from __future__ import annotations

from probation_reader.ui.line.grid import BLANK, Grid, Row, blank, first_unsure
from probation_reader.ui.line.scrolls import likely
from probation_reader.ui.line.writer import Standing, Writer

#: No scroll can save enough below this many characters.
_WORTH_A_SCROLL = 60
#: Cells between two changes that are as soon sent again as skipped.
_GAP = 4
#: Blanks that are as soon written as erased.
_FEW_BLANKS = 3


def update(shown: Grid | None, wanted: Grid, standing: Standing) -> tuple[str, Standing]:
    """Return what to send, and how it leaves the terminal.

    Args:
        shown: what the terminal shows, None if that is not known or it has had
            another size.
        wanted: what it is to show.
        standing: how it stands.
    """
    if shown is None or (shown.width, shown.height) != (wanted.width, wanted.height):
        writer = Writer(standing)
        writer.clear()
        repaint(writer, blank(wanted.width, wanted.height).rows, wanted)
        return writer.text, writer.standing
    best = Writer(standing)
    repaint(best, shown.rows, wanted)
    if len(best.text) > _WORTH_A_SCROLL:
        for scroll in likely(shown.rows, wanted.rows):
            writer = Writer(standing)
            writer.scroll(scroll.first, scroll.last, scroll.by, wanted.height)
            repaint(writer, scroll.scrolled(shown.rows), wanted)
            best = min(best, writer, key=_cost)
    return best.text, best.standing


def _cost(writer: Writer) -> int:
    return len(writer.text.encode())


def repaint(writer: Writer, shown: tuple[Row, ...], wanted: Grid) -> None:
    """Write the cells that differ, and leave the cursor where it is to be."""
    for y, (old, new) in enumerate(zip(shown, wanted.rows, strict=True)):
        if old is not new and old != new:
            _write_row(writer, y, old, new)
    writer.move(*wanted.cursor)


def _write_row(writer: Writer, y: int, old: Row, new: Row) -> None:
    pairs = enumerate(zip(old, new, strict=True))
    changed = [x for x, (was, cell) in pairs if was is not cell and was != cell]
    begin = _begin_unsure(old, new, changed[0])
    filled = _filled(new)
    spans = _spans(new, changed) if begin is None else [(begin, len(new))]
    for start, stop in spans:
        if filled < stop and stop - max(start, filled) > _FEW_BLANKS:
            if start < filled:
                writer.put(new, y, start, filled)
            writer.move(max(start, filled), y)
            writer.erase_right()
            return
        writer.put(new, y, start, stop)


def _filled(row: Row) -> int:
    """Return how many cells of a row are left when the blanks at its end are not counted."""
    filled = len(row)
    while filled and row[filled - 1] == BLANK:
        filled -= 1
    return filled


def _begin_unsure(old: Row, new: Row, changed: int) -> int | None:
    """Return where to begin a row that holds, or held, unsure text; None if it does not."""
    unsure = [column for column in (first_unsure(old), first_unsure(new)) if column is not None]
    if not unsure:
        return None
    begin = min(*unsure, changed)
    while begin and not (old[begin][0] and new[begin][0]):
        begin -= 1
    return begin


def _spans(new: Row, changed: list[int]) -> list[tuple[int, int]]:
    """Return the spans to write: changed cells, whole characters, small gaps closed."""
    spans: list[tuple[int, int]] = []
    start = stop = changed[0]
    for x in changed:
        if x > stop and not _closes(new, stop, x):
            spans.append((start, stop))
            start = x
        while not new[start][0]:
            start -= 1
        stop = x + 1
        while stop < len(new) and not new[stop][0]:
            stop += 1
    return [*spans, (start, stop)]


def _closes(new: Row, start: int, stop: int) -> bool:
    """Return whether the unchanged cells of a gap cost no more than a move over them."""
    pen = new[start - 1][1]
    return stop - start <= _GAP and all(
        text.isascii() and wanted == pen for text, wanted in new[start:stop]
    )
