"""Tree arithmetic agrees with a tree built the plain way, at any depth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.outline import Outline, numbers


@st.composite
def reading_orders(draw: st.DrawFn) -> list[int]:
    depths: list[int] = []
    for step in draw(st.lists(st.integers(0, 5), max_size=40)):
        depths.append(min(step, depths[-1] + 1) if depths else 0)
    return depths


def below(depths: list[int], index: int) -> list[int]:
    found = []
    for later in range(index + 1, len(depths)):
        if depths[later] <= depths[index]:
            break
        found.append(later)
    return found


@given(reading_orders())
def test_subtrees_parents_and_siblings(depths: list[int]) -> None:
    outline = Outline(depths)
    for index, depth in enumerate(depths):
        inside = below(depths, index)
        assert outline.size(index) == len(inside)
        assert outline.ends[index] == index + 1 + len(inside)
        parents = [i for i in range(index) if index in below(depths, i)]
        assert outline.ancestors(index) == parents[::-1]
        assert outline.parents[index] == (parents[-1] if parents else -1)
        assert outline.root(index) == (parents[0] if parents else index)
        brothers = [
            i
            for i, d in enumerate(depths)
            if d == depth and outline.parents[i] == outline.parents[index]
        ]
        place = brothers.index(index)
        after = brothers[place + 1] if place + 1 < len(brothers) else None
        before = brothers[place - 1] if place else None
        assert outline.next_sibling(index) == after
        assert outline.previous_sibling(index) == before


@given(reading_orders(), st.data())
def test_folding_hides_just_what_is_below(depths: list[int], data: st.DataObject) -> None:
    folded = data.draw(st.sets(st.integers(0, max(0, len(depths) - 1))))
    hidden = {i for f in folded if f < len(depths) for i in below(depths, f)}
    assert list(Outline(depths).visible(folded)) == [
        i for i in range(len(depths)) if i not in hidden
    ]


@pytest.mark.parametrize("depths", [[1], [0, 2], [0, -1]])
def test_a_level_cannot_be_skipped(depths: list[int]) -> None:
    with pytest.raises(ValueError, match="has no parent"):
        Outline(depths)


def test_numbers_are_what_a_person_says() -> None:
    assert numbers([0, 1, 1, 2, 0, 1]) == ["1", "1.1", "1.2", "1.2.1", "2", "2.1"]
    assert numbers([0, 0], prefix="§") == ["§1", "§2"]


def test_deep_numbers_are_shortened() -> None:
    deep = numbers([*range(10_000), 9_999])
    assert deep[7] == "1.1.1.1.1.1.1.1"
    assert deep[8] == "1.1.1…(9).1"
    assert deep[-1] == "1.1.1…(10000).2"
    assert sum(map(len, deep)) < 200_000


def test_a_chain_of_ten_thousand() -> None:
    outline = Outline(range(10_000))
    assert outline.size(0) == 9_999
    assert outline.root(9_999) == 0
    assert outline.visible({5_000}) == list(range(5_001))
