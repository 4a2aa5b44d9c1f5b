"""Undo and redo on the screen: what is said, what shows, where one stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from probation_reader.model import Comment
from probation_reader.record import UndoEntry
from probation_reader.ui.reader.undo_actions import told
from tests.ui.workspaces import DIKTAT, GUEST, ids, open_workspace, opened, press

if TYPE_CHECKING:
    from pathlib import Path

    from probation_reader.workspace import Workspace

_COMMENTS = [passage.id for passage in GUEST.passages if isinstance(passage, Comment)]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (UndoEntry("read", tuple(_COMMENTS)), "5 comments of Guest Blog 97 marked read"),
        (UndoEntry("unread", tuple(ids(GUEST))), "6 passages of Guest Blog 97 marked unread"),
        (UndoEntry("read", (_COMMENTS[2],)), "comment 1.2 of Guest Blog 97 marked read"),
        (UndoEntry("bookmark", (ids(GUEST)[0],)), "post of Guest Blog 97 kept"),
        (UndoEntry("unbookmark", (_COMMENTS[0],)), "comment 1 of Guest Blog 97 no longer kept"),
        (UndoEntry("note", (_COMMENTS[0],)), "comment 1 of Guest Blog 97 with another note"),
        (UndoEntry("read", (*ids(GUEST), *ids(DIKTAT))), "9 passages of 2 posts marked read"),
    ],
)
def test_a_step_is_told_in_words(step: UndoEntry, said: str) -> None:
    assert told(step, GUEST, "Guest Blog 97", 80) == said


def test_where_room_is_short_the_title_gives_way() -> None:
    step = UndoEntry("read", tuple(_COMMENTS))
    assert told(step, GUEST, "Guest Blog 97", 36) == "5 comments of Guest Blo… marked read"
    assert told(step, GUEST, "Guest Blog 97", 26) == "5 comments marked read"
    assert told(step, None, "Guest Blog 97", 80) == "5 passages of Guest Blog 97 marked read"


async def test_what_one_key_marked_one_key_takes_back(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "j", "j")
        here = reader.pane.current
        await press(pilot, "m", "t")
        assert reader.reading.marks.unread == 0
        await press(pilot, "u")
        assert reader.status.message == "undone: 4 comments of Guest Blog 97 marked read"
        assert reader.reading.marks.unread == 4
        assert reader.pane.current == here
        line = reader.sidebar.line(GUEST.post.id)
        assert line is not None
        assert line.unread == 4
        await press(pilot, "ctrl+r")
        assert reader.status.message == "redone: 4 comments of Guest Blog 97 marked read"
        assert reader.reading.marks.unread == 0
        assert workspace.record.read_in(GUEST.post.id) == set(ids(GUEST))


async def test_marks_of_reading_on_come_back_one_by_one(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "j", "j", "j")
        assert reader.reading.marks.unread == 3
        await press(pilot, "u")
        assert reader.status.message == "undone: comment 1.1 of Guest Blog 97 marked read"
        assert reader.reading.marks.unread == 4


async def test_a_change_in_another_post_shows_in_the_list_and_says_which(
    workspace: Workspace,
) -> None:
    workspace.record.mark_read(ids(DIKTAT))
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "u")
        assert reader.status.message == "undone: 3 passages of A New Diktat marked read"
        assert reader.reading.post_id == GUEST.post.id
        line = reader.sidebar.line(DIKTAT.post.id)
        assert line is not None
        assert line.unread == 3
        await press(pilot, "u")
        assert reader.status.message == "Nothing to undo"
        await press(pilot, "ctrl+r", "ctrl+r")
        assert reader.status.message == "Nothing to redo"


async def test_of_a_post_that_is_gone_it_is_said_so(workspace: Workspace) -> None:
    workspace.record.mark_read(["gone.a", "gone.b"])
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "u")
        assert reader.status.message == "undone: 2 passages of a post that is gone marked read"


async def test_keeping_a_passage_counts_as_reading_it_and_undo_is_about_the_keeping(
    workspace: Workspace,
) -> None:
    async with opened(workspace, open_id=_COMMENTS[1]) as (pilot, reader):
        await press(pilot, "b")
        assert reader.reading.marks.read == {_COMMENTS[1]}
        assert reader.reading.marks.kept == {_COMMENTS[1]}
        await press(pilot, "u")
        assert reader.status.message == "undone: comment 1.1 of Guest Blog 97 kept"
        assert reader.reading.marks.read == {_COMMENTS[1]}
        assert reader.reading.marks.kept == set()


async def test_steps_outlive_the_screen(tmp_path: Path) -> None:
    with open_workspace(tmp_path) as workspace:
        async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
            await press(pilot, "m", "t")
    with open_workspace(tmp_path, ()) as workspace:
        async with opened(workspace) as (pilot, reader):
            await press(pilot, "u")
            assert reader.status.message == "undone: 6 passages of Guest Blog 97 marked read"
            assert workspace.record.read_counts() == {}
