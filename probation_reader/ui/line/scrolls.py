"""Guesses by which scroll of whole rows most of a change could be made. Pure.

Beside what scrolls, other cells of the same rows may stand still (another pane)
or change on their own (a status row), so rows are compared from several columns
on: the leftmost ones in which rows differ. Each guess is only a proposal; what
it costs is found out by writing it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from probation_reader.ui.line.grid import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from probation_reader.ui.line.grid import Row

_EDGES = 3
_PER_EDGE = 2


@dataclass(frozen=True, slots=True)
class Scroll:
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


def likely(shown: Sequence[Row], wanted: Sequence[Row]) -> list[Scroll]:
    """Return the scrolls worth trying.

    Args:
        shown: the rows the terminal shows.
        wanted: the rows it is to show, as many and as wide.
    """
    pairs = enumerate(zip(shown, wanted, strict=True))
    changed = [y for y, (old, new) in pairs if old is not new and old != new]
    edges = sorted({_first_difference(shown[y], wanted[y]) for y in changed})[:_EDGES]
    scrolls = (scroll for edge in edges for scroll in _from(edge, changed, shown, wanted))
    return list(dict.fromkeys(scrolls))


def _first_difference(old: Row, new: Row) -> int:
    return next(x for x, (was, cell) in enumerate(zip(old, new, strict=True)) if was != cell)


def _from(
    edge: int, changed: list[int], shown: Sequence[Row], wanted: Sequence[Row]
) -> Iterator[Scroll]:
    """Give the scrolls that suit most rows from a column on."""
    places: dict[tuple[object, ...], list[int]] = {}
    for y, row in enumerate(shown):
        places.setdefault(tuple(row[edge:]), []).append(y)
    came: Counter[int] = Counter()
    reach: dict[int, list[int]] = {}
    for y in changed:
        part = wanted[y][edge:]
        found = places.get(tuple(part), ()) if any(cell[0] != " " for cell in part) else ()
        if len(found) == 1 and (by := found[0] - y):
            came[by] += 1
            reach.setdefault(by, []).append(y)
    for by, _ in came.most_common(_PER_EDGE):
        first, last = reach[by][0], reach[by][-1]
        yield Scroll(first + min(by, 0), last + max(by, 0), by)
