"""What all layouts share of a post: its heading and the sections of its body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from probation_reader.importers import ledger
from probation_reader.importers.captures import words
from probation_reader.importers.captures.cursor import BLANKS, is_blank, quoted
from probation_reader.importers.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from probation_reader.importers.captures.cursor import Cursor, Piece

#: Signs that ornaments are made of; letters o and digits 0 only among others.
_SIGNS: Final = r"\-‐‑‒–—―*_=~#+•·∙◦●○◆◇■□★☆✦❖†‡§"
_SEPARATOR: Final = re.compile(
    rf"[ \t\xa0]*(?=[^{_SIGNS}]*[{_SIGNS}])(?:[{_SIGNS}oO0][ \t\xa0]*){{3,}}"
)
_SHORTEST_SEPARATOR: Final = 3
_LONGEST_SEPARATOR: Final = 200
_LONGEST_TITLE: Final = 300
_MADE_TITLE: Final = 70
_SENTENCE: Final = re.compile(r".*?[.!?…][\"'”’)]*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a post.

    Args:
        title: its title, None if the capture has none.
        published: its date, if the capture has it.
        labels: the labels it is known to have.
        announced: how many comments the page said it had, if it said so.
    """

    title: str | None = None
    published: date | None = None
    labels: tuple[str, ...] = ()
    announced: int | None = None


def dated(lines: Sequence[str], index: int) -> bool:
    """Return whether the line at an index is a date line between blank lines."""
    return (
        read_date(lines[index]) is not None
        and (index == 0 or is_blank(lines[index - 1]))
        and (index + 1 == len(lines) or is_blank(lines[index + 1]))
    )


def take_heading(cursor: Cursor, until: int) -> tuple[str | None, date | None]:
    """Take the date line and the title that open a post.

    Args:
        cursor: stands before the post.
        until: the index just past the post's body.

    Returns:
        The title and the date, each None if it is not there; without a date
        line nothing is taken for a title.
    """
    cursor.take(min(cursor.past_blanks(cursor.index), until), ledger.BLANK)
    start = cursor.index
    if start == until or not dated(cursor.lines, start):
        return None, None
    published = read_date(cursor.lines[start])
    cursor.take(start + 1, ledger.HEADING)
    cursor.take(min(cursor.past_blanks(start + 1), until), ledger.BLANK)
    at = cursor.index
    if at == until:
        return None, published
    title = cursor.lines[at].strip()
    alone = at + 1 == until or is_blank(cursor.lines[at + 1])
    if not title or not alone or len(title) > _LONGEST_TITLE:
        return None, published
    cursor.take(at + 1, ledger.HEADING)
    return title, published


def take_sections(cursor: Cursor, until: int) -> list[Piece]:
    """Take a post's body up to an index, cut into sections at its separators."""
    sections = []
    lines = cursor.lines
    for index in range(cursor.index, until):
        if is_separator(lines[index]):
            sections.append(cursor.take_text(index))
            cursor.take(index + 1, ledger.MARKER)
    sections.append(cursor.take_text(until))
    return [section for section in sections if section]


def take_header(cursor: Cursor, index: int) -> int | None:
    """Take the line that announces the comments, at an index.

    Args:
        cursor: stands at it.
        index: the line, one that `analysis.header` knows.

    Returns:
        How many it announces, None if it does not say or cannot be believed.
    """
    line = cursor.lines[index]
    header = words.header(line)
    if header is None:
        message = f"line {cursor.line(index)} is no header"
        raise AssertionError(message)
    cursor.take(index + 1, ledger.HEADING)
    if not header.known:
        cursor.note(index, f"{quoted([line])} is taken for the header of the comments")
    elif header.number is None and any(map(str.isdecimal, line)):
        cursor.note(index, f"no number of comments is taken from {quoted([line])}")
    return header.number


def is_separator(line: str) -> bool:
    """Return whether a line is an ornament between parts of a text."""
    return (
        _SHORTEST_SEPARATOR <= len(line) <= _LONGEST_SEPARATOR
        and not line[-1:].isalpha()
        and _SEPARATOR.fullmatch(line) is not None
        and not any(end.isalnum() for end in (line.strip(BLANKS)[0], line.strip(BLANKS)[-1]))
    )


def made_up_title(text: str) -> str:
    """Return a title made from the first sentence of a text."""
    line = next((line for line in text.split("\n") if line.strip()), "")
    opening = " ".join(line[: 20 * _MADE_TITLE].split()).lstrip("•-*–— ")
    sentence = _SENTENCE.match(opening)
    title = sentence[0] if sentence else opening
    if len(title) <= _MADE_TITLE:
        return title.rstrip(".") or "Untitled"
    cut = title.rfind(" ", 0, _MADE_TITLE)
    return title[: cut if cut > 0 else _MADE_TITLE].rstrip(",;:-–— ") + "…"
