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

from typing import TYPE_CHECKING, Final, NamedTuple

from probation_reader.errors import ImportFailure
from probation_reader.importers import ledger
from probation_reader.importers.captures import items, post, words
from probation_reader.importers.captures.cursor import Cursor, is_blank
from probation_reader.importers.captures.threads import make_thread
from probation_reader.importers.contract import ImportResult, unfit

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from probation_reader.importers.source import Source

name: Final = "numbered"
expects: Final = "numbered comments, each closed by ReplyDelete or Delete on a line of its own"


class _Comments(NamedTuple):
    """Where the comments of a capture are.

    Args:
        lines: the lines down to the first marker.
        header: the index of the line that announces them, if there is one.
        first: the index of the first item.
        delete: the delete word of the markers, None if there is no marker.
    """

    lines: list[str]
    header: int | None
    first: int
    delete: str | None


def recognises(source: Source) -> bool:
    """Return whether comments are numbered, or announced and then numbered."""
    return _find_comments(source.text) is not None


def read(source: Source) -> ImportResult:
    """Return the post with its comments.

    Raises:
        ImportFailure: if no line closes the numbered comments.
    """
    found = _find_comments(source.text)
    if found is None:
        raise unfit(source, expects)
    if found.delete is None:
        message = f"the comments begin here but none is closed: looked for {expects}"
        raise ImportFailure(message, where=f"{source.name}:{found.first + 1}")
    cursor = Cursor(source, found.lines)
    end = found.first if found.header is None else found.header
    title, published = post.take_heading(cursor, end)
    sections = post.take_sections(cursor, end)
    announced = None
    if found.header is not None:
        announced = _announced(found.lines[found.header])
        cursor.take(found.header + 1, ledger.HEADING)
        cursor.take_blanks()
    start = sum(map(len, found.lines[: found.first])) + found.first
    comments = items.take_items(cursor, source.text[start:].removesuffix("\n"), found.delete)
    if announced is not None and announced != len(comments):
        cursor.note(end, f"{announced} announced, {len(comments)} captured")
    if found.header is None:
        cursor.note(found.first, "no line announces the comments that begin here")
    heading = post.Heading(title, published, announced=announced)
    thread = make_thread(source.name, heading, sections, comments)
    return ImportResult(name, (thread,), tuple(cursor.notes), cursor.close())


def _find_comments(text: str) -> _Comments | None:
    """Return where the comments begin, or None if there are none.

    An announcement in known words above a number is certain. Where the owner
    renamed it, the comments begin at the last number 1 before the first
    top-level marker that stands left of that marker.
    """
    marker = words.MARKER_BELOW.search(text)
    if marker is None:
        return _unclosed(text)
    before = text[: marker.start()]
    if words.holds_glued(before):
        return None
    lines = before.split("\n")
    for header in range(len(lines) - 1, -1, -1):
        if lines[header].rstrip().endswith(":") and words.HEADER_LINE.fullmatch(lines[header]):
            first = _next_text(lines, header + 1)
            if first < len(lines) and items.OPENER.match(lines[first]):
                return _Comments(lines, header, first, marker["delete"])
    return _renamed(lines, marker) if marker["reply"] else None


def _unclosed(text: str) -> _Comments | None:
    """Return announced and numbered comments that no marker closes."""
    header = words.HEADER_AND_ITEM.search(text)
    if header is None or words.holds_glued(text):
        return None
    lines = text[: header.end()].rstrip("\n").split("\n")
    return _Comments(lines, None, len(lines) - 1, None)


def _renamed(lines: list[str], marker: re.Match[str]) -> _Comments | None:
    """Return the comments below a header in words of the owner's own."""
    column = len(marker[0]) - len(marker[0].lstrip()) - 1
    ones = [
        (index, opener.end(1))
        for index, line in enumerate(lines)
        if (opener := items.OPENER.match(line)) and opener[2] == "1"
    ]
    left = [index for index, indent in ones if indent < column]
    if not ones or not (left or is_blank(lines[-1])):
        return None
    first = left[-1] if left else ones[-1][0]
    header = first - 1
    while header >= 0 and is_blank(lines[header]):
        header -= 1
    if header >= 0 and words.RENAMED_HEADER.fullmatch(lines[header]):
        return _Comments(lines, header, first, marker["delete"])
    return _Comments(lines, None, first, marker["delete"]) if left else None


def _announced(line: str) -> int | None:
    match = words.HEADER_LINE.fullmatch(line)
    if match:
        return words.announced(match["count"])
    match = words.RENAMED_HEADER.fullmatch(line)
    return words.announced(match["count"]) if match and match["count"] else None


def _next_text(lines: Sequence[str], index: int) -> int:
    while index < len(lines) and is_blank(lines[index]):
        index += 1
    return index
