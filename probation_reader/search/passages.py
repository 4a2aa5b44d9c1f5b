"""From the ids that were found to hits: texts, titles and dates are read from the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.errors import UnknownIdError
from probation_reader.search.hits import Hit
from probation_reader.search.snippet import make

if TYPE_CHECKING:
    from collections.abc import Iterable

    from probation_reader.library import Library
    from probation_reader.search.snippet import Highlighter


def read_hits(library: Library, ids: Iterable[str], highlighter: Highlighter) -> tuple[Hit, ...]:
    """Return hits in the order of their ids.

    Args:
        library: has the passages; one that is gone from it since is left out.
        ids: of the passages.
        highlighter: finds the words to be marked.
    """
    ids = tuple(ids)
    passages = {passage.id: (post, passage) for post, passage in library.passages(ids)}
    hits = []
    for id_ in ids:
        if id_ not in passages:
            continue
        post_id, passage = passages[id_]
        try:
            post = library.post(post_id).post
        except UnknownIdError:
            continue
        line, highlights = make(passage.text, highlighter)
        when = passage.published or post.published
        hits.append(
            Hit(id_, post_id, passage.number, post.title, when, line, highlights, passage.source)
        )
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
