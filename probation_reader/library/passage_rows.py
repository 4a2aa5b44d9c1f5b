"""Passages and posts as rows of the database, and back.

Text is stored as UTF-8. SQLite cannot hold a lone surrogate as text, so a text
with one is stored as a blob of the same bytes Python would write with
``surrogatepass``; what is read back is what was stored, always.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from probation_reader.model import Comment, Post, Section, SourceSpan, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from probation_reader.model import Passage

#: The columns of a passage: first what it is, then where it was found.
PASSAGE_COLUMNS = (
    *("id", "position", "comment", "parent", "depth", "number"),
    *("author", "signed", "published", "text", "spans", "gone"),
    *("source", "first_line", "last_line"),
)
#: How many of them say what it is.
CONTENT = 12
#: Where the text, the time it went and the source stand among them.
TEXT, GONE, SOURCE = map(PASSAGE_COLUMNS.index, ("text", "gone", "source"))

POST_COLUMNS = (
    *("id", "title", "title_made_up", "published"),
    *("author", "labels", "url", "announced"),
)
_POST_WIDTH = len(POST_COLUMNS)

_DATE_LENGTH = 10

#: A row as sqlite3 gives it: its values have the types their columns say.
Row = tuple[Any, ...]


def to_db(text: str | None) -> str | bytes | None:
    """Return text as SQLite can store it."""
    if text is None or text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def from_db(value: str | bytes) -> str:
    """Return text as it was before `to_db`."""
    return value if isinstance(value, str) else value.decode("utf-8", "surrogatepass")


def _spans_to_db(spans: tuple[Span, ...]) -> str | None:
    if not spans:
        return None
    return json.dumps([[s.kind, s.start, s.end, s.target] for s in spans])


def passage_to_row(passage: Passage, position: int, source: int) -> Row:
    """Return the values of `PASSAGE_COLUMNS`.

    Args:
        passage: the passage.
        position: its place in the reading order, from 0.
        source: the key of the source it was last found in.
    """
    published, gone = passage.published, passage.gone
    return (
        passage.id,
        position,
        int(isinstance(passage, Comment)),
        passage.parent,
        passage.depth,
        passage.number,
        to_db(passage.author),
        int(passage.signed),
        None if published is None else published.isoformat(),
        to_db(passage.text),
        _spans_to_db(passage.spans),
        None if gone is None else gone.isoformat(),
        source,
        passage.source.first_line,
        passage.source.last_line,
    )


def passage_from_row(row: Row, paths: Mapping[int, str]) -> Passage:
    """Return the passage whose `PASSAGE_COLUMNS` these are.

    Args:
        row: the values.
        paths: the paths of the sources, by their keys.
    """
    (id_, _, comment, parent, depth, number, author, signed, published, text, spans, gone) = row[
        :CONTENT
    ]
    source, first_line, last_line = row[CONTENT:]
    return (Comment if comment else Section)(
        id_,
        parent,
        depth,
        number,
        author and from_db(author),
        signed == 1,
        published and datetime.fromisoformat(published),
        text if type(text) is str else from_db(text),
        SourceSpan(paths[source], first_line, last_line),
        tuple(Span(*span) for span in json.loads(spans)) if spans else (),
        gone and datetime.fromisoformat(gone),
    )


def post_to_row(post: Post) -> Row:
    """Return the values of `POST_COLUMNS`."""
    return (
        post.id,
        to_db(post.title),
        int(post.title_made_up),
        None if post.published is None else post.published.isoformat(),
        to_db(post.author),
        json.dumps(post.labels),
        to_db(post.url),
        post.announced,
    )


def post_from_row(row: Row) -> Post:
    """Return the post whose `POST_COLUMNS` a row begins with."""
    id_, title, made_up, published, author, labels, url, announced = row[:_POST_WIDTH]
    return Post(
        id_,
        title if type(title) is str else from_db(title),
        made_up == 1,
        published and _day_or_moment(published),
        author and from_db(author),
        labels_from_db(labels),
        url and from_db(url),
        announced,
    )


def labels_from_db(stored: str) -> tuple[str, ...]:
    """Return the labels of a post as they were before `post_to_row`."""
    return () if stored == "[]" else tuple(json.loads(stored))


def _day_or_moment(text: str) -> date:
    if len(text) == _DATE_LENGTH:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text)
