"""Guesses by which scroll of whole rows most of a change could be made. Pure.

Beside what scrolls, other cells of the same rows may stand still (another pane)
or change on their own (a status row), so rows are compared from several columns
on: the leftmost ones in which rows differ. Each guess is only a proposal; what
it costs is found out by writing it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from probation_reader.ui.line.grid import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from probation_reader.ui.line.grid import Cell, Row

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
