"""Orders: the tree, by time, and only some passages."""

from __future__ import annotations

from datetime import UTC, datetime

from probation_reader.outline import Outline
from probation_reader.ui.render.orders import by_time, only, tree


def noon(day: int) -> datetime:
    return datetime(2024, 4, day, 12)  # noqa: DTZ001 - a blog's local time


def test_a_tree_is_the_page() -> None:
    order = tree(Outline([0, 1, 2, 0]))
    assert list(order.shown) == [0, 1, 2, 3]
    assert all(order.is_under(index) for index in order.shown)


def test_by_time_the_earliest_comes_first_whatever_it_answers() -> None:
    order = by_time(Outline([0, 1, 0, 1]), [noon(1), noon(9), noon(3), noon(4)])
    assert list(order.shown) == [0, 2, 3, 1]
    assert list(order.depths) == [0, 0, 0, 0]
    assert [order.is_under(index) for index in range(4)] == [True, False, True, False]


def test_what_was_posted_at_the_same_time_stays_in_the_order_of_the_page() -> None:
    assert list(by_time(Outline([0, 0, 0]), [noon(2), noon(2), noon(1)]).shown) == [2, 0, 1]


def test_what_has_no_time_stays_after_what_it_follows_on_the_page() -> None:
    moments = [None, noon(5), None, noon(1), None]
    assert list(by_time(Outline([0, 0, 1, 0, 1]), moments).shown) == [0, 3, 4, 1, 2]


def test_times_of_a_place_and_times_of_the_world_can_be_compared() -> None:
    moments = [datetime(2024, 4, 2, tzinfo=UTC), noon(1)]
    assert list(by_time(Outline([0, 0]), moments).shown) == [1, 0]


def test_without_times_the_order_is_that_of_the_page() -> None:
    assert list(by_time(Outline([0, 1, 0]), [None] * 3).shown) == [0, 1, 2]


def test_only_some_are_indented_below_those_of_them_that_they_answer() -> None:
    order = only(Outline([0, 1, 2, 3, 1, 0]), [1, 3, 4])
    assert list(order.shown) == [1, 3, 4]
    assert [order.depths[index] for index in order.shown] == [0, 1, 0]
    assert [order.is_under(index) for index in order.shown] == [False, False, False]
    assert order.left_out == [1, 1, 0, 1]


def test_a_reply_stands_under_its_parent_if_that_is_shown() -> None:
    order = only(Outline([0, 1, 2]), [1, 2])
    assert order.is_under(2)
    assert not order.is_under(1)
