"""What each way of folding leaves to be seen, and what is said where nothing comes of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from probation_reader.ui.messages import MoveRefused
from probation_reader.ui.render.columns import Layout
from probation_reader.ui.thread import motions as folds
from probation_reader.ui.thread import motions as moves
from probation_reader.ui.thread.labels import refusal
from probation_reader.ui.thread.scene import ThreadMarks
from probation_reader.ui.thread.viewport import Viewport
from tests.ui.pane_threads import make_thread

if TYPE_CHECKING:
    from collections.abc import Collection

    from tests.ui.pane.conftest import Show

#: p.§1, p.1, p.1.1, p.1.1.1, p.1.2, p.2, p.2.1, p.3
DEPTHS = [0, 1, 2, 1, 0, 1, 0]


def view_of(*, read: Collection[str] = (), at: str = "§1") -> Viewport:
    view = Viewport(make_thread(DEPTHS), Layout(80), 24)
    view.mark(ThreadMarks([f"p.{number}" for number in read]))
    view.begin(f"p.{at}", line=0, only_path=False)
    return view


def seen(view: Viewport) -> list[str]:
    """The numbers of what can be seen, folded ones with a plus sign."""
    folded = view.table.folded
    return [
        ("+" if index in folded else "") + view.thread.passages[index].number
        for index in view.table.visible
    ]


@pytest.mark.parametrize(
    ("depth", "expected"),
    [
        (1, "§1 1 +1.1 +1.2 2 +2.1 3"),
        (2, "§1 1 1.1 +1.1.1 1.2 2 2.1 3"),
        (9, "§1 1 1.1 1.1.1 1.2 2 2.1 3"),
    ],
)
def test_a_depth_leaves_so_many_levels_open_and_the_next_in_a_row_each(
    depth: int, expected: str
) -> None:
    view = view_of()
    folds.fold_all(view)
    assert folds.to_depth(view, depth)
    assert " ".join(seen(view)) == expected
    assert not folds.to_depth(view, depth)


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("§1 1 1.1 1.1.1 1.2", "+§1 +1 2 2.1 3"),
        ("1 1.1 2 2.1 3", "§1 1 1.1 1.1.1 1.2 +2 +3"),
        ("1.1.1 1.2 2.1", "§1 1 1.1 +1.1.1 +1.2 2 +2.1 3"),
        ("§1 1 1.1 1.1.1 1.2 2 2.1 3", "+§1 +1 +2 +3"),
        ("", "§1 1 1.1 1.1.1 1.2 2 2.1 3"),
    ],
)
def test_folding_what_is_read_keeps_everything_unread_in_sight(read: str, expected: str) -> None:
    view = view_of(read=read.split())
    folds.toggle_fold(view)
    folds.fold_read(view)
    assert " ".join(seen(view)) == expected


def test_folding_on_leaves_the_whole_branch_behind() -> None:
    view = view_of(at="1.1.1")
    assert folds.fold_on(view)
    assert seen(view) == ["§1", "+1", "2", "2.1", "3"]
    assert view.current is not None
    assert view.current.number == "2"


def test_folding_on_folds_the_last_branch_and_then_says_so() -> None:
    view = view_of(at="3")
    assert folds.fold_on(view)
    assert seen(view)[-1] == "+3"
    assert not folds.fold_on(view)
    assert refusal("fold_on", view) == "3 is the last branch"


@pytest.mark.parametrize(
    ("action", "at", "words"),
    [
        ("next_sibling", "1.2", "1.2 is the last reply to 1"),
        ("previous_sibling", "1.1", "1.1 is the first reply to 1"),
        ("next_sibling", "3", "3 is the last at the top level"),
        ("previous_sibling", "§1", "post is the first at the top level"),
        ("parent", "2", "2 answers the post itself"),
        ("parent", "§1", "The post answers nothing"),
        ("branch_root", "2", "2 is the top of its branch"),
        ("next_top", "3", "3 is in the last branch"),
        ("unfold", "2.1", "2.1 is open and has no replies"),
    ],
)
async def test_where_there_is_nowhere_to_go_the_reason_is_known(
    action: str, at: str, words: str, show: Show
) -> None:
    async with show(make_thread(DEPTHS), at=f"p.{at}", dwell=3600.0) as opened:
        await opened.said()
        await opened.do(action)
        said = await opened.said()
        assert said == [MoveRefused(action)]
        assert opened.pane.view is not None
        assert refusal(action, opened.pane.view) == words


@pytest.mark.parametrize("action", ["fold", "fold_all", "unfold_all", "fold_read"])
async def test_a_fold_that_changes_nothing_is_refused_in_words(action: str, show: Show) -> None:
    thread = make_thread([0])
    read = [passage.id for passage in thread.passages] if action == "fold_read" else []
    async with show(thread, read=read, dwell=3600.0) as opened:
        await opened.do("fold_read" if action == "fold_read" else "fold_all")
        if action == "unfold_all":
            await opened.do("unfold_all")
        await opened.said()
        await opened.do(action)
        assert await opened.said() == [MoveRefused(action)]
        assert opened.pane.view is not None
        assert "folded" in refusal(action, opened.pane.view)


def test_ten_thousand_levels_fold_to_any_depth() -> None:
    view = Viewport(make_thread(range(10_000)), Layout(80), 24)
    for depth in (1, 9):
        moves.bottom(view)
        assert folds.to_depth(view, depth)
        assert len(view.table.visible) == depth + 2
    assert folds.fold_read(view)
    assert len(view.table.visible) == 10_001
