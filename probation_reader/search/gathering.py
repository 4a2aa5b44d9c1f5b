"""Postings on their way into a segment: new ones, and those of segments that are joined.

Documents have the numbers they will have in the new segment. The new ones come
first, then those of each joined segment in the order of joining.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import repeat
from operator import add
from typing import TYPE_CHECKING

from probation_reader.search.strips import MOST_WEIGHT, Run
from probation_reader.search.terms import terms_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from probation_reader.search.door import SegmentReader
    from probation_reader.search.fields import Posting
    from probation_reader.search.terms import FieldTerms, LeanTerms

#: Places between the last word of a document and the next document: no phrase crosses.
_GAP = 2


@dataclass(frozen=True, slots=True)
class Sorted:
    """One field with everything that is gathered of it.

    Args:
        name: the field.
        added: what was added, None for nothing.
        joined: the parts that come from other segments.
        begun: the place where each document begins, as far as there are words.
        end: the first place after all words.
        go_on: called for every word of segments that are joined.
    """

    name: str
    added: Added | None
    joined: list[Joined]
    begun: array[int]
    end: int
    go_on: Callable[[], None]

    def starts(self, documents: int) -> array[int]:
        """Return the place where each of so many documents begins, and the end of the last."""
        _fill(self.begun, documents, self.end)
        return self.begun + array("I", [self.end])

    def runs(self) -> Iterator[tuple[bytes, Run]]:
        """Yield every word with its postings, sorted."""
        added = self.added.runs if self.added else {}
        words = {word.decode() for word in added}.union(*(part.terms.words for part in self.joined))
        for word in sorted(words):
            raw = word.encode()
            run = added.get(raw) or Run()
            for part in self.joined:
                self.go_on()
                part.extend(run, word)
            if run.documents:
                yield raw, run


class Gathered:
    """Postings by field and word, in place of whoosh's sorted pool.

    Args:
        go_on: called for every word of segments that are joined, to stop by raising.
    """

    def __init__(self, go_on: Callable[[], None]) -> None:
        self._go_on = go_on
        self._fields: dict[str, Added] = {}
        self._joined: list[tuple[SegmentReader, LeanTerms, array[int], int]] = []

    def take(self, name: str, document: int, postings: list[Posting]) -> int:
        """Add the postings of a document in a field; return the number of its words.

        Args:
            name: the field.
            document: its number, higher than any before.
            postings: as `fields.documents` makes them.
        """
        field = self._fields.get(name)
        if field is None:
            field = self._fields[name] = Added()
        return field.take(document, postings)

    def join(self, reader: SegmentReader, documents: array[int], first: int) -> None:
        """Add the postings of a segment.

        Args:
            reader: reads it; closed by `cleanup`.
            documents: those to be taken, ascending.
            first: the number that the first of them gets.
        """
        self._joined.append((reader, terms_of(reader), documents, first))

    def iter_postings(self) -> Iterator[Sorted]:
        """Yield every field with its postings."""
        names = set(self._fields).union(*(terms.names() for _, terms, _, _ in self._joined))
        for name in sorted(names):
            added = self._fields.get(name)
            starts = added.starts if added else array("I")
            end = added.end if added else 0
            parts = []
            for _, terms, documents, first in self._joined:
                field = terms.field(name)
                if field is None:
                    continue
                part = Joined(field, documents, first, starts, end)
                end = part.end
                parts.append(part)
            yield Sorted(name, added, parts, starts, end, self._go_on)

    def cleanup(self) -> None:
        """Forget everything."""
        self._fields.clear()
        for reader, *_ in self._joined:
            reader.close()
        self._joined.clear()


class Added:
    """New postings of one field."""

    def __init__(self) -> None:
        self.runs: dict[bytes, Run] = {}
        self.starts = array("I")
        self.end = 0

    def take(self, document: int, postings: list[Posting]) -> int:
        """Add the postings of a document; return the number of its words."""
        _fill(self.starts, document, self.end)
        start = self.end
        self.starts.append(start)
        words = 0
        end = start
        runs = self.runs
        for word, count, weight, places in postings:
            try:
                run = runs[word]
            except KeyError:
                run = runs[word] = Run()
            run.documents.append(document)
            run.weights.append(int(weight) if weight < MOST_WEIGHT else MOST_WEIGHT)
            words += count
            for place in places:
                run.places.append(start + place)
            if places:
                end = max(end, start + places[-1] + _GAP)
        self.end = end
        return words


class Joined:
    """The postings of one field of a segment, moved to where they will be.

    Args:
        terms: the field in the old segment.
        documents: those of its documents that are taken.
        first: the number the first of them gets.
        starts: where the documents of the new segment begin; extended.
        end: the first place that is free.
    """

    def __init__(
        self, terms: FieldTerms, documents: array[int], first: int, starts: array[int], end: int
    ) -> None:
        self.terms = terms
        self.end = end
        self._first = first
        self._whole = len(documents) == terms.documents
        self._shift = end
        self._numbers = {} if self._whole else {old: first + n for n, old in enumerate(documents)}
        self._starts = starts
        if terms.starts:
            _fill(starts, first, end)
            self._place(documents)

    def _place(self, documents: Sequence[int]) -> None:
        old = self.terms.starts
        if self._whole:
            self._starts.extend(map(add, old[:-1], repeat(self.end)))
            self.end += old[-1]
            return
        for document in documents:
            self._starts.append(self.end)
            self.end += old[document + 1] - old[document]

    def extend(self, run: Run, word: str) -> None:
        """Add the postings of a word to those it has."""
        strip = self.terms.strip(word)
        if strip is None:
            return
        for block in strip.blocks:
            documents, weights = strip.documents(block), strip.weights(block)
            places = strip.places(block) if self.terms.starts else []
            if self._whole:
                run.documents.extend(map(add, documents, repeat(self._first)))
                run.weights += weights
                run.places.extend(map(add, places, repeat(self._shift)))
            else:
                self._extend_with_taken(run, documents, weights, places)

    def _extend_with_taken(
        self, run: Run, documents: list[int], weights: bytes, places: list[int]
    ) -> None:
        numbers, old = self._numbers, self.terms.starts
        for document, weight in zip(documents, weights, strict=True):
            if document in numbers:
                run.documents.append(numbers[document])
                run.weights.append(weight)
        for place in places:
            document = bisect_right(old, place) - 1
            if document in numbers:
                run.places.append(place - old[document] + self._starts[numbers[document]])


def _fill(starts: array[int], document: int, end: int) -> None:
    """Let documents without a word in the field begin where the next one does."""
    if len(starts) < document:
        starts.extend(repeat(end, document - len(starts)))
