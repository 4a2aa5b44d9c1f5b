"""The view: what stays put when folding and resizing, and where movements lead."""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from probation_reader.model import Post, Thread
from probation_reader.ui.render.columns import Layout
from probation_reader.ui.render.rows import GapRow, HeadingRow, HeadRow, WordsRow
from probation_reader.ui.thread import motions as folds
from probation_reader.ui.thread import motions as moves
from probation_reader.ui.thread.row_table import HEADING
from probation_reader.ui.thread.scene import ThreadMarks
from probation_reader.ui.thread.viewport import Viewport
from tests.ui.pane_threads import make_thread

if TYPE_CHECKING:
    from collections.abc import Sequence

MOVES: list[moves.Move] = [
    moves.next_passage,
    moves.previous_passage,
    moves.read_on,
    moves.read_back,
    moves.next_unread,
    moves.previous_unread,
    moves.next_sibling,
    moves.previous_sibling,
    moves.parent,
    moves.branch_root,
    moves.next_top,
    moves.top,
    moves.bottom,
    moves.line_down,
    moves.line_up,
    moves.half_down,
    moves.half_up,
    moves.page_down,
    moves.page_up,
    folds.fold,
    folds.unfold,
    folds.toggle_fold,
    folds.fold_all,
    folds.unfold_all,
    folds.fold_on,
    folds.fold_read,
    *(partial(folds.to_depth, depth=depth) for depth in (1, 2, 9)),
]
FOLDS: list[moves.Move] = [
    folds.toggle_fold,
    folds.fold_all,
    folds.unfold_all,
    folds.fold_read,
    partial(folds.to_depth, depth=1),
]


def words_of(number: str) -> str:
    """Texts of many lengths, some longer than a pane."""
    dice = random.Random(number)  # noqa: S311 - no secret
    return " ".join(f"word{n}" for n in range(dice.choice([1, 5, 30, 70, 400])))


class Walk(NamedTuple):
    """A thread in a pane, after some movements."""

    view: Viewport
    path: Sequence[moves.Move]


@st.composite
def walks(draw: st.DrawFn) -> Walk:
    depths: list[int] = []
    for _ in range(draw(st.integers(0, 15))):
        depths.append(draw(st.integers(0, depths[-1] + 1 if depths else 0)))
    sections = draw(st.integers(0 if depths else 1, 3))
    thread = make_thread(depths, sections=sections, words=words_of)
    view = Viewport(thread, Layout(draw(st.integers(20, 100))), draw(st.integers(2, 40)))
    path = draw(st.lists(st.sampled_from(MOVES), max_size=12))
    for move in path:
        move(view)
    return Walk(view, path)


def head_row(view: Viewport) -> int:
    return view.table.y_of(view.cursor) - view.top


@settings(deadline=None)
@given(walks())
def test_the_cursor_is_always_on_a_visible_passage_in_the_pane(walk: Walk) -> None:
    # In a pane smaller than the post's heading the first passage is below it.
    view = walk.view
    assert view.table.is_visible(view.cursor)
    assert view.table.y_of(view.cursor) < max(view.bottom, view.table.heading + 1)
    assert view.table.end_of(view.cursor) >= view.top
    assert len(view.rows()) == view.height


@settings(deadline=None)
@given(walks(), st.sampled_from(FOLDS))
def test_folding_keeps_the_line_under_the_cursor(walk: Walk, fold: moves.Move) -> None:
    view = walk.view
    before, on_row = view.cursor, head_row(view)
    fold(view)
    if 0 <= on_row < view.height or (view.cursor == before and before not in view.table.folded):
        assert head_row(view) == on_row
    else:
        assert head_row(view) == (0 if on_row < 0 else view.height - 1)


@settings(deadline=None)
@given(walks())
def test_folding_and_unfolding_shows_the_same_rows(walk: Walk) -> None:
    view = walk.view
    assume(0 <= head_row(view) < view.height)
    before = view.rows()
    folds.toggle_fold(view)
    folds.toggle_fold(view)
    assert view.rows() == before


@settings(deadline=None)
@given(walks(), st.integers(20, 120), st.integers(1, 50))
def test_a_resize_keeps_the_passage_at_the_top(walk: Walk, width: int, height: int) -> None:
    view = walk.view
    place = view.place(max(0, view.top))
    view.resize(width, height)
    after = view.place(view.top)
    assert (after and after.nth) == (place and place.nth)
    assert len(view.rows()) == height


@settings(deadline=None)
@given(walks(), st.lists(st.sampled_from(MOVES) | st.integers(20, 120), max_size=12))
def test_movements_and_resizes_in_any_order(walk: Walk, deeds: list[moves.Move | int]) -> None:
    view = walk.view
    for deed in deeds:
        place = view.place(max(0, view.top))
        if isinstance(deed, int):
            view.resize(deed, view.height)
            after = view.place(view.top)
            assert (after and after.nth) == (place and place.nth)
        else:
            deed(view)
        assert view.table.is_visible(view.cursor)


