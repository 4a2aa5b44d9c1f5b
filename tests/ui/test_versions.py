"""What is gone from its page and what was edited, as the thread shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from probation_reader.library.records import SourceRecord
from tests.ui.workspaces import make_thread, open_workspace, opened, press, screen_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from probation_reader.workspace import Workspace

BEFORE = make_thread(
    "The stairs",
    [
        (0, "The lift has been out since Easter and nobody came."),
        (1, "Nobody ever comes to look at it."),
        (0, "The keys were handed back in an envelope."),
    ],
)
AFTER = make_thread(
    "The stairs",
    [
        (0, "The lift has been out since \x1b]52;c;aGk=\x07 Easter and \x1b[2Jsomebody came."),
        (1, "Nobody ever comes to look at it."),
    ],
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path, [BEFORE]) as opened_workspace:
        record = SourceRecord("later.txt", "1" * 64, "numbered", 1)
        opened_workspace.library.store(record, [AFTER])
        yield opened_workspace


@pytest.mark.parametrize("size", [(80, 24), (40, 20), (200, 60)])
async def test_heads_say_what_is_gone_and_what_was_edited(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as (_, reader):
        shown = screen_text(reader)
        assert "edited" in shown
        assert "gone from the capture" in shown or size[0] < 80
        assert "1 gone" in shown
        assert reader.pane.unread == 3


@pytest.mark.parametrize("back", ["escape", "v", "q", "enter"])
async def test_both_texts_of_an_edited_comment_are_shown_and_left(
    workspace: Workspace, back: str
) -> None:
    async with opened(workspace, (120, 30)) as (pilot, reader):
        await press(pilot, "j")
        before = screen_text(reader)
        await press(pilot, "v")
        shown = screen_text(reader)
        assert reader.focused is reader.peek.pane
        assert "1 until" in shown
        assert "1 now" in shown
        assert "Easter and nobody came." in shown
        assert "[-nobody-]" in shown
        assert "{+" in shown
        assert "\x1b" not in shown
        await press(pilot, back)
        assert reader.place == "thread"
        reader.status.clear_message()
        assert screen_text(reader) == before


async def test_there_is_nothing_beyond_the_texts(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "j", "v", "j", "j")
        assert reader.status.message == "These are all the texts of 1"
        await press(pilot, "k", "k")
        assert reader.status.message == "These are all the texts of 1"


async def test_where_nothing_was_edited_that_is_said(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "j", "j", "v")
        assert reader.place == "thread"
        assert reader.status.message == "No other text of comment 1.1 was captured"


async def test_what_is_gone_cannot_be_unread(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "G", "N")
        assert "counts as read" in reader.status.message
        assert workspace.record.read_in(BEFORE.post.id) == frozenset()


async def test_the_list_of_what_was_kept_says_what_became_of_it(workspace: Workspace) -> None:
    for passage in BEFORE.comments:
        workspace.record.bookmark(passage.id, passage.text)
    async with opened(workspace, (100, 30)) as (pilot, reader):
        await press(pilot, "B")
        shown = screen_text(reader.app.screen)
        assert shown.count("edited since it was kept") == 1
        assert shown.count("gone from the capture of") == 1


async def test_the_heading_says_what_changed_since_the_last_visit(tmp_path: Path) -> None:
    with open_workspace(tmp_path, [BEFORE]) as first:
        first.record.begin_visit()
    with open_workspace(tmp_path, []) as workspace:
        record = SourceRecord("later.txt", "1" * 64, "numbered", 1)
        workspace.library.store(record, [AFTER])
        async with opened(workspace, (120, 30), open_id=BEFORE.post.id) as (_, reader):
            assert "1 edited, 1 gone since" in screen_text(reader)
