"""How a segment is written: whoosh's own, but for the postings and the words.

Whoosh sorts one tuple per posting, pickles every payload and spends some
hundred bytes on every word; here postings are gathered by word as they come and
written as strips (see `strips`), with one list of words per field beside them.
Everything else of a segment (its documents, columns, deletions, commits) is
whoosh's, and so are the queries that may be asked of it: `terms` reads this back
in the form whoosh wants, and the tests compare every posting with what
whoosh's writer and reader make of the same documents.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from probation_reader.search.bundle import bundle
from probation_reader.search.door import FieldWriter, SegmentWriter, W3Codec, length_to_byte
from probation_reader.search.gathering import Gathered
from probation_reader.search.packing import pack
from probation_reader.search.terms import LEXICON, OFFSET_BYTES, STRIPS, LeanTerms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from probation_reader.search.door import FileIndex, Schema, SegmentReader
    from probation_reader.search.gathering import Sorted

_LINE = b"\n"  # no word holds a line break


class Stopped(Exception):  # noqa: N818 - not an error: what was being written is not wanted
    """A commit was stopped before it was made; the writer can be cancelled."""


class LeanWriter(SegmentWriter):  # type: ignore[misc]  # whoosh is untyped
    """Whoosh's writer of one segment, for fields whose postings are ready.

    Memory holds all that is added until the commit: commit in batches. Segments
    that are joined are read when it commits, word by word.

    Args:
        index: what to write to.
        stopped: asked between words and documents while segments are joined;
            True ends the commit with `Stopped`.
    """

    def __init__(self, index: FileIndex, stopped: Callable[[], bool] = lambda: False) -> None:
        super().__init__(index, codec=LeanCodec())
        self._stopped = stopped
        self.pool = Gathered(self._go_on)

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


class LeanCodec(W3Codec):  # type: ignore[misc]  # whoosh is untyped
    """Whoosh's codec with words and postings of another form."""

    def field_writer(self, storage: Any, segment: Any) -> LeanFieldWriter:  # noqa: ANN401 - untyped
        """Return the writer of a segment's words and postings."""
        return LeanFieldWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> LeanTerms:  # noqa: ANN401 - untyped
        """Return the reader of a segment's words and postings."""
        return LeanTerms(storage, segment)


class LeanFieldWriter(FieldWriter):  # type: ignore[misc]  # whoosh is untyped
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
