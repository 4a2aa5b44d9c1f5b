"""Wrapping: nothing lost, nothing too wide, breaks where a person would break."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from probation_reader.text.widths import MARKS_PER_CELL, cells, clip, clusters, is_plain, not_alone
from probation_reader.text.wrap import _break_cells, _break_words, _paragraphs, count, wrap
from probation_reader.ui.render.text_layout import shown

_LETTERS = "ab c  \n’—界語👍🏽é\u0301\u200d\ufe0f❤אב•-1."
texts = st.text(alphabet=_LETTERS, max_size=200) | st.text(max_size=80)
rooms = st.integers(1, 40)


def lines(text: str, room: int) -> list[str]:
    return [" " * line.indent + text[line.start : line.end] for line in wrap(text, room)]


@given(texts, rooms)
@example("界", 1)
@example("a\u0301" * 30, 3)
@example("  \n   a", 2)
def test_lines_hold_all_but_newlines_and_spaces_at_breaks(text: str, room: int) -> None:
    text = shown(text)
    at = 0
    for start, end, _ in wrap(text, room):
        assert start >= at
        assert not text[at:start].strip(" \n")
        at = end
    assert not text[at:].strip(" \n")


@given(texts, rooms)
@example("1 \u200d1👍", 1)
def test_no_line_is_wider_than_the_room_unless_one_character_is(text: str, room: int) -> None:
    text = shown(text)
    for line in wrap(text, room):
        words = text[line.start : line.end]
        if len(clusters(words)) > 1 and not words.isspace():
            assert line.indent + cells(words.rstrip(" ")) <= room


words = st.text(alphabet="ab c  हिन्दी़ा का é\u0301(“—’-.1)각ᅡ👍🏽\ufe0f❤אב•கொ্", max_size=60)


@given(words | st.text(max_size=60), rooms, st.sampled_from(["", "1. ", "• ", "  12) "]))
def test_breaking_by_words_is_breaking_by_clusters(text: str, room: int, item: str) -> None:
    text = shown(f"{item}{text}")
    for _, paragraph, hang in _paragraphs(text, room):
        by_words = _break_words(paragraph, room, hang)
        assert by_words in (None, _break_cells(paragraph, room, hang))


def test_most_text_is_broken_by_words() -> None:
    for text in (
        "हिन्दी में (परिवीक्षा) “अधिकारी”",
        "நன்னடத்தை அதிகாரி",
        "cafe\u0301 naïve ½",
        "각각 한글",
    ):
        assert _break_words(text, 12, 0) == _break_cells(text, 12, 0)


@given(texts, rooms)
def test_every_newline_ends_a_line(text: str, room: int) -> None:
    text = shown(text)
    newlines = [at for at, character in enumerate(text) if character == "\n"]
    assert not any(line.start <= at < line.end for line in wrap(text, room) for at in newlines)
    assert len(wrap(text, room)) >= len(newlines) + 1


@given(texts, rooms)
def test_lines_are_counted_as_they_are_wrapped(text: str, room: int) -> None:
    text = shown(text)
    assert count(text, room, plain=is_plain(text)) == len(wrap(text, room))


@given(st.text(alphabet="ab ’1.•-", max_size=120), rooms)
def test_plain_characters_break_alike_on_both_paths(text: str, room: int) -> None:
    # A wide character on a paragraph of its own changes nothing for the others.
    wide = f"{text}\n界"
    assert lines(wide, room)[: len(lines(text, room))] == lines(text, room)


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one two  three", 8, ["one two ", "three"]),
        ("a\n\nb", 5, ["a", "", "b"]),
        ("incomprehensibilities", 8, ["incompre", "hensibil", "ities"]),
        ("see https://a.example/b now", 20, ["see", "https://a.example/b", "now"]),
        ("• one two three four", 10, ["• one two", "  three", "  four"]),
        ("12. one two three four", 12, ["12. one two", "    three", "    four"]),
        ("- 界界 界界 界界", 10, ["- 界界 界", "  界 界界"]),
        ("界界界界", 5, ["界界", "界界"]),
        ("see 缓刑官每天都要写报告 now", 10, ["see 缓刑官", "每天都要写", "报告 now"]),
        ("缓刑官。每天", 6, ["缓刑", "官。每", "天"]),
        ("彼は「毎日」", 6, ["彼は", "「毎", "日」"]),
        ("カフェで", 4, ["カ", "フェ", "で"]),
        ("오늘은 날씨가 좋아서", 8, ["오늘은", "날씨가", "좋아서"]),
        ("x ภาษาไทยไม่มี", 8, ["x ภาษาไท", "ยไม่มี"]),
        ("שלום עולם שלום", 9, ["שלום עולם", "שלום"]),
        ("👨\u200d👩\u200d👧 👍🏽 ok", 11, ["👨\u200d👩\u200d👧 👍🏽", "ok"]),
    ],
)
def test_breaks(text: str, room: int, expected: list[str]) -> None:
    assert lines(text, room) == expected


def test_a_line_of_100_000_characters_is_cut_into_rows() -> None:
    assert len(wrap("x" * 100_000, 70)) == -(-100_000 // 70)
    assert len(wrap("word " * 20_000, 70)) == 20_000 // 14 + 1
    assert len(wrap("界" * 100_000, 70)) == -(-100_000 // 35)


def test_marks_beyond_what_a_cell_can_show_are_counted() -> None:
    text = shown("e" + "\u0301" * 100_000 + " and on")
    assert text == "e" + "\u0301" * MARKS_PER_CELL + f"‹+{100_000 - MARKS_PER_CELL}› and on"


def test_a_text_that_needs_no_change_is_kept_as_it_is() -> None:
    text = "Plain words, “quoted” – and a café."
    assert shown(text) is text


def test_what_could_steer_the_terminal_is_shown_as_a_sign() -> None:
    assert shown("a\x1b]0;b\x07c\td\u202ee") == "a␛]0;b␇c    d‹202E›e"


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("two words", 5, "two…"),
        ("界界界", 5, "界界…"),
        ("界界界", 4, "界…"),
        ("any", 0, ""),
    ],
)
def test_clipping(text: str, room: int, expected: str) -> None:
    assert clip(text, room) == expected


@given(texts, rooms)
@example("\u200d\u200d11", 1)
def test_a_clipped_line_fits(text: str, room: int) -> None:
    line = shown(text).replace("\n", " ")
    assert cells(clip(line, room)) <= room


def test_characters_that_are_known_to_stand_alone_do_so_side_by_side() -> None:
    signs = [chr(code) for code in range(0x20, 0x10000)]
    alone = "".join(sign for sign in signs if not_alone().match(sign) is None)
    assert {"a", "é", "界", "한"} <= set(alone)
    assert all(end - start == 1 for start, end, _ in clusters(alone))
