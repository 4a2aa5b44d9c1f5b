"""What a painted row is made of, and the rows there are. Pure.

A row is a value that holds everything its picture depends on: equal rows look
the same at the same width, so pictures are kept by row, and what has to be
drawn again after a key is what differs between two lists of rows.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import Enum
from typing import NamedTuple


class StyleRole(Enum):
    """What a piece of text is, which decides its style."""

    BLANK = "blank"
    GUIDE = "guide"
    BAR = "bar"
    TITLE = "title"
    META = "meta"
    HEAD = "head"
    CURRENT = "current"
    UNREAD = "unread"
    NEW = "new"
    KEPT = "kept"
    WORDS = "words"
    LINK = "link"
    MATCH = "match"
    FOUND = "found"
    CHOSEN = "chosen"


class StyledSpan(NamedTuple):
    """Some text of one style, safe to draw.

    Args:
        text: the text, without line breaks.
        role: what it is.
    """

    text: str
    role: StyleRole


class Mark(NamedTuple):
    """A run of characters of a shown text that was searched for or selected.

    Args:
        start: offset of its first character.
        end: offset just past its last character.
        found: True for the match one stands on, False for the others.
        chosen: True for what is selected with the mouse.
    """

    start: int
    end: int
    found: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A row of the post's heading.

    Args:
        number: which one, from 0.
        unread: how many passages of the thread are unread.
    """

    number: int
    unread: int = 0


@dataclass(frozen=True, slots=True)
class HeadRow:
    """The head of a passage; all there is of a folded one.

    Args:
        nth: the index of the passage.
        current: whether the cursor is on it.
        folded: whether it is folded.
        unread: whether it is unread.
        new: whether it came in since the last visit.
        kept: whether it is bookmarked.
        noted: whether its bookmark has a note.
        quiet: whether it is only there for what answers it.
        below: unread passages hidden below it, 0 if it is open.
        new_below: new passages hidden below it, 0 if it is open.
        muted: what mutes it, in words; empty if nothing does.
        closed: whether it is muted and its words are not shown.
        pending: whether what was marked of it is not on disk yet.
    """

    nth: int
    _: KW_ONLY
    current: bool = False
    folded: bool = False
    unread: bool = False
    new: bool = False
    kept: bool = False
    noted: bool = False
    quiet: bool = False
    below: int = 0
    new_below: int = 0
    muted: str = ""
    closed: bool = False
    pending: bool = False

    @property
    def hushed(self) -> bool:
        """Whether what mutes it stands in the place of its words."""
        return bool(self.muted) and (self.closed or self.folded)


@dataclass(frozen=True, slots=True)
class WordsRow:
    """A line of the text of a passage.

    Args:
        nth: the index of the passage.
        number: which line, from 0.
        current: whether the cursor is on the passage.
        marks: the matches on this line.
    """

    nth: int
    number: int
    _: KW_ONLY
    current: bool = False
    marks: tuple[Mark, ...] = ()

    def same_words(self, other: Row) -> bool:
        """Return whether another row differs in nothing but the cursor's bar."""
        return (
            isinstance(other, WordsRow)
            and (self.nth, self.number) == (other.nth, other.number)
            and self.marks == other.marks
        )


@dataclass(frozen=True, slots=True)
class GapRow:
    """An empty row.

    Args:
        guides: how many guides run through it.
    """

    guides: int


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """Stands for passages that are left out.

    Args:
        count: how many there are.
        unread: how many of them are unread.
    """

    count: int
    unread: int


Row = HeadingRow | HeadRow | WordsRow | GapRow | LeftOutRow
EMPTY = GapRow(0)
