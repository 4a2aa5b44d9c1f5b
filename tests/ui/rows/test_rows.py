"""Rows: y and row are inverses, heights add up, folding hides exactly a branch, in every order."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.outline import Outline
from probation_reader.ui.render.orders import Order, by_time, only, tree
from probation_reader.ui.thread.row_table import HEADING, RowRef, RowTable

TIMES = st.none() | st.datetimes(datetime(2024, 4, 1), datetime(2024, 4, 2))  # noqa: DTZ001 - as a blog says it


class Case(NamedTuple):
    """A tree in an order, with heights and folds."""

    order: Order
    depths: list[int]
    lines: list[int]
    heading: int
    folded: frozenset[int]

    def table(self) -> RowTable:
        return RowTable(self.order, self.heading, self.lines, self.folded)

    def left_out_rows(self, before: int) -> int:
        return 2 if self.order.left_out and self.order.left_out[before] else 0


@st.composite
def cases(draw: st.DrawFn, *, nested: bool = False) -> Case:
    size = draw(st.integers(0, 40))
    depths: list[int] = []
    for _ in range(size):
        depths.append(draw(st.integers(0, depths[-1] + 1 if depths else 0)))
    outline = Outline(depths)
    orders = [
        st.just(tree(outline)),
        st.lists(TIMES, min_size=size, max_size=size).map(lambda times: by_time(outline, times)),
        st.sets(st.integers(0, max(0, size - 1)), max_size=size).map(partial(only, outline)),
    ]
    order = draw(orders[0] if nested else st.one_of(orders))
    lines = draw(st.lists(st.integers(1, 30), min_size=size, max_size=size))
    folded = draw(st.frozensets(st.integers(0, size - 1))) if size else frozenset()
    return Case(order, depths, lines, draw(st.integers(0, 5)), folded)


def hidden(case: Case) -> set[int]:
    """The passages below a folded one, by looking at each one's parents."""
    outline = Outline(case.depths)
    return {
        index
        for index in range(len(case.depths))
        if case.folded.intersection(outline.ancestors(index))
    }


@given(cases())
def test_y_and_row_are_inverses(case: Case) -> None:
    table = case.table()
    for y in range(table.height):
        nth, line = table.row_at(y)
        top = 0 if nth == HEADING else table.y_of(nth)
        assert top + line == y


@given(cases())
def test_every_visible_passage_begins_where_the_one_before_ends(case: Case) -> None:
    table = case.table()
    y = case.heading + case.left_out_rows(0)
    for at, index in enumerate(table.visible, start=1):
        assert table.y_of(index) == y
        assert table.row_at(y) == RowRef(index, 0)
        y += 1 if index in case.folded else case.lines[index] + 2
        y += case.left_out_rows(at)
    assert table.height == y


@given(cases())
def test_what_is_left_out_is_said_where_it_would_stand(case: Case) -> None:
    table = case.table()
    said = [table.left_out(table.row_at(y)) for y in range(table.height)]
    left_out = [index for run in said if run for index in run]
    assert sorted([*left_out, *case.order.shown]) == list(range(len(case.depths)))
    assert left_out == [i for i in range(len(case.depths)) if case.order.at[i] < 0]
    for y, run in enumerate(said):
        place = table.row_at(y)
        if run:
            assert run.start == place.nth + 1
            last = case.heading - 1 if place.nth == HEADING else table.end_of(place.nth)
            assert last < y


@given(cases(), st.data())
def test_corrected_heights_are_as_if_they_had_been_known(case: Case, data: st.DataObject) -> None:
    known = case.lines
    every = range(len(known))
    table = RowTable(case.order, case.heading, [1] * len(known), case.folded)
    for part in data.draw(st.permutations([every[0::3], every[1::3], every[2::3]])):
        for index in part:
            table._lines[index] = known[index]  # type: ignore[index]  # the caller's list
        table.correct(part)
    exact = case.table()
    assert [table.row_at(y) for y in range(table.height)] == [
        exact.row_at(y) for y in range(exact.height)
    ]
    assert [table.y_of(index) for index in table.visible] == [
        exact.y_of(index) for index in exact.visible
    ]
    for y in range(table.height):
        assert list(table.between(y, y + 5)) == list(exact.between(y, y + 5))


@given(cases(), st.integers(0, 40), st.data())
def test_around_reaches_so_many_rows_in_both_directions(
    case: Case, rows: int, data: st.DataObject
) -> None:
    table = case.table()
    if not table.visible:
        return
    index = data.draw(st.sampled_from(list(table.visible)))
    around = set(table.around(index, rows))
    first, end = table.y_of(index), table.end_of(index)
    assert index in around
    assert around.issuperset(table.between(first - rows, first))
    assert around.issuperset(table.between(end + 1, end + 1 + rows))


@given(cases(nested=True))
def test_exactly_what_is_below_a_folded_passage_is_hidden(case: Case) -> None:
    table = case.table()
    below = hidden(case)
    assert [i for i in range(len(case.depths)) if i not in below] == list(table.visible)
    for index in range(len(case.depths)):
        assert table.is_visible(index) == (index not in below)
        shown = table.shown(index)
        assert table.is_visible(shown)
        assert (shown == index) == (index not in below)
        assert shown == index or shown in case.folded


@given(cases())
def test_folding_and_unfolding_changes_nothing(case: Case) -> None:
    table = case.table()
    before = [table.row_at(y) for y in range(table.height)]
    for index in range(len(case.depths)):
        table.fold(case.folded ^ {index})
        table.fold(case.folded)
    assert [table.row_at(y) for y in range(table.height)] == before


@given(cases(), st.integers(-5, 400), st.integers(1, 40))
def test_between_gives_the_passages_with_a_row_in_the_range(
    case: Case, first: int, rows: int
) -> None:
    table = case.table()
    inside = range(max(0, first), min(first + rows, table.height))
    stand = dict.fromkeys(table.row_at(y).nth for y in inside)
    expected = [index for index in stand if index != HEADING]
    assert list(table.between(first, first + rows)) == expected


@given(cases())
def test_steps_walk_the_visible_passages(case: Case) -> None:
    table = case.table()
    for at, index in enumerate(table.visible):
        assert table.step(index, 1) == (
            table.visible[at + 1] if at + 1 < len(table.visible) else None
        )
        assert table.step(index, -1) == (table.visible[at - 1] if at else None)


def test_the_end_of_a_passage_is_its_last_line_and_of_a_folded_one_its_head() -> None:
    table = RowTable(tree(Outline([0, 1, 0])), 3, [4, 2, 1], {2})
    assert table.end_of(0) == 3 + 4
    assert table.row_at(table.end_of(0)) == RowRef(0, 4)
    assert table.row_at(table.end_of(0) + 1) == RowRef(0, 5)
    assert table.end_of(2) == table.y_of(2)


def test_a_hidden_passage_has_no_row() -> None:
    table = RowTable(tree(Outline([0, 1])), 0, [1, 1], {0})
    with pytest.raises(KeyError):
        table.y_of(1)


@pytest.mark.parametrize("y", [-1, 6])
def test_there_are_no_rows_past_the_ends(y: int) -> None:
    table = RowTable(tree(Outline([0])), 3, [1])
    assert table.height == 6
    with pytest.raises(IndexError):
        table.row_at(y)


def test_a_chain_of_ten_thousand_replies_folds_to_one_row() -> None:
    table = RowTable(tree(Outline(range(10_000))), 0, [1] * 10_000)
    assert table.height == 30_000
    assert table.row_at(29_999) == RowRef(9_999, 2)
    table.fold({0})
    assert table.height == 1
    assert table.shown(9_999) == 0
