"""What is promised about reading, a test for each sentence, on the whole screen.

What each key does among the passages of one thread stands in a table; below it
the rules that people complain about where they do not hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from probation_reader.errors import LibraryError
from probation_reader.options import Options
from probation_reader.ui.app import ReaderApp
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

    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.workspace import Workspace

#: post, 1, 1.1, 1.1.1, 1.2, 2, 2.1, 3 with a text longer than a pane.
TREE = make_thread(
    "A tree",
    [
        (0, "The first branch."),
        (1, "A reply to it."),
        (2, "A reply to that."),
        (1, "Another reply to it."),
        (0, "The second branch."),
        (1, "One reply."),
        (0, "\n".join(f"Row {row} of the last." for row in range(60))),
    ],
)
FOLDS = (["h"], ["enter"], ["z", "M"], ["z", "R"], ["z", "1"], ["z", "2"], ["z", "r"])


def at(reader: ReaderScreen) -> str:
    assert reader.pane.current is not None
    return reader.pane.current.number


def row_of_cursor(reader: ReaderScreen) -> int:
    view = reader.pane.view
    assert view is not None
    return view.table.y_of(view.cursor) - view.top


def passage(number: str) -> str:
    return next(passage.id for passage in TREE.passages if passage.number == number)


@pytest.mark.parametrize(
    ("start", "keys", "end"),
    [
        ("1", "j", "1.1"),
        ("1.1", "k", "1"),
        ("1", "space", "1.1"),
        ("1", "tab", "1.1"),
        ("1.1", "shift+tab", "1"),
        ("1.1", "J", "1.2"),
        ("1.2", "K", "1.1"),
        ("2", "K", "1"),
        ("1.1.1", "P", "1.1"),
        ("1.1.1", "left_square_bracket", "1.1"),
        ("1.1.1", "left_curly_bracket", "1"),
        ("1.1.1", "right_curly_bracket", "2"),
        ("1.2", "g g", "§1"),
        ("1.2", "home", "§1"),
        ("1", "G", "3"),
        ("1", "end", "3"),
        ("1.1.1", "X", "2"),
        ("1.1.1", "h", "1.1"),
        ("1", "l", "1.1"),
        ("1.1.1", "z c", "1.1"),
        ("1.1.1", "z M", "1"),
        ("1.1.1", "z 1", "1.1"),
        ("1.1.1", "z 2", "1.1.1"),
        ("1.1.1", "P ' '", "1.1.1"),
        ("1.1.1", "P P ctrl+o ctrl+o", "1.1.1"),
        ("1.1", "space space backspace backspace", "1.1"),
        ("1.1", "f s e c o n d enter", "2"),
        ("1.1", "f r e p l y enter n", "1.1.1"),
        ("1.1", "f r e p l y enter n N", "1.1"),
        ("1.1", "f s e c o n d escape", "1.1"),
        ("1.1", "f s e c o n d enter escape", "1.1"),
        ("1.1.1", "i k enter", "1"),
        ("1.1.1", "i k escape", "1.1.1"),
    ],
)
async def test_where_the_keys_lead(tmp_path: Path, start: str, keys: str, end: str) -> None:
    with open_workspace(tmp_path, [TREE]) as workspace:
        async with opened(workspace, open_id=passage(start)) as (pilot, reader):
            await press(pilot, *keys.split())
            assert at(reader) == end


@pytest.mark.parametrize("fold", FOLDS, ids="".join)
@pytest.mark.parametrize("start", ["1", "1.2", "2"])
async def test_folding_or_unfolding_never_moves_the_line_under_the_cursor(
    tmp_path: Path, fold: list[str], start: str
) -> None:
    with open_workspace(tmp_path, [TREE]) as workspace:
        workspace.record.mark_read([passage("2"), passage("2.1")])
        async with opened(workspace, open_id=passage(start)) as (pilot, reader):
            await press(pilot, "ctrl+e", "ctrl+e")
            before = row_of_cursor(reader)
            if fold == ["h"] and start == "1.2":
                fold = ["z", "a"]
            await press(pilot, *fold)
            assert row_of_cursor(reader) == before


async def test_nothing_vanishes_under_the_cursor_of_a_list_of_unread_posts(
    workspace: Workspace,
) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "F", *"is:unread", "enter", "m", "t")
        reader.home.fill()
        assert reader.sidebar.tally == "3 of 3 posts"
        assert reader.sidebar.current == GUEST.post.id
        await press(pilot, "j", "F", "enter")
        assert reader.sidebar.tally == "2 of 3 posts"
        assert reader.sidebar.current == NOTE.post.id


async def test_a_thread_that_fits_the_screen_is_not_read_by_being_seen(
    workspace: Workspace,
) -> None:
    async with opened(workspace, dwell=0.05) as (pilot, reader):
        assert all(words in screen_text(reader) for words in ("Nobody asked", "Nobody ever"))
        while reader.reading.marks.unread == 3:
            await pilot.pause()
        await pilot.pause(0.2)
        assert workspace.record.read_in(DIKTAT.post.id) == {ids(DIKTAT)[0]}


async def test_going_past_an_end_that_was_on_screen_reads_it_and_jumping_over_does_not(
    tmp_path: Path,
) -> None:
    with open_workspace(tmp_path, [TREE]) as workspace:
        async with opened(workspace, (80, 50)) as (pilot, _):
            await press(pilot, "j", "space", "G")
            read = workspace.record.read_in(TREE.post.id)
            assert read == {passage("§1"), passage("1")}


@pytest.mark.parametrize(("seconds", "read"), [(0.0, 1), (3600.0, 0)])
async def test_how_long_it_takes_is_the_readers_choice(
    workspace: Workspace, seconds: float, read: int
) -> None:
    app = ReaderApp(workspace, options=Options(read_after=seconds))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert len(workspace.record.read_in(DIKTAT.post.id)) == read


@pytest.mark.parametrize("before", [False, True], ids=["read now", "read before"])
async def test_a_mark_that_was_taken_back_stays_so(workspace: Workspace, *, before: bool) -> None:
    first = ids(DIKTAT)[0]
    if before:
        workspace.record.mark_read([first])
        workspace.record.set_position(DIKTAT.post.id, first, 0)
    async with opened(workspace, dwell=0.02) as (pilot, reader):
        while first not in reader.reading.marks.read:
            await pilot.pause()
        await press(pilot, "N")
        await pilot.pause(0.2)
        await press(pilot, "j", "k", "j")
        await pilot.pause(0.2)
        assert first not in workspace.record.read_in(DIKTAT.post.id)


async def test_a_mark_that_was_undone_stays_so(workspace: Workspace) -> None:
    async with opened(workspace, dwell=0.02) as (pilot, reader):
        while not reader.reading.marks.read:
            await pilot.pause()
        await press(pilot, "u")
        await pilot.pause(0.2)
        assert workspace.record.read_in(DIKTAT.post.id) == set()


async def test_a_thread_opens_on_the_first_unread_passage(workspace: Workspace) -> None:
    workspace.record.mark_read(ids(GUEST)[:3])
    async with opened(workspace, open_id=GUEST.post.id) as (_, reader):
        assert at(reader) == "1.2"


async def test_a_thread_seen_before_opens_where_it_was_left(tmp_path: Path) -> None:
    with open_workspace(tmp_path, [TREE, NOTE]) as workspace:
        async with opened(workspace, open_id=passage("3")) as (pilot, reader):
            await press(pilot, *["ctrl+e"] * 9)
            line = reader.pane.top_line
            assert line > 0
            await press(pilot, "q", "j", "enter", "q", "k", "enter")
            assert (at(reader), reader.pane.top_line) == ("3", line)


async def test_escape_leads_back_to_the_very_row_of_the_results(workspace: Workspace) -> None:
    async with opened(workspace, open_id=NOTE.post.id) as (pilot, reader):
        await press(pilot, "slash", *"caseload")
        await press(pilot, "down", "down", "enter", "j", "escape")
        assert reader.place == "search"
        assert reader.hits.position[0] == 3


async def test_after_both_kinds_of_search_it_says_which_match_of_how_many(
    workspace: Workspace,
) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "f", *"caseload", "enter", "n")
        assert reader.status.place.startswith("2 of 2 · ")
        await press(pilot, "escape", "slash", *"caseload")
        await press(pilot, "enter")
        assert reader.status.place.startswith("1 of 3 · in this post 1 of 2 · ")
        await press(pilot, "n")
        assert reader.status.place.startswith("2 of 3 · in this post 2 of 2 · ")


async def test_found_passages_open_on_their_own_path_and_fold_again_when_cleared(
    tmp_path: Path,
) -> None:
    with open_workspace(tmp_path, [TREE]) as workspace:
        async with opened(workspace, open_id=passage("2")) as (pilot, reader):
            await press(pilot, "z", "M")
            folded = reader.pane.folded
            await press(pilot, "f", *"reply to that", "enter")
            assert at(reader) == "1.1.1"
            assert folded - reader.pane.folded == {passage(n) for n in ("1", "1.1", "1.1.1")}
            await press(pilot, "escape")
            assert (at(reader), reader.pane.folded) == ("2", folded)


async def test_every_resize_keeps_the_passage_at_the_top_at_the_top(tmp_path: Path) -> None:
    with open_workspace(tmp_path, [TREE]) as workspace:
        async with opened(workspace, open_id=passage("1.2")) as (pilot, reader):
            view = reader.pane.view
            assert view is not None
            await press(pilot, "ctrl+d")
            place = view.place(view.top)
            assert place is not None
            for size in ((40, 20), (300, 90), (71, 7), (80, 24)):
                await pilot.resize_terminal(*size)
                await settled(pilot)
                now = view.place(view.top)
                assert now is not None
                assert now.nth == place.nth


@pytest.mark.parametrize(("columns", "shown"), [(40, False), (69, False), (70, True), (300, True)])
async def test_the_list_folds_away_below_seventy_columns(
    workspace: Workspace, columns: int, *, shown: bool
) -> None:
    async with opened(workspace, (columns, 24)) as (_, reader):
        assert reader.arrangement.sidebar_shown is shown
        assert "A New Diktat" in screen_text(reader)


@pytest.mark.parametrize(
    ("size", "said"), [((40, 20), "↳ 1.1.1…(29).1 "), ((120, 24), "↳ reply to 1.1.1…(29).1 ")]
)
async def test_indents_are_capped_and_the_head_says_what_is_answered(
    tmp_path: Path, size: tuple[int, int], said: str
) -> None:
    deep = make_thread("Deep", [(depth, f"Level {depth}.") for depth in range(40)])
    with open_workspace(tmp_path, [deep]) as workspace:
        async with opened(workspace, size, open_id=ids(deep)[30]) as (_, reader):
            lines = screen_text(reader).split("\n")
            assert any(said in line for line in lines)
            words = next(line for line in lines if "Level 29." in line)
            bar = words.index("▌│")
            assert words.index("Level") - bar < 20


async def test_the_terminals_own_cursor_stands_on_the_current_passage(tmp_path: Path) -> None:
    with open_workspace(tmp_path, [TREE]) as workspace:
        async with opened(workspace, open_id=passage("1")) as (pilot, reader):
            for _ in range(3):
                await press(pilot, "j")
                y = reader.pane.content_region.y + row_of_cursor(reader)
                assert pilot.app.cursor_position.y == y
                assert f"▾ {at(reader)} " in screen_text(reader).split("\n")[y]


# Reading on


async def test_space_goes_on_after_the_last_post_with_the_first(workspace: Workspace) -> None:
    workspace.record.mark_read(ids(DIKTAT)[:1])
    async with opened(workspace, open_id=NOTE.post.id) as (pilot, reader):
        await press(pilot, "space")
        assert reader.status.message == "Space again: on to ‹A New Diktat›, 2 unread"
        await press(pilot, "space")
        assert (reader.reading.post_id, at(reader)) == (DIKTAT.post.id, "1")


async def test_space_goes_round_to_what_was_left_unread_in_the_only_post(
    tmp_path: Path,
) -> None:
    with open_workspace(tmp_path, [TREE]) as workspace:
        workspace.record.mark_read([passage("3"), passage("§1"), passage("1")])
        async with opened(workspace, (80, 80), open_id=passage("3")) as (pilot, reader):
            await press(pilot, "z", "M", "space")
            message = reader.status.message
            assert message == "Space again: round to what is unread above, 5 unread"
            await press(pilot, "space")
            assert at(reader) == "1.1"
            assert passage("2") in reader.pane.folded


async def test_when_everything_is_read_space_and_tab_say_so(workspace: Workspace) -> None:
    for thread in (DIKTAT, GUEST, NOTE):
        workspace.record.mark_read(ids(thread))
    async with opened(workspace, open_id=NOTE.post.id) as (pilot, reader):
        for key in ("space", "tab", "shift+tab"):
            await press(pilot, key)
            assert reader.status.message == "Nothing else is unread, in any post"
            reader.status.clear_message()


async def test_the_last_unread_passage_is_not_offered_to_itself(workspace: Workspace) -> None:
    for thread in (DIKTAT, GUEST):
        workspace.record.mark_read(ids(thread))
    async with opened(workspace, open_id=NOTE.post.id) as (pilot, reader):
        await press(pilot, "tab")
        assert reader.status.message == "Nothing else is unread, in any post"


async def test_tab_walks_the_unread_in_the_order_of_the_list(workspace: Workspace) -> None:
    async with opened(workspace, open_id=DIKTAT.post.id) as (pilot, reader):
        walked = [reader.reading.post_id]
        for _ in range(14):
            await press(pilot, "tab")
            if walked[-1] != reader.reading.post_id:
                walked.append(reader.reading.post_id)
        assert walked == [thread.post.id for thread in (DIKTAT, GUEST, NOTE, DIKTAT)]


async def test_keys_in_one_lump_cross_no_further_than_they_would_one_by_one(
    workspace: Workspace,
) -> None:
    async with opened(workspace, open_id=ids(DIKTAT)[2]) as (pilot, reader):
        await pilot.press("space", "space", "space")
        await settled(pilot)
        assert reader.reading.post_id == GUEST.post.id
        assert "again" not in reader.status.message


async def test_a_library_that_fails_at_the_end_of_a_thread_is_said(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for thread in (DIKTAT, GUEST):
        workspace.record.mark_read(ids(thread))
    async with opened(workspace, open_id=NOTE.post.id) as (pilot, reader):

        def fail(*_: object) -> None:
            message = "the library is damaged"
            raise LibraryError(message)

        monkeypatch.setattr(workspace.library, "thread", fail)
        await press(pilot, "tab")
        assert reader.status.message == "The library is damaged"
