"""The single layout: one dated post without comments.

Date line, blank, title, blank, body, perhaps ``No comments:``
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from probation_reader.errors import ImportFailure
from probation_reader.importers.captures import post, words
from probation_reader.importers.captures.cursor import Cursor
from probation_reader.importers.captures.threads import make_thread

if TYPE_CHECKING:
    from probation_reader.importers.base import ImportResult
    from probation_reader.importers.source import Source

name: Final = "single"
expects: Final = "one under a line like Tuesday, 4 March 2025"


def recognises(source: Source) -> bool:
    """Return whether the capture opens with a date line."""
    cursor = Cursor(source)
    return post.dated(source.lines, cursor.past_blanks(0))


def read(source: Source) -> ImportResult:
    """Return the post.

    Raises:
        ImportFailure: if comments are announced and what follows is not numbered.
    """
    cursor = Cursor(source)
    lines, size = source.lines, len(source.lines)
    end = size
    last = cursor.before_blanks(size, 0) - 1
    header = next((i for i, line in enumerate(lines) if words.HEADER_LINE.fullmatch(line)), None)
    if header is not None:
        if header == last:
            end = header
        elif words.header_count(lines[header]):
            message = "comments are announced here, but no numbered comment follows"
            raise ImportFailure(message, where=f"{source.name}:{cursor.line(header)}")
    title, published = post.take_heading(cursor, end)
    sections = post.take_sections(cursor, end)
    announced = None
    if header == last:
        announced = post.take_header(cursor, end)
        cursor.take_blanks()
        if announced:
            cursor.note(end, f"{announced} announced, 0 captured")
    heading = post.Heading(title, published, announced=announced)
    thread = make_thread(source.name, heading, sections)
    return cursor.result(name, [thread])
