"""Joiners and marks where they stand alone: they hide nothing and get lost nowhere."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from probation_reader.text.widths import bound_marks, cells, clip, clusters
from probation_reader.ui.driver.cells import BLANK, place

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


@pytest.mark.parametrize(
    ("text", "widths"),
    [
        (FAMILY, [6]),
        (HEART, [4]),
        ("\U0001f1ec\U0001f1e7\U0001f1eb\U0001f1f7", [4, 4]),
        ("\U0001f1ec\U0001f1e7\U0001f1eb", [4, 2]),
        ("\U0001f44d\U0001f3fd\U0001f44d", [4, 2]),
        ("a\U0001f3fd", [1, 2]),
        ("\u2764\ufe0f1\ufe0f\u20e3", [2, 2]),
    ],
)
def test_a_sequence_has_the_cells_of_all_its_pictures(text: str, widths: list[int]) -> None:
    assert [width for _, _, width in clusters(text)] == widths
    assert cells(text) == cell_len(text) == sum(widths)


def test_a_long_sequence_is_several_clusters_as_a_cell_keeps_only_so_much() -> None:
    text = "\u200d".join(["\U0001f468"] * 1000)
    held = clusters(text)
    assert [text[start:end] for start, end, _ in held[:1]] == ["\U0001f468\u200d" * 3]
    assert "".join(text[start:end] for start, end, _ in held) == text
    assert max(width for _, _, width in held) == 6


def test_a_sequence_is_cut_off_as_a_whole() -> None:
    assert clip(f"ab{FAMILY} words", 7) == "ab…"
    assert clip(f"ab{FAMILY} words", 9) == f"ab{FAMILY}…"


@pytest.mark.parametrize("column", range(1, 8))
def test_what_is_written_over_a_part_of_a_sequence_leaves_none_of_it(column: int) -> None:
    row = [BLANK] * 9
    place(row, 1, FAMILY, "")
    place(row, column, "xy", "")
    expected = [" "] * 9
    expected[column : column + 2] = "xy"
    if column == 7:
        expected[1:7] = [FAMILY, "", "", "", "", ""]
    assert [text for text, _ in row] == expected
