"""The writer and reader of postings against whoosh's own, over the same documents."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

import pytest

from probation_reader.search.engine import postings
from probation_reader.search.engine.reader import terms_of
from probation_reader.search.engine.whoosh import FileIndex, FileStorage, SegmentReader
from probation_reader.search.engine.writer import CompactWriter
from probation_reader.search.schema import documents, schema
from tests.search.search_fixture import thread

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
        thread("Last", ["common words at the end", *(f"one{place}" for place in range(200))]),
    ]


def _index(folder: Path) -> FileIndex:
    folder.mkdir()
    return FileStorage(str(folder)).create_index(schema())


def _add(writer: Any, threads: list[Thread]) -> None:  # noqa: ANN401 - whoosh is untyped
    for one in threads:
        for document in documents(one):
            if isinstance(writer, CompactWriter):
                writer.add_document(**document)
            else:
                writer.add_document(**{name: _in_bytes(value) for name, value in document.items()})


def _in_bytes(value: Any) -> Any:  # noqa: ANN401 - postings, or the id
    """Return postings with their positions in bytes, as whoosh's own writer wants them."""
    if isinstance(value, str):
        return value
    return [(word, n, weight, array("I", at).tobytes()) for word, n, weight, at in value]


def _written(folder: Path, threads: list[Thread], *, lean: bool) -> FileIndex:
    index = _index(folder)
    writer = CompactWriter(index) if lean else index.writer()
    _add(writer, threads)
    writer.commit()
    return index


def _postings(index: FileIndex) -> list[tuple[Any, ...]]:
    most = postings.MOST_WEIGHT
    with index.reader() as reader:
        return [
            (field, term, document, min(most, float(weight)), _places(value))
            for field, term, document, weight, value in reader.iter_postings()
        ]


def _places(value: Any) -> tuple[int, ...]:  # noqa: ANN401 - bytes of whoosh, or our own
    return tuple(array("I", value) if isinstance(value, bytes) else value or ())


def _terms(index: FileIndex) -> list[tuple[Any, ...]]:
    with index.reader() as reader:
        return [
            (
                term,
                info.doc_frequency(),
                info.min_length() or 0,
                info.max_length(),
                min(postings.MOST_WEIGHT, info.max_weight()),
                info.min_id(),
                info.max_id(),
            )
            for term, info in reader
        ]


def _ids(index: FileIndex) -> list[bytes]:
    with index.reader() as reader:
        column = reader.column_reader("id", translate=False)
        return [bytes(column[n]) for n in reader.all_doc_ids()]


@pytest.fixture(params=[postings.BLOCK, 64])
def _blocks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "BLOCK", request.param)


def _assert_same(lean: FileIndex, plain: FileIndex) -> None:
    assert _ids(lean) == _ids(plain)
    assert _postings(lean) == _postings(plain)
    assert _terms(lean) == _terms(plain)
    with lean.reader() as ours, plain.reader() as theirs:
        for document in range(theirs.doc_count_all()):
            for field in ("stems", "exact"):
                length = theirs.doc_field_length(document, field)
                assert ours.doc_field_length(document, field) == length
        for field in ("stems", "exact"):
            assert ours.field_length(field) == pytest.approx(theirs.field_length(field), rel=0.02)


@pytest.mark.usefixtures("_blocks")
def test_every_posting_and_every_statistic_is_what_whoosh_writes(tmp_path: Path) -> None:
    lean = _written(tmp_path / "lean", _threads(), lean=True)
    plain = _written(tmp_path / "plain", _threads(), lean=False)

    _assert_same(lean, plain)


@pytest.mark.slow
@pytest.mark.usefixtures("_blocks")
@pytest.mark.parametrize("gone", [[], ["Many"], ["Long", "Last"]])
def test_segments_that_are_joined_are_as_if_written_at_once(
    tmp_path: Path, gone: list[str]
) -> None:
    threads = _threads()
    lean = _index(tmp_path / "lean")
    for part in (threads[:1], threads[1:3], threads[3:]):
        writer = CompactWriter(lean)
        _add(writer, part)
        writer.commit(mergetype=lambda _writer, segments: segments)
    writer = CompactWriter(lean)
    for one in threads:
        if one.post.title in gone:
            writer.delete_by_term("post", one.post.id)

    def join(writer: CompactWriter, segments: list[Any]) -> list[Any]:
        for segment in segments:
            writer.add_reader(SegmentReader(writer.storage, writer.schema, segment))
        return []

    writer.commit(mergetype=join)
    left = [one for one in threads if one.post.title not in gone]
    plain = _written(tmp_path / "plain", left, lean=False)

    _assert_same(lean, plain)


def test_the_words_of_a_segment_are_read_at_once(tmp_path: Path) -> None:
    index = _written(tmp_path / "lean", _threads(), lean=True)

    with index.reader() as reader:
        terms = terms_of(reader)
        for field in ("exact", "title", "author", "label", "post", "date", "depth", "traits"):
            words = terms.field(field)
            assert words is not None
            assert words.words == sorted(words.words)
            assert dict(zip(words.words, words.counts, strict=True)) == {
                term.decode(): info.doc_frequency() for term, info in reader.iter_field(field)
            }


def test_words_are_walked_through_from_any_of_them(tmp_path: Path) -> None:
    index = _written(tmp_path / "lean", _threads(), lean=True)

    with index.reader() as reader:
        cursor = reader.cursor("exact")
        assert cursor.first() == "again"
        assert cursor.find("commo") == "common"
        assert cursor.term_info().doc_frequency() == 701
        assert cursor.find("zzz") is None
        assert cursor.term_info() is None
        assert not cursor.is_valid()
        assert [word for _, word in reader.terms_from("title", "l")][:2] == [b"last", b"long"]
