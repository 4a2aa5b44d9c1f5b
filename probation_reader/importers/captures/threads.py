"""Pieces of a capture become a thread: ids, numbers, parents, signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
        made.append(_comment(own, parent, depth, number, text, _span(name, first, last)))
    return made


class _Draft(Passage):
    """A comment while it is being filled in.

    A frozen dataclass fills itself through a function call per field, which for
    hundreds of thousands of comments is a tenth of all the work of an import.
    """

    __slots__ = ()
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__


class _SpanDraft:
    """A source span while it is being filled in."""

    __slots__ = SourceSpan.__slots__


def _comment(  # noqa: PLR0917 - the order of the model; called for every comment
    own: str, parent: str | None, depth: int, number: str, text: str, source: SourceSpan
) -> Comment:
    """Return an ordinary frozen comment, filled in as a draft."""
    draft: Any = object.__new__(_Draft)
    draft.id = own
    draft.parent = parent
    draft.depth = depth
    draft.number = number
    draft.author = author = signature(text)
    draft.signed = author is not None
    draft.published = None
    draft.text = text
    draft.source = source
    draft.spans = ()
    draft.gone = None
    draft.__class__ = Comment
    made: Comment = draft
    return made


def _span(file: str, first_line: int, last_line: int) -> SourceSpan:
    draft: Any = _SpanDraft()
    draft.file = file
    draft.first_line = first_line
    draft.last_line = last_line
    draft.__class__ = SourceSpan
    made: SourceSpan = draft
    return made
