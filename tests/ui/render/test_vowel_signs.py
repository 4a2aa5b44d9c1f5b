"""Vowel signs that stand beside their letter have a cell: what follows does not cover them."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from probation_reader.text.widths import cells, clusters
from probation_reader.ui.driver.cells import BLANK, place


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("का", 2),
        ("हिन्दी", 5),
        ("செய்கிறார்", 8),
        ("မြန်မာ", 5),
        ("ខ្មែរ", 4),
        ("ప్రొబే", 3),
        ("বাংলা", 5),
    ],
)
def test_a_vowel_sign_takes_a_cell(text: str, width: int) -> None:
    assert cells(text) == cell_len(text) == width
    row = [BLANK] * 12
    assert place(row, 0, f"{text}|", "") == width + 1
    assert row[width][0] == "|"
    assert "".join(cell for cell, _ in row).rstrip() == f"{text}|"


def test_a_vowel_sign_is_not_parted_from_its_letter() -> None:
    assert [end - start for start, end, _ in clusters("काकि")] == [2, 2]
