"""The bare layout: hard-wrapped prose and nothing else, such as a press release.

One post without date, title or comments. A line ends a paragraph when the next
line's first word would still have fitted; a line that stops in the middle of a
sentence, or is continued in small letters, does not. An address broken over
lines is put together again.
"""

from __future__ import annotations

import re
from itertools import pairwise
from string import ascii_letters
from typing import TYPE_CHECKING, Final

from probation_reader.importers.base import no_layout_error
from probation_reader.importers.captures import post, words
from probation_reader.importers.captures.cursor import Cursor, is_blank
from probation_reader.importers.captures.threads import make_thread
from probation_reader.links import links_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.importers.base import ImportResult
    from probation_reader.importers.source import Source

name: Final = "bare"
expects: Final = "hard-wrapped prose"

_NARROWEST: Final = 40
_WIDEST: Final = 120
_FEWEST_LINES: Final = 4
#: Of the lines of wrapped prose, at least so many are as full as they can be.
_FULL_SHARE: Final = 0.5
#: Of the bytes of prose, at most so many are neither letters nor spaces (what is
#: beyond ASCII counts as letters), and at most so many are signs of code and data.
_OTHER_SHARE: Final = 0.15
_CODE_SHARE: Final = 0.01
_LETTERS: Final = ascii_letters.encode() + b" \n" + bytes(range(0x80, 0x100))
_CODE: Final = b"{}[]<>=;|\\^$#@&_~`\t"
#: Of the commas of prose, at least so many are followed by a space.
_COMMA_SHARE: Final = 0.8
_LIST_ITEM: Final = re.compile(r"[ \t\xa0]*(?:[-–—•*·] |\(?\d{1,3}[.)] |\(?[a-z]\) )")
_TITLE_LINE: Final = re.compile(r"[ \t\xa0]*[A-Z][\w ]{0,40}:[ \t\xa0]*")
_SENTENCE_END: Final = re.compile(r"[.!?:;…][\"'”’)\]]*$")


def recognises(source: Source) -> bool:
    """Return whether the source is hard-wrapped prose without a page around it."""
    filled = [line for line in source.lines if not is_blank(line)]
    return (
        len(filled) >= _FEWEST_LINES
        and _is_prose(source.text)
        and _is_wrapped(source.lines, len(filled))
        and not any(map(_of_a_page, filled))
    )


def read(source: Source) -> ImportResult:
    """Return the text as one post, its paragraphs unwrapped.

    Raises:
        ImportFailure: never for a source that was recognised.
    """
    width = _width(source.lines)
    if width is None:
        raise no_layout_error(source, expects)
    cursor = Cursor(source)
    sections = [
        piece._replace(text="\n".join(_unwrapped(piece.text.split("\n"), width)))
        for piece in post.take_sections(cursor, len(source.lines))
    ]
    thread = make_thread(source.name, post.Heading(), sections)
    return cursor.result(name, [thread])


def _of_a_page(line: str) -> bool:
    """Return whether a line belongs to a page with comments, which this is not."""
    return bool(words.MARKER_LINE.fullmatch(line) or words.HEADER_LINE.fullmatch(line))


def _is_prose(text: str) -> bool:
    """Return whether text is made of words and sentences rather than of data or code."""
    data = text.encode()
    others = len(data.translate(None, _LETTERS))
    code = len(data) - len(data.translate(None, _CODE))
    commas = text.count(",")
    spaced = text.count(", ") + text.count(",\n")
    return (
        others <= _OTHER_SHARE * len(data)
        and code <= _CODE_SHARE * len(data)
        and spaced >= _COMMA_SHARE * commas
    )


def _width(lines: Sequence[str]) -> int | None:
    """Return the width the lines were wrapped to, or None if they were not."""
    width = max((len(line.rstrip()) for line in lines if " " in line.strip()), default=0)
    return width if _NARROWEST <= width <= _WIDEST else None


def _is_wrapped(lines: Sequence[str], filled: int) -> bool:
    width = _width(lines)
    if width is None:
        return False
    pairs = pairwise(lines)
    full = sum(not is_blank(below) and not _fitted(above, below, width) for above, below in pairs)
    return full >= _FULL_SHARE * (filled - 1)


def _fitted(line: str, below: str, width: int) -> bool:
    """Return whether the first word of the line below would have fitted on a line."""
    words_below = below.split(maxsplit=1)
    word = words_below[0] if words_below else ""
    return len(line.rstrip()) + 1 + len(word) <= width


def _ends(line: str, below: str, width: int) -> bool:
    """Return whether a paragraph ends between two lines."""
    if is_blank(line) or is_blank(below):
        return True
    if _LIST_ITEM.match(below) or _TITLE_LINE.fullmatch(below):
        return True
    if not _fitted(line, below, width) or below.lstrip()[:1].islower():
        return False
    whole = _SENTENCE_END.search(line.rstrip()) is not None
    return whole or len(line.rstrip()) < 2 * width // 3


def _unwrapped(lines: Sequence[str], width: int) -> list[str]:
    paragraphs, at = [[lines[0]]], 0
    within = _breaks_within_addresses("\n".join(lines))
    for above, line in pairwise(lines):
        at += len(above)
        if at in within:
            paragraphs[-1].append(line)
        elif _ends(above, line, width):
            paragraphs.append([line])
        else:
            paragraphs[-1] += (" ", line.lstrip())
        at += 1
    return list(map("".join, paragraphs))


def _breaks_within_addresses(text: str) -> set[int]:
    """Return the offsets of the line breaks that surely stand inside an address."""
    addresses = ((link.start, link.end) for link in links_of(text))
    return {at for start, end in addresses for at in range(start, end) if text[at] == "\n"}
