"""Writes a segment: whoosh's own way, but for the postings and the terms.

Whoosh sorts one tuple per posting, pickles every payload and spends some hundred
bytes on every term. Here postings are buffered by term as they come, with those of the
segments that are merged, and written as posting lists (see `postings`), with one list of
terms per field beside them. Documents have the numbers they will have in the new
segment: the new ones first, then those of each merged segment in the order of merging.

Everything else of a segment (its documents, columns, deletions, commits) is whoosh's,
and so are the queries that may be asked of it: `reader` reads this back in the form
whoosh wants, and the tests compare every posting with what whoosh's writer and reader
make of the same documents.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import repeat
from operator import add
from typing import TYPE_CHECKING, Any

from probation_reader.search.engine.postings import MOST_WEIGHT, PostingsBuilder, pack
from probation_reader.search.engine.reader import (
    LEXICON,
    OFFSET_BYTES,
    STRIPS,
    CompactTermsReader,
    bundle,
    terms_of,
)
from probation_reader.search.engine.whoosh import (
    FieldWriter,
    SegmentWriter,
    W3Codec,
    length_to_byte,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from probation_reader.search.engine.reader import FieldTerms
    from probation_reader.search.engine.whoosh import FileIndex, Schema, SegmentReader
    from probation_reader.search.schema import Posting


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
    joined: list[MergedSegment]
    begun: array[int]
    end: int
    go_on: Callable[[], None]

    def starts(self, documents: int) -> array[int]:
        """Return the place where each of so many documents begins, and the end of the last."""
        _fill(self.begun, documents, self.end)
        return self.begun + array("I", [self.end])

    def runs(self) -> Iterator[tuple[bytes, PostingsBuilder]]:
        """Yield every word with its postings, sorted."""
        added = self.added.runs if self.added else {}
        words = {word.decode() for word in added}.union(*(part.terms.words for part in self.joined))
        for word in sorted(words):
            raw = word.encode()
            run = added.get(raw) or PostingsBuilder()
            for part in self.joined:
                self.go_on()
                part.extend(run, word)
            if run.documents:
                yield raw, run


class PostingsBuffer:
    """Postings by field and word, in place of whoosh's sorted pool.

    Args:
        go_on: called for every word of segments that are joined, to stop by raising.
    """

    def __init__(self, go_on: Callable[[], None]) -> None:
        self._go_on = go_on
        self._fields: dict[str, Added] = {}
        self._joined: list[tuple[SegmentReader, CompactTermsReader, array[int], int]] = []

    def take(self, name: str, document: int, postings: list[Posting]) -> int:
        """Add the postings of a document in a field; return the number of its words.

        Args:
            name: the field.
            document: its number, higher than any before.
            postings: as `schema.documents` makes them.
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
                part = MergedSegment(field, documents, first, starts, end)
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
        self.runs: dict[bytes, PostingsBuilder] = {}
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
                run = runs[word] = PostingsBuilder()
            run.documents.append(document)
            run.weights.append(int(weight) if weight < MOST_WEIGHT else MOST_WEIGHT)
            words += count
            for place in places:
                run.places.append(start + place)
            if places:
                end = max(end, start + places[-1] + _GAP)
        self.end = end
        return words


class MergedSegment:
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

    def extend(self, run: PostingsBuilder, word: str) -> None:
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
        self, run: PostingsBuilder, documents: list[int], weights: bytes, places: list[int]
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


_LINE = b"\n"  # no word holds a line break


class Stopped(Exception):  # noqa: N818 - not an error: what was being written is not wanted
    """A commit was stopped before it was made; the writer can be cancelled."""


