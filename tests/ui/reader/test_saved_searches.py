"""Saved searches on the screen: rows above the posts with counts, run, renamed, removed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from probation_reader import ingest
from probation_reader.library import SourceRecord
from probation_reader.ui.posts.model import SearchLine
from probation_reader.workspace import Workspace
from tests.ui.workspaces import (
    DIKTAT,
    GUEST,
    NOTE,
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
    from textual.strip import Strip

    from probation_reader.ui.reader.screen import ReaderScreen

SIZE = (100, 24)


def rows(reader: ReaderScreen, count: int) -> list[str]:
    """Return the first rows of the list of posts, below its head."""
    text = screen_text(reader).split("\n")[1 : count + 1]
    return [row.partition("│")[0].rstrip() for row in text]


async def look(pilot: Pilot[None], reader: ReaderScreen) -> None:
    """Look for what changed, as the reader does after a while."""
    reader.saving.counting._rested = 0.0
    reader.elsewhere.look()
    await settled(pilot)


def clock_moves_on() -> None:
    """Times are kept in milliseconds: what comes in now is later than what was done before."""
    until = time.monotonic() + 0.005
    while time.monotonic() < until:
        pass


def place(reader: ReaderScreen) -> str:
    return reader.place


def counts(reader: ReaderScreen) -> list[tuple[str, int, int, int]]:
    return [(one.name, one.found, one.unread, one.new) for one in reader.sidebar.searches]


async def test_words_are_saved_from_the_search_bar_under_a_name(workspace: Workspace) -> None:
    async with opened(workspace, SIZE) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "ctrl+y")
        assert place(reader) == "name"
        assert "save as: caseload" in screen_text(reader)
        await press(pilot, *"My topic", "enter")
        assert place(reader) == "search"
        assert "saved as “My topic”" in screen_text(reader)
        assert rows(reader, 2) == ["saved searches", "● My topic                         3"]
        await press(pilot, "ctrl+y", "escape")
        assert (place(reader), reader.search_bar.value) == ("search", "caseload")
    assert [(one.name, one.words) for one in workspace.record.saved_searches()] == [
        ("My topic", "caseload")
    ]


async def test_nothing_is_saved_without_words_or_without_a_name(workspace: Workspace) -> None:
    async with opened(workspace, SIZE) as (pilot, reader):
        await press(pilot, "slash", "ctrl+y")
        assert place(reader) == "search"
        assert "there are no words to save" in screen_text(reader)
        await press(pilot, *"licence", "ctrl+y", "ctrl+u", "enter")
        assert place(reader) == "name"
        assert "it needs a name" in screen_text(reader)
        await press(pilot, "escape", "escape")
        assert workspace.record.saved_searches() == []
        assert rows(reader, 1) == ["2025"]


async def test_a_saved_search_is_there_from_the_first_frame_and_runs(workspace: Workspace) -> None:
    workspace.record.save_search("Load", "caseload")
    async with opened(workspace, SIZE) as (pilot, reader):
        assert rows(reader, 3)[0] == "saved searches"
        await press(pilot, "escape", "g", "g", "enter")
        assert (place(reader), reader.search_bar.value) == ("search", "caseload")
        assert "1 of 3" in screen_text(reader)
        await press(pilot, "enter")
        assert place(reader) in {"thread", "found"}
        await press(pilot, "escape", "escape")
        assert place(reader) == "posts"
        assert reader.sidebar.search == SearchLine("Load", "caseload", 3, 3, 0)


@pytest.mark.parametrize("key", ["enter", "l", "space"])
async def test_the_keys_that_open_a_post_run_a_search(workspace: Workspace, key: str) -> None:
    workspace.record.save_search("Load", "caseload")
    async with opened(workspace, SIZE) as (pilot, reader):
        await press(pilot, "escape", "g", "g", key)
        assert (place(reader), reader.search_bar.value) == ("search", "caseload")


async def test_a_saved_search_shows_its_newest_hits_first_whatever_is_usual(
    workspace: Workspace,
) -> None:
    workspace.record.save_search("Load", "caseload")
    async with opened(workspace, SIZE, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "slash", *"caseload")
        assert "In this thread" in screen_text(reader)
        assert "newest first" not in screen_text(reader)
        await press(pilot, "escape", "escape", "g", "g", "enter")
        assert [hit.post_id for hit in reader.hits.hits] == [DIKTAT.post.id, *[GUEST.post.id] * 2]
        assert "newest first" in screen_text(reader)
        assert "In this thread" not in screen_text(reader)
        await press(pilot, "escape", "slash", *"caseload")
        assert "newest first" not in screen_text(reader)


async def test_a_search_runs_when_it_is_clicked(workspace: Workspace) -> None:
    workspace.record.save_search("Load", "caseload")
    async with opened(workspace, SIZE) as (pilot, reader):
        await pilot.click(reader.sidebar, offset=(4, 1))
        await settled(pilot)
        assert (place(reader), reader.search_bar.value) == ("search", "caseload")


async def test_counts_follow_reading_and_undo(workspace: Workspace) -> None:
    workspace.record.save_search("Load", "caseload")
    async with opened(workspace, SIZE, open_id=GUEST.post.id) as (pilot, reader):
        assert counts(reader) == [("Load", 3, 3, 0)]
        workspace.record.mark_read([ids(GUEST)[1]])
        await look(pilot, reader)
        assert counts(reader) == [("Load", 3, 2, 0)]
        await press(pilot, "u")
        await look(pilot, reader)
        assert counts(reader) == [("Load", 3, 3, 0)]
        await press(pilot, "m", "t")
        await look(pilot, reader)
        assert counts(reader) == [("Load", 3, 1, 0)]
        workspace.record.mark_read(ids(DIKTAT))
        await look(pilot, reader)
        assert counts(reader) == [("Load", 3, 0, 0)]
        assert rows(reader, 2)[1] == "  Load                             3"


async def test_what_comes_in_counts_as_new(tmp_path: Path) -> None:
    with open_workspace(tmp_path, [GUEST, NOTE]) as workspace:
        workspace.record.begin_visit()
        workspace.record.end_visit()
        workspace.record.save_search("Load", "caseload")
        clock_moves_on()
        source = SourceRecord("late.txt", "d" * 64, "numbered", 1)
        workspace.library.store(source, [DIKTAT])
        async with opened(workspace, SIZE) as (pilot, reader):
            assert counts(reader) == [("Load", 3, 3, 1)]
            assert "1 new, 3 unread" in rows(reader, 2)[1]
            await press(pilot, "equals_sign")
            assert rows(reader, 2)[1] == "● Load                            +1"
            with Workspace.open(workspace.paths) as other:
                late = make_thread("Late", [(0, "A caseload."), (1, "No caseload.")])
                other.library.store(SourceRecord("l.txt", "e" * 64, "numbered", 1), [late])
                ingest.update_index(other)
            await look(pilot, reader)
            assert counts(reader) == [("Load", 5, 5, 3)]


async def test_a_count_that_took_long_is_not_begun_again_at_once(workspace: Workspace) -> None:
    workspace.record.save_search("Load", "caseload")
    async with opened(workspace, SIZE) as (pilot, reader):
        reader.saving.counting._rested = float("inf")
        workspace.record.mark_read([ids(DIKTAT)[2]])
        reader.elsewhere.look()
        await settled(pilot)
        assert counts(reader) == [("Load", 3, 3, 0)]
        await look(pilot, reader)
        assert counts(reader) == [("Load", 3, 2, 0)]


async def test_nothing_is_painted_while_nothing_changes(workspace: Workspace) -> None:
    workspace.record.save_search("Load", "caseload")
    workspace.record.save_search("Unread", "is:unread")
    async with opened(workspace, SIZE) as (pilot, reader):
        painted: list[int] = []
        paint = reader.sidebar.render_line

        def seen(y: int) -> Strip:
            painted.append(y)
            return paint(y)

        reader.sidebar.render_line = seen  # type: ignore[method-assign]
        for _ in range(3):
            await look(pilot, reader)
        assert painted == []
        workspace.record.bookmark(ids(GUEST)[1], "words")
        await look(pilot, reader)
        assert painted == []
        workspace.record.mark_read([ids(DIKTAT)[1]])
        await look(pilot, reader)
        assert set(painted) == {2}


async def test_a_search_gets_another_name_and_goes_and_comes_back(workspace: Workspace) -> None:
    workspace.record.save_search("Load", "caseload")
    workspace.record.save_search("Rules", "licence")
    async with opened(workspace, SIZE) as (pilot, reader):
        await press(pilot, "escape", "g", "g", "e", "ctrl+u", *"Work", "enter")
        assert place(reader) == "posts"
        assert counts(reader) == [("Rules", 1, 1, 0), ("Work", 3, 3, 0)]
        assert "Saved as “Work”" in reader.status.text
        await press(pilot, "u")
        assert "undone: search “Load” renamed “Work”" in reader.status.text
        assert [name for name, *_ in counts(reader)] == ["Load", "Rules"]
        await press(pilot, "g", "g", "D")
        assert "“Load” removed   u undoes" in reader.status.text
        assert [name for name, *_ in counts(reader)] == ["Rules"]
        await press(pilot, "u")
        assert "undone: search “Load” removed" in reader.status.text
        assert counts(reader) == [("Load", 3, 3, 0), ("Rules", 1, 1, 0)]
        await press(pilot, "ctrl+r")
        assert [name for name, *_ in counts(reader)] == ["Rules"]


async def test_where_no_search_is_the_keys_for_one_say_so(workspace: Workspace) -> None:
    async with opened(workspace, SIZE) as (pilot, reader):
        await press(pilot, "escape")
        for key in ("e", "D"):
            await press(pilot, key)
            assert "This is no saved search" in reader.status.text
        workspace.record.save_search("Load", "caseload")
        reader.saving.load()
        await press(pilot, "g", "g", "m", "t")
        assert "No post stands here" in reader.status.text


async def test_another_search_of_that_name_is_said_to_be_replaced(workspace: Workspace) -> None:
    workspace.record.save_search("Load", "caseload")
    async with opened(workspace, SIZE) as (pilot, reader):
        await press(pilot, "slash", *"licence", "ctrl+y", "ctrl+u", *"Load")
        assert "replaces “caseload”" in screen_text(reader)
        await press(pilot, "enter")
        assert counts(reader) == [("Load", 1, 1, 0)]


async def test_changed_words_of_a_saved_search_are_offered_its_name(workspace: Workspace) -> None:
    workspace.record.save_search("Load", "caseload")
    async with opened(workspace, SIZE) as (pilot, reader):
        await press(pilot, "escape", "g", "g", "enter", *" grew", "ctrl+y")
        assert reader.name_bar.value == "Load"
        await press(pilot, "enter")
        assert [one.words for one in workspace.record.saved_searches()] == ["caseload grew"]
        await press(pilot, *"n", "ctrl+y")
        assert reader.name_bar.value == "Load"
        await press(pilot, "escape")
        await press(pilot, "escape", "escape", "slash", *"licence", "ctrl+y")
        assert reader.name_bar.value == "licence"


async def test_the_cursor_stays_on_its_row_when_searches_come_and_go(workspace: Workspace) -> None:
    async with opened(workspace, SIZE) as (pilot, reader):
        await press(pilot, "escape", "G")
        assert reader.sidebar.current == NOTE.post.id
        with Workspace.open(workspace.paths) as other:
            other.record.save_search("Load", "caseload")
            other.record.save_search("Rules", "licence")
        await look(pilot, reader)
        assert [name for name, *_ in counts(reader)] == ["Load", "Rules"]
        assert reader.sidebar.current == NOTE.post.id
        await press(pilot, "g", "g", "j")
        assert reader.sidebar.row_id == "search:Rules"
        with Workspace.open(workspace.paths) as other:
            other.record.drop_search("Load")
        await look(pilot, reader)
        assert reader.sidebar.row_id == "search:Rules"


async def test_a_filter_of_the_posts_leaves_the_searches_out(workspace: Workspace) -> None:
    workspace.record.save_search("Load", "caseload")
    async with opened(workspace, SIZE) as (pilot, reader):
        await press(pilot, "F", *"guest", "enter")
        assert rows(reader, 1) == ["2024"]
        await press(pilot, "escape")
        assert rows(reader, 1) == ["saved searches"]


async def test_forty_columns_show_the_searches_and_their_hits(workspace: Workspace) -> None:
    workspace.record.save_search("Load", "caseload")
    async with opened(workspace, (40, 20)) as (pilot, reader):
        await press(pilot, "equals_sign", "g", "g")
        assert "Load" in screen_text(reader)
        await press(pilot, "enter")
        assert "1 of 3" in screen_text(reader)
        await press(pilot, "escape")
        assert place(reader) == "posts"


async def test_what_steers_a_terminal_is_a_sign_in_names(workspace: Workspace) -> None:
    workspace.record.save_search("\x1b[31m[bold]\ud800", "caseload")
    async with opened(workspace, SIZE) as (pilot, reader):
        assert "␛[31m[bold]‹D800›" in rows(reader, 2)[1]
        await press(pilot, "escape", "g", "g", "e")
        assert "save as: ␛[31m[bold]" in screen_text(reader)
        await press(pilot, "escape", "D")
        assert "[bold]" in reader.status.text
        await press(pilot, "u")
        assert "[bold]" in reader.status.text


async def test_words_that_are_no_query_count_nothing_and_harm_nothing(workspace: Workspace) -> None:
    for words in ('"', "is:nothing", "(((", "NOT"):
        workspace.record.save_search(words, words)
    async with opened(workspace, SIZE) as (pilot, reader):
        assert {found for _, found, _, _ in counts(reader)} == {0}
        await press(pilot, "escape", "g", "g", "enter")
        assert place(reader) == "search"
