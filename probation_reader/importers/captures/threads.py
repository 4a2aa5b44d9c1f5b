"""Pieces of a capture become a thread: ids, numbers, parents, signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from probation_reader.identity import PassageIds, post_id, post_keys
from probation_reader.importers.captures.post import Heading, made_up_title
from probation_reader.importers.signatures import signature
from probation_reader.model import Comment, Passage, Post, Section, SourceSpan, Thread
from probation_reader.outline import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.importers.captures.cursor import Piece


def make_thread(
    name: str, heading: Heading, sections: Sequence[Piece], comments: Sequence[Piece] = ()
) -> Thread:
    """Return a post with its passages, all with their ids and numbers.

    Args:
        name: the source's name.
        heading: what stood above the post.
        sections: the parts of its body.
        comments: its comments in reading order.
    """
    body = "\n".join(piece.text for piece in sections)
    opening = body or "\n".join(piece.text for piece in comments[:1])
    post = post_id(post_keys(None, heading.title, heading.published, opening))
    ids = PassageIds(post)
    return Thread(
        Post(
            id=post,
            title=heading.title or made_up_title(opening),
            title_made_up=heading.title is None,
            published=heading.published,
            labels=heading.labels,
            announced=heading.announced,
        ),
        (*_sections(name, ids, sections), *_comments(name, ids, comments)),
    )


def _sections(name: str, ids: PassageIds, pieces: Sequence[Piece]) -> list[Section]:
    return [
        Section(
            id=ids.section(text),
            parent=None,
            depth=0,
            number=number,
            author=None,
            signed=False,
            published=None,
            text=text,
            source=SourceSpan(name, first, last),
        )
        for (_, first, last, text), number in zip(
            pieces, numbers([0] * len(pieces), prefix="§"), strict=True
        )
    ]


def _comments(name: str, ids: PassageIds, pieces: Sequence[Piece]) -> list[Comment]:
    made = []
    above: list[str] = []
    depths = [piece.depth for piece in pieces]
    for (depth, first, last, text), number in zip(pieces, numbers(depths), strict=True):
        del above[depth:]
        parent = above[-1] if above else None
        own = ids.comment(parent, text)
        above.append(own)
        span = cast("SourceSpan", _Span(name, first, last))
        made.append(cast("Comment", _Draft(own, parent, depth, number, text, span)))
    return made


class _Draft(Passage):
    """A comment while it is being filled in; then it is an ordinary frozen `Comment`.

    A frozen dataclass fills itself through a function call per field, which for
    hundreds of thousands of comments is a fifth of all the work of an import.
    """

    __slots__ = ()
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__

    def __init__(  # noqa: PLR0917 - called once, for every comment
        self,
        own: str,
        parent: str | None,
        depth: int,
        number: str,
        text: str,
        source: SourceSpan,
    ) -> None:
        author = signature(text)
        self.id = own
        self.parent = parent
        self.depth = depth
        self.number = number
        self.author = author
        self.signed = author is not None
        self.published = None
        self.text = text
        self.source = source
        self.spans = ()
        self.gone = None
        self.__class__ = Comment


class _Span:
    """A source span while it is being filled in, as `_Draft`."""

    __slots__ = SourceSpan.__slots__

    def __init__(self, file: str, first_line: int, last_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.last_line = last_line
        self.__class__ = SourceSpan
