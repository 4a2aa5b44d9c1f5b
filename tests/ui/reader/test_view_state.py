"""Folds, order, columns and sidebar are as they were left, at the next start and on coming back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probation_reader.options import Options
from probation_reader.record import ThreadViewState
from probation_reader.ui.render.columns import Layout
from probation_reader.ui.render.orders import Ordering
from probation_reader.ui.thread.saved_folds import MOST, folds, kept
from probation_reader.ui.thread.viewport import Viewport
from tests.ui.pane_threads import make_thread
from tests.ui.workspaces import DIKTAT, GUEST, ids, opened, press, screen_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.workspace import Workspace


def view_of(depths: list[int]) -> Viewport:
    return Viewport(make_thread(depths, words="words"), Layout(80), 24)


@settings(deadline=None)
@given(st.data(), st.integers(1, 60))
def test_what_is_folded_is_folded_again(data: st.DataObject, size: int) -> None:
    depths = [0]
    while len(depths) < size:
        depths.append(data.draw(st.integers(0, depths[-1] + 1)))
    view = view_of(depths)
    view.fold(data.draw(st.sets(st.integers(0, size))))
    said = kept(view)
    assert said is not None
    assert ThreadViewState.of(said.payload) == said
    assert folds(said, view_of(depths)) == view.table.folded


@pytest.mark.parametrize(
    ("folded", "said"),
    [
        (range(5001), ThreadViewState(depth=0)),
        (range(5000), ThreadViewState(depth=0, but=("2000",))),
        ([3, 4], ThreadViewState(but=("1.1.1", "1.2"))),
        ((), ThreadViewState()),
    ],
    ids=["all", "all but one", "two", "none"],
)
def test_of_thousands_of_folds_little_is_kept(folded: Sequence[int], said: ThreadViewState) -> None:
    view = view_of([0, 1, 2, 1, 0] * 1000)
    view.fold(folded)
    assert kept(view) == said
    view.fold(range(0, 5000, 5))
    many = kept(view)
    assert many is not None
    assert len(many.but) == MOST


def test_what_came_in_since_is_folded_as_its_depth_says() -> None:
    view = view_of([0, 1])
    view.fold([2])
    said = kept(view)
    assert said == ThreadViewState(depth=1)
    assert folds(said, view_of([0, 1, 1])) == {2, 3}


async def test_a_thread_is_as_it_was_left_at_the_next_start(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "}", "h", "j", "h")
        seen = screen_text(reader)
        pilot.app.exit()
    async with opened(workspace) as (pilot, reader):
        assert reader.pane.folded == {ids(GUEST)[1], ids(GUEST)[4]}
        assert screen_text(reader) == seen
        await press(pilot, "z", "M")
        reader.moving.open_post(DIKTAT.post.id)
        assert not reader.pane.folded
        reader.moving.open_post(GUEST.post.id)
        assert reader.pane.folded == set(ids(GUEST))


async def test_a_bookmark_opens_its_path_through_what_is_folded(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "z", "M")
        reader.moving.open_post(GUEST.post.id, at=ids(GUEST)[2])
        assert reader.pane.folded == set(ids(GUEST)) - {ids(GUEST)[1], ids(GUEST)[2]}


async def test_what_a_search_folds_is_not_kept(workspace: Workspace) -> None:
    async with opened(workspace, open_id=DIKTAT.post.id) as (pilot, reader):
        await press(pilot, "slash", *"inspectors", "enter")
        assert reader.reading.post_id == GUEST.post.id
        assert reader.pane.folded
        reader.reading.save_position()
        reader.moving.open_post(DIKTAT.post.id)
        reader.moving.open_post(GUEST.post.id)
        assert not reader.pane.folded


async def test_the_order_is_as_it_was_left(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "z", "M", "z", "R", "}", "h")
        reader.pane.turn(Ordering.TIME)
        pilot.app.exit()
    async with opened(workspace) as (pilot, reader):
        assert reader.pane.view is not None
        assert reader.pane.view.way is Ordering.TIME
        assert not reader.pane.folded
        reader.pane.turn(Ordering.TREE)
        assert reader.pane.folded == {ids(GUEST)[1]}
        reader.pane.turn(Ordering.NEW)
        pilot.app.exit()
    async with opened(workspace) as (pilot, reader):
        assert reader.pane.view is not None
        assert reader.pane.view.way is Ordering.TREE  # nothing is new any more


async def test_columns_and_sidebar_are_as_they_were_left(workspace: Workspace) -> None:
    async with opened(workspace, (120, 24)) as (pilot, reader):
        await press(pilot, "equals_sign", "w", "w", ">")
        columns = reader.pane.widest, reader.pane.indent
        seen = reader.pane.size
        pilot.app.exit()
    async with opened(workspace, (120, 24)) as (pilot, reader):
        assert (reader.pane.widest, reader.pane.indent) == columns
        assert reader.pane.size == seen
        assert not reader.arrangement.beside


async def test_options_that_were_changed_since_win(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, _):
        await press(pilot, "w")
        pilot.app.exit()
    async with opened(workspace, options=Options(text_width=66)) as (_, reader):
        assert reader.pane.widest == 66
