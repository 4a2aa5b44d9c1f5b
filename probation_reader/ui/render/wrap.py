"""Breaks text into lines of a given number of cells. Pure and fast.

A line is not a copy but a pair of offsets into the text, with the columns it is
indented by, so that matches, links and selections can be placed on it. Lines
break at spaces; a word, an address for one, is broken only where it is wider
than the room. Further lines of a list item stand under its first word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from probation_reader.ui.render.cells import clusters, is_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

_ITEM = re.compile(r" *(?:[•*·▪–-] +|\(?\d{1,3}[.)] +)?")


class Line(NamedTuple):
    """One line of wrapped text.

    Args:
        start: offset of its first character in the text.
        end: offset just past its last character.
        indent: columns left free before it.
    """

    start: int
    end: int
    indent: int


def wrap(text: str, room: int) -> list[Line]:
    """Return the lines of a text.

    Args:
        text: any number of lines, without tabs or control characters.
        room: cells a line may take, at least 1.

    Returns:
        At least one line; together they hold every character but newlines and
        the spaces at breaks.
    """
    plain = is_plain(text)
    lines: list[Line] = []
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        if plain or is_plain(paragraph):
            if end - start <= room:
                lines.append(Line(start, end, 0))
            else:
                lines.extend(_wrap_plain(text, start, end, room))
        else:
            lines.extend(_wrap_cells(paragraph, start, room))
        start = end + 1
    return lines


def _hang(text: str, start: int, end: int, room: int) -> int:
    """Return the columns that further lines of this paragraph are indented by."""
    match = _ITEM.match(text, start, end)
    hang = match.end() - start if match else 0
    return hang if hang <= room // 3 else 0


def _wrap_plain(text: str, start: int, end: int, room: int) -> Iterator[Line]:
    hang = _hang(text, start, end, room)
    indent, first = 0, start + hang
    while end - start > room - indent:
        limit = start + room - indent
        cut = text.rfind(" ", first, limit + 1)
        if cut <= first:
            cut = limit
        yield Line(start, cut, indent)
        start = cut
        while start < end and text[start] == " ":
            start += 1
        first, indent = start, hang
    if start < end:
        yield Line(start, end, indent)


def _wrap_cells(paragraph: str, offset: int, room: int) -> Iterator[Line]:
    """As `_wrap_plain`, for characters of any width; offsets are moved by `offset`."""
    held = clusters(paragraph)
    end = len(paragraph)
    starts = [start for start, _, _ in held]
    sums = list(accumulate((width for _, _, width in held), initial=0))
    hang = _hang(paragraph, 0, end, room)
    start, indent, first = 0, 0, hang
    while start < end:
        at = bisect_left(starts, start)
        stop = max(at + 1, bisect_right(sums, sums[at] + room - indent) - 1)
        if stop >= len(held):
            break
        limit = starts[stop]
        cut = paragraph.rfind(" ", first, limit + 1)
        if cut <= first:
            cut = limit
        yield Line(offset + start, offset + cut, indent)
        start = cut
        while start < end and paragraph[start] == " ":
            start += 1
        first, indent = start, hang
    if start < end:
        yield Line(offset + start, offset + end, indent)
