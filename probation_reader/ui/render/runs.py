"""Parts a line of text into runs of one role: words, links, matches. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from probation_reader.ui.render.rows import Mark, StyleRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from probation_reader.links.link import Link
    from probation_reader.text.wrap import Line

Part = TypeVar("Part", "Link", Mark)
_START, _END = attrgetter("start"), attrgetter("end")


class StyledRun(NamedTuple):
    """Some characters of one role.

    Args:
        start: offset of the first in the text.
        end: offset just past the last.
        role: what they are.
    """

    start: int
    end: int
    role: StyleRole


def runs(line: Line, links: Sequence[Link], marks: Sequence[Mark]) -> Iterator[StyledRun]:
    """Yield the runs of a line in order; a match within a link is a match.

    Args:
        line: where the line stands in the text.
        links: the links of the text, in order, none over another.
        marks: the matches in the text, likewise.
    """
    linked = _within(line, links)
    marked = _within(line, marks)
    inside = [*map(_START, linked), *map(_END, linked), *map(_START, marked), *map(_END, marked)]
    edges = {line.start, line.end, *(at for at in inside if line.start < at < line.end)}
    for start, end in pairwise(sorted(edges)):
        match = next((mark for mark in marked if mark.start <= start < mark.end), None)
        if match is not None:
            role = _role(match)
        else:
            role = (
                StyleRole.LINK if any(x.start <= start < x.end for x in linked) else StyleRole.WORDS
            )
        yield StyledRun(start, end, role)


def _role(mark: Mark) -> StyleRole:
    if mark.chosen:
        return StyleRole.CHOSEN
    return StyleRole.FOUND if mark.found else StyleRole.MATCH


def _within(line: Line, parts: Sequence[Part]) -> Sequence[Part]:
    """Return the parts that have characters in common with the line."""
    first = bisect_right(parts, line.start, key=_END)
    return parts[first : bisect_left(parts, line.end, key=_START)]
