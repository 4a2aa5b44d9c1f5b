"""From ids to results: texts, titles and dates are read from the library, each text once.

Ranking and snippets look at the same terms, and an answer that grows ranks the same
passages again and again; so a text that was read and analysed is cached.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from probation_reader.errors import UnknownIdError
from probation_reader.search.hits import Hit
from probation_reader.search.snippet import Highlighter, make, mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from probation_reader.library import Library
    from probation_reader.model import Passage
    from probation_reader.search.query.ast import Node
    from probation_reader.search.snippet import Marked


@dataclass(frozen=True, slots=True)
class Text:
    """One passage that was found.

    Args:
        post_id: the id of its post.
        passage: itself.
        marked: its text, with what is looked for in it.
    """

    post_id: str
    passage: Passage
    marked: Marked


class PassageCache:
    """What was found for one query. Not thread-safe.

    Args:
        library: has the passages.
        root: what is looked for, None for nothing.

    Attributes:
        library: the same.
        root: the same.
        highlighter: finds the words to be marked.
    """

    def __init__(self, library: Library, root: Node | None) -> None:
        self.library = library
        self.root = root
        self.highlighter = Highlighter(root)
        self._read: dict[str, Text] = {}

    def of(self, ids: Iterable[str]) -> dict[str, Text]:
        """Return passages by their ids; what is gone from the library is left out."""
        wanted = tuple(ids)
        unread = [id_ for id_ in wanted if id_ not in self._read]
        for post_id, passage in self.library.passages(unread) if unread else ():
            marked = mark(passage.text, self.highlighter)
            self._read[passage.id] = Text(post_id, passage, marked)
        return {id_: self._read[id_] for id_ in wanted if id_ in self._read}


def read_hits(texts: PassageCache, ids: Iterable[str]) -> tuple[Hit, ...]:
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
