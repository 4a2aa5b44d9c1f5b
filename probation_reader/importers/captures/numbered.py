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
from typing import TYPE_CHECKING, Final, NamedTuple

from probation_reader.errors import ImportFailure
from probation_reader.importers.base import no_layout_error
from probation_reader.importers.captures import items, post, words
from probation_reader.importers.captures.cursor import Cursor, is_blank, quoted
from probation_reader.importers.captures.threads import make_thread

if TYPE_CHECKING:
    from probation_reader.importers.base import ImportResult
    from probation_reader.importers.source import Source

name: Final = "numbered"
expects: Final = "numbered comments closed by ReplyDelete"


#: What follows the first marker where neither indentation nor a header shows the items.
_ITEM_BELOW: Final = re.compile(rf"\s*(?:(?:{words.REPLIES})[ \t\xa0]*\n\s*1|2)[.)][ \t\xa0\n]")


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
        raise no_layout_error(source, expects)
    if found.delete is None:
        message = "the comments begin here but none is closed: looked for ReplyDelete or Delete"
        raise ImportFailure(message, where=f"{source.name}:{source.above + found.first + 1}")
    cursor = Cursor(source, found.lines)
    header = found.header
    if header is not None and words.header(found.lines[header]) is None:
        line = quoted(found.lines[header : header + 1])
        cursor.note(header, f"{line} is kept in the post: nothing says that it announces comments")
        header = None
    end = found.first if header is None else header
    title, published = post.take_heading(cursor, end)
    sections = post.take_sections(cursor, end)
    announced = None
    if header is not None:
        announced = post.take_header(cursor, header)
        cursor.take_blanks()
    start = sum(map(len, found.lines[: found.first])) + found.first
    comments = items.take_items(cursor, source.text[start:].removesuffix("\n"), found.delete)
    if announced is not None and announced != len(comments):
        cursor.note(end, f"{announced} announced, {len(comments)} captured")
    if header is None:
        cursor.note(found.first, "no line announces the comments that begin here")
    heading = post.Heading(title, published, announced=announced)
    thread = make_thread(source.name, heading, sections, comments)
    return cursor.result(name, [thread])


def _find_comments(text: str) -> _Comments | None:
    """Return where the comments begin, or None if there are none.

    They begin below the last announcement in known words whose number stands
    left of the first marker (a list inside a comment does not), or below the
    first one where nothing is indented. Where the owner renamed it or there is
    none, they begin at the last number 1 that stands left of the first top-level
    marker, or, where nothing is indented, before a marker over the next number.
    """
    marker = words.MARKER_BELOW.search(text)
    if marker is None:
        return _unclosed(text)
    before = text[: marker.start()]
    if words.holds_glued(before):
        return None
    lines = before.split("\n")
    column = len(marker["indent"])
    known = _announced_items(lines)
    renamed = _renamed_items(lines) if marker["reply"] else []
    left = [place for place in known if place[2] < column]
    left = left or [place for place in renamed if place[2] < column]
    announced = [place for place in renamed if place[0] is not None]
    flat = known or (announced if is_blank(lines[-1]) else [])
    if not flat and is_blank(lines[-1]) and _ITEM_BELOW.match(text, marker.end()):
        flat = renamed[-1:]
    if not left and not flat:
        return None
    header, first, _ = left[-1] if left else flat[0]
    return _Comments(lines, header, first, marker["delete"])


def _announced_items(lines: list[str]) -> list[tuple[int | None, int, int]]:
    """Return where a known header stands over an item: its line, the item's line and column."""
    found: list[tuple[int | None, int, int]] = []
    for header, line in enumerate(lines):
        if line.rstrip().endswith(":") and words.HEADER_LINE.fullmatch(line):
            first = header + 1
            while first < len(lines) and is_blank(lines[first]):
                first += 1
            if first < len(lines) and (opener := items.OPENER.match(lines[first])):
                found.append((header, first, opener.end(1)))
    return found


def _unclosed(text: str) -> _Comments | None:
    """Return announced and numbered comments that no marker closes."""
    header = words.HEADER_AND_ITEM.search(text)
    if header is None or words.holds_glued(text):
        return None
    lines = text[: header.end()].rstrip("\n").split("\n")
    return _Comments(lines, None, len(lines) - 1, None)


def _renamed_items(lines: list[str]) -> list[tuple[int | None, int, int]]:
    """Return where a number 1 stands, and the line above it if it may announce it."""
    found: list[tuple[int | None, int, int]] = []
    for first, line in enumerate(lines):
        opener = items.OPENER.match(line)
        if opener is None or opener[2] != "1":
            continue
        header = first - 1
        while header >= 0 and is_blank(lines[header]):
            header -= 1
        announces = header >= 0 and words.RENAMED_HEADER.fullmatch(lines[header])
        found.append((header if announces else None, first, opener.end(1)))
    return found
