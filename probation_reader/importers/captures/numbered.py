"""The numbered layout: comments as items, each closed by a marker, replies indented.

    Date line / title / body / ``42 comments:``
      1. A comment, its further lines indented.

        ReplyDelete
        Replies
        1. A reply.

          Delete

The indentation is whatever the file uses, and the words are the blog's own. A
number opens an item only after a closing marker, at the column of its siblings
(or deeper, after ``Replies``) and in sequence: lists inside comments are text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from probation_reader.errors import ImportFailure
from probation_reader.importers import ledger
from probation_reader.importers.captures import items, post, words
from probation_reader.importers.captures.cursor import Cursor, is_blank
from probation_reader.importers.contract import ImportResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.importers.source import Source

name: Final = "numbered"
expects: Final = "numbered comments, each closed by ReplyDelete or Delete on a line of its own"


def recognises(source: Source) -> bool:
    """Return whether comments are numbered, or announced and then numbered."""
    return _find_comments(source.lines) is not None


def read(source: Source) -> ImportResult:
    """Return the post with its comments.

    Raises:
        ImportFailure: if no line closes the numbered comments.
    """
    lines = source.lines
    found = _find_comments(lines)
    if found is None:
        raise ImportFailure(f"looked for {expects}", where=f"{source.name}:1")
    header, first = found
    marker = _first_marker(lines, first)
    if marker is None:
        message = f"the comments begin here but none is closed: looked for {expects}"
        raise ImportFailure(message, where=f"{source.name}:{first + 1}")
    cursor = Cursor(source)
    title, published = post.take_heading(cursor, first if header is None else header)
    sections = post.take_sections(cursor, first if header is None else header)
    announced = None
    if header is not None:
        announced = _announced(lines[header])
        cursor.take(header + 1, ledger.HEADING)
        cursor.take_blanks()
    comments = items.take_items(cursor, marker["delete"])
    if announced is not None and announced != len(comments):
        cursor.note(header or 0, f"{announced} announced, {len(comments)} captured")
    if header is None:
        cursor.note(first, "no line announces the comments that begin here")
    heading = post.Heading(title, published, announced=announced)
    thread = post.make_thread(source.name, heading, sections, comments)
    return ImportResult(name, (thread,), tuple(cursor.notes), cursor.close())


def _find_comments(lines: Sequence[str]) -> tuple[int | None, int] | None:
    """Return the index of the line that announces the comments, and of the first one.

    An announcement in known words is certain. Where the owner renamed it, the
    comments begin at the last number 1 before the first top-level marker that
    stands left of it.
    """
    known: tuple[int, int] | None = None
    ones: list[int] = []
    for index, line in enumerate(lines):
        if line.endswith((":", ": ")) and words.HEADER_LINE.fullmatch(line):
            first = _next_text(lines, index + 1)
            if first < len(lines) and items.OPENER.match(lines[first]):
                known = index, first
        if (one := items.OPENER.match(line)) and one[2] == "1":
            ones.append(index)
        marker = words.MARKER_LINE.fullmatch(line)
        if marker and known:
            return known
        if marker and marker["reply"]:
            return _renamed(lines, ones, index, len(marker["indent"]))
    return known


def _renamed(
    lines: Sequence[str], ones: list[int], marker: int, column: int
) -> tuple[int | None, int] | None:
    """Return the header, if there is one, and the first comment, if there is one.

    Args:
        lines: the lines of the capture.
        ones: the lines that begin with the number 1 before the first marker.
        marker: the line of the first top-level marker.
        column: the column of that marker.
    """
    left = [one for one in ones if items.OPENER.match(lines[one]).end(1) < column]
    first = max(left or ones, default=None)
    if first is None or any(map(words.glued_front, lines[:marker])):
        return None
    header = first - 1
    while header >= 0 and is_blank(lines[header]):
        header -= 1
    if header >= 0 and words.RENAMED_HEADER.fullmatch(lines[header]):
        return header, first
    return (None, first) if left else None


def _announced(line: str) -> int | None:
    if match := words.HEADER_LINE.fullmatch(line):
        return words.announced(match["count"])
    match = words.RENAMED_HEADER.fullmatch(line)
    return words.announced(match["count"]) if match and match["count"] else None


def _first_marker(lines: Sequence[str], start: int) -> re.Match[str] | None:
    for index in range(start, len(lines)):
        if marker := words.MARKER_LINE.fullmatch(lines[index]):
            return marker
    return None


def _next_text(lines: Sequence[str], index: int) -> int:
    while index < len(lines) and is_blank(lines[index]):
        index += 1
    return index
