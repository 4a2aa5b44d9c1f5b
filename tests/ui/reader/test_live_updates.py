"""What other programs do while the screen is open: it shows, and the reader stays put."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from probation_reader.library.records import SourceRecord
from probation_reader.model import Post, Thread
from probation_reader.mutes import Rule
from probation_reader.record import Record
from probation_reader.workspace import Workspace
from tests.ui.workspaces import (
    DIKTAT,
    GUEST,
    ids,
    make_thread,
    open_workspace,
    opened,
    press,
    screen_text,
    settled,
)

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from probation_reader.ui.reader.screen import ReaderScreen

#: The guest blog as a later capture shows it: a reply above, a comment below.
_LATER = make_thread(
    "Guest Blog 97",
    [
        (0, "How long can a caseload grow before anyone counts it?"),
        (1, "It has been counted; nobody liked the number."),
        (1, "Until the inspectors come."),
        (1, "They came, and the caseload grew."),
        (0, "Licence conditions are another matter."),
        (0, "\n".join(f"Line {number} of a long comment." for number in range(60))),
        (0, "One more thing."),
    ],
)


def _import(workspace: Workspace, thread: Thread) -> None:
    """Store a thread as another program would, with connections of its own."""
    with Workspace.open(workspace.paths) as other:
        source = SourceRecord("later.txt", f"{thread.post.title:>64}", "numbered", 1)
        other.library.store(source, [thread])


async def _look(pilot: Pilot[None], reader: ReaderScreen) -> None:
    reader.elsewhere.look()
    await settled(pilot)


def _unread(reader: ReaderScreen, post: Post) -> int:
    line = reader.sidebar.line(post.id)
    assert line is not None
    return line.unread


async def test_an_imported_post_comes_into_the_list_around_its_cursor(
    workspace: Workspace,
) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "escape")
        row = reader.sidebar.cursor - reader.sidebar.scroll_offset.y
        fresh = make_thread("Newest of all", [], published=DIKTAT.post.published)
        for number in range(40):
            _import(workspace, make_thread(f"Post {number}", [], body=f"Body {number}."))
        _import(workspace, fresh)
        await _look(pilot, reader)
        assert reader.sidebar.line(fresh.post.id) is not None
        assert reader.sidebar.current == GUEST.post.id
        assert reader.sidebar.cursor - reader.sidebar.scroll_offset.y == row
        assert reader.focused is reader.sidebar


async def test_the_filter_holds_while_posts_come(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "F", *"guest", "enter")
        _import(workspace, make_thread("Another day", []))
        _import(workspace, make_thread("Guest Blog 98", []))
        await _look(pilot, reader)
        assert reader.sidebar.tally.startswith("2 of 5")


async def test_the_open_thread_stays_until_asked_for_and_then_keeps_its_row(
    workspace: Workspace,
) -> None:
    async with opened(workspace, open_id=ids(GUEST)[3]) as (pilot, reader):
        await press(pilot, "h", "z", "c")
        view = reader.pane.view
        assert view is not None
        here, row = reader.pane.current, view.table.y_of(view.cursor) - view.top
        folded = reader.pane.folded
        _import(workspace, _LATER)
        await _look(pilot, reader)
        assert reader.pane.view is view
        assert reader.status.message == "2 new comments came in   Ctrl+l shows them"
        assert _unread(reader, GUEST.post) == reader.reading.marks.unread + 2
        await press(pilot, "N")
        assert _unread(reader, GUEST.post) == reader.reading.marks.unread + 2

        await press(pilot, "ctrl+l")
        view = reader.pane.view
        assert view is not None
        assert here is not None
        assert reader.pane.current is not None
        assert reader.pane.current.id == here.id
        assert view.table.y_of(view.cursor) - view.top == row
        assert reader.pane.folded == folded
        assert len(view.thread.comments) == 7
        assert _unread(reader, GUEST.post) == reader.reading.marks.unread
        assert "of 7" in reader.status.place


async def test_what_came_in_is_counted_once_and_told_in_the_heading_when_it_is_shown(
    workspace: Workspace,
) -> None:
    _visit_before(workspace)
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        _import(workspace, _LATER)
        await _look(pilot, reader)
        line = reader.sidebar.line(GUEST.post.id)
        assert line is not None
        assert (line.unread, line.new) == (8, 2)
        with Record.open(workspace.paths.record) as other:
            other.mark_read(ids(GUEST)[:1])
        await _look(pilot, reader)
        assert (line.unread, line.new) == (7, 2)
        await press(pilot, "ctrl+l", "g", "g")
        assert (line.unread, line.new) == (7, 2)
        assert "+2 new since" in " ".join(screen_text(reader).split())
        await press(pilot, "G", "N")
        assert (line.unread, line.new) == (6, 1)


def _visit_before(workspace: Workspace) -> None:
    with Record.open(workspace.paths.record) as other:
        other.begin_visit()
    until = time.monotonic() + 0.005
    while time.monotonic() < until:
        pass


async def test_redrawing_what_has_not_changed_keeps_it_as_it_is(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        view = reader.pane.view
        await press(pilot, "ctrl+l")
        assert reader.pane.view is view


async def test_a_post_that_was_taken_out_stays_open_and_it_is_said(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        with Workspace.open(workspace.paths) as other:
            other.library.remove([GUEST.post.id])
        await _look(pilot, reader)
        assert reader.status.message == "This post was taken out of the library"
        assert reader.sidebar.line(GUEST.post.id) is None
        await press(pilot, "ctrl+l")
        assert reader.reading.post_id == GUEST.post.id


async def test_the_first_post_of_an_empty_library_is_opened(tmp_path: Path) -> None:
    with open_workspace(tmp_path, ()) as workspace:
        async with opened(workspace) as (pilot, reader):
            assert "There are no posts here yet" in screen_text(reader)
            _import(workspace, GUEST)
            await _look(pilot, reader)
            assert reader.reading.post_id == GUEST.post.id
            assert reader.focused is reader.pane


async def test_marks_and_notes_of_another_session_show(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        with Record.open(workspace.paths.record) as other:
            other.mark_read(ids(GUEST))
            other.bookmark(ids(GUEST)[1], "words", note="why")
            other.mark_read(ids(DIKTAT)[:2])
        await _look(pilot, reader)
        assert reader.reading.marks.unread == 0
        assert reader.reading.marks.noted == {ids(GUEST)[1]}
        assert _unread(reader, DIKTAT.post) == 1


async def test_turns_of_another_session_show_in_whichever_post(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        with Record.open(workspace.paths.record) as other:
            other.mark_read(ids(DIKTAT))
            other.mark_read(ids(GUEST)[:2])
            await _look(pilot, reader)
            assert (_unread(reader, DIKTAT.post), _unread(reader, GUEST.post)) == (0, 4)
            other.undo()
            other.undo()
            await _look(pilot, reader)
            assert (_unread(reader, DIKTAT.post), _unread(reader, GUEST.post)) == (3, 6)
            assert reader.reading.marks.unread == 6
            other.redo()
            other.mute(Rule.branch(ids(GUEST)[4]))
            await _look(pilot, reader)
            await pilot.app.workers.wait_for_complete()
            assert (_unread(reader, DIKTAT.post), _unread(reader, GUEST.post)) == (0, 5)


async def test_it_is_looked_for_by_itself(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        with Record.open(workspace.paths.record) as other:
            other.mark_read(ids(GUEST))
        _import(workspace, make_thread("Another day", []))
        while reader.reading.marks.unread or len(reader.sidebar.lines) < 4:
            await pilot.pause(0.05)


async def test_marks_that_were_refused_are_not_shown_and_are_kept_later(
    workspace: Workspace,
) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        workspace.record._connection.execute("PRAGMA query_only = ON")
        await press(pilot, "j")
        assert reader.status.text.startswith(" Not kept: the personal record cannot be written")
        assert reader.reading.marks.unread == 6
        reader.status.clear_message()
        await press(pilot, "j")
        await _look(pilot, reader)
        assert "ot kept" not in reader.status.message
        assert reader.reading.marks.unread == 6
        workspace.record._connection.execute("PRAGMA query_only = OFF")
        await _look(pilot, reader)
        assert reader.reading.marks.unread == 4
        assert workspace.record.read_in(GUEST.post.id) == set(ids(GUEST)[:2])


async def test_what_came_in_since_the_last_visit_is_new_until_it_is_read(
    workspace: Workspace,
) -> None:
    _visit_before(workspace)
    _import(workspace, _LATER)
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        rows = [row[:31].rstrip() for row in screen_text(reader).split("\n")]
        assert rows[0] == "Posts         1 new · 3 unread"
        assert rows[2] == "▌ Guest Blog 97             +2"
        assert rows[4] == "● A New Diktat               3"
        assert len(reader.reading.marks.new) == 2
        await press(pilot, "m", "t")
        rows = [row[:31].rstrip() for row in screen_text(reader).split("\n")]
        assert rows[0] == "Posts                 2 unread"
        assert rows[2] == "▌ Guest Blog 97              7"
        assert len(reader.reading.marks.new) == 2
        await press(pilot, "u", "F", *"is:new")
        assert reader.sidebar.tally.startswith("1 of 3")
