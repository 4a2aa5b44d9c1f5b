"""How postings are written: whoosh's own file format, in fewer bytes and less time.

Only writing differs. Whoosh sorts one tuple per posting, pickles every payload
in a form meant for Python 2 and asks for a document's length once per posting;
here postings are gathered by term as they come, lengths are read once per
field, and small blocks are not compressed. Whoosh's own reader reads the
result, so a mistake here cannot hide: the tests compare every posting with what
whoosh's writer writes.
"""

from __future__ import annotations

import marshal
import zlib
from collections import defaultdict
from operator import itemgetter
from pickle import dumps
from struct import Struct
from typing import TYPE_CHECKING, Any, TypeAlias

from probation_reader.search.door import (
    WHOOSH3_HEADER_MAGIC,
    SegmentWriter,
    W3Codec,
    W3FieldWriter,
    W3TermInfo,
    length_to_byte,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from probation_reader.search.door import FileIndex, Schema, SegmentReader

_BLOCK = 128
_WORTH_COMPRESSING = 128
_COMPRESSION = 1
_PICKLE = 4
_MOST_IN_A_BYTE = 255
_MARSHAL = 4
_LEXICON = ".lex"
_LINE = b"\n"  # no word holds a line break
_INT = Struct("!i")
_TERM = itemgetter(0)

#: Of one term, for each document in order: document, weight, payload, flat.
_Run: TypeAlias = list[Any]


class LeanWriter(SegmentWriter):  # type: ignore[misc]  # whoosh is untyped
    """Whoosh's writer of one segment with the gathering and writing below.

    Memory holds all that is added until the commit: commit in batches.

    Args:
        index: what to write to.
    """

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, codec=LeanCodec())
        self.pool = Gathered()


class Gathered:
    """Postings by field and term, in place of whoosh's sorted pool."""

    def __init__(self) -> None:
        self._fields: defaultdict[str, dict[bytes, _Run]] = defaultdict(dict)

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Take one posting: (field, term, document, weight, payload), documents in order."""
        terms = self._fields[item[0]]
        run = terms.get(item[1])
        if run is None:
            terms[item[1]] = list(item[2:])
        else:
            run += item[2:]

    def iter_postings(self) -> Iterator[tuple[str, list[tuple[bytes, _Run]]]]:
        """Yield every field with its terms and their runs, all sorted."""
        for field in sorted(self._fields):
            yield field, sorted(self._fields[field].items(), key=_TERM)

    def cleanup(self) -> None:
        """Forget everything."""
        self._fields.clear()


def read_lexicon(reader: SegmentReader) -> dict[str, tuple[list[str], list[int]]]:
    """Return the words of each field of a segment, sorted, and how many documents have them.

    Reading them through the index takes a hundred times as long.
    """
    with reader.segment().open_file(reader.storage(), _LEXICON) as file:
        fields = marshal.loads(file.read())  # noqa: S302 - private, checksummed, like all of the index
    return {name: (words.decode().split("\n"), counts) for name, (words, counts) in fields.items()}


class LeanCodec(W3Codec):  # type: ignore[misc]  # whoosh is untyped
    """Whoosh's codec with the writer of postings below."""

    def field_writer(self, storage: Any, segment: Any) -> LeanFieldWriter:  # noqa: ANN401 - untyped
        """Return the writer of a segment's terms and postings."""
        return LeanFieldWriter(self, storage, segment)


class LeanFieldWriter(W3FieldWriter):  # type: ignore[misc]  # whoosh is untyped
    """Writes the terms and postings of one segment."""

    def add_postings(
        self,
        schema: Schema,
        lengths: Any,  # noqa: ANN401 - whoosh is untyped
        items: Iterable[tuple[str, list[tuple[bytes, _Run]]]],
    ) -> None:
        """Write all postings of the segment.

        Args:
            schema: the fields.
            lengths: knows how many words a document has in a field.
            items: what was gathered.
        """
        lexicon = {}
        for field, terms in items:
            self.start_field(field, schema[field])
            words = _words_by_document(schema[field], lengths, field)
            for term, run in terms:
                self._write_term(term, run[0::3], run[1::3], run[2::3], words)
            self.finish_field()
            if schema[field].listed:
                lexicon[field] = (
                    _LINE.join([term for term, _ in terms]),
                    [len(run) // 3 for _, run in terms],
                )
        with self._create_file(_LEXICON) as file:
            file.write(marshal.dumps(lexicon, _MARSHAL))

    def _write_term(
        self,
        term: bytes,
        documents: Sequence[int],
        weights: Sequence[float],
        payloads: Sequence[bytes],
        words: list[int],
    ) -> None:
        counts = [words[document] for document in documents] if words else [0]
        info = W3TermInfo(
            weight=sum(weights),
            df=len(documents),
            minlength=min(counts) or None,
            maxlength=max(counts),
            maxweight=max(weights),
            minid=documents[0],
            maxid=documents[-1],
        )
        written = [WHOOSH3_HEADER_MAGIC]
        for start in range(0, len(documents), _BLOCK):
            end = start + _BLOCK
            block = _block(
                documents[start:end],
                weights[start:end],
                payloads[start:end],
                counts[start:end] if words else counts,
            )
            size = len(block)
            written += (_INT.pack(size if end < len(documents) else -size), block)
        offset = self._postfile.tell()
        postings = b"".join(written)
        self._postfile.write(postings)
        info.set_extent(offset, len(postings))
        self._tindex.add(_key(self._fieldid, term), info.to_bytes())


def _words_by_document(field: Any, lengths: Any, name: str) -> list[int]:  # noqa: ANN401 - untyped
    if not field.scorable:
        return []
    return [lengths.doc_field_length(n, name) or 0 for n in range(lengths.doc_count_all())]


def _key(field: int, term: bytes) -> bytes:
    return field.to_bytes(2, "big") + term


def _block(
    documents: Sequence[int],
    weights: Sequence[float],
    payloads: Sequence[bytes],
    counts: Sequence[int],
) -> bytes:
    steps = (documents[0], *map(int.__sub__, documents[1:], documents[:-1]))
    data = dumps((steps, _small(weights), payloads if payloads[0] else None), _PICKLE)
    compression = _COMPRESSION if len(data) > _WORTH_COMPRESSING else 0
    if compression:
        data = zlib.compress(data, compression)
    info = (
        len(documents),
        documents[-1],
        max(weights),
        compression,
        length_to_byte(min(counts) or None),
        length_to_byte(max(counts)),
    )
    return dumps(info, 2) + data


def _small(weights: Sequence[float]) -> float | bytes | tuple[float, ...] | None:
    """Return weights as the reader takes them: None for ones, a float for equals."""
    first = weights[0]
    if weights.count(first) == len(weights):
        return None if first == 1.0 else float(first)
    if all(weight <= _MOST_IN_A_BYTE and weight == int(weight) for weight in weights):
        return bytes(map(int, weights))
    return tuple(weights)
