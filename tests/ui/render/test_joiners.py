"""Joiners and marks where they stand alone: they hide nothing and get lost nowhere."""

from __future__ import annotations

import pytest

from probation_reader.ui.line.grid import BLANK, place
from probation_reader.ui.render.cells import bound_marks, cells

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
HEART = "\u2764\ufe0f\u200d\U0001f525"


@pytest.mark.parametrize(
    "text", [FAMILY, HEART, f"a {FAMILY} b", "\U0001f3f3\ufe0f\u200d\u26a7\ufe0f"]
)
def test_pictures_stay_joined(text: str) -> None:
    assert bound_marks(text) == text


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("a\u200db\u200dc", 3),
        ("\u200dend", 3),
        ("hidden\u200d\U0001f469", 8),
        ("\U0001f469\u200dhidden", 8),
        ("\u0915\u094d\u200d\u0937", 2),
    ],
)
def test_letters_are_not_hidden_behind_a_joiner(text: str, width: int) -> None:
    bound = bound_marks(text)
    assert cells(bound) == width
    assert bound.replace("\u2060", "") == text.replace("\u200d", "")
    assert len(bound) == len(text)


@pytest.mark.parametrize("mark", ["\u0301", "\u200b", "\ufe0f\u0301", "\u2060"])
def test_a_mark_at_the_front_goes_to_the_character_before(mark: str) -> None:
    row = [BLANK] * 4
    place(row, 0, "e", "")
    assert place(row, 1, f"{mark}xy", "1") == 3
    assert [text for text, _ in row] == [f"e{mark}", "x", "y", " "]


def test_a_mark_at_the_edge_is_left_out() -> None:
    row = [BLANK] * 3
    place(row, 0, "\u0301xy", "")
    assert [text for text, _ in row] == ["x", "y", " "]
