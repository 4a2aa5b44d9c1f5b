"""The floor of the line: what a screen costs that changed by so much."""

from __future__ import annotations

import pytest
from pyte.screens import Char

from tests.bench.line_floor import Picture, floor

WORDS = ["one fish", "two fish", "red fish", "blue fish", "old fish", "new fish"]


def picture(*lines: str, width: int = 12, bold: str = "") -> Picture:
    return tuple(
        tuple(Char(sign, bold=sign in bold) for sign in line.ljust(width)) for line in lines
    )


@pytest.mark.parametrize(
    ("before", "after", "sent"),
    [
        (["some words"], ["some words"], ""),
        (["some words"], ["some Words"], "\x1b[1;6HW"),
        (["some words"], ["Some words"], "\x1b[1;1HS"),
        (["some words"], ["Some Words"], "\x1b[1;1HS\x1b[4CW"),
        (["a b"], ["A B"], "\x1b[1;1HA B"),
        (["some words"], ["some"], "\x1b[1;5H\x1b[K"),
        (["", "some words"], ["", "Some"], "\x1b[2;1HSome\x1b[K"),
        (["", "a"], ["", "€"], "\x1b[2;1H€"),
    ],
)
def test_what_differs_is_written(before: list[str], after: list[str], sent: str) -> None:
    assert floor(picture(*before), picture(*after)) == len(sent.encode())


def test_attributes_cost_their_change_and_the_way_back() -> None:
    before, after = picture("abc"), picture("abc", bold="b")
    assert floor(before, after) == len("\x1b[1;2H\x1b[1mb\x1b[m")


def test_rows_that_moved_cost_one_scroll() -> None:
    before, after = picture(*WORDS[:5], "status 1"), picture(*WORDS[1:], "status 2")
    scrolled = "\x1b[1;5r\x1b[1S\x1b[r\x1b[5;1Hnew fish\x1b[6;8H2"
    assert floor(before, after) == len(scrolled)
    assert floor(after, before) == len(scrolled)
