from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.search.analysis import forms, stem


@pytest.mark.parametrize(
    "family",
    [
        "community communities",
        "tag tags tagged tagging",
        "plan plans planned planning",
        "allocate allocated allocating allocation",
        "rehabilitate rehabilitated rehabilitating rehabilitation",
        "staff staffing staffed",
        "refer refers referred referral referrals",
        "recall recalls recalled recalling",
        "organise organised organize organized",
        "privatisation privatise privatized privatization",
        "licence licences license licensed licensing",
        "focus focused",
        "woman women",
        "child children",
        "officer officers",
        "office offices",
        "business businesses",
        "crisis crises",
        "crc crcs",
        "po pos",
        "spo spos",
        "sfo sfos",
        "pdu pdus",
        "cv cvs",
        "pom poms",
    ],
)
def test_the_forms_of_a_word_have_one_stem(family: str) -> None:
    assert len({stem(form) for form in family.split()}) == 1


@pytest.mark.parametrize(
    "words",
    [
        "statue status",
        "add ad",
        "new news",
        "licence licentious",
        "staff stage",
        "po post",
        "a as",
        "officer office",
        "morale moral",
        "business busy",
    ],
)
def test_other_words_have_others(words: str) -> None:
    one, other = words.split()

    assert stem(one) != stem(other)


@pytest.mark.parametrize("form", ["tr2", "27", "1.2m", "%", "שלום", "tr2s"])
def test_what_is_no_english_word_stays(form: str) -> None:
    assert stem(form) == form


@given(st.text(st.characters(codec=None), max_size=12) | st.text("aeilnsty", min_size=1))
def test_a_stem_begins_as_its_word_does(text: str) -> None:
    for form in forms(text):
        assert stem(form)
        assert stem(form)[0] == form[0]
