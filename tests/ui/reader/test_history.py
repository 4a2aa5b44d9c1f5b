"""The way back: over jumps, over the steps of reading on, within and across threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from probation_reader.ui.reader.history import MOST, JumpList, Location, ReadingTrail
from probation_reader.ui.render.columns import Layout
from probation_reader.ui.thread.viewport import Viewport
from tests.ui.pane_threads import make_thread as depths_thread
from tests.ui.workspaces import DIKTAT, GUEST, NOTE, ids, make_thread, open_workspace, opened, press

if TYPE_CHECKING:
    from pathlib import Path

    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.workspace import Workspace

LONG = make_thread(
    "A long argument",
    [(n % 3, "\n".join(f"Row {row} of number {n}." for row in range(9))) for n in range(30)],
)


def stop(number: int, row: int = 0, post: str = "p") -> Location:
    view = Viewport(depths_thread([0] * (number + 1)), Layout(80), 24)
    view.cursor, view.top = number, row
    return Location(post, f"{post}.{number}", view.spot())


def at(reader: ReaderScreen) -> str:
    assert reader.pane.current is not None
    return reader.pane.current.id


class TestJumps:
    def test_to_and_fro_between_the_last_two_places(self) -> None:
        jumps = JumpList()
        jumps.leave(stop(1))
        assert jumps.swap(stop(5)) == stop(1)
        assert jumps.swap(stop(1)) == stop(5)
        assert jumps.swap(stop(5)) == stop(1)

    def test_back_over_all_places_and_no_further(self) -> None:
        jumps = JumpList()
        for number in (1, 2, 3):
            jumps.leave(stop(number))
        assert [jumps.earlier(stop(n)) for n in (4, 3, 2, 1)] == [stop(3), stop(2), stop(1), None]

    def test_a_place_is_remembered_once_as_it_was_left_last(self) -> None:
        jumps = JumpList()
        for left in (stop(1), stop(2), stop(1, row=3)):
            jumps.leave(left)
        assert [jumps.earlier(stop(n)) for n in (4, 1, 2)] == [stop(1, row=3), stop(2), None]

    def test_going_back_and_then_to_and_fro_returns(self) -> None:
        jumps = JumpList()
        jumps.leave(stop(1))
        assert jumps.earlier(stop(2)) == stop(1)
        assert jumps.swap(stop(1)) == stop(2)

    def test_without_a_jump_there_is_no_way_back(self) -> None:
        assert JumpList().swap(stop(1)) is None
        assert JumpList().earlier(stop(1)) is None

    def test_so_many_places_are_remembered(self) -> None:
        jumps = JumpList()
        for number in range(MOST + 20):
            jumps.leave(Location("p", f"p.{number}", stop(0).spot))
        here, walked = Location("p", "p.end", stop(0).spot), 0
        while (before := jumps.earlier(here)) is not None:
            here, walked = before, walked + 1
        assert walked == MOST - 1


class TestTrail:
    def test_steps_are_taken_back_one_by_one(self) -> None:
        trail = ReadingTrail()
        trail.step(stop(1), stop(2))
        trail.step(stop(2), stop(5))
        assert [trail.back(stop(5)), trail.back(stop(2)), trail.back(stop(1))] == [
            stop(2),
            stop(1),
            None,
        ]

    @pytest.mark.parametrize("elsewhere", [stop(3), stop(2, row=1)])
    def test_whoever_moved_since_has_left_the_trail(self, elsewhere: Location) -> None:
        trail = ReadingTrail()
        trail.step(stop(1), stop(2))
        assert trail.back(elsewhere) is None
        assert trail.back(stop(2)) is None

    def test_a_step_from_elsewhere_begins_a_new_trail(self) -> None:
        trail = ReadingTrail()
        trail.step(stop(1), stop(2))
        trail.step(stop(7), stop(8))
        assert [trail.back(stop(8)), trail.back(stop(7))] == [stop(7), None]

    def test_what_did_not_move_is_no_step(self) -> None:
        trail = ReadingTrail()
        trail.step(stop(1), stop(1))
        assert trail.back(stop(1)) is None


JUMPS = {
    "G": "bottom", "}": "next top", "tab": "next unread", "P": "parent", "{": "root",
}  # fmt: skip


@pytest.mark.parametrize("key", JUMPS)
async def test_two_apostrophes_go_back_to_the_very_rows_and_return(
    tmp_path: Path, key: str
) -> None:
    with open_workspace(tmp_path, [LONG]) as workspace:
        async with opened(workspace, open_id=ids(LONG)[9]) as (pilot, reader):
            await press(pilot, "ctrl+e", "ctrl+e")
            view = reader.pane.view
            assert view is not None
            before, began = view.rows(), at(reader)
            await press(pilot, key)
            after, ended = view.rows(), at(reader)
            assert ended != began
            await press(pilot, "'", "'")
            assert (at(reader), view.rows()) == (began, before)
            await press(pilot, "'", "'")
            assert (at(reader), view.rows()) == (ended, after)


async def test_steps_are_no_jumps(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "j", "j", "k", "ctrl+d", "space", "J", "'", "'")
        assert reader.status.message == "Nothing was jumped from yet"
        await press(pilot, "ctrl+o")
        assert reader.status.message == "No place further back"


async def test_ctrl_o_walks_back_across_threads(workspace: Workspace) -> None:
    async with opened(workspace, open_id=ids(GUEST)[2]) as (pilot, reader):
        await press(pilot, "G", "q", "j", "enter")
        assert reader.reading.post_id == NOTE.post.id
        await press(pilot, "ctrl+o")
        assert at(reader) == ids(GUEST)[5]
        await press(pilot, "ctrl+o")
        assert at(reader) == ids(GUEST)[2]
        await press(pilot, "ctrl+o")
        assert (at(reader), reader.status.message) == (ids(GUEST)[2], "No place further back")
        await press(pilot, "'", "'")
        assert at(reader) == ids(GUEST)[5]


async def test_a_bookmark_and_a_crossing_are_jumped_from(workspace: Workspace) -> None:
    workspace.record.bookmark(ids(GUEST)[3], "They came, and the caseload grew.")
    async with opened(workspace, open_id=ids(DIKTAT)[1]) as (pilot, reader):
        await press(pilot, "B", "enter")
        assert at(reader) == ids(GUEST)[3]
        await press(pilot, "'", "'")
        assert at(reader) == ids(DIKTAT)[1]
        await press(pilot, "G", "tab", "tab")
        assert reader.reading.post_id == GUEST.post.id
        await press(pilot, "'", "'")
        assert at(reader) == ids(DIKTAT)[2]


async def test_a_hit_is_jumped_to_and_the_search_is_closed_on_the_way_back(
    workspace: Workspace,
) -> None:
    async with opened(workspace, open_id=ids(GUEST)[4]) as (pilot, reader):
        await press(pilot, "z", "1", "slash", *"staff")
        await press(pilot, "enter")
        assert at(reader) == ids(DIKTAT)[1]
        await press(pilot, "'", "'")
        assert at(reader) == ids(GUEST)[4]
        assert reader.pane.folded == {ids(GUEST)[2], ids(GUEST)[3]}
        await press(pilot, "'", "'")
        assert at(reader) == ids(DIKTAT)[1]


async def test_finding_is_jumped_from_where_it_began(workspace: Workspace) -> None:
    async with opened(workspace, open_id=ids(GUEST)[1]) as (pilot, reader):
        await press(pilot, "f", *"inspectors", "enter")
        assert at(reader) == ids(GUEST)[2]
        await press(pilot, "'", "'")
        assert at(reader) == ids(GUEST)[1]


async def test_from_the_list_of_posts_the_way_back_leads_into_the_thread(
    workspace: Workspace,
) -> None:
    async with opened(workspace, (60, 20), open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "G", "q")
        assert reader.place == "posts"
        await press(pilot, "'", "'")
        assert (reader.place, at(reader)) == ("thread", ids(GUEST)[0])


async def test_a_thread_that_was_removed_is_not_jumped_to(workspace: Workspace) -> None:
    async with opened(workspace, open_id=DIKTAT.post.id) as (pilot, reader):
        await press(pilot, "q", "G", "enter")
        assert reader.reading.post_id == NOTE.post.id
        workspace.library.remove([DIKTAT.post.id])
        await press(pilot, "'", "'")
        assert reader.reading.post_id == NOTE.post.id
        assert reader.status.message


async def test_backspace_takes_back_what_space_did(tmp_path: Path) -> None:
    with open_workspace(tmp_path, [LONG]) as workspace:
        workspace.record.mark_read(ids(LONG)[3:9])
        async with opened(workspace) as (pilot, reader):
            view = reader.pane.view
            assert view is not None
            seen = []
            for _ in range(8):
                seen.append((at(reader), view.rows()))
                await press(pilot, "space")
            for passage, rows in reversed(seen):
                await press(pilot, "backspace")
                assert at(reader) == passage
                assert [type(row) for row in view.rows()] == [type(row) for row in rows]
            await press(pilot, "backspace")
            assert reader.status.message == "The start of this thread"


async def test_backspace_returns_over_a_crossing(workspace: Workspace) -> None:
    workspace.record.mark_read(ids(DIKTAT)[:2])
    async with opened(workspace, open_id=ids(DIKTAT)[2]) as (pilot, reader):
        await press(pilot, "space", "space")
        assert at(reader) == ids(GUEST)[0]
        await press(pilot, "space", "backspace", "backspace")
        assert at(reader) == ids(DIKTAT)[2]


async def test_backspace_after_other_keys_shows_what_comes_before(workspace: Workspace) -> None:
    async with opened(workspace, open_id=ids(GUEST)[1]) as (pilot, reader):
        await press(pilot, "space", "j", "backspace")
        assert at(reader) == ids(GUEST)[2]
        await press(pilot, "backspace")
        assert at(reader) == ids(GUEST)[1]
