"""Reads the terms and postings of a segment: in whole lists, and as whoosh wants them.

Terms are split up, and their postings read from the file, when they are first asked
for. Nothing is mapped into memory: a file that is cut short while it is read must fail
with an error, and a mapped one would end the process.

Several pieces of bytes are framed as one string: a head in JSON says how long the pieces
are, and they follow in its order. Whatever bytes are taken for such a string, nothing but
pieces of them comes of it.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate, chain, pairwise
from struct import Struct
from typing import TYPE_CHECKING, Any

from probation_reader.search.engine.postings import PostingList, unpack
from probation_reader.search.engine.whoosh import (
    FieldCursor,
    ListMatcher,
    TermInfo,
    TermNotFound,
    TermsReader,
    byte_to_length,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from probation_reader.search.engine.whoosh import Matcher, SegmentReader


#: How long the head is.
_LENGTH = Struct("<I")


def bundle(pieces: Mapping[str, Sequence[bytes]]) -> bytes:
    """Return pieces of bytes as one, for `unbundle`."""
    sizes = {name: [len(piece) for piece in those] for name, those in pieces.items()}
    head = json.dumps(sizes).encode()
    return b"".join((_LENGTH.pack(len(head)), head, *chain.from_iterable(pieces.values())))


def unbundle(data: bytes) -> dict[str, list[bytes]]:
    """Return the pieces that `bundle` was given.

    Raises:
        ValueError: if the bytes are no bundle.
    """
    if len(data) < _LENGTH.size:
        message = "too short for a bundle"
        raise ValueError(message)
    start = _LENGTH.size + _LENGTH.unpack_from(data)[0]
    sizes = json.loads(data[_LENGTH.size : start])
    if not _are_sizes(sizes) or start + sum(chain(*sizes.values())) != len(data):
        message = "the head does not tell the pieces of the bundle"
        raise ValueError(message)
    found = {}
    for name, those in sizes.items():
        ends = list(accumulate(those, initial=start))
        found[name] = [data[first:end] for first, end in pairwise(ends)]
        start = ends[-1]
    return found


def _are_sizes(head: object) -> bool:
    return isinstance(head, dict) and all(
        isinstance(those, list) and all(type(size) is int and size >= 0 for size in those)
        for those in head.values()
    )


#: The files of a segment: words of all fields; postings.
LEXICON, STRIPS = ".lex", ".stp"

#: In so many bytes it is said where the strips of a field begin.
OFFSET_BYTES = 8


class FieldTerms:
    """The words of one field of one segment.

    Args:
        file: has the strips.
        documents: how many documents the segment has, deleted ones too.
        saved: what the codec wrote of this field.
    """

    def __init__(self, file: Any, documents: int, saved: Sequence[bytes]) -> None:  # noqa: ANN401 - untyped
        self._file = file
        self.documents = documents
        self._words, self._counts, self._sizes, offset, self._starts, self.lengths = saved
        self._offset = int.from_bytes(offset, "little")

    @cached_property
    def words(self) -> list[str]:
        """The words, sorted."""
        return self._words.decode().split("\n") if self._counts else []

    @cached_property
    def counts(self) -> array[int]:
        """For each word the number of documents that have it, deleted ones too."""
        return array("I", self._counts)

    @cached_property
    def starts(self) -> list[int]:
        """The place where each document begins, and the end; empty without places."""
        return unpack(self._starts) if self._starts else []

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(array("I", self._sizes), initial=self._offset))

    def number(self, word: str) -> int | None:
        """Return which of the words this is, None if it is none."""
        at = bisect_left(self.words, word)
        return at if at < len(self.words) and self.words[at] == word else None

    def count(self, word: str) -> int:
        """Return how many documents have a word, deleted ones too."""
        number = self.number(word)
        return 0 if number is None else self.counts[number]

    def strip(self, word: str) -> PostingList | None:
        """Return the postings of a word, None if there are none."""
        number = self.number(word)
        if number is None:
            return None
        start, end = self._ends[number : number + 2]
        return PostingList(self._file.get(start, end - start), self.counts[number])

    def document_at(self, place: int) -> int:
        """Return the document that a place is in."""
        return bisect_right(self.starts, place, hi=self.documents) - 1


class CompactTermsReader(TermsReader):  # type: ignore[misc]  # whoosh is untyped
    """The words and postings of one segment.

    Args:
        storage: has the files.
        segment: which segment.
    """

    def __init__(self, storage: Any, segment: Any) -> None:  # noqa: ANN401 - untyped
        self._storage = storage
        self._segment = segment
        self._file = segment.open_file(storage, STRIPS)

    @cached_property
    def _fields(self) -> dict[str, FieldTerms]:
        with self._segment.open_file(self._storage, LEXICON) as file:
            saved = unbundle(file.read())
        documents = self._segment.doc_count_all()
        return {name: FieldTerms(self._file, documents, one) for name, one in saved.items()}

    def names(self) -> list[str]:
        """Return the names of the fields that have words."""
        return list(self._fields)

    def field(self, name: str) -> FieldTerms | None:
        """Return the words of a field, None if it has none."""
        return self._fields.get(name)

    # -- as whoosh wants it

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field = self.field(term[0])
        return field is not None and field.number(term[1].decode()) is not None

    def indexed_field_names(self) -> list[str]:
        """Return the names of the fields that have words."""
        return self.names()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield every (field, word)."""
        for name in sorted(self._fields):
            for word in self._fields[name].words:
                yield name, word.encode()

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield (field, word) from a word on, to the end of all fields."""
        return (term for term in self.terms() if term >= (fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield every (field, word) with what there is to know of it."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield what `terms_from` does, with what there is to know of each word."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def cursor(self, fieldname: str, fieldobj: Any) -> TermCursor:  # noqa: ANN401, ARG002 - whoosh's
        """Return a cursor over the words of a field."""
        return TermCursor(self, fieldname)

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return the weight of a word in all documents."""
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents have a word."""
        field = self.field(fieldname)
        return field.count(text.decode()) if field else 0

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return what there is to know of a word; reads all its postings."""
        field, strip = self._found(fieldname, text)
        documents = [document for block in strip.blocks for document in strip.documents(block)]
        weights = b"".join(map(strip.weights, strip.blocks))
        lengths = [field.lengths[document] for document in documents] if field.lengths else [0]
        return TermInfo(
            weight=float(sum(weights)),
            df=strip.count,
            minlength=byte_to_length(min(lengths)),
            maxlength=byte_to_length(max(lengths)),
            maxweight=float(max(weights)),
            minid=documents[0],
            maxid=documents[-1],
        )

    def matcher(
        self,
        fieldname: str,
        text: bytes,
        format_: Any,  # noqa: ANN401 - untyped
        scorer: Any = None,  # noqa: ANN401 - untyped
    ) -> Matcher:
        """Return the postings of a word one after the other."""
        field, strip = self._found(fieldname, text)
        documents = [document for block in strip.blocks for document in strip.documents(block)]
        weights = [float(weight) for block in strip.blocks for weight in strip.weights(block)]
        places = [place for block in strip.blocks for place in strip.places(block)]
        return ListMatcher(
            documents,
            weights,
            _by_document(documents, places, field.starts) if field.starts else None,
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def _found(self, fieldname: str, text: bytes) -> tuple[FieldTerms, PostingList]:
        field = self.field(fieldname)
        strip = field.strip(text.decode()) if field else None
        if field is None or strip is None:
            message = f"no term {fieldname}:{text!r}"
            raise TermNotFound(message)
        return field, strip

    def close(self) -> None:
        """Close the files."""
        self._file.close()


class TermCursor(FieldCursor):  # type: ignore[misc]  # whoosh is untyped
    """Goes through the words of a field.

    Args:
        terms: of which segment.
        name: the field.
    """

    def __init__(self, terms: CompactTermsReader, name: str) -> None:
        self._terms = terms
        self._name = name
        field = terms.field(name)
        self._words = field.words if field else []
        self._at = 0

    def first(self) -> str | None:
        """Go to the first word and return it."""
        self._at = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Go to the first word that is not before this one and return it."""
        word = term.decode() if isinstance(term, bytes) else term
        self._at = bisect_left(self._words, word)
        return self.text()

    def next(self) -> str | None:
        """Go to the next word and return it."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """Return the word, None past the last."""
        return self._words[self._at] if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        """Return what there is to know of the word."""
        word = self.text()
        return None if word is None else self._terms.term_info(self._name, word.encode())

    def is_valid(self) -> bool:
        """Tell whether the cursor is on a word."""
        return self._at < len(self._words)


def terms_of(reader: SegmentReader) -> CompactTermsReader:
    """Return the words and postings of a segment that whoosh has opened, and closes."""
    terms = reader._terms  # noqa: SLF001 - others would be read from the file again
    assert isinstance(terms, CompactTermsReader)  # noqa: S101 - no index of this program has another codec
    return terms


def _by_document(
    documents: list[int], places: list[int], starts: list[int]
) -> list[tuple[int, ...]]:
    """Return the places in each document, counted from its start."""
    values = []
    at = 0
    for document in documents:
        start = starts[document]
        end = bisect_left(places, starts[document + 1], at)
        values.append(tuple(place - start for place in places[at:end]))
        at = end
    return values
