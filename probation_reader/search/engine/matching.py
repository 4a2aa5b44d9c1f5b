"""Which documents match, worked out for whole lists of documents at a time.

Whoosh asks every matcher of a query for one document after the other; over many
thousand postings that is most of the time a search takes. Here a query is
answered window by window of documents, with sets; the tests compare both ways.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from probation_reader.search.engine import whoosh
from probation_reader.search.engine.postings import PostingList
from probation_reader.search.engine.reader import terms_of
from probation_reader.search.query.compiler import AnyTerm, DocIdSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from probation_reader.search.engine.postings import Block
    from probation_reader.search.engine.reader import FieldTerms
    from probation_reader.search.engine.whoosh import Query, Searcher

#: Up to so many candidates it pays to look which blocks can have them.
_FEW = 512
_STRIPS_KEPT = 512
#: A block is looked at for what matches, and at once again for how well.
_BLOCKS_KEPT = 128
_NOTHING: frozenset[int] = frozenset()

Documents: TypeAlias = set[int] | frozenset[int]


class SegmentReader:
    """One segment of an open index.

    Args:
        searcher: whoosh's, of this segment only.
        base: the number its first document has in the whole index.
    """

    def __init__(self, searcher: Searcher, base: int) -> None:
        reader = searcher.reader()
        self.base = base
        self.size: int = reader.doc_count_all()
        self.deleted = frozenset(reader.segment().deleted_docs())
        self.terms = terms_of(reader)
        self.ids: Any = reader.column_reader("id", translate=False)
        self.strip = lru_cache(_STRIPS_KEPT)(self._strip)
        self.documents = lru_cache(_BLOCKS_KEPT)(PostingList.documents)

    @cached_property
    def all_ids(self) -> list[str]:
        """The ids of all its documents, deleted ones too."""
        return list(self.ids.all())

    def field(self, name: str) -> FieldTerms | None:
        """Return the words of a field, None if it has none."""
        return self.terms.field(name)

    def count(self, name: str, word: str) -> int:
        """Return how many documents have a word in a field, deleted ones too."""
        field = self.field(name)
        return field.count(word) if field else 0

    def _strip(self, name: str, word: str) -> PostingList | None:
        field = self.field(name)
        return field.strip(word) if field else None


def first_of(post: str, leaf: SegmentReader) -> int | None:
    """Return the first document of a post, None if there is none in the segment."""
    return min(matching(whoosh.Term("post", post), leaf, range(leaf.size)), default=None)


def matching(query: Query, leaf: SegmentReader, window: range) -> Documents:
    """Return the documents of a window that match, without the deleted ones."""
    return match(query, leaf, window, None) - leaf.deleted


def match(query: Query, leaf: SegmentReader, window: range, among: Documents | None) -> Documents:
    """Return the documents of a window that match, deleted ones too.

    Args:
        query: as `compiler` makes it; as deep as brackets may be, which the parser limits.
        leaf: the segment.
        window: the numbers of the documents to look at.
        among: only these are wanted; None for all of the window.
    """
    return _WAYS[type(query)](query, leaf, window, among)


def blocks(strip: PostingList, window: range, among: Documents | None) -> list[Block]:
    """Return the blocks of a strip that may have the documents that are wanted."""
    if among is not None and len(among) <= _FEW:
        return strip.among(among)
    return strip.within(window.start, window.stop)


def _term(query: Any, leaf: SegmentReader, window: range, among: Documents | None) -> Documents:  # noqa: ANN401 - untyped
    strip = leaf.strip(query.fieldname, query.text)
    return _of(strip, leaf, window, among) if strip else _NOTHING


def _of(
    strip: PostingList, leaf: SegmentReader, window: range, among: Documents | None
) -> Documents:
    found: list[int] = []
    for block in blocks(strip, window, among):
        found += leaf.documents(strip, block)
    return _cut(found, window, among)


def _cut(found: list[int], window: range, among: Documents | None) -> Documents:
    if among is not None:
        return among.intersection(found)
    return set(found[bisect_left(found, window.start) : bisect_left(found, window.stop)])


def _all_of(query: Any, leaf: SegmentReader, window: range, among: Documents | None) -> Documents:  # noqa: ANN401 - untyped
    for part in sorted(query.subqueries, key=lambda part: _most(part, leaf)):
        among = match(part, leaf, window, among)
        if not among:
            break
    return _NOTHING if among is None else among


def _any_of(query: Any, leaf: SegmentReader, window: range, among: Documents | None) -> Documents:  # noqa: ANN401 - untyped
    return _NOTHING.union(*(match(part, leaf, window, among) for part in query.subqueries))


def _without(query: Any, leaf: SegmentReader, window: range, among: Documents | None) -> Documents:  # noqa: ANN401 - untyped
    among = set(window) if among is None else among
    return among - match(query.query, leaf, window, among)


def _one_of(
    query: AnyTerm, leaf: SegmentReader, window: range, among: Documents | None
) -> Documents:
    return _NOTHING.union(*(_term(term, leaf, window, among) for term in query.words))


def _listed(
    query: DocIdSet, leaf: SegmentReader, window: range, among: Documents | None
) -> Documents:
    found = query.among(leaf.base, window)
    return set(found) if among is None else among.intersection(found)


def _phrase(query: Any, leaf: SegmentReader, window: range, among: Documents | None) -> Documents:  # noqa: ANN401 - untyped
    """Begin with the rarest word: the places of the others only matter beside its own."""
    field = leaf.field(query.fieldname)
    strips = [leaf.strip(query.fieldname, word) for word in query.words]
    words = sorted(
        ((strip, offset) for offset, strip in enumerate(strips) if strip),
        key=lambda word: word[0].count,
    )
    if field is None or len(words) < len(strips):
        return _NOTHING
    for strip, _ in words:
        among = _of(strip, leaf, window, among)
        if not among:
            return _NOTHING
    assert among is not None  # noqa: S101 - a phrase has words
    (strip, offset), *others = words
    begun = set(_places(strip, offset, window, among))
    for strip, offset in others:
        begun.intersection_update(_places(strip, offset, window, among))
    return among.intersection(map(field.document_at, begun))


def _places(strip: PostingList, offset: int, window: range, among: Documents) -> Iterator[int]:
    """Return where phrases would begin in which a word stands at this offset."""
    parts = (strip.places(block, -offset) for block in blocks(strip, window, among))
    return chain.from_iterable(parts)


_WAYS: dict[type, Callable[[Any, SegmentReader, range, Documents | None], Documents]] = {
    whoosh.Term: _term,
    whoosh.And: _all_of,
    whoosh.Or: _any_of,
    whoosh.Not: _without,
    whoosh.Phrase: _phrase,
    AnyTerm: _one_of,
    DocIdSet: _listed,
}


def _most(query: Any, leaf: SegmentReader) -> int:  # noqa: ANN401 - untyped
    """Return about how many documents match at most: the fewest are looked at first."""
    match query:
        case whoosh.Term():
            return leaf.count(query.fieldname, query.text)
        case whoosh.Phrase():
            return min(leaf.count(query.fieldname, word) for word in query.words)
        case whoosh.And():
            return min((_most(part, leaf) for part in query.subqueries), default=0)
        case whoosh.Or() | AnyTerm():
            parts = query.words if isinstance(query, AnyTerm) else query.subqueries
            return sum(_most(part, leaf) for part in parts)
        case DocIdSet():
            return len(query.documents)
    return leaf.size + 1  # of what is excluded: whatever is left by all the others
