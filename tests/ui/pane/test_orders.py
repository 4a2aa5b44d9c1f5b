"""A thread as a tree, in the order of time, or only what is new: what stays, what is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probation_reader.model import Thread
from probation_reader.ui.render.columns import Layout
from probation_reader.ui.render.orders import Ordering
from probation_reader.ui.render.rows import HeadRow, LeftOutRow, WordsRow
from probation_reader.ui.thread import motions as folds
from probation_reader.ui.thread import motions as moves
from probation_reader.ui.thread.scene import ThreadMarks
from probation_reader.ui.thread.viewport import Viewport
from tests.ui.pane_threads import EVENING, make_thread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from probation_reader.ui.thread.row_table import RowRef
    from tests.ui.pane.conftest import Show

MOVES = [
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
    moves.page_down,
    moves.page_up,
    folds.toggle_fold,
    folds.fold_all,
    folds.unfold_all,
    folds.fold_read,
    folds.fold,
    folds.unfold,
    folds.fold_on,
]
#: The movement that brings in what is left out.
MORE = folds.show_left_out
TURNS = {way: (lambda view, way=way: bool(view.turn(way) or True)) for way in Ordering}


class Measured(Viewport):
    """A view that knows every height from the beginning."""

    def set_order(self, *args: object, **named: object) -> None:
        super().set_order(*args, **named)  # type: ignore[arg-type]  # passed on unchanged
        self.table.correct(self.typeset.count(range(len(self.texts))))


def words_of(number: str) -> str:
    """Texts whose length says little of their height."""
    size = sum(map(ord, number))
    return "\n".join("word " * (1 + (size * line) % 9) for line in range(1 + size * 7 % 11))


@st.composite
def threads(draw: st.DrawFn) -> Thread:
    depths: list[int] = []
    for _ in range(draw(st.integers(1, 60))):
        depths.append(draw(st.integers(0, min(3, depths[-1] + 1) if depths else 0)))
    thread = make_thread(depths, words=words_of)
    days = draw(st.lists(st.none() | st.integers(0, 5), min_size=len(depths), max_size=len(depths)))
    dated = [
        passage if day is None else replace(passage, published=EVENING + timedelta(day))
        for passage, day in zip(thread.comments, days, strict=True)
    ]
    return Thread(thread.post, (*thread.sections, *dated))


def some_ids(thread: Thread) -> st.SearchStrategy[set[str]]:
    return st.sets(st.sampled_from([passage.id for passage in thread.passages]), max_size=8)


@settings(deadline=None, max_examples=60)
@given(st.data(), threads(), st.integers(1, 12))
def test_estimates_are_never_seen(data: st.DataObject, thread: Thread, height: int) -> None:
    views = Viewport(thread, Layout(40), height), Measured(thread, Layout(40), height)
    read, new = data.draw(some_ids(thread)), data.draw(some_ids(thread))
    at = data.draw(st.sampled_from(thread.passages)).id
    for view in views:
        view.mark(ThreadMarks(read, new=new))
        view.begin(at, line=0, only_path=False)
    steps = (
        st.sampled_from([*MOVES, MORE, *TURNS.values()])
        | st.integers(20, 60)
        | st.integers(-30, -1)
    )
    for step in data.draw(st.lists(steps, max_size=25)):
        for view in views:
            if not isinstance(step, int):
                step(view)
            elif step > 0:
                view.resize(step, height)
            else:
                view.scroll(step + 15)
        lazy, exact = views
        assert lazy.cursor == exact.cursor
        assert lazy.rows() == exact.rows()


@settings(deadline=None, max_examples=60)
@given(st.data(), threads(), st.integers(4, 40), st.lists(st.sampled_from(MOVES), max_size=9))
def test_another_order_keeps_the_current_passage_on_its_row(
    data: st.DataObject, thread: Thread, height: int, path: list[moves.Move]
) -> None:
    view = Viewport(thread, Layout(60), height)
    view.mark(ThreadMarks(data.draw(some_ids(thread)), new=data.draw(some_ids(thread))))
    for move in path:
        move(view)
    for way in data.draw(st.lists(st.sampled_from(Ordering), max_size=5)):
        cursor, on_row = view.cursor, view.table.y_of(view.cursor) - view.top
        view.turn(way)
        assert view.cursor == cursor
        if 0 <= on_row < height:
            assert view.table.y_of(cursor) - view.top == on_row
        assert view.table.y_of(cursor) < max(view.bottom, view.table.heading + 1)
        assert view.table.end_of(cursor) >= view.top


@settings(deadline=None, max_examples=60)
@given(st.data(), threads())
def test_only_new_shows_what_is_new_under_the_heads_of_what_it_answers(
    data: st.DataObject, thread: Thread
) -> None:
    view = Viewport(thread, Layout(60), 24)
    new = data.draw(some_ids(thread))
    view.mark(ThreadMarks(new=new))
    view.turn(Ordering.NEW)
    ids = {index: passage.id for index, passage in enumerate(thread.passages)}
    shown = list(view.table.visible)
    open_ = {ids[index] for index in shown if index not in view.table.folded}
    assert open_ == new | {ids[view.cursor]}
    parents = {view.outline.parents[index] for index in shown if ids[index] in open_} - {-1}
    assert view.table.folded == parents - {index for index in shown if ids[index] in open_}
    assert all(before < after for before, after in pairwise(shown))


def heads(view: Viewport) -> list[str]:
    """What the pane shows, a word for each row that is no gap."""
    said = []
    for row in view.rows():
        if isinstance(row, HeadRow):
            said.append(view.thread.passages[row.nth].number)
        elif isinstance(row, LeftOutRow):
            said.append(f"({row.count}, {row.unread})")
        elif isinstance(row, WordsRow):
            said.append("words")
    return said


def view_of(*depths: int, new: Iterable[str] = (), read: Iterable[str] = ()) -> Viewport:
    view = Viewport(make_thread(depths, words="words"), Layout(80), 40)
    view.mark(ThreadMarks(set(read), new=set(new)))
    return view


def test_only_new_leaves_the_rest_out_and_says_how_much() -> None:
    view = view_of(0, 0, 1, 0, 1, 0, new=["p.2.1"], read=["p.1", "p.3.1", "p.4"])
    view.turn(Ordering.NEW)
    assert heads(view) == ["§1", "words", "(1, 0)", "2", "2.1", "words", "(3, 1)"]


def test_what_is_left_out_comes_in_when_one_goes_there_and_stays() -> None:
    view = view_of(0, 1, 1, 0, new=["p.2"])
    view.turn(Ordering.NEW)
    moves.next_passage(view)
    assert heads(view) == ["§1", "words", "(3, 3)", "2", "words"]
    view.go(2, opened=True)
    view.scroll(-view.top)
    assert heads(view) == ["§1", "words", "(1, 1)", "1.1", "words", "(1, 1)", "2", "words"]
    view.go(1)
    moves.top(view)
    assert heads(view) == ["§1", "words", "1", "words", "1.1", "words", "(1, 1)", "2", "words"]


#: 1, 1.1, 1.1.1, 1.2, 2, 2.1, 3, 4, 4.1, 4.1.1; what is new in them.
BRANCHES = (0, 1, 2, 1, 0, 1, 0, 0, 1, 2)
NEWS = ["p.1.1.1", "p.1.2", "p.2", "p.4.1.1"]


@pytest.mark.parametrize(
    ("begun", "move", "ended"),
    [
        ("1.1", moves.next_sibling, "1.2"),
        ("1.2", moves.previous_sibling, "1.1"),
        ("2", moves.next_sibling, None),  # 4 is left out
        ("1", moves.next_sibling, "2"),
        ("1.1.1", moves.parent, "1.1"),
        ("4.1", moves.parent, None),
        ("4.1.1", moves.branch_root, "4.1"),
        ("4.1", moves.branch_root, None),
        ("1.2", moves.next_top, "2"),
        ("2", moves.next_top, "4.1"),
        ("4.1", moves.next_top, None),
        ("2", folds.fold_on, "4.1"),
        ("4.1", folds.fold, None),
        ("1.1.1", folds.fold, "1.1"),
        ("4.1", lambda view: folds.toggle_fold(view) and folds.unfold(view), "4.1.1"),
        ("2", folds.unfold, None),
    ],
)
def test_in_only_new_one_moves_among_what_is_shown(
    begun: str, move: moves.Move, ended: str | None
) -> None:
    view = view_of(*BRANCHES, new=NEWS)
    view.turn(Ordering.NEW)
    shown = list(view.table.visible)
    view.go_to(f"p.{begun}")
    assert move(view) is (ended is not None)
    assert view.thread.passages[view.cursor].number == (ended or begun)
    assert list(view.table.visible) == shown


def test_in_only_new_all_that_is_shown_of_a_branch_is_folded() -> None:
    view = view_of(*BRANCHES, new=NEWS)
    view.turn(Ordering.NEW)
    view.go_to("p.1.1.1")
    assert folds.fold_on(view)
    assert heads(view)[2:-4] == ["1", "1.1", "1.1.1", "1.2", "2", "words"]


@given(st.data(), threads(), st.lists(st.sampled_from(MOVES), max_size=15))
def test_in_only_new_no_movement_brings_anything_in(
    data: st.DataObject, thread: Thread, path: list[moves.Move]
) -> None:
    view = Viewport(thread, Layout(60), 24)
    view.mark(ThreadMarks(new=data.draw(some_ids(thread))))
    view.turn(Ordering.NEW)
    shown = list(view.table.visible)
    for move in path:
        move(view)
        assert list(view.table.visible) == shown


def test_nothing_vanishes_in_only_new_when_it_is_read() -> None:
    view = view_of(0, 0, new=["p.1", "p.2"])
    view.turn(Ordering.NEW)
    before = heads(view)
    view.mark(ThreadMarks({"p.1"}, new={"p.2"}), only={"p.1"})
    assert heads(view) == before


def test_unread_passages_are_walked_in_the_order_shown() -> None:
    thread = make_thread([0, 0, 0])
    days = (0, 9, 5, 1)
    dated = [replace(p, published=EVENING + timedelta(d)) for p, d in zip(thread.passages, days)]  # noqa: B905 - made so above
    view = Viewport(Thread(thread.post, tuple(dated)), Layout(80), 24)
    view.turn(Ordering.TIME)
    assert list(view.table.visible) == [0, 3, 2, 1]
    walked = []
    while moves.next_unread(view):
        walked.append(view.cursor)
    assert walked == [3, 2, 1]
    while moves.previous_unread(view):
        walked.append(view.cursor)
    assert walked == [3, 2, 1, 2, 3, 0]


def test_in_only_new_what_is_left_out_is_not_walked() -> None:
    view = view_of(0, 0, 0, new=["p.3"])
    view.turn(Ordering.NEW)
    assert moves.next_unread(view)
    assert view.cursor == 3
    assert not moves.next_unread(view)


def test_in_only_new_what_is_unread_but_not_new_is_not_walked() -> None:
    view = view_of(0, 1, 0, new=["p.1.1", "p.2"], read=["p.2"])
    view.turn(Ordering.NEW)
    assert list(view.table.visible) == [0, 1, 2, 3]
    assert moves.next_unread(view)
    assert view.cursor == 2  # past 1, which it answers, unread since before
    assert not moves.next_unread(view)
    assert not moves.previous_unread(view)
    moves.bottom(view)
    assert moves.previous_unread(view)
    assert view.cursor == 2
    moves.top(view)
    assert moves.last_unread(view)
    assert view.cursor == 2


def test_what_is_left_out_nearest_is_shown_folded_by_a_key() -> None:
    view = view_of(0, 0, 1, 0, 1, 0, new=["p.2.1"], read=["p.1", "p.3.1", "p.4"])
    view.turn(Ordering.NEW)
    view.go_to("p.2.1")
    on_row = view.table.y_of(view.cursor) - view.top
    assert MORE(view)
    assert heads(view) == ["§1", "words", "(1, 0)", "2", "2.1", "words", "3", "3.1", "4"]
    assert MORE(view)
    assert heads(view) == ["§1", "words", "1", "2", "2.1", "words", "3", "3.1", "4"]
    assert view.table.y_of(view.cursor) - view.top == on_row
    assert not MORE(view)
    assert view.current is not None
    assert view.current.number == "2.1"


@pytest.mark.parametrize("way", [Ordering.TREE, Ordering.TIME])
def test_where_nothing_is_left_out_no_more_is_shown(way: Ordering) -> None:
    view = view_of(0, 0)
    view.turn(way)
    assert not MORE(view)


def test_what_is_only_there_to_be_answered_is_quiet() -> None:
    view = view_of(0, 1, new=["p.1.1"])
    view.turn(Ordering.NEW)
    quiet = [row.quiet for row in view.rows() if isinstance(row, HeadRow)]
    assert quiet == [False, True, False]
    view.turn(Ordering.TREE)
    folds.fold_all(view)
    assert not any(row.quiet for row in view.rows() if isinstance(row, HeadRow))


def test_folds_of_the_tree_are_there_again() -> None:
    view = view_of(0, 1, 0, 1)
    view.cursor = 1
    folds.toggle_fold(view)
    view.turn(Ordering.TIME)
    assert not view.table.folded
    view.go(2)
    view.turn(Ordering.TREE)
    assert not view.table.folded  # the current passage would be hidden
    assert view.cursor == 2


def test_in_the_order_of_time_a_folded_passage_hides_only_its_words() -> None:
    view = view_of(0, 1)
    view.turn(Ordering.TIME)
    folds.fold_all(view)
    assert heads(view) == ["§1", "1", "1.1"]


@pytest.mark.parametrize("way", Ordering)
def test_a_chain_of_ten_thousand_replies_is_shown_in_every_order(way: Ordering) -> None:
    view = Viewport(make_thread(range(10_000)), Layout(80), 24)
    view.mark(ThreadMarks(new=[view.thread.passages[9_000].id]))
    view.turn(way)
    moves.bottom(view)
    moves.previous_passage(view)
    assert HeadRow in map(type, view.rows())


def place_at_top(view: Viewport) -> tuple[RowRef | None, int]:
    place = view.place(view.top)
    return place, view.offset(place) if place else 0


@pytest.mark.parametrize(("widest", "indent"), [(40, None), (88, 0), (60, 4)])
def test_other_columns_keep_the_words_at_the_top(widest: int, indent: int | None) -> None:
    view = Viewport(make_thread(range(9), words="word " * 80), Layout(100), 20)
    view.begin("p.1.1.1.1", line=2, only_path=False)
    before, offset = place_at_top(view)
    view.set_layout(widest=widest, indent=indent)
    after, now = place_at_top(view)
    assert before
    assert after
    assert after.nth == before.nth
    assert now <= offset
    assert view.typeset.line_of(after.nth, offset) == after.line - 1
    view.set_layout(widest=88, indent=None)
    assert place_at_top(view) == (before, offset)


async def test_the_order_of_time_says_what_each_reply_answers(show: Show) -> None:
    thread = make_thread([0, 1], author="Getafix")
    async with show(thread, focus=False) as opened:
        opened.pane.turn(Ordering.TIME)
        assert opened.lines()[9].startswith(" ▾ 1.1 ↳ reply to 1 by Getafix ")
        opened.pane.turn(Ordering.TREE)
        assert opened.lines()[9].startswith(" │ ▾ 1.1  ")


async def test_left_out_passages_are_a_quiet_row(show: Show) -> None:
    async with show(make_thread([0, 0, 0]), focus=False) as opened:
        opened.pane.set_marks(ThreadMarks({"p.1", "p.2"}, new={"p.3"}))
        opened.pane.turn(Ordering.NEW)
        assert opened.lines()[6:9] == ["   (2 read)", "", " ▾ 3" + " " * 73 + "+●"]
        opened.pane.set_marks(ThreadMarks({"p.2"}, new={"p.3"}), only=["p.1"])
        assert opened.lines()[6] == "   (2, 1 unread)"


async def test_what_comes_in_is_drawn_where_it_stands_now(show: Show) -> None:
    async with show(make_thread([0, 1, 2, 3]), new=["p.1.1.1.1"], at="p.1.1.1.1") as opened:
        opened.pane.turn(Ordering.NEW)
        await opened.do("parent")
        heads = [row[:13] for row in opened.lines() if "▸" in row or "▾" in row]
        assert heads == ["▌▸ 1.1.1 ↳ re", " │ ▾ 1.1.1.1"]
        opened.pane.move(lambda view: view.go_to("p.1.1"))
        heads = [row[:13] for row in opened.lines() if "▸" in row or "▾" in row]
        assert heads == ["▌▾ 1.1 ↳ repl", " │ ▸ 1.1.1  S", " │ │ ▾ 1.1.1."]
