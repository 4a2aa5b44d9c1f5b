"""What a source file becomes: threads of passages, frozen and flat.

A thread is a post and one tuple of passages in reading order: first the
sections of the post's body, then its comments. Nothing is nested: a passage
names its parent by id, and `outline` computes the tree as a view. Text is kept
as it was written; `sanitize` makes it safe on the way out.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """The lines of a source file that something came from.

    Args:
        file: the path of the source, as it was given.
        first_line: the first line, counted from 1.
        last_line: the last line, inclusive.
    """

    file: str
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something an importer saw and could not, or would not, decide silently.

    Args:
        line: the line of the source, counted from 1; 0 for the whole file.
        message: what was seen, one sentence without a final full stop.
    """

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters of a passage's text that the source marked up.

    Args:
        kind: how the run was marked.
        start: offset of its first character in the text.
        end: offset just past its last character.
        target: the address of a link, else None.
    """

    kind: Literal["link", "emphasis", "strong", "quote"]
    start: int
    end: int
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that can be read, marked, folded, found and kept.

    Args:
        id: stable id, ``POST.PASSAGE`` (see `identity`).
        parent: the id of the passage it answers, or None at the top.
        depth: 0 at the top, the parent's depth + 1 below it.
        number: its number as a person says it, ``10.2`` for the second reply
            to the tenth comment, ``§3`` for the third section.
        author: who wrote it, if known.
        signed: True where the author is only a signature at its end.
        published: when it was posted, if known.
        text: the words, lines joined by newlines, without outer blank lines.
        source: where it stands in the capture.
        spans: marked-up runs, in order of their start.
        gone: when an import first found it missing from its page, else None.
        edited: when an import last found it in other words, else None.
    """

    id: str
    parent: str | None
    depth: int
    number: str
    author: str | None
    signed: bool
    published: datetime | None
    text: str
    source: SourceSpan
    spans: tuple[Span, ...] = ()
    gone: datetime | None = None
    edited: datetime | None = None


class Section(Passage):
    """A part of the post's own body."""

    __slots__ = ()


class Comment(Passage):
    """A comment under a post, or a reply to one."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Post:
    """The heading of a thread.

    Args:
        id: stable id (see `identity`).
        title: as captured, or made from the first sentence.
        title_made_up: True where the source had no title.
        published: the day (or moment) it was posted, None where unknown.
        author: who posted it, if known.
        labels: the blog's labels for it.
        url: its address, if known.
        announced: how many comments the page said it had, if it said so.
    """

    id: str
    title: str
    title_made_up: bool = False
    published: date | None = None
    author: str | None = None
    labels: tuple[str, ...] = ()
    url: str | None = None
    announced: int | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """A post with its passages in reading order.

    Raises:
        ValueError: if a section follows a comment, an id stands twice, or a
            passage stands before its parent or at the wrong depth.
    """

    post: Post
    passages: tuple[Passage, ...]

    def __post_init__(self) -> None:
        """Check the order once, so that nobody else has to."""
        depths: dict[str, int] = {}
        comments_began = False
        for passage in self.passages:
            if type(passage) is Comment:
                comments_began = True
            elif comments_began:
                message = f"section {passage.id} stands after a comment"
                raise ValueError(message)
            above = -1 if passage.parent is None else depths.get(passage.parent)
            if above is None or passage.depth != above + 1:
                message = f"passage {passage.id} has no parent at depth {passage.depth - 1}"
                raise ValueError(message)
            depths[passage.id] = passage.depth
        if len(depths) != len(self.passages):
            message = f"post {self.post.id} holds an id twice"
            raise ValueError(message)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The parts of the post's own body."""
        return cast("tuple[Section, ...]", self.passages[: self._first_comment()])

    @property
    def comments(self) -> tuple[Comment, ...]:
        """The comments, in reading order."""
        return cast("tuple[Comment, ...]", self.passages[self._first_comment() :])

    def _first_comment(self) -> int:
        return bisect_left(self.passages, True, key=lambda passage: type(passage) is Comment)  # noqa: FBT003 - the key's value
