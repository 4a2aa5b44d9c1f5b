"""The glued layout: flattened text, the marker after the first line of its comment.

The marker does not end a comment. It stands glued to the front of the comment's
second line; where the comment has one line, to the front of the next comment's
first line. Other versions of the same extractor glue it to the end of the first
line, or give it a line of its own after the first line. So a comment begins on
the line before its marker (or on the marker's line, where it is glued to the
end) and runs to where the next one begins. ``ReplyDelete`` makes it top-level,
``Delete`` a reply to the top-level comment before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from probation_reader.importers import ledger
from probation_reader.importers.base import no_layout_error
from probation_reader.importers.captures import post, words
from probation_reader.importers.captures.cursor import Cursor, Piece, is_blank
from probation_reader.importers.captures.threads import make_thread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.importers.base import ImportResult
    from probation_reader.importers.source import Source

name: Final = "glued"
expects: Final = "ReplyDelete glued to comments"


class _Mark(NamedTuple):
    """A marker.

    Args:
        line: its index, counted from 0.
        top: whether it makes its comment top-level.
        rest: the text of its line without it.
        back: whether it is glued to the end of its line.
    """

    line: int
    top: bool
    rest: str
    back: bool


def recognises(source: Source) -> bool:
    """Return whether a line holds a top-level marker that is glued or stands alone.

    Alone and indented, as among numbered comments, it does not count.
    """
    replies = words.replies_in(source.text)
    return any(
        mark.top
        for line in (source.lines if replies else ())
        if not is_blank(line[:1]) and any(word in line for word in replies)
        for mark in (words.glued_front(line), words.glued_back(line))
        if mark
    )


def read(source: Source) -> ImportResult:
    """Return the post with its comments.

    Raises:
        ImportFailure: if there is no marker.
    """
    lines = source.lines
    marks = _marks(lines, words.deletes_in(source.text))
    if not marks:
        raise no_layout_error(source, expects)
    starts = _starts(lines, marks)
    cursor = Cursor(source)
    header = _header(lines, starts[0])
    end = starts[0] if header is None else header
    title, published = post.take_heading(cursor, end)
    sections = post.take_sections(cursor, end)
    announced = None
    if header is not None:
        announced = post.take_header(cursor, header)
        cursor.take(starts[0], ledger.BLANK)
    comments = _take_comments(cursor, marks, starts)
    if announced is not None and announced != len(comments):
        cursor.note(end, f"{announced} announced, {len(comments)} captured")
    _say_what_is_lost(cursor, marks, starts)
    heading = post.Heading(title, published, announced=announced)
    thread = make_thread(source.name, heading, sections, comments)
    return cursor.result(name, [thread])


def _marks(lines: Sequence[str], used: Sequence[str]) -> list[_Mark]:
    """Return the markers of the spelling that the capture uses."""
    front: list[_Mark] = []
    back: list[_Mark] = []
    alone: list[_Mark] = []
    for index, line in enumerate(lines):
        if not any(word in line for word in used):
            continue
        if mark := words.glued_front(line):
            whole = is_blank(mark.rest)
            (alone if whole else front).append(_Mark(index, mark.top, mark.rest, back=False))
        elif mark := words.glued_back(line):
            back.append(_Mark(index, mark.top, mark.rest, back=True))
    spelling = front if len(front) >= len(back) else back
    return sorted([*alone, *spelling])


def _starts(lines: Sequence[str], marks: Sequence[_Mark]) -> list[int]:
    """Return the line on which the comment of each marker begins."""
    starts = []
    floor = 0
    for mark in marks:
        start = mark.line
        if not mark.back:
            start -= 1
            while start > floor and is_blank(lines[start]):
                start -= 1
        starts.append(max(start, floor))
        floor = mark.line + 1 if mark.back or is_blank(mark.rest) else mark.line
    return starts


def _header(lines: Sequence[str], first: int) -> int | None:
    """Return the line that announces the comments, if one stands before the first."""
    index = first - 1
    while index >= 0 and is_blank(lines[index]):
        index -= 1
    return index if index >= 0 and words.HEADER_LINE.fullmatch(lines[index]) else None


def _take_comments(cursor: Cursor, marks: Sequence[_Mark], starts: Sequence[int]) -> list[Piece]:
    """Take everything from the first comment to the end of the capture."""
    rests = {mark.line: mark.rest for mark in marks}
    pieces: list[Piece] = []
    for position, mark in enumerate(marks):
        start = starts[position]
        until = starts[position + 1] if position + 1 < len(marks) else len(cursor.lines)
        depth = 0 if mark.top or not pieces else 1
        pieces.append(
            _take_comment(cursor, max(start, cursor.index), until, rests)._replace(depth=depth)
        )
    return pieces


def _take_comment(cursor: Cursor, start: int, until: int, rests: dict[int, str]) -> Piece:
    """Take the lines of one comment without the markers glued to them."""
    lines = [rests.get(index, cursor.lines[index]) for index in range(start, until)]
    filled = [place for place, line in enumerate(lines) if not is_blank(line)]
    first, last = (filled[0], filled[-1]) if filled else (0, max(0, len(lines) - 1))
    text = []
    for place, line in enumerate(lines):
        blank = is_blank(line)
        inside = bool(filled) and first <= place <= last
        if start + place in rests:
            code = ledger.MARKER if blank else ledger.GLUED
        else:
            code = ledger.PASSAGE if inside else ledger.BLANK
        if inside and code != ledger.MARKER:
            text.append(line)
        cursor.take(start + place + 1, code)
    return Piece(0, cursor.line(start + first), cursor.line(start + last), "\n".join(text))


def _say_what_is_lost(cursor: Cursor, marks: Sequence[_Mark], starts: Sequence[int]) -> None:
    """Say what this layout does not hold."""
    replies = [start for mark, start in zip(marks, starts, strict=True) if not mark.top]
    if not marks[0].top:
        cursor.note(starts[0], "a reply without a comment before it is kept as a comment")
    if replies:
        many = "1 reply stands" if len(replies) == 1 else f"{len(replies)} replies stand"
        message = (
            f"which reply a reply answers is not captured: {many} under the top-level comment above"
        )
        cursor.note(replies[0], message)
    message = (
        "nothing marks where the comments end: all text up to the end is kept in this last one"
    )
    cursor.note(starts[-1], message)