@settings(deadline=None)
@given(walks(), st.lists(st.integers(20, 120), min_size=1, max_size=6))
def test_resizing_there_and_back_keeps_the_very_row(walk: Walk, widths: list[int]) -> None:
    view = walk.view
    place, width = view.place(max(0, view.top)), view.layout.width
    assume(place is None or place.nth != HEADING)
    assume(place is None or place.line <= view.table.lines_of(place.nth))
    for other in [*widths, width]:
        view.resize(other, view.height)
    assert view.place(view.top) == place


@settings(deadline=None)
@given(walks(), st.lists(st.tuples(st.integers(20, 120), st.integers(1, 50)), min_size=1))
def test_through_every_size_the_cursor_is_in_the_pane_and_then_back(
    walk: Walk, sizes: list[tuple[int, int]]
) -> None:
    view = walk.view
    cursor, first = view.cursor, (view.layout.width, view.height)
    for size in sizes:
        view.resize(*size)
        assert view.table.y_of(view.cursor) < max(view.bottom, view.table.heading + 1)
        assert view.table.end_of(view.cursor) + 1 >= view.top  # in one row only a gap may be
    view.resize(*first)
    assert view.cursor == cursor


def test_at_the_end_of_a_thread_the_cursor_follows_what_a_narrow_pane_shows() -> None:
    view = Viewport(make_thread([0, 0, 0], words="word " * 40), Layout(80), 16)
    moves.bottom(view)
    assert view.cursor == 3
    top = view.place(view.top)
    view.resize(30, 16)
    after = view.place(view.top)
    assert top
    assert after
    assert top.nth == after.nth
    assert view.cursor < 3
    view.resize(80, 16)
    assert view.cursor == 3


@settings(deadline=None)
@given(walks(), st.sampled_from(MOVES))
def test_a_movement_that_leads_nowhere_moves_nothing(walk: Walk, move: moves.Move) -> None:
    view = walk.view
    before = (view.spot(), view.table.folded)
    if not move(view):
        assert (view.spot(), view.table.folded) == before


@settings(deadline=None)
@given(walks(), st.integers(-60, 60))
def test_scrolling_stays_within_the_thread(walk: Walk, by: int) -> None:
    view = walk.view
    view.measure_pane(abs(by))
    low, high = min(0, view.top), max(view.lowest_top, view.top)
    view.scroll(by)
    assert low <= view.top <= high


@settings(deadline=None)
@given(walks())
def test_a_next_unread_passage_is_opened_along_its_own_path_only(walk: Walk) -> None:
    view = walk.view
    folds.fold_all(view)
    left = view.cursor
    if moves.next_unread(view):
        path = {view.cursor, *view.outline.ancestors(view.cursor)}
        assert view.cursor > left
        assert view.table.folded == set(range(len(view.outline))) - path


def view_of(*depths: int, words: str = "words", height: int = 24) -> Viewport:
    return Viewport(make_thread(depths, words=words), Layout(80), height)


def numbers_on_the_way(view: Viewport, move: moves.Move) -> list[str]:
    """Where a movement leads when it is made until it leads nowhere."""
    passed = [view.current.number if view.current else ""]
    while move(view):
        assert view.current
        passed.append(view.current.number)
    return passed


def test_next_and_previous_walk_the_visible_passages() -> None:
    view = view_of(0, 1, 1, 0)
    assert numbers_on_the_way(view, moves.next_passage) == ["§1", "1", "1.1", "1.2", "2"]
    assert numbers_on_the_way(view, moves.previous_passage) == ["2", "1.2", "1.1", "1", "§1"]


def test_next_goes_through_a_passage_taller_than_the_pane() -> None:
    view = view_of(0, words="\n".join(map(str, range(50))), height=20)
    tops = []
    while view.cursor == 0:
        tops.append(view.top)
        moves.next_passage(view)
    assert tops == [0, 18, 34]  # the heading, the head and 50 lines end in row 53
    assert view.row(view.top) == HeadRow(1, current=True, unread=True)


def test_the_end_of_the_last_passage_is_shown_before_the_thread_is_left() -> None:
    view = view_of(0, words="\n".join(map(str, range(10))), height=20)
    moves.bottom(view)
    for _ in range(6):
        moves.line_up(view)
    assert view.cursor == 1
    assert not view.end_shown(1)
    assert moves.next_passage(view)
    assert view.end_shown(1)
    assert not moves.next_passage(view)


def test_space_shows_the_rest_before_it_goes_on_to_the_next_unread() -> None:
    view = view_of(0, 0, words="\n".join(map(str, range(20))), height=12)
    view.mark(ThreadMarks({"p.1"}))
    while view.cursor == 0:
        assert moves.read_on(view)
    assert view.current
    assert view.current.number == "2"
    while view.table.end_of(2) >= view.bottom:
        assert moves.read_on(view)
    assert not moves.read_on(view)


def test_space_on_a_folded_unread_passage_opens_it() -> None:
    view = view_of(0, 0)
    folds.fold_all(view)
    moves.read_on(view)
    assert view.cursor == 0
    assert view.table.folded == {1, 2}


