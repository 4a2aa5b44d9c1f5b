from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.search.analysis import LONGEST, compound_spans, compounds, forms, spans


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("OASys and TR2", ["oasys", "and", "tr2"]),
        ("27% of £1.2m", ["27", "%", "of", "£", "1.2m"]),
        ("€1,200,000 or $5", ["€", "1200000", "or", "$", "5"]),
        ("don't don’t donʼt don`t don´t", ["dont", "dont", "dont", "dont", "dont"]),
        (
            "the officer's, the officers’ and O’Brien’s",
            ["the", "officer", "the", "officers", "and", "obrien"],
        ),
        ("'Getafix said “no”", ["getafix", "said", "no"]),
        ("café cafe\u0301 CAFÉ naïve ﬁt", ["cafe", "cafe", "cafe", "naive", "fit"]),
        ("re-offending snake_case a/b", ["re", "offending", "snake", "case", "a", "b"]),
        ("https://www.gov.uk/a-b?c=d", ["https", "www", "gov", "uk", "a", "b", "c", "d"]),
        ("12.5.2024 at 19:26", ["12.5", "2024", "at", "19", "26"]),
        ("pro\u00adbation zero\u200bwidth", ["probation", "zerowidth"]),
        ("Straße", ["strasse"]),
        ("שָׁלוֹם שלום", ["שלום", "שלום"]),
        ("a\x00b \ud800c", ["a", "b", "c"]),
        ("— … !!! \u202e", []),
        ("x" * 100_000, ["x" * LONGEST]),
    ],
)
def test_a_text_is_cut_and_folded_in_one_way(text: str, words: list[str]) -> None:
    assert forms(text) == words


@given(st.text(st.characters(codec=None), max_size=60))
def test_spans_point_at_the_words_that_forms_returns(text: str) -> None:
    found = list(spans(text))

    assert [form for _, _, form in found] == forms(text)
    assert all(not text[start:end].isspace() for start, end, _ in found)
    ends = [0, *(end for _, end, _ in found)]
    assert all(end <= start < last for end, (start, last, _) in zip(ends, found, strict=False))


@given(st.text(st.characters(codec=None), max_size=60))
def test_words_can_be_stored_and_folding_them_again_changes_nothing(text: str) -> None:
    for form in forms(text):
        assert form
        assert form.encode()
        assert forms(form)[:1] == [form] or not form[0].isalnum() or "." in form


@given(st.text(st.characters(codec=None), max_size=60))
def test_folding_white_space_does_not_change_the_words(text: str) -> None:
    assert forms(" ".join(text.split())) == forms(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("re-offending’s e‑mail", [(0, "reoffending"), (2, "email")]),
        ("one-size-fits-all post-2007 a - b -c d- x_y-z", []),
        ("gov.uk/licence-conditions", [(2, "licenceconditions")]),
        ("Straße-café", [(0, "strassecafe")]),
        ("re‐offending", [(0, "reoffending")]),
        ("re–offending", []),
        ("27 per cent, 3\nPercent, 5\u00a0per\u00a0cent", [(1, "%"), (4, "%"), (6, "%")]),
        ("per cent, five per cent, 27per cent, 5 per centile", []),
        ("£1.2 million and 1,200 billion", [(1, "1.2m"), (4, "1200bn")]),
        ("3.4.5 million a5 million x’5 million 5 millions", []),
        ("9" * 50 + " million", []),
    ],
)
def test_two_words_may_stand_for_one(text: str, found: list[tuple[int, str]]) -> None:
    assert compounds(text) == found


@given(st.text(st.characters(codec=None) | st.sampled_from("ab-' "), max_size=60))
def test_a_compound_begins_where_a_word_does(text: str) -> None:
    starts = [start for start, _, _ in spans(text)]

    for start, end, form in compound_spans(text):
        assert start in starts
        assert "-" not in form
        assert start < end <= len(text)
