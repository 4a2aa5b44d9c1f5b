"""Several pages pasted into one file, taken apart.

A page below another one is known by its date line: at the left edge, after a
closing marker of the page above, and with an announcement over a number of its
own below it. Where nothing is indented, so that a comment could hold all that,
the date line must follow the marker at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from probation_reader.importers.captures import words
from probation_reader.importers.captures.cursor import is_blank
from probation_reader.importers.dates import read_date
from probation_reader.importers.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


#: The end of any line that may announce something; rare, so found first.
_LAST_COLON: Final = re.compile(r":[ \t\xa0]*+\n")


def pages_of(source: Source) -> list[Source]:
    """Return the pages of a source, which is mostly one."""
    marker = words.MARKER_BELOW.search(source.text)
    headers = list(_headers(source.text, marker.end())) if marker else []
    if not headers:
        return [source]
    starts = [0]
    for above, (header, indented) in zip([(0, False), *headers], headers, strict=False):
        starts += _starts(source.lines, above[0], header, indented=indented)
    ends = [*starts[1:], source.size]
    return [_page(source, *lines) for lines in zip(starts, ends, strict=True)]


def _headers(text: str, start: int) -> Iterator[tuple[int, bool]]:
    """Yield the line of each announcement at the left edge, and whether its items are indented."""
    line = text.count("\n", 0, start)
    for colon in _LAST_COLON.finditer(text, start):
        edge = text.rfind("\n", 0, colon.start())
        match = words.HEADER_AND_ITEM.match(text, edge) if edge >= start else None
        if match and not is_blank(text[edge + 1]):
            line += text.count("\n", start, edge + 1)
            start = edge + 1
            yield line, bool(match["indent"])


def _starts(lines: Sequence[str], above: int, header: int, *, indented: bool) -> list[int]:
    """Return the date lines at the left edge between the last marker and an announcement."""
    dates: list[int] = []
    for index in range(header - 1, above, -1):
        if words.MARKER_LINE.fullmatch(lines[index]):
            between = lines[index + 1 : dates[-1]] if dates else []
            return dates[::-1] if indented or all(map(is_blank, between)) else []
        if _opens_page(lines, index):
            dates.append(index)
    return []


def _opens_page(lines: Sequence[str], index: int) -> bool:
    """Return whether a line is a date line at the left edge, below a blank line or a marker."""
    if is_blank(lines[index][:1]) or read_date(lines[index]) is None:
        return False
    above, below = lines[index - 1], lines[index + 1]
    return is_blank(below) and (is_blank(above) or words.MARKER_LINE.fullmatch(above) is not None)


def _page(source: Source, start: int, end: int) -> Source:
    text = "\n".join([*source.lines[start:end], ""])
    notes = () if start else source.notes
    return Source(source.name, text, source.encoding, source.digest, notes, start)
