"""From the ids that were found to hits: texts, titles and dates are read from the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.errors import UnknownIdError
from probation_reader.search.hits import Hit
from probation_reader.search.snippet import make

if TYPE_CHECKING:
    from collections.abc import Iterable

    from probation_reader.library import Library
    from probation_reader.search.reading import Texts


def read_hits(texts: Texts, ids: Iterable[str]) -> tuple[Hit, ...]:
    """Return hits in the order of their ids.

    Args:
        texts: has the passages; one that is gone from the library is left out.
        ids: of the passages.
    """
    hits = []
    for id_, text in texts.of(ids).items():
        passage = text.passage
        try:
            post = texts.library.post(text.post_id).post
        except UnknownIdError:
            continue
        line, highlights = make(text.marked, texts.highlighter.worth)
        when = passage.published or post.published
        number, source = passage.number, passage.source
        hits.append(Hit(id_, text.post_id, number, post.title, when, line, highlights, source))
    return tuple(hits)


def newest_first(library: Library, ids: Iterable[str]) -> tuple[str, ...]:
    """Return ids in the order in which the passages were posted, the newest first.

    A passage without a date was posted with its post; those of an undated one are last.

    Args:
        library: has the passages; one that is gone from it since is left out.
        ids: of the passages; of equals the first stays first.
    """
    posted = {row.post.id: row.post.published for row in library.posts()}
    moments = {
        passage.id: str(passage.published or posted[post_id] or "")
        for post_id, passage in library.passages(ids)
        if post_id in posted
    }
    return tuple(sorted(moments, key=lambda id_: moments[id_], reverse=True))
