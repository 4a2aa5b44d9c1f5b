"""Marking many passages at once: a branch, a thread, everything that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from probation_reader.ui.messages import RowChosen
from tests.ui.workspaces import DIKTAT, GUEST, NOTE, ids, opened, press

if TYPE_CHECKING:
    from probation_reader.workspace import Workspace


async def test_a_branch_is_marked_from_the_passage_down(workspace: Workspace) -> None:
    async with opened(workspace, open_id=ids(GUEST)[1]) as (pilot, reader):
        await press(pilot, "m", "b")
        assert workspace.record.read_in(GUEST.post.id) == set(ids(GUEST)[1:4])
        assert reader.status.message.startswith("3 marked read: comment 1 with its replies")
        assert reader.reading.marks.unread == 3
        await press(pilot, "m", "b")
        assert reader.status.message == "Nothing unread: comment 1 with its replies"


async def test_a_thread_is_marked_from_anywhere_in_it(workspace: Workspace) -> None:
    async with opened(workspace, open_id=ids(GUEST)[4]) as (pilot, reader):
        await press(pilot, "m", "t")
        assert workspace.record.read_in(GUEST.post.id) == set(ids(GUEST))
        assert reader.status.message.startswith("6 marked read: this thread")
        line = reader.sidebar.line(GUEST.post.id)
        assert line is not None
        assert line.unread == 0


@pytest.mark.parametrize("wanted", [DIKTAT, GUEST], ids=["open", "other"])
async def test_in_the_list_the_thread_under_the_cursor_is_marked(
    workspace: Workspace, wanted: object
) -> None:
    thread = GUEST if wanted is GUEST else DIKTAT
    async with opened(workspace, open_id=DIKTAT.post.id) as (pilot, reader):
        await press(pilot, "q", *(["j"] if thread is GUEST else []), "m", "t")
        assert workspace.record.read_in(thread.post.id) == set(ids(thread))
        assert reader.sidebar.posts_unread == 2
        assert "marked read" in reader.status.message
        await press(pilot, "m", "t")
        assert reader.status.message.startswith("Nothing unread")


async def test_what_is_folded_away_is_not_shown_and_not_marked(workspace: Workspace) -> None:
    async with opened(workspace, open_id=ids(GUEST)[4]) as (pilot, reader):
        await press(pilot, "z", "1", "A")
        assert workspace.record.read_in(GUEST.post.id) == {ids(GUEST)[i] for i in (0, 1, 4, 5)}
        assert reader.status.message.startswith("4 marked read: what is open")


async def test_a_mark_of_many_that_is_not_kept_is_not_shown(workspace: Workspace) -> None:
    async with opened(workspace, open_id=NOTE.post.id) as (pilot, reader):
        workspace.record.keeps = False
        for keys in ("mt", "mb", "A"):
            await press(pilot, *keys)
            said = "Marks are not being kept. Make room, and the file writable, then start again"
            assert reader.status.message.startswith(said)  # all of it fits before the path
            assert reader.status.message.endswith(f"({workspace.paths.record})")
            assert reader.reading.marks.unread == 1
        await press(pilot, "q", "k", "m", "t")
        assert "not being kept" in reader.status.message
        assert reader.sidebar.posts_unread == 3


async def test_a_double_click_chooses_once(workspace: Workspace) -> None:
    workspace.record.bookmark(ids(GUEST)[1], "words")
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "B")
        for _ in range(2):
            pilot.app.screen.post_message(RowChosen("list", ids(GUEST)[1]))
        await press(pilot, "k")
        assert pilot.app.screen is reader
        assert reader.place == "thread"