class CompactWriter(SegmentWriter):  # type: ignore[misc]  # whoosh is untyped
    """Whoosh's writer of one segment, for fields whose postings are ready.

    Memory holds all that is added until the commit: commit in batches. Segments
    that are joined are read when it commits, word by word.

    Args:
        index: what to write to.
        stopped: asked between words and documents while segments are joined;
            True ends the commit with `Stopped`.
    """

    def __init__(self, index: FileIndex, stopped: Callable[[], bool] = lambda: False) -> None:
        super().__init__(index, codec=CompactCodec())
        self._stopped = stopped
        self.pool = PostingsBuffer(self._go_on)

    def _go_on(self) -> None:
        if self._stopped():
            raise Stopped

    def add_document(self, **fields: Any) -> None:  # noqa: ANN401 - whoosh's signature
        """Add a document: postings for every indexed field, else the value of its column."""
        document = self.docnum
        about = self.perdocwriter
        about.start_doc(document)
        for name, value in fields.items():
            kind = self.schema[name]
            if kind.indexed:
                words = self.pool.take(name, document, value)
                about.add_field(name, kind, None, words if kind.scorable else 0)
            else:
                about.add_column_value(name, kind.column_type, kind.to_column_value(value))
        about.finish_doc()
        self._added = True
        self.docnum += 1

    def add_reader(self, reader: SegmentReader) -> None:
        """Add the documents of a segment that are not deleted; closes the reader on commit."""
        documents = array("I", reader.all_doc_ids())
        self.pool.join(reader, documents, self.docnum)
        self._copy_columns(reader, documents)
        self._added = True

    def _copy_columns(self, reader: SegmentReader, documents: Iterable[int]) -> None:
        kinds = dict(self.schema.items())
        scorable = [(name, kind) for name, kind in kinds.items() if kind.scorable]
        columns = [
            (name, kind.column_type, reader.column_reader(name, translate=False))
            for name, kind in kinds.items()
            if kind.column_type
        ]
        about = self.perdocwriter
        for document in documents:
            self._go_on()
            about.start_doc(self.docnum)
            for name, kind in scorable:
                about.add_field(name, kind, None, reader.doc_field_length(document, name))
            for name, column, values in columns:
                about.add_column_value(name, column, values[document])
            about.finish_doc()
            self.docnum += 1


class CompactCodec(W3Codec):  # type: ignore[misc]  # whoosh is untyped
    """Whoosh's codec with words and postings of another form."""

    def field_writer(self, storage: Any, segment: Any) -> CompactFieldWriter:  # noqa: ANN401 - untyped
        """Return the writer of a segment's words and postings."""
        return CompactFieldWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> CompactTermsReader:  # noqa: ANN401 - untyped
        """Return the reader of a segment's words and postings."""
        return CompactTermsReader(storage, segment)


class CompactFieldWriter(FieldWriter):  # type: ignore[misc]  # whoosh is untyped
    """Writes the words and postings of one segment."""

    def __init__(self, storage: Any, segment: Any) -> None:  # noqa: ANN401 - untyped
        self._strips = segment.create_file(storage, STRIPS)
        self._lexicon = segment.create_file(storage, LEXICON)
        self.is_closed = False

    def add_postings(self, schema: Schema, lengths: Any, items: Iterable[Sorted]) -> None:  # noqa: ANN401 - untyped
        """Write all postings of the segment.

        Args:
            schema: the fields.
            lengths: knows how many words a document has in a field.
            items: what was gathered.
        """
        fields = {}
        for field in items:
            kind = schema[field.name]
            placed = kind.format.supports("positions")
            starts = field.starts(lengths.doc_count_all()) if placed else array("I")
            offset = self._strips.tell()
            words, counts, sizes = [], array("I"), array("I")
            for word, run in field.runs():
                strip = run.strip(starts)
                self._strips.write(strip)
                words.append(word)
                counts.append(len(run.documents))
                sizes.append(len(strip))
            fields[field.name] = (
                _LINE.join(words),
                counts.tobytes(),
                sizes.tobytes(),
                offset.to_bytes(OFFSET_BYTES, "little"),
                pack(starts) if starts else b"",
                _lengths(lengths, field.name) if kind.scorable else b"",
            )
        self._lexicon.write(bundle(fields))

    def close(self) -> None:
        """Close the files."""
        self._strips.close()
        self._lexicon.close()
        self.is_closed = True


def _lengths(lengths: Any, name: str) -> bytes:  # noqa: ANN401 - untyped
    """Return the number of words of each document, as whoosh says it in a byte."""
    every = range(lengths.doc_count_all())
    return bytes(length_to_byte(lengths.doc_field_length(n, name) or 0) for n in every)
