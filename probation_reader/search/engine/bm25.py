"""How well documents match: BM25F, worked out for whole lists of documents at a time.

The score of a document is the sum of what every word that is looked for says of
it, words of phrases too. In a field whose words are counted that is BM25; in any
other it is how often the word is there. What is no word counts as one. This is
what whoosh's BM25F makes of the same query; the tests compare both.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import compress
from typing import TYPE_CHECKING, Any

from probation_reader.search.engine import whoosh
from probation_reader.search.engine.matching import blocks, match
from probation_reader.search.ranking import LENGTH, REPETITION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from probation_reader.search.engine.matching import Documents, SegmentReader
    from probation_reader.search.engine.whoosh import Query, Searcher

_TERMS_KEPT = 64


class Scoring:
    """The scores of one query.

    Args:
        searcher: of the whole index: a word is as rare as it is there.
        query: as `compiler` makes it.
    """

    def __init__(self, searcher: Searcher, query: Query) -> None:
        self._searcher = searcher
        self._query = query
        self._rows = lru_cache(_TERMS_KEPT)(self._make_rows)

    def scores(self, leaf: SegmentReader, window: range, matching: Documents) -> dict[int, float]:
        """Return the score of every document that matches.

        Args:
            leaf: the segment.
            window: the numbers of the documents that were looked at.
            matching: those that match.
        """
        scores = dict.fromkeys(matching, 0.0)
        for part, documents in _scored(self._query, leaf, window, matching):
            if isinstance(part, whoosh.Term):
                self._add(scores, part, leaf, window, documents)
            else:
                for document in documents:
                    scores[document] += 1.0
        return scores

    def _add(
        self,
        scores: dict[int, float],
        term: Any,  # noqa: ANN401 - untyped
        leaf: SegmentReader,
        window: range,
        wanted: Documents,
    ) -> None:
        field = leaf.field(term.fieldname)
        strip = leaf.strip(term.fieldname, term.text)
        if field is None or strip is None:
            return
        rows = self._rows(term.fieldname, term.text)
        lengths = field.lengths
        for block in blocks(strip, window, wanted):
            documents = leaf.documents(strip, block)
            pairs = zip(documents, strip.weights(block), strict=True)
            matched = compress(pairs, map(wanted.__contains__, documents))
            if lengths:
                for document, weight in matched:
                    scores[document] += rows[weight][lengths[document]]
            else:
                for document, weight in matched:
                    scores[document] += weight

    def _make_rows(self, name: str, word: str) -> _Rows:
        average = self._searcher.avg_field_length(name, 1) or 1
        return _Rows(self._searcher.idf(name, word), average)


class _Rows(dict[int, list[float]]):
    """What a word says of a text: by its weight, then by how long the text is, as a byte.

    Args:
        rarity: how much the word says at all.
        average: words of an average text.
    """

    def __init__(self, rarity: float, average: float) -> None:
        super().__init__()
        self._rarity = rarity
        self._average = average

    def __missing__(self, weight: int) -> list[float]:
        most = self._rarity * weight * (REPETITION + 1)
        fixed = weight + REPETITION * (1 - LENGTH)
        by_length = REPETITION * LENGTH / self._average
        row = [most / (fixed + by_length * words) for words in _LENGTHS]
        self[weight] = row
        return row


_LENGTHS = [whoosh.byte_to_length(number) for number in range(256)]


def _scored(
    query: Any,  # noqa: ANN401 - untyped
    leaf: SegmentReader,
    window: range,
    matching: Documents,
) -> Iterator[tuple[Query, Documents]]:
    """Yield what says how well a query is matched, with the documents it says that of.

    What is excluded says nothing, and a part that is not matched neither.
    """
    match query:
        case whoosh.Not():
            return
        case whoosh.And():
            for part in query.subqueries:
                yield from _scored(part, leaf, window, matching)
        case whoosh.Or():
            for part in query.subqueries:
                # Of a single word what it says is said of no other documents anyway.
                by_itself = isinstance(part, whoosh.Term)
                those = matching if by_itself else match(part, leaf, window, matching)
                yield from _scored(part, leaf, window, those)
        case whoosh.Phrase():
            for word in query.words:
                yield whoosh.Term(query.fieldname, word), matching
        case _:
            yield query, matching
