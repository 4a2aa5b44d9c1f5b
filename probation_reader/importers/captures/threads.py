"""Pieces of a capture become a thread: ids, numbers, parents, signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.identity import PassageIds, post_id, post_keys
from probation_reader.importers.captures.post import Heading, made_up_title
from probation_reader.importers.signatures import signature
from probation_reader.model import Comment, Post, Section, SourceSpan, Thread
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
        author = signature(text)
        signed, source = author is not None, SourceSpan(name, first, last)
        made.append(Comment(own, parent, depth, number, author, signed, None, text, source))
    return made
