"""What an edit changed: everything of both texts is there, and marked for what it is."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.text_diff import changed

TEXTS = st.lists(st.sampled_from(["lift", "stairs", "out", "again", "\n", "\n\n"])).map(" ".join)


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("The lift is out", "The lift was out", "The lift [-is-] {+was+} out"),
        ("The lift is out", "The lift is out\n\nIt is back", "The lift is out\n\n{+It is back+}"),
        ("The lift is out again", "The lift is out", "The lift is out [-again-]"),
        ("So the lift is out", "the lift is out", "[-So-] the lift is out"),
        ("It is\nout, I say", "It is\nI say", "It is\n[-out,-] I say"),
        ("Same words", "Same\nwords", "Same\nwords"),
        ("", "New", "{+New+}"),
        ("Old", "", "[-Old-]"),
    ],
)
def test_cases(old: str, new: str, marked: str) -> None:
    assert changed(old, new) == marked


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_it(old: str, new: str) -> None:
    marked = changed(old, new)
    without_old = re.sub(r"\[-.*?-\]", "", marked, flags=re.DOTALL)
    without_new = re.sub(r"\{\+.*?\+\}", "", marked, flags=re.DOTALL)
    assert re.sub(r"\{\+|\+\}", "", without_old).split() == new.split()
    assert re.sub(r"\[-|-\]", "", without_new).split() == old.split()


@given(TEXTS)
def test_nothing_is_marked_where_nothing_changed(text: str) -> None:
    assert changed(text, text) == text


def test_two_long_texts_without_anything_in_common_take_no_time() -> None:
    old, new = "a b " * 20_000 + "end", "b a " * 20_000 + "end"
    start = time.process_time()
    marked = changed(old, new)
    assert time.process_time() - start < 2
    assert marked.endswith("a+} end")
