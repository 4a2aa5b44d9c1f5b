"""One search through an open state of the index: the page that is wanted of its matches.

A search goes through windows of documents, the newest first, and can be stopped
between two of them and gone on with. A finished query is ranked by BM25F and
counted exactly. While someone types, windows begin small and grow, and the
search ends with the one that fills the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, compress
from time import perf_counter
from typing import TYPE_CHECKING

from probation_reader.search.engine import whoosh
from probation_reader.search.engine.bm25 import Scoring
from probation_reader.search.engine.matching import matching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from probation_reader.search.engine.lookup import Lookup
    from probation_reader.search.engine.whoosh import Query
    from probation_reader.search.query.compiler import DocIdSet

#: Documents in a window: of a finished query; of the first while someone types,
#: and how much bigger the next one is.
_WINDOW = 16_384
_FIRST_WINDOW = 512
_GROWTH = 4


@dataclass(frozen=True, slots=True)
class PageOfIds:
    """The ids of one page of matches.

    Args:
        ids: passage ids, in order.
        scores: how well each of them matches; zeros if they are the newest.
        total: how many passages match.
        exact: False if `total` is only how many were seen.
        notes: what the query left out.
        complete: False if not all documents have been looked at that may belong
            on the page.
    """

    ids: tuple[str, ...]
    scores: tuple[float, ...]
    total: int
    exact: bool
    notes: tuple[str, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which of the matches are wanted.

    Args:
        limit: how many at most.
        offset: how many to pass over.
        typing: newest first and quickly, instead of by relevance.
        within: the id of the only post to look in, None for all.
        by_date: all are looked at, and the newest of each segment are given.
    """

    limit: int
    offset: int
    typing: bool
    within: str | None
    by_date: bool = False

    @property
    def end(self) -> int:
        """How many matches are needed for the page."""
        return self.offset + self.limit


class SearchCursor:
    """A search that can be stopped and gone on with. Made by `Lookup.search`.

    Args:
        lookup: what is searched.
        query: what for.
        notes: what the query left out.
        page: which of the matches are wanted.
        muted: what is left out of the matches, and counted; None for nothing.
    """

    def __init__(
        self,
        lookup: Lookup,
        query: Query,
        notes: tuple[str, ...],
        page: PageRequest,
        muted: DocIdSet | None = None,
    ) -> None:
        self._lookup = lookup
        self._muted = whoosh.And([query, muted]) if muted else None
        self._query = whoosh.And([query, whoosh.Not(muted)]) if muted else query
        self._notes = notes
        self._page = page
        self._found: list[tuple[float, int]] = []
        self._seen = 0
        self._whole = False
        if page.typing:
            self._steps = self._newest()
        else:
            self._steps = self._newest_of_each() if page.by_date else self._best()

    def go_on(self, until: float | None = None) -> PageOfIds:
        """Go on and return what is found so far.

        Args:
            until: when to stop, in seconds of `perf_counter`; None for the end.
                At least one window is looked at.
        """
        complete = True
        for _ in self._steps:
            if until is not None and perf_counter() >= until:
                complete = False
                break
        total, exact = self._counted()
        whole = self._page.by_date
        page = self._found if whole else self._found[self._page.offset : self._page.end]
        ids = self._lookup.ids([document for _, document in page])
        scores = tuple(score for score, _ in page)
        notes = self._notes + self._left_out() if complete else self._notes
        return PageOfIds(ids, scores, total, exact, notes, complete)

    def _left_out(self) -> tuple[str, ...]:
        leaves = self._lookup.leaves if self._muted else ()
        muted = sum(len(matching(self._muted, leaf, range(leaf.size))) for leaf in leaves)
        return (f"{muted:,} muted left out: is:muted finds them",) if muted else ()

    def _best(self) -> Iterator[None]:
        scoring = Scoring(self._lookup.searcher, self._query)
        for leaf in reversed(self._lookup.leaves):
            for window in _windows(leaf.size, _WINDOW, 1):
                documents = matching(self._query, leaf, window)
                self._seen += len(documents)
                self._keep(leaf.base, scoring.scores(leaf, window, documents))
                yield
        self._whole = True

    def _keep(self, base: int, scores: dict[int, float]) -> None:
        """Keep the best so far; of equals the newer."""
        most = self._page.end
        if not most:
            return
        floor = self._found[-1][0] if len(self._found) >= most else 0.0
        good = compress(scores.items(), map(floor.__le__, scores.values()))
        new = [(score, base + document) for document, score in good]
        self._found = nlargest(most, chain(self._found, new))

    def _newest(self) -> Iterator[None]:
        for leaf in reversed(self._lookup.leaves):
            for window in _windows(leaf.size, _FIRST_WINDOW, _GROWTH):
                documents = sorted(matching(self._query, leaf, window), reverse=True)
                self._found.extend((0.0, leaf.base + document) for document in documents)
                self._seen = len(self._found)
                if self._seen >= self._page.end:
                    return
                yield
        self._whole = True

    def _newest_of_each(self) -> Iterator[None]:
        """Keep as many of each segment as the page may need: only within one do dates fall."""
        for leaf in reversed(self._lookup.leaves):
            wanted = self._page.end
            for window in _windows(leaf.size, _WINDOW, 1):
                documents = sorted(matching(self._query, leaf, window), reverse=True)
                self._seen += len(documents)
                self._found.extend((0.0, leaf.base + document) for document in documents[:wanted])
                wanted -= min(wanted, len(documents))
                yield
        self._whole = True

    def _counted(self) -> tuple[int, bool]:
        """Return the number of matches and True if that is all of them."""
        query, leaves = self._query, self._lookup.leaves
        if isinstance(query, whoosh.Term) and not any(leaf.deleted for leaf in leaves):
            return sum(leaf.count(query.fieldname, query.text) for leaf in leaves), True
        return self._seen, self._whole


def _windows(size: int, first: int, growth: int) -> Iterator[range]:
    """Yield windows of the documents of a segment, the newest first."""
    end = size
    while end > 0:
        start = max(0, end - first)
        yield range(start, end)
        end = start
        first *= growth
