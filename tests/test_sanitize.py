"""Whatever comes in, nothing that steers a terminal goes out, and nothing is dropped."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.sanitize import safe, safe_line

ANYTHING = st.text(st.characters(exclude_categories=()))
BIDI_CONTROLS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
BIDI_MARKS = set("\u061c\u200e\u200f")


def steers(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"} or char in BIDI_CONTROLS


@given(ANYTHING)
def test_text_keeps_only_newlines_and_tabs_of_the_controls(text: str) -> None:
    assert not {char for char in safe(text) if steers(char)} - {"\n", "\t"}
    safe(text).encode("utf-8")


@given(ANYTHING)
def test_a_line_is_one_line(text: str) -> None:
    line = safe_line(text)
    assert not any(steers(char) or char in BIDI_MARKS for char in line)
    assert len(line.splitlines()) <= 1


@given(ANYTHING)
def test_making_safe_twice_changes_nothing(text: str) -> None:
    assert safe(safe(text)) == safe(text)
    assert safe_line(safe_line(text)) == safe_line(text)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"))))
def test_ordinary_text_is_untouched(text: str) -> None:
    assert safe(text) == text == safe_line(text)


def test_what_was_there_is_shown() -> None:
    assert safe("\x1b]52;c;aGk=\x07") == "␛]52;c;aGk=␇"
    assert safe("a\x00b\x7fc\x9bd\ud800e\rf") == "a␀b␡c‹009B›d‹D800›e␍f"
    assert safe("\u202eevil") == "‹202E›evil"
    assert safe_line("one\r\ntwo\tthree") == "one two three"
    assert safe_line("name\u200f") == "name‹200F›"


def test_directional_marks_stay_in_bodies() -> None:
    assert safe("שלום\u200f!") == "שלום\u200f!"


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_what_separates_lines_breaks_them(separator: str) -> None:
    assert safe(f"one{separator}two") == "one\ntwo"
    assert safe_line(f"one{separator}two") == "one two"


def test_hidden_tags_are_shown_but_flags_stay() -> None:
    wales = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
    assert safe_line(f"a {wales} b") == f"a {wales} b"
    assert safe("a\U000e0041b") == "a‹E0041›b"
    assert safe("\ufff9a\ufffab\ufffb") == "‹FFF9›a‹FFFA›b‹FFFB›"
