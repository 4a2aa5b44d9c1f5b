from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.search.analysis import forms, spans
from probation_reader.search.query.parser import parse
from probation_reader.search.snippet import WIDTH, Highlighter, make, mark


def cut(text: str, highlighter: Highlighter) -> tuple[str, tuple[tuple[int, int], ...]]:
    return make(mark(text, highlighter), highlighter.worth)


def snippet(text: str, query: str) -> tuple[str, list[str]]:
    line, highlights = cut(text, Highlighter(parse(query).root))
    return line, [line[start:end] for start, end in highlights]


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("officer", ["Officers", "officer’s", "officer"]),
        ('"officer"', ["officer’s", "officer"]),
        ("off*", ["Officers", "officer’s", "off", "officer"]),
        ('"said no"', ["said", "no"]),
        ('"said officer"', []),
        ("officer -said", ["Officers", "officer’s", "officer"]),
        ("cafe OR 27%", ["café", "27", "%"]),
        ("title:said date:2024", []),
        ("=officer", ["officer’s", "officer"]),
        ("oficer~", ["Officers", "officer’s", "officer"]),
    ],
)
def test_exactly_the_matched_words_are_marked(query: str, marked: list[str]) -> None:
    text = "Officers said no.\nThe officer’s café was\n\n27% off, officer."

    line, found = snippet(text, query)

    assert line == "Officers said no. The officer’s café was 27% off, officer."
    assert found == marked


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("reoffending", ["Re-offending", "reoffends"]),
        ("re-offending", ["Re-offending", "reoffends"]),
        ("reoff*", ["Re-offending", "reoffends"]),
        ("offending", ["offending"]),
        ('"re-offending is"', ["Re", "offending", "is"]),
        ('"reoffending"', ["Re-offending"]),
    ],
)
def test_a_word_with_a_hyphen_is_marked_as_one(query: str, marked: list[str]) -> None:
    _, found = snippet("Re-offending is what he who reoffends does.", query)

    assert found == marked


def test_the_snippet_is_cut_at_words_around_the_best_matches() -> None:
    text = "one alpha here. " + "filler words " * 60 + "alpha then beta here. " + "more of it " * 60

    line, marked = snippet(text, "alpha beta")

    assert marked == ["alpha", "beta"]
    assert line.startswith("…")
    assert line.endswith("…")
    assert set(line.strip("…").split()) <= set(text.split())


def test_a_text_without_the_words_begins_at_its_beginning() -> None:
    line, marked = snippet("first " + "word " * 100, "absent")

    assert line.startswith("first word")
    assert line.endswith("word…")
    assert marked == []


def test_a_word_longer_than_the_line_is_marked_as_far_as_it_shows() -> None:
    line, marked = snippet("start " + "x" * 100_000 + " end", "x" * 100_000)

    assert len(line) == WIDTH
    assert marked == [line.strip("…")]


def test_words_of_the_query_that_say_nothing_do_not_draw_the_line_to_them() -> None:
    text = "It is what it is to be. " + "filler " * 60 + "The hostel closed."

    _, marked = snippet(text, "what is it to be in a hostel")

    assert marked == ["hostel"]


def test_of_two_places_with_all_the_words_the_one_where_they_stand_together_is_shown() -> None:
    text = "alpha " + "filler " * 15 + "beta. " + "filler " * 40 + "alpha beta " + "more " * 40

    line, marked = snippet(text, "alpha beta")

    assert marked == ["alpha", "beta"]
    assert "alpha beta" in line


def test_an_address_is_cut_between_its_words() -> None:
    line, _ = snippet("see " + "https://example.org/" + "prison-report/" * 40, "example")

    assert line.endswith(("prison…", "report…"))


@pytest.mark.parametrize("text", ["{} Getafix", "Getafix {}"])
def test_a_long_address_beside_a_match_fills_the_line(text: str) -> None:
    address = "https://example.org/" + "prison-report/" * 40

    line, marked = snippet(text.format(address), "getafix")

    assert marked == ["Getafix"]
    assert len(line) > WIDTH - 20
    assert set(forms(line)) <= {"getafix", "https", "example", "org", "prison", "report"}


_TEXTS = st.lists(
    st.sampled_from(
        ["alpha", "Beta's", "gamma", "delta-alpha", "\n", "\t ", "–", "x" * 50, "é\u0301"]
    ),
    max_size=80,
).map(" ".join)


@given(_TEXTS | st.text(st.characters(codec=None), max_size=400))
def test_a_snippet_is_one_short_line_with_its_marks_in_order(text: str) -> None:
    line, highlights = cut(text, Highlighter(parse('alpha beta "gamma delta" x*').root))

    assert len(line) <= WIDTH
    assert line == " ".join(line.split())
    last = 0
    for start, end in highlights:
        assert last <= start < end <= len(line)
        last = end
    inner = line.removeprefix("…").removesuffix("…")
    assert inner in " ".join(text.split())


@given(_TEXTS)
def test_no_line_of_this_length_has_more_different_words_of_the_query(text: str) -> None:
    highlighter = Highlighter(parse("alpha beta x*").root)
    found = list(highlighter.find(" ".join(text.split())))

    shown, _ = cut(text, highlighter)

    have = {part for _, _, part in highlighter.find(shown)}
    for first, (start, _, _) in enumerate(found):
        inside = {part for _, end, part in found[first:] if end - start <= WIDTH - 2}
        assert len(have) >= len(inside)


@given(_TEXTS)
def test_no_word_is_cut(text: str) -> None:
    shown, _ = cut(text, Highlighter(parse("alpha").root))
    line = " ".join(text.split())

    words = [form for _, _, form in spans(shown)]
    whole = [form for _, _, form in spans(line)]

    assert any(whole[at : at + len(words)] == words for at in range(len(whole) + 1))


@given(_TEXTS)
def test_a_snippet_shows_a_match_wherever_there_is_one(text: str) -> None:
    found = Highlighter(parse("alpha").root)

    _, highlights = cut(text, found)

    assert bool(highlights) == bool(list(found.find(text)))
