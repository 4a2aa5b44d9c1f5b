"""From the ids that were found to hits: texts and titles are read from the library."""

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
