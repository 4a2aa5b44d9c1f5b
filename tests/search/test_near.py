"""Words like another, against comparing every word letter by letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.search.engine.term_dictionary import near
from tests.search.slips import slips_between

_WORD = st.text("abc", max_size=6)


@given(st.sets(_WORD | st.sampled_from(["abcabcabc", "é"])), _WORD, st.integers(0, 3))
def test_the_words_found_are_those_of_comparing_each(
    words: set[str], form: str, slips: int
) -> None:
    ordered = sorted(words)

    found = [(ordered[place], many) for place, many in near(ordered, form, slips)]

    each = [(word, slips_between(word, form)) for word in ordered]
    assert found == [(word, many) for word, many in each if many <= slips]


@pytest.mark.parametrize(
    ("typed", "slips"),
    [("probation", 0), ("probtaion", 1), ("probaton", 1), ("probbation", 1), ("prodation", 1)],
)
def test_what_counts_as_one_slip(typed: str, slips: int) -> None:
    assert list(near(["probation"], typed, 2)) == [(0, slips)]
