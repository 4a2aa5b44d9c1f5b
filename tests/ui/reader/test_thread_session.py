"""Reading with the keyboard: opening, marking, keeping, crossing, coming back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from probation_reader import paths
from probation_reader.errors import LibraryError
from probation_reader.ui.widgets.status_line import SEEN_SECONDS
from probation_reader.workspace import Workspace
from tests.ui.workspaces import DIKTAT, GUEST, NOTE, ids, open_workspace, opened, press, screen_text

if TYPE_CHECKING:
    from pathlib import Path

SIZES = [(80, 24), (40, 20), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
async def test_it_opens_on_the_first_post_with_something_unread(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    workspace.record.mark_read(ids(DIKTAT))
    async with opened(workspace, size) as (_, reader):
        assert reader.reading.post_id == GUEST.post.id
        assert reader.place == "thread"
        assert "Guest Blog 97" in screen_text(reader)
        assert reader.status.text.startswith(" post · 6 unread")


async def test_it_opens_on_the_post_or_passage_that_was_asked_for(workspace: Workspace) -> None:
    wanted = ids(GUEST)[2]
    async with opened(workspace, open_id=wanted) as (_, reader):
        assert reader.pane.current is not None
        assert reader.pane.current.id == wanted
        assert reader.status.text.startswith(" 1.1 of 5")


async def test_an_id_that_is_not_there_is_said_and_something_else_is_opened(
    workspace: Workspace,
) -> None:
    async with opened(workspace, open_id="ffffffffffff") as (_, reader):
        assert "ffffffffffff" in reader.status.message
        assert reader.reading.post_id == DIKTAT.post.id


async def test_going_on_marks_read_in_the_record_and_everywhere_on_the_screen(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "j", "j")
        assert workspace.record.read_in(DIKTAT.post.id) == set(ids(DIKTAT)[:2])
        line = reader.sidebar.line(DIKTAT.post.id)
        assert line is not None
        assert line.unread == 1
        assert reader.status.text.startswith(" 2 of 2 · 1 unread")


async def test_resting_on_the_end_of_a_passage_marks_it_read(workspace: Workspace) -> None:
    async with opened(workspace, dwell=0.2) as (pilot, reader):
        while reader.reading.marks.unread == 3:
            await pilot.pause()
        assert workspace.record.read_in(DIKTAT.post.id) == {ids(DIKTAT)[0]}
        assert reader.reading.marks.unread == 2


@pytest.mark.parametrize("key", [["N"], ["m", "r"]])
async def test_a_mark_can_be_made_and_taken_back(workspace: Workspace, key: list[str]) -> None:
    first = ids(DIKTAT)[0]
    async with opened(workspace) as (pilot, reader):
        await press(pilot, *key)
        assert first in workspace.record.read_in(DIKTAT.post.id)
        assert "marked read" in reader.status.message
        await press(pilot, *key)
        assert first not in workspace.record.read_in(DIKTAT.post.id)
        assert "marked unread" in reader.status.message


async def test_a_passage_is_kept_with_its_words_and_let_go(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "b")
        (kept,) = workspace.record.bookmarks()
        assert (kept.id, kept.quote) == (ids(DIKTAT)[0], "Another post altogether.")
        assert "kept" in reader.status.message
        await press(pilot, "b")
        assert workspace.record.bookmarks() == []


async def test_a_long_passage_is_kept_with_its_first_words(workspace: Workspace) -> None:
    long = GUEST.passages[-1]
    async with opened(workspace, open_id=long.id) as (pilot, _):
        await press(pilot, "b")
    (kept,) = workspace.record.bookmarks()
    assert len(kept.quote) <= 501
    assert kept.quote.endswith("…")
    assert long.text.startswith(kept.quote[:-1])


async def test_the_list_of_bookmarks_narrows_and_goes_there(workspace: Workspace) -> None:
    workspace.record.bookmark(ids(GUEST)[3], "They came, and the caseload grew.")
    workspace.record.bookmark(ids(DIKTAT)[1], "Nobody asked the staff.")
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "B", "c", "a", "m", "e", "enter")
        assert reader.is_current
        assert reader.pane.current is not None
        assert reader.pane.current.id == ids(GUEST)[3]
        await press(pilot, "B", "escape")
        assert reader.pane.current.id == ids(GUEST)[3]


async def test_a_bookmark_shows_quote_post_note_and_tags_and_is_found_by_each(
    workspace: Workspace,
) -> None:
    workspace.record.bookmark(ids(GUEST)[3], "They came.", note="for the letter", tags=("union",))
    workspace.record.bookmark(ids(DIKTAT)[1], "Nobody asked the staff.")
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "B")
        shown = screen_text(pilot.app.screen).split("\n")
        assert "Nobody asked" in shown[1]
        assert "A New Diktat" in shown[1]
        assert "They came." in shown[2]
        assert "Guest Blog 97" in shown[2]
        assert "✎ for the letter  #union" in shown[3]
        await press(pilot, *"letter un")
        assert "Nobody" not in screen_text(pilot.app.screen)
        await press(pilot, "enter")
        assert reader.pane.current is not None
        assert reader.pane.current.id == ids(GUEST)[3]


async def test_on_a_wide_screen_what_belongs_together_stays_together(workspace: Workspace) -> None:
    workspace.record.bookmark(ids(DIKTAT)[1], "Nobody asked the staff.")
    async with opened(workspace, (200, 60)) as (pilot, reader):
        await press(pilot, "slash", *"caseload")
        assert 100 < len(screen_text(reader).split("\n")[-1].rstrip()) <= 130
        await press(pilot, "escape", "B")
        assert len(screen_text(pilot.app.screen).split("\n")[1].rstrip()) <= 120


async def test_bookmarks_are_walked_one_by_one_over_their_notes(workspace: Workspace) -> None:
    for passage in ids(GUEST)[1:4]:
        workspace.record.bookmark(passage, f"quote {passage}", note=f"note {passage}")
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "B", "down", "down", "up", "enter")
        assert reader.pane.current is not None
        assert reader.pane.current.id == ids(GUEST)[2]


async def test_a_bookmark_whose_post_is_gone_says_so(workspace: Workspace) -> None:
    workspace.record.bookmark("aaaaaaaaaaaa.bbbbbbbbbb", "Words of a post that was removed.")
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "B", "enter")
        assert reader.reading.post_id == DIKTAT.post.id
        shown = screen_text(pilot.app.screen)
        assert "not in the library" in shown
        assert "This passage is gone; its words are kept here" in shown


@pytest.mark.parametrize(("key", "name"), [("space", "Space"), ("tab", "Tab")])
async def test_crossing_to_the_next_post_is_announced_first(
    workspace: Workspace, key: str, name: str
) -> None:
    workspace.record.mark_read(ids(DIKTAT))
    async with opened(workspace, open_id=DIKTAT.post.id) as (pilot, reader):
        await press(pilot, "G", key)
        assert reader.reading.post_id == DIKTAT.post.id
        assert reader.status.message == f"{name} again: on to ‹Guest Blog 97›, 6 unread"
        await press(pilot, key)
        assert reader.reading.post_id == GUEST.post.id
        assert reader.status.message == ""


async def test_crossing_lands_on_what_is_unread_not_where_the_post_was_left(
    workspace: Workspace,
) -> None:
    workspace.record.mark_read([*ids(DIKTAT), *ids(GUEST)[:2]])
    workspace.record.set_position(GUEST.post.id, ids(GUEST)[0], 0)
    async with opened(workspace, open_id=DIKTAT.post.id) as (pilot, reader):
        await press(pilot, "tab", "tab")
        assert reader.pane.current is not None
        assert reader.pane.current.id == ids(GUEST)[2]


async def test_crossing_back_lands_on_the_last_that_is_unread(workspace: Workspace) -> None:
    workspace.record.mark_read([*ids(GUEST)[4:], *ids(DIKTAT)])
    async with opened(workspace, open_id=NOTE.post.id) as (pilot, reader):
        await press(pilot, "shift+tab")
        assert reader.status.message.startswith("Shift+Tab again: on to ‹Guest Blog 97›")
        await press(pilot, "shift+tab")
        assert reader.pane.current is not None
        assert reader.pane.current.id == ids(GUEST)[3]


async def test_another_key_takes_the_announcement_back(workspace: Workspace) -> None:
    workspace.record.mark_read(ids(DIKTAT))
    async with opened(workspace, open_id=DIKTAT.post.id) as (pilot, reader):
        await press(pilot, "G", "space", "k")
        assert reader.status.message == ""
        await press(pilot, "G", "space")
        assert reader.reading.post_id == DIKTAT.post.id
        assert "again" in reader.status.message


async def test_when_all_is_read_it_says_so(workspace: Workspace) -> None:
    for thread in (DIKTAT, GUEST, NOTE):
        workspace.record.mark_read(ids(thread))
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "tab")
        assert "Nothing else is unread" in reader.status.message


async def test_a_thread_reopens_where_it_was_left_in_another_run(tmp_path: Path) -> None:
    with open_workspace(tmp_path) as workspace:
        async with opened(workspace, open_id=GUEST.post.id) as (pilot, _):
            await press(pilot, "j", "j", "j", "q", "q")
    with Workspace.open(paths.resolve(tmp_path)) as workspace:
        async with opened(workspace) as (_, reader):
            assert reader.reading.post_id == GUEST.post.id
            assert reader.pane.current is not None
            assert reader.pane.current.id == ids(GUEST)[3]


@pytest.mark.parametrize("way", ["Q", "ctrl+c"])
async def test_quitting_writes_down_where_one_was(workspace: Workspace, way: str) -> None:
    async with opened(workspace) as (pilot, _):
        await press(pilot, "j", way)
    left = workspace.record.position(DIKTAT.post.id)
    assert left is not None
    assert left.passage == ids(DIKTAT)[1]


async def test_marks_of_another_session_are_shown(tmp_path: Path) -> None:
    with open_workspace(tmp_path) as mine, Workspace.open(paths.resolve(tmp_path)) as other:
        async with opened(mine) as (_, reader):
            other.record.mark_read(ids(DIKTAT))
            reader.elsewhere.look()
            line = reader.sidebar.line(DIKTAT.post.id)
            assert line is not None
            assert line.unread == 0
            assert reader.reading.marks.unread == 0


async def test_a_record_that_cannot_be_written_is_said_and_nothing_is_shown_as_read(
    workspace: Workspace,
) -> None:
    workspace.record.keeps = False
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "j")
        assert "not being kept" in reader.status.message
        assert reader.reading.marks.unread == 3
        assert reader.pane.view is not None
        assert sum(reader.pane.view.unread) == 3


async def test_a_library_that_fails_is_said_and_the_screen_goes_on(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(workspace) as (pilot, reader):

        def fail(*_: object) -> None:
            message = "the library is damaged"
            raise LibraryError(message)

        monkeypatch.setattr(workspace.library, "thread", fail)
        monkeypatch.setattr(workspace.library, "sample_ids", fail)
        await press(pilot, "B")
        assert reader.is_current
        assert reader.status.message == "The library is damaged"
        await press(pilot, "q", "G", "enter")
        assert reader.reading.post_id == DIKTAT.post.id
        monkeypatch.undo()
        await press(pilot, "enter")
        assert reader.reading.post_id == NOTE.post.id


async def test_chords_are_shown_while_unfinished_and_refused_quietly(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "z")
        assert reader.status.text.endswith("z…")
        await press(pilot, "escape")
        assert not reader.status.text.endswith("z…")
        assert reader.place == "thread"
        await press(pilot, "z", "q")
        assert "zq does nothing here" in reader.status.message
        await press(pilot, "z", "M")
        assert reader.pane.folded == set(ids(DIKTAT))


@pytest.mark.parametrize("first", [(), ("q",)], ids=["thread", "posts"])
async def test_a_key_that_means_nothing_is_said_to(
    workspace: Workspace, first: tuple[str, ...]
) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, *first, "n")
        assert reader.status.message.startswith("n does nothing here")


async def test_a_message_that_has_been_read_gives_way_to_the_next_key(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "b")
        assert "kept" in reader.status.text
        reader.status._said -= SEEN_SECONDS
        await press(pilot, "j")
        assert reader.status.text.startswith(" 1 of 2")


async def test_what_explains_a_key_goes_with_the_next(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "j", "P")
        assert reader.status.text == " 1 answers the post itself"
        await press(pilot, "j")
        assert reader.status.text.startswith(" 1.1 of 5")


async def test_find_steps_through_matches_and_escape_returns(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        before = reader.pane.current
        await press(pilot, "f", *"caseload")
        assert screen_text(reader).rstrip().endswith("1 of 2")
        assert reader.pane.find_state == (1, 2)
        await press(pilot, "enter", "n")
        assert reader.status.text.startswith(" 2 of 2 · ")
        await press(pilot, "N")
        assert reader.pane.find_state == (1, 2)
        await press(pilot, "escape")
        assert reader.place == "thread"
        assert reader.pane.current == before


async def test_find_without_a_match_says_so_and_leaves_no_trace(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "ctrl+f", *"zebra")
        assert "no match" in screen_text(reader)
        await press(pilot, "enter")
        assert reader.status.text == " Not in this thread   / searches every thread"
        assert reader.place == "thread"


@pytest.mark.parametrize(
    ("first", "said"),
    [((), "★  ✎ kept; kept with a note"), (("q",), "+7 so many came in since your last visit")],
    ids=["thread", "posts"],
)
async def test_help_ends_with_the_signs_of_the_place(
    workspace: Workspace, first: tuple[str, ...], said: str
) -> None:
    async with opened(workspace) as (pilot, _):
        await press(pilot, *first, "question_mark", "G")
        shown = screen_text(pilot.app.screen).split("\n")
        assert any(line.split() == said.split() for line in shown)


async def test_crossing_tells_what_is_left_behind(workspace: Workspace) -> None:
    async with opened(workspace, open_id=DIKTAT.post.id) as (pilot, reader):
        await press(pilot, "G", "space")
        assert reader.status.message == (
            "Space again: on to ‹Guest Blog 97›, 6 unread   Shift+Tab 2 left above"
        )


@pytest.mark.parametrize("key", ["question_mark", "f1"])
@pytest.mark.parametrize("size", SIZES)
async def test_help_shows_the_keys_of_the_place_and_closes(
    workspace: Workspace, key: str, size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as (pilot, reader):
        await press(pilot, key)
        text = screen_text(pilot.app.screen)
        assert "Reading a thread" in text
        words = " ".join(text.split())
        assert "Space read on: the rest, then the next unread" in words
        await press(pilot, "G", "g", "g", "pagedown", "q")
        assert reader.is_current
        assert reader.place == "thread"


async def test_the_palette_does_what_is_named(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "colon", *"keep this", "enter")
        assert reader.is_current
        assert [kept.id for kept in workspace.record.bookmarks()] == [ids(DIKTAT)[0]]


async def test_the_palette_finds_an_action_by_its_name(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, _):
        await press(pilot, "colon", *"help")
        assert "the keys of this place" in screen_text(pilot.app.screen)


async def test_nothing_moves_or_blinks_by_itself(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        assert pilot.app.animation_level == "none"
        await press(pilot, "slash")
        assert reader.search_bar.line.cursor_blink is False
