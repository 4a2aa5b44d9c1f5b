"""One committed state of the index, open to be asked. Not thread-safe."""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain, compress
from typing import TYPE_CHECKING

from probation_reader.identity import is_passage
from probation_reader.search.analysis import stem
from probation_reader.search.engine import whoosh
from probation_reader.search.engine.cursor import SearchCursor
from probation_reader.search.engine.matching import SegmentReader, first_of, matching
from probation_reader.search.engine.term_dictionary import Lexicon
from probation_reader.search.query.ast import MUTED, marks_asked
from probation_reader.search.query.compiler import DocIdSet, QueryCompiler
from probation_reader.search.ranking import LENGTH, REPETITION
from probation_reader.search.schema import AS_WRITTEN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from probation_reader.search.engine.cursor import PageRequest
    from probation_reader.search.engine.whoosh import FileIndex, Searcher
    from probation_reader.search.mark_provider import MarkProvider
    from probation_reader.search.query.ast import MarkFilter, Node, TermQuery


class Lookup:
    """One open state of the index.

    Args:
        index: the index to read; what is committed later is not seen.
        marks: what the reader has marked.

    Attributes:
        searcher: whoosh's, of the whole index.
        leaves: its segments, the oldest first; without any nothing can be searched.
        lexicon: the words of the index.
    """

    def __init__(self, index: FileIndex, marks: MarkProvider) -> None:
        weighting = whoosh.BM25F(B=LENGTH, K1=REPETITION)
        self.searcher: Searcher = index.searcher(weighting=weighting)
        self._marks = marks
        self._known: dict[MarkFilter, tuple[Collection[str], list[int]]] = {}
        # A reader of no segment at all has neither columns nor words.
        self.leaves: list[SegmentReader] = []
        if self.searcher.doc_count_all():
            self.leaves = [
                SegmentReader(leaf, base) for leaf, base in self.searcher.leaf_searchers()
            ]
        self._bases = [leaf.base for leaf in self.leaves]
        self.lexicon = Lexicon([leaf.terms for leaf in self.leaves])
        self._planner = QueryCompiler(self.searcher, self.lexicon, self._marked)

    def close(self) -> None:
        """Close the files of the index."""
        self.searcher.close()

    def search(self, root: Node, page: PageRequest) -> SearchCursor:
        """Return a search for a page of matches, not begun yet; there must be leaves."""
        query, notes = self._planner.plan(root, typing=page.typing)
        if page.within is not None:
            query = whoosh.And([query, whoosh.Term("post", page.within)])
        return SearchCursor(self, query, notes, page, self._unasked(root))

    def _unasked(self, root: Node) -> DocIdSet | None:
        """Return what is muted, None where nothing is or the query asks for it."""
        if MUTED in marks_asked(root) or not (muted := self._marked(MUTED)):
            return None
        return DocIdSet(muted, self.searcher)

    def ids(self, documents: list[int]) -> tuple[str, ...]:
        """Return the ids of documents."""
        leaves = (self.leaves[bisect_right(self._bases, document) - 1] for document in documents)
        return tuple(
            leaf.ids[document - leaf.base].decode()
            for leaf, document in zip(leaves, documents, strict=True)
        )

    def matching(self, root: Node) -> tuple[str, ...]:
        """Return the ids of all matches, in no order."""
        query, _ = self._planner.plan(root, typing=False)
        if muted := self._unasked(root):
            query = whoosh.And([query, whoosh.Not(muted)])
        return tuple(
            leaf.all_ids[document]
            for leaf in self.leaves
            for document in matching(query, leaf, range(leaf.size))
        )

    def frequency(self, words: TermQuery, form: str) -> int:
        """Return in how many passages a word is found, as it is asked for."""
        if words.how == "stem":
            field = "stems" if words.where == "text" else words.where
            return self.lexicon.count(field, stem(form))
        where, mark = ("exact", "") if words.where == "text" else (words.where, AS_WRITTEN)
        return self.lexicon.count(where, mark + form)

    def _marked(self, node: MarkFilter) -> list[int]:
        """Return the numbers of the documents that are marked so, sorted."""
        ids = self._marks.ids(node.how, node.tag)
        known = self._known.get(node)
        if known is None or known[0] is not ids:
            posts = [id_ for id_ in ids if not is_passage(id_)]
            those = ((leaf.base, _those(ids, posts, leaf)) for leaf in self.leaves)
            found = [base + number for base, numbers in those for number in numbers]
            known = self._known[node] = (ids, found)
        return known[1]


def _those(ids: Collection[str], posts: Iterable[str], leaf: SegmentReader) -> list[int]:
    """Return the documents of a segment with these ids, and the first of these posts, sorted."""
    if not ids:
        return []
    firsts = (first_of(post, leaf) for post in posts)
    passages = compress(range(leaf.size), map(ids.__contains__, leaf.all_ids))
    return sorted(
        {number for number in chain(firsts, passages) if number is not None} - leaf.deleted
    )
