"""Runs parsed queries against one committed state of the index. Not thread-safe.

A finished query is ranked by BM25F and counted exactly. While someone types,
the newest matches are taken from the tail of the documents in growing windows,
and counting stops with the window that fills the page: the postings before it
are skipped, not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from probation_reader.search import door
from probation_reader.search.door import stem
from probation_reader.search.fields import AS_WRITTEN
from probation_reader.search.plan import Planner
from probation_reader.search.ranking import LENGTH, REPETITION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from probation_reader.search.door import FileIndex, Query, Searcher
    from probation_reader.search.lexicon import Lexicon
    from probation_reader.search.marks import Marks
    from probation_reader.search.nodes import Marked, Node, Words

_FIRST_WINDOW = 512
_GROWTH = 4


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of one page of matches.

    Args:
        ids: passage ids, in order.
        scores: how well each of them matches; empty if they are the newest.
        total: how many passages match.
        exact: False if `total` is only how many were seen.
        notes: what the query left out.
    """

    ids: tuple[str, ...]
    scores: tuple[float, ...]
    total: int
    exact: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Which of the matches are wanted.

    Args:
        limit: how many at most.
        offset: how many to pass over.
        typing: newest first and quickly, instead of by relevance.
        within: the id of the only post to look in, None for all.
    """

    limit: int
    offset: int
    typing: bool
    within: str | None


class Lookup:
    """One open state of the index.

    Args:
        index: the index to read; what is committed later is not seen.
        marks: what the reader has marked.

    Attributes:
        empty: True if there is nothing to find.
    """

    def __init__(self, index: FileIndex, marks: Marks) -> None:
        self._searcher = index.searcher(weighting=door.BM25F(B=LENGTH, K1=REPETITION))
        self._planner = Planner(self._searcher, self._marked)
        self._marks = marks
        self._numbers: dict[str, int] = {}
        self._known: dict[Marked, tuple[Collection[str], list[int]]] = {}
        # A reader of no segment at all has neither columns nor words.
        self.empty = not self._searcher.doc_count_all()
        if not self.empty:
            self._ids = self._searcher.reader().column_reader("id", translate=False)

    def close(self) -> None:
        """Close the files of the index."""
        self._searcher.close()

    def find(self, root: Node, page: Page) -> Found:
        """Return one page of matches."""
        if self.empty:
            return Found((), (), 0, exact=True, notes=())
        query, notes = self._planner.plan(root, typing=page.typing)
        if page.within is not None:
            query = door.And([query, door.Term("post", page.within)])
        end = page.offset + page.limit
        scores: list[float] = []
        if page.typing:
            documents, total, exact = self._newest(query, end)
        else:
            documents, scores, total = self._best(query, end)
            exact = True
        chosen = slice(page.offset, end)
        ids = tuple(self._ids[document].decode() for document in documents[chosen])
        return Found(ids, tuple(scores[chosen]), total, exact, notes)

    def frequency(self, words: Words, form: str) -> int:
        """Return in how many passages a word is found, as it is asked for."""
        if words.how == "stem":
            field = "stems" if words.where == "text" else words.where
            return int(self._searcher.doc_frequency(field, stem(form)))
        where, mark = ("exact", "") if words.where == "text" else (words.where, AS_WRITTEN)
        return self.lexicon.count(where, mark + form)

    @property
    def lexicon(self) -> Lexicon:
        """The words of the index."""
        return self._planner.lexicon

    def _marked(self, node: Marked) -> list[int]:
        """Return the numbers of the documents that are marked so, sorted."""
        ids = self._marks.ids(node.how, node.tag)
        known = self._known.get(node)
        if known is None or known[0] is not ids:
            numbers = self._numbered()
            found = sorted(numbers[id_] for id_ in ids if id_ in numbers)
            known = self._known[node] = (ids, found)
        return known[1]

    def _numbered(self) -> dict[str, int]:
        """Return the number of each document by its id, and that of its first by a post's."""
        if not self._numbers:
            for number in self._searcher.reader().all_doc_ids():
                id_ = self._ids[number].decode()
                self._numbers[id_] = number
                self._numbers.setdefault(id_.partition(".")[0], number)
        return self._numbers

    def _best(self, query: Query, count: int) -> tuple[list[int], list[float], int]:
        results = self._searcher.search(query, limit=max(1, count))
        places = range(results.scored_length())
        documents = [results.docnum(place) for place in places]
        scores = [float(results.score(place)) for place in places]
        counted, exact = self._counted(query, len(documents))
        return documents, scores, counted if exact else len(results)

    def _newest(self, query: Query, count: int) -> tuple[list[int], int, bool]:
        found: list[int] = []
        for searcher, base in reversed(self._searcher.leaf_searchers()):
            for window in _windows(searcher, query):
                found.extend(base + document for document in window)
                if len(found) >= count:
                    return found, *self._counted(query, len(found))
        return found, len(found), True

    def _counted(self, query: Query, seen: int) -> tuple[int, bool]:
        """Return the number of matches and True if it is known without counting them."""
        if isinstance(query, door.Term) and not self._searcher.reader().has_deletions():
            return self._searcher.doc_frequency(query.fieldname, query.text), True
        return seen, False


def _windows(searcher: Searcher, query: Query) -> Iterator[list[int]]:
    """Yield the matching documents of a segment, newest first, window by window."""
    end = searcher.doc_count_all()
    size = _FIRST_WINDOW
    while end > 0:
        start = max(0, end - size)
        yield _between(searcher, query, start, end)[::-1]
        end = start
        size *= _GROWTH


def _between(searcher: Searcher, query: Query, start: int, end: int) -> list[int]:
    matcher = query.matcher(searcher, searcher.boolean_context())
    if matcher.is_active() and matcher.id() < start:
        matcher.skip_to(start)
    found = []
    while matcher.is_active() and matcher.id() < end:
        found.append(matcher.id())
        matcher.next()
    return found