def test_siblings_parents_roots_and_branches() -> None:
    view = view_of(0, 1, 2, 1, 0)
    view.cursor = 3  # 1.1.1
    assert [moves.parent(view), view.cursor] == [True, 2]
    assert [moves.next_sibling(view), view.cursor] == [True, 4]
    assert [moves.next_sibling(view), view.cursor] == [False, 4]
    assert [moves.previous_sibling(view), view.cursor] == [True, 2]
    assert [moves.branch_root(view), view.cursor] == [True, 1]
    assert [moves.next_top(view), view.cursor] == [True, 5]
    assert [moves.next_top(view), view.cursor] == [False, 5]
    assert [moves.parent(view), view.cursor] == [False, 5]


def test_h_folds_a_branch_and_goes_up_from_a_single_reply() -> None:
    view = view_of(0, 1, 2)
    view.cursor = 3
    folds.fold(view)
    assert (view.cursor, sorted(view.table.folded)) == (2, [])
    folds.fold(view)
    assert (view.cursor, sorted(view.table.folded)) == (2, [2])
    folds.fold(view)
    folds.fold(view)
    assert (view.cursor, sorted(view.table.folded)) == (1, [1, 2])
    assert not folds.fold(view)


def test_h_folds_the_words_of_a_passage_at_the_top_level() -> None:
    view = view_of(0)
    folds.fold(view)
    assert view.table.folded == {0}


def test_l_unfolds_and_then_goes_to_the_first_reply() -> None:
    view = view_of(0, 1)
    view.cursor = 1
    folds.toggle_fold(view)
    folds.unfold(view)
    assert (view.cursor, sorted(view.table.folded)) == (1, [])
    assert [folds.unfold(view), view.cursor] == [True, 2]
    assert [folds.unfold(view), view.cursor] == [False, 2]


def test_the_cursor_goes_to_the_passage_that_hides_its_own() -> None:
    view = view_of(0, 1, 2)
    view.cursor = 3
    folds.fold_all(view)
    assert view.cursor == 1


def test_scrolling_takes_the_cursor_along_when_its_passage_leaves() -> None:
    view = view_of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, height=10)
    while view.cursor == 0:
        moves.line_down(view)
    assert view.table.end_of(0) == view.top - 1
    assert view.cursor == 1
    moves.bottom(view)
    while view.cursor == 10:
        moves.line_up(view)
    assert view.table.y_of(10) == view.bottom
    assert view.cursor == 9


def test_a_step_at_the_very_end_takes_the_cursor_to_the_last_passage() -> None:
    view = view_of(0, 0, height=100)
    moves.line_down(view)
    assert view.cursor == 1
    moves.page_down(view)
    assert view.cursor == 2
    moves.half_up(view)
    assert view.cursor == 0


def test_rows_before_and_after_the_thread_are_empty() -> None:
    view = view_of(height=10)
    assert view.rows()[:5] == [
        HeadingRow(0),
        HeadingRow(1, unread=1),
        HeadingRow(2),
        HeadRow(0, current=True, unread=True),
        WordsRow(0, 0, current=True),
    ]
    assert view.rows()[5:] == [GapRow(0)] * 5


def test_a_post_without_a_word_has_a_heading_and_no_cursor() -> None:
    view = Viewport(Thread(Post("p", "Nothing"), ()), Layout(80), 5)
    view.begin(None, line=0, only_path=True)
    view.resize(40, 5)
    view.scroll(3)
    assert view.current is None
    assert view.rows()[:2] == [HeadingRow(0), HeadingRow(1)]


@pytest.mark.parametrize("at", [None, "p.unknown"])
def test_a_thread_opens_at_its_first_unread_passage(at: str | None) -> None:
    view = view_of(0, 0, 0)
    view.mark(ThreadMarks({"p.§1", "p.1"}))
    view.begin(at, line=0, only_path=False)
    assert view.cursor == 2


def test_a_thread_opens_at_a_line_of_a_passage() -> None:
    view = view_of(0, 0, words="\n".join(map(str, range(40))))
    view.begin("p.1", line=7, only_path=False)
    assert view.row(view.top) == WordsRow(1, 6, current=True)


def test_a_search_hit_opens_along_its_own_path_only() -> None:
    view = view_of(0, 1, 2, 1, 0)
    view.begin("p.1.1", line=0, only_path=True)
    assert view.cursor == 2
    assert view.table.folded == {0, 3, 4, 5}


@settings(deadline=None)
@given(walks(), st.lists(st.sampled_from(MOVES), max_size=12), st.integers(20, 100))
def test_one_can_stand_again_where_one_stood(
    walk: Walk, path: list[moves.Move], width: int
) -> None:
    view = walk.view
    spot, folded, rows = view.spot(), view.table.folded, view.rows()
    for move in path:
        move(view)
    view.fold(folded)
    view.stand(spot)
    assert view.rows() == rows
    view.resize(width, view.height)
    view.stand(spot)
    assert view.cursor == spot.cursor
    assert view.table.y_of(view.cursor) < max(view.bottom, view.table.heading + 1)
    assert view.table.end_of(view.cursor) >= view.top
