"""The writer of postings against whoosh's own, read back by whoosh's reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from probation_reader.search.codec import LeanWriter, read_lexicon
from probation_reader.search.door import FileIndex, FileStorage
from probation_reader.search.fields import PackedPositions, documents, schema
from tests.search.shelf import thread

if TYPE_CHECKING:
    from pathlib import Path

    from probation_reader.model import Thread


def _threads() -> list[Thread]:
    words = [f"w{place % 97}" for place in range(3000)]
    long = ["again " * 300 + "end", "x" * 90, "once"]
    return [
        thread("Many", ["common word " + " ".join(words[at : at + 40]) for at in range(700)]),
        thread("Long", long, labels=("Two words", "YOT"), authors=("Jim",)),
        thread("Empty", ["", "…"]),
    ]


def _written(folder: Path, *, lean: bool) -> FileIndex:
    folder.mkdir()
    index = FileStorage(str(folder)).create_index(schema())
    writer = LeanWriter(index) if lean else index.writer()
    for one in _threads():
        for document in documents(one):
            writer.add_document(**document)
    writer.commit()
    return index


def _postings(index: FileIndex) -> list[tuple[Any, ...]]:
    with index.reader() as reader:
        return [
            (field, term, document, float(weight), value or b"")
            for field, term, document, weight, value in reader.iter_postings()
        ]


def _terms(index: FileIndex) -> list[tuple[Any, ...]]:
    with index.reader() as reader:
        return [
            (
                term,
                info.weight(),
                info.doc_frequency(),
                info.min_length(),
                info.max_length(),
                info.max_weight(),
                info.min_id(),
                info.max_id(),
            )
            for term, info in reader
        ]


def test_every_posting_and_every_statistic_is_what_whoosh_writes(tmp_path: Path) -> None:
    lean = _written(tmp_path / "lean", lean=True)
    plain = _written(tmp_path / "plain", lean=False)

    assert _postings(lean) == _postings(plain)
    assert _terms(lean) == _terms(plain)
    with lean.reader() as ours, plain.reader() as theirs:
        for document in range(theirs.doc_count_all()):
            for field in ("stems", "exact"):
                length = theirs.doc_field_length(document, field)
                assert ours.doc_field_length(document, field) == length


def test_the_words_kept_beside_a_segment_are_those_in_it(tmp_path: Path) -> None:
    index = _written(tmp_path / "lean", lean=True)

    with index.reader() as reader:
        lexicon = read_lexicon(reader)
        for field in ("exact", "title", "author", "label"):
            words, counts = lexicon[field]
            assert words == sorted(words)
            assert dict(zip(words, counts, strict=True)) == {
                term.decode(): info.doc_frequency() for term, info in reader.iter_field(field)
            }


@settings(max_examples=200)
@given(st.sets(st.integers(0, 10**9)).map(sorted))
def test_positions_are_unpacked_as_they_were_packed(positions: list[int]) -> None:
    packed = PackedPositions()

    value = packed.encode(positions)

    assert packed.decode_positions(value) == positions
    assert packed.decode_frequency(value) == len(positions)
