"""U+2028, U+2029, U+0085, VT and FF in a text: kept as written, and white space between words."""

from __future__ import annotations

import pytest

from probation_reader.identity import squeeze
from probation_reader.importers import import_source
from probation_reader.importers.source import source_from_bytes
from probation_reader.links import links_of
from probation_reader.mutes import Rule, muted
from probation_reader.search.analysis import forms
from probation_reader.search.query.parser import parse

PAGE = (
    "Sunday, 26 May 2024\n\nA{0}Title\n\nBody one{0}two\n\n"
    "1 comment:\n\n  1. Has{0}some words{0}in it\n\n    ReplyDelete\n"
)

each_sign = pytest.mark.parametrize(
    "sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c"], ids=lambda sign: f"U+{ord(sign):04X}"
)


@each_sign
def test_the_text_is_kept_as_written(sign: str) -> None:
    (thread,) = import_source(source_from_bytes(PAGE.format(sign).encode(), "page.txt")).threads

    assert [p.text for p in thread.passages] == [
        f"Body one{sign}two",
        f"Has{sign}some words{sign}in it",
    ]
    assert thread.post.title == f"A{sign}Title"
    assert thread.comments[0].source.first_line == 9


@each_sign
def test_the_ids_are_those_of_the_words(sign: str) -> None:
    pages = [PAGE.format(between).encode() for between in (sign, " ")]
    one, other = (import_source(source_from_bytes(page, "page.txt")).threads[0] for page in pages)

    assert one.post.id == other.post.id
    assert [p.id for p in one.passages] == [p.id for p in other.passages]
    assert squeeze(f"a{sign}b") == b"ab"


@each_sign
def test_words_end_there(sign: str) -> None:
    assert forms(f"one{sign}two") == ["one", "two"]
    assert parse(f"one{sign}two").root == parse("one two").root
    (link,) = links_of(f"http://a.example/b{sign}c")
    assert link.address == "http://a.example/b"


@each_sign
def test_a_muted_phrase_goes_over_them(sign: str) -> None:
    source = source_from_bytes(PAGE.format(sign).encode(), "page.txt")
    (thread,) = import_source(source).threads
    rule = Rule.word("some words in")

    assert muted([rule], thread.passages)[rule] == [thread.comments[0].id]
