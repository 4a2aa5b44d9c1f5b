"""Marks made while another program holds the record: the screen lives, and says what is pending."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from probation_reader.record import Record
from probation_reader.ui.reader import pending_marks
from tests.ui.workspaces import GUEST, ids, opened, press, screen_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.workspace import Workspace

#: Holds the record for writing until its standard input ends.
_HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
connection.execute("ROLLBACK")
"""
#: No key may take longer, in seconds.
_PROMPT = 0.2


@contextmanager
def _held(workspace: Workspace) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", _HOLD, str(workspace.paths.record)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield holder
        finally:
            if holder.poll() is None:
                holder.communicate("")


def _release(holder: subprocess.Popen[str]) -> None:
    assert holder.stdin is not None
    holder.stdin.close()
    holder.wait()


async def _quickly(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        begun = time.monotonic()
        await press(pilot, key)
        assert time.monotonic() - begun < _PROMPT, key


async def _until_settled(pilot: Pilot[None], workspace: Workspace) -> None:
    until = time.monotonic() + 5
    while workspace.record.waits_for:
        assert time.monotonic() < until
        await pilot.pause(0.02)
    await pilot.pause()


def _elsewhere(workspace: Workspace) -> tuple[frozenset[str], frozenset[str]]:
    with Record.open(workspace.paths.record) as other:
        return other.read_in(GUEST.post.id), other.bookmarked_in(GUEST.post.id)


@pytest.mark.slow
async def test_keys_go_on_while_the_record_is_held(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "j")
        before = _elsewhere(workspace)
        with _held(workspace) as holder:
            await _quickly(pilot, "b")
            assert reader.status.message.startswith("Pending: ")
            assert reader.status.text.endswith("pending")
            assert "pending ★" in screen_text(reader)
            await _quickly(pilot, "j", "m", "space", "j", "m", "u", "k", "b")
            assert reader.status.message.startswith("Pending: ")
            shown = (frozenset(reader.reading.marks.read), frozenset(reader.reading.marks.kept))
            assert _elsewhere(workspace) == before
            reader.status.clear_message()
            await _until_said(pilot, reader, "waiting for another program that holds the record")
            await _quickly(pilot, "j")
            _release(holder)
            await _until_settled(pilot, workspace)
        assert reader.status.message.endswith("saved")
        assert not reader.status.text.endswith("pending")
        assert "pending" not in screen_text(reader).rpartition("\n")[0]
        read, kept = _elsewhere(workspace)
        assert kept == shown[1]
        assert read >= shown[0]
        assert read == reader.reading.marks.read
        assert kept == reader.reading.marks.kept
        await press(pilot, "u")
        assert "Pending" not in reader.status.message
        assert _elsewhere(workspace) != (read, kept)


async def _until_said(pilot: Pilot[None], reader: ReaderScreen, words: str) -> None:
    until = time.monotonic() + 4
    while words not in reader.status.message:
        assert time.monotonic() < until, reader.status.message
        await pilot.pause(0.05)


@pytest.mark.slow
async def test_what_another_session_did_meanwhile_stays_and_shows(workspace: Workspace) -> None:
    one, two, three = ids(GUEST)[1:4]
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        with _held(workspace) as holder:
            workspace.record.bookmark(one, "words")
            workspace.record.bookmark(two, "words")
            workspace.record.undo()
            assert workspace.record.pending == 3
            _release(holder)
            with Record.open(workspace.paths.record) as other:
                other.bookmark(three, "theirs")
                other.mark_read([one])
            reader.pending.look()
            await _until_settled(pilot, workspace)
        assert _elsewhere(workspace) == (frozenset([one]), frozenset([one, three]))
        assert reader.reading.marks.kept == {one, three}
        assert one in reader.reading.marks.read


@pytest.mark.slow
async def test_a_start_does_not_wait_and_what_it_did_is_one_visit(workspace: Workspace) -> None:
    with _held(workspace) as holder:
        begun = time.monotonic()
        async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
            assert time.monotonic() - begun < 1.5
            await _quickly(pilot, "j", "b")
            _release(holder)
            await _until_settled(pilot, workspace)
            assert len(reader.reading.marks.kept) == 1
    workspace.record.end_visit()
    (done,) = [deed for deed in workspace.record.deeds(20) if deed.events[0].action == "bookmark"]
    begun_at = [
        event.number
        for deed in workspace.record.deeds(20)
        for event in deed.events
        if event.action == "visit-begin"
    ]
    assert [done.events[0].visit] == begun_at
    assert workspace.record.problems() == []


@pytest.mark.slow
async def test_leaving_waits_a_little_then_it_is_said_what_is_lost(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending_marks, "_LEAVE_SECONDS", 0.5)
    with _held(workspace):
        async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
            await press(pilot, "j", "b")
            pilot.app.exit()
            await _until_said(pilot, reader, "Leaving when")
            until = time.monotonic() + 3
            while pilot.app.is_running:
                assert time.monotonic() < until
                await pilot.pause(0.05)
        assert "1 passage kept" in workspace.record.unsaved()
        assert "another program held the record" in workspace.record.unsaved()
    assert _elsewhere(workspace)[1] == frozenset()


@pytest.mark.slow
async def test_a_record_that_cannot_be_made_again_leaves_marks_pending(
    workspace: Workspace,
) -> None:
    folder = workspace.paths.record.parent
    aside = folder.with_name("aside")
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "j", "b")
        for end in ("", "-wal", "-shm"):
            (folder / f"personal.sqlite3{end}").unlink()
        (folder / "personal.sqlite3").mkdir()
        await press(pilot, "j", "b")
        assert "Marks are not being kept" in reader.status.message
        assert reader.status.text.endswith("pending")
        (folder / "personal.sqlite3").rename(aside)
        await _until_settled(pilot, workspace)
        assert len(_elsewhere(workspace)[1]) == 2


@pytest.mark.slow
async def test_what_a_list_did_is_pending_too(workspace: Workspace) -> None:
    workspace.record.bookmark(ids(GUEST)[4], "words")
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "j")
        with _held(workspace) as holder:
            await press(pilot, "M", "enter", "enter")
            assert reader.status.message.startswith("Pending: Muted for good")
            await press(pilot, "B", "ctrl+x")
            assert "Pending: waiting for another program" in screen_text(pilot.app.screen)
            await press(pilot, "escape")
            assert workspace.record.pending == 2
            _release(holder)
            await _until_settled(pilot, workspace)
        assert ids(GUEST)[1] in reader.reading.marks.muted
        with Record.open(workspace.paths.record) as other:
            assert len(other.mutes()) == 1
            assert other.bookmarks() == []
