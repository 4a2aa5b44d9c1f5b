"""The fewest bytes that turn one screen into another, as near as a simple rule comes. Pure.

A screen is rows of cells; a cell is its character and its attributes, as pyte has
them (it knows no dim text). The floor is the cheapest of: writing the cells that
differ, row by row; or first scrolling the rows that moved, once, by the best
distance, and writing what then differs. A run of cells costs its UTF-8, one
cursor address where it begins (or, within a row, one step to the right, or the
cells between written again), and a change of attributes where they change; the
blank end of a row costs one erasure. It is a measure rather than a proof: sequences
that repeat a character or erase a few cells may come below it by a little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyte.screens import Char

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = tuple[Char, ...]
Picture = tuple[Row, ...]

_BLANK = Char(" ")
_ERASE = len("\x1b[K")
#: Only the distances at which most rows agree are worth working out.
_DISTANCES = 3


def floor(before: Picture, after: Picture) -> int:
    """Return the bytes it takes at least to turn one screen into the other.

    Args:
        before: the rows of the screen before, all of one length.
        after: the rows after, as many and as long.
    """
    return min(
        [
            _written(before, after),
            *(_scrolled(before, after, by) for by in _distances(before, after)),
        ]
    )


def _distances(before: Picture, after: Picture) -> list[int]:
    """Return by how many rows text may have moved up (or, below 0, down), the likeliest first."""
    size = len(after)
    moved = {by: _moved(before, after, by) for by in range(1 - size, size) if by}
    return sorted((by for by in moved if moved[by]), key=lambda by: -moved[by])[:_DISTANCES]


def _rows(size: int, by: int) -> range:
    """Return the rows that a scroll by so many can fill from another row."""
    return range(max(0, -by), size - max(0, by))


def _moved(before: Picture, after: Picture, by: int) -> int:
    """Return how many cells such a scroll would bring to where they are wanted."""
    return sum(
        new == came != old and new != _BLANK
        for at in _rows(len(after), by)
        if after[at] != before[at]
        for new, came, old in zip(after[at], before[at + by], before[at], strict=True)
    )


def _scrolled(before: Picture, after: Picture, by: int) -> int:
    first, last = _region(before, after, by)
    top, bottom = first + min(0, by), last + max(0, by)
    blank = (_BLANK,) * len(after[0])
    shifted = list(before)
    for at in range(top, bottom + 1):
        shifted[at] = before[at + by] if top <= at + by <= bottom else blank
    scroll = f"\x1b[{top + 1};{bottom + 1}r\x1b[{abs(by)}S\x1b[r"
    return len(scroll) + _written(tuple(shifted), after)


def _region(before: Picture, after: Picture, by: int) -> tuple[int, int]:
    """Return the first and last of the neighbouring rows that gain most by such a scroll."""
    best, gain, first, region = 0, 0, 0, (0, 0)
    for at in _rows(len(after), by):
        if gain <= 0:
            gain, first = 0, at
        gain += _row(at, before[at], after[at]) - _row(at, before[at + by], after[at])
        if gain > best:
            best, region = gain, (first, at)
    return region


def _written(before: Picture, after: Picture) -> int:
    return sum(
        _row(number, old, new) for number, (old, new) in enumerate(zip(before, after, strict=True))
    )


def _row(number: int, old: Row, new: Row) -> int:
    if old == new:
        return 0
    end = len(new)
    while end and new[end - 1] == _BLANK:
        end -= 1
    cost, style, reached = 0, _BLANK, -1
    for at in (at for at in range(end) if old[at] != new[at]):
        cost += _moved_to(number, at, new, reached)
        cost += _restyled(style, new[at]) + len(new[at].data.encode())
        style, reached = new[at], at + 1
    if not _is_blank(old[end:]):
        cost += _moved_to(number, end, new, reached) + _ERASE
    return cost + _restyled(style, _BLANK)


def _moved_to(number: int, at: int, new: Row, reached: int) -> int:
    """Return what it costs to come to a cell, from another of its row or (below 0) from afar."""
    if reached < 0:
        return len(f"\x1b[{number + 1};{at + 1}H")
    between = sum(len(cell.data.encode()) for cell in new[reached:at])
    return min(between, len(f"\x1b[{at - reached}C"))


def _restyled(old: Char, new: Char) -> int:
    """Return the length of the sequence that changes the attributes, 0 if they are the same."""
    if old[1:] == new[1:]:
        return 0
    codes = ["1" for flag in new[3:] if flag] + ["31" for colour in new[1:3] if colour != "default"]
    return len(f"\x1b[{';'.join(codes)}m")


def _is_blank(cells: Sequence[Char]) -> bool:
    return all(cell == _BLANK for cell in cells)
