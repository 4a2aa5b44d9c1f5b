"""The shapes that were the slowest to read, in little; bench_growth.py has all of them."""

from __future__ import annotations

import pytest

from tests.bench.bench_growth import BUDGET, SMALL_ENOUGH, SMALL_LARGEST, growth, works
from tests.bench.growth_shapes import SHAPES


@pytest.mark.parametrize(
    ("target", "shape"),
    [
        ("numbered", "blank lines"),
        ("numbered", "no-break spaces"),
        ("numbered", "replies, then no items"),
        ("numbered", "replies, then items further left"),
        ("listing", "blank lines"),
        ("bare", "wrapped lines"),
        ("query", "wrong values"),
        ("query", "closing brackets"),
        ("links", "addresses in angle brackets"),
    ],
)
def test_twice_as_much_takes_about_twice_as_long(target: str, shape: str) -> None:
    places = [work for name, work in works() if name == target]
    ratios = [growth(work, SHAPES[shape], SMALL_ENOUGH, SMALL_LARGEST) for work in places]
    assert max(ratio or 0 for ratio in ratios) <= BUDGET


def test_what_grows_with_the_square_is_seen() -> None:
    def square(text: str) -> int:
        return sum(len(text[place:]) for place in range(len(text)))

    assert (growth(square, "x".__mul__, SMALL_ENOUGH, SMALL_LARGEST) or 0) > BUDGET
