"""Muting on the screen: chosen, folded to a line that says why, passed by, lifted, undone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from probation_reader.mutes import Rule
from tests.ui.workspaces import DIKTAT, GUEST, ids, opened, press, screen_text, settled

if TYPE_CHECKING:
    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.workspace import Workspace


def _lines(reader: ReaderScreen) -> list[str]:
    """Return what the thread shows, a string for each row, without what stands at its left."""
    text = screen_text(reader).splitlines()
    return [line[line.find("│") + 1 :].strip(" ▌") for line in text]


def _unread(reader: ReaderScreen, post: str) -> int:
    line = reader.sidebar.line(post)
    assert line is not None
    return line.unread


async def test_a_branch_is_muted_by_two_lists_and_folds_to_a_line(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30), open_id=ids(GUEST)[1]) as (pilot, reader):
        await press(pilot, "M", "enter", "enter")
        assert reader.status.message.startswith("Muted for good: branch 1 in this post   u")
        (line,) = [line for line in _lines(reader) if line.startswith("▸ 1 ")]
        assert "muted: branch" in line
        assert "Until the inspectors" not in screen_text(reader)
        assert reader.reading.marks.unread == 3
        assert _unread(reader, GUEST.post.id) == 3
        assert workspace.record.mutes()[0].until is None


async def test_a_word_is_muted_everywhere_for_a_week(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30), open_id=ids(GUEST)[1]) as (pilot, reader):
        await press(pilot, "M", *"caseload every", "enter", *"week", "enter")
        (held,) = workspace.record.mutes()
        assert held.rule == Rule.word("caseload")
        assert held.until is not None
        assert timedelta(days=6) < held.until - datetime.now(UTC) <= timedelta(days=7)
        shown = [line for line in _lines(reader) if "muted: word 'caseload' until" in line]
        assert len(shown) == 2
        # What answers a muted comment is still shown.
        assert "Until the inspectors come." in screen_text(reader)
        assert _unread(reader, GUEST.post.id) == 4
        assert _unread(reader, DIKTAT.post.id) == 2


async def test_a_number_of_days_is_typed(workspace: Workspace) -> None:
    async with opened(workspace, open_id=ids(GUEST)[1]) as (pilot, reader):
        await press(pilot, "M", "enter", *"3", "enter")
        assert reader.status.message.startswith("Muted for 3 days: branch 1 in this post")
        (held,) = workspace.record.mutes()
        assert held.until is not None
        assert timedelta(days=2) < held.until - datetime.now(UTC) <= timedelta(days=3)


async def test_space_and_tab_pass_what_is_muted(workspace: Workspace) -> None:
    workspace.record.mute(Rule.word("caseload"))
    workspace.muted.settle()
    async with opened(workspace, (100, 40), open_id=ids(GUEST)[0]) as (pilot, reader):
        await press(pilot, "tab")
        assert reader.pane.current is not None
        assert reader.pane.current.id == ids(GUEST)[2]
        await press(pilot, "space")
        assert reader.pane.current.id == ids(GUEST)[4]
        assert "caseload grow" not in screen_text(reader)


async def test_a_muted_comment_is_opened_for_now_and_shut_again(workspace: Workspace) -> None:
    workspace.record.mute(Rule.branch(ids(GUEST)[1]))
    workspace.muted.settle()
    async with opened(workspace, (100, 30), open_id=ids(GUEST)[0]) as (pilot, reader):
        await press(pilot, "j", "enter")
        assert "How long can a caseload grow" in screen_text(reader)
        assert "Until the inspectors" not in screen_text(reader)
        assert reader.reading.marks.unread == 2
        await press(pilot, "b")
        await press(pilot, "h")
        assert "How long can a caseload grow" not in screen_text(reader)
        assert workspace.record.bookmarked_in(GUEST.post.id) == {ids(GUEST)[1]}
        await press(pilot, "z", "R")
        assert "How long can a caseload grow" not in screen_text(reader)
        assert sum("muted: branch" in line for line in _lines(reader)) == 3


async def test_a_mute_is_undone_and_redone(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30), open_id=ids(GUEST)[1]) as (pilot, reader):
        await press(pilot, "M", "enter", "enter", "u")
        assert reader.status.message == "undone: branch 1 in this post muted"
        assert "Until the inspectors come." in screen_text(reader)
        assert _unread(reader, GUEST.post.id) == 6
        await press(pilot, "ctrl+r")
        assert reader.status.message == "redone: branch 1 in this post muted"
        assert _unread(reader, GUEST.post.id) == 3


async def test_what_was_undone_elsewhere_says_what_it_was_about(workspace: Workspace) -> None:
    branches = map(Rule.branch, (ids(GUEST)[0], ids(GUEST)[4], "gone.a"))
    for rule in (*branches, Rule.word("caseload", GUEST.post.id)):
        workspace.record.mute(rule)
        workspace.record.unmute(rule)
    async with opened(workspace, open_id=ids(DIKTAT)[0]) as (pilot, reader):
        await press(pilot, "u")
        assert reader.status.message == "undone: word 'caseload' in Guest Blog 97 no longer muted"
        await press(pilot, "u", "u")
        assert reader.status.message == "undone: branch in a post that is gone no longer muted"
        await press(pilot, "u", "u")
        assert reader.status.message == "undone: branch 2 in Guest Blog 97 no longer muted"
        await press(pilot, "u", "u")
        assert reader.status.message == "undone: own text in Guest Blog 97 no longer muted"


async def test_mutes_are_listed_and_lifted(workspace: Workspace) -> None:
    workspace.record.mute(Rule.word("caseload"))
    workspace.record.mute(Rule.branch(ids(GUEST)[4]))
    workspace.muted.settle()
    async with opened(workspace, (100, 30), open_id=ids(GUEST)[0]) as (pilot, reader):
        await press(pilot, "m", "m")
        listed = screen_text(pilot.app.screen)
        assert "Muted, Enter lifts" in listed
        assert "word 'caseload'" in listed
        assert "3 everywhere" in listed
        assert "branch: Licence conditions are another matter." in listed
        assert "1 in Guest Blog 97" in listed
        await press(pilot, *"caseload", "enter")
        assert reader.status.message.startswith("No longer muted: word 'caseload'")
        assert [held.rule for held in workspace.record.mutes()] == [Rule.branch(ids(GUEST)[4])]
        assert _unread(reader, GUEST.post.id) == 5


async def test_what_mutes_a_comment_is_lifted_there(workspace: Workspace) -> None:
    workspace.record.mute(Rule.word("caseload"))
    workspace.muted.settle()
    async with opened(workspace, open_id=ids(GUEST)[0]) as (pilot, reader):
        await press(pilot, "j", "M")
        assert "lift: word 'caseload'" in screen_text(pilot.app.screen)
        await press(pilot, "enter")
        assert workspace.record.mutes() == []
        assert reader.reading.marks.unread == 5


async def test_without_mutes_the_list_says_which_key_makes_one(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, _):
        await press(pilot, "m", "m")
        assert "Nothing is muted: M mutes a passage" in screen_text(pilot.app.screen)


async def test_a_mute_that_ends_or_comes_from_elsewhere_shows(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30), open_id=ids(GUEST)[0]) as (pilot, reader):
        reader.elsewhere.look()
        await settled(pilot)
        ends = datetime.now(UTC) + timedelta(seconds=1.5)
        workspace.record.mute(Rule.branch(ids(GUEST)[1]), ends)
        reader.elsewhere.look()
        await settled(pilot)
        assert _unread(reader, GUEST.post.id) == 3
        assert f"muted: branch until {ends.astimezone():%H:%M}" in screen_text(reader)
        while datetime.now(UTC) <= ends:
            await pilot.pause()
        reader.elsewhere.look()
        await settled(pilot)
        assert _unread(reader, GUEST.post.id) == 6
        assert "Until the inspectors come." in screen_text(reader)


async def test_a_hit_that_is_muted_is_opened(workspace: Workspace) -> None:
    workspace.record.mute(Rule.branch(ids(GUEST)[1]))
    workspace.muted.settle()
    async with opened(workspace, (100, 30)) as (pilot, reader):
        await press(pilot, "/", *"is:muted inspectors", "enter")
        assert reader.pane.current is not None
        assert reader.pane.current.id == ids(GUEST)[2]
        assert "Until the inspectors come." in screen_text(reader)


async def test_the_cursor_stays_on_its_row_when_something_is_muted(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30), open_id=ids(GUEST)[4]) as (pilot, reader):
        view = reader.pane.view
        assert view is not None
        before = view.table.y_of(view.cursor) - view.top
        workspace.record.mute(Rule.branch(ids(GUEST)[1]))
        reader.elsewhere.look()
        await settled(pilot)
        assert view.table.y_of(view.cursor) - view.top == before
