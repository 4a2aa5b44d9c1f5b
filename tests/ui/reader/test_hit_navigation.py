"""Going on from hit to hit without going back to the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from probation_reader.library.records import SourceRecord
from tests.ui.workspaces import (
    DIKTAT,
    GUEST,
    ids,
    make_thread,
    open_workspace,
    opened,
    press,
    screen_text,
)

if TYPE_CHECKING:
    from pathlib import Path

    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.workspace import Workspace


def here(reader: ReaderScreen) -> str:
    """Return the id of the current passage."""
    assert reader.pane.current is not None
    return reader.pane.current.id


async def test_n_goes_to_the_next_hit_and_unfolds_only_the_way_to_it(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "enter")
        assert here(reader) == ids(GUEST)[1]
        await press(pilot, "n")
        assert here(reader) == ids(GUEST)[3]
        assert ids(GUEST)[2] in reader.pane.folded
        await press(pilot, "N")
        assert here(reader) == ids(GUEST)[1]


async def test_the_status_says_which_hit_of_all_and_which_in_this_post(
    workspace: Workspace,
) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "enter", "n")
        assert "2 of 3 · in this post 2 of 2" in reader.status.text


async def test_another_thread_is_announced_before_it_is_crossed_to(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "enter", "n", "n")
        assert reader.reading.post_id == GUEST.post.id
        assert "n again: on to ‹A New Diktat›, 1 hit" in reader.status.text
        await press(pilot, "n")
        assert here(reader) == ids(DIKTAT)[2]
        assert "3 of 3" in reader.status.text
        await press(pilot, "N", "N")
        assert here(reader) == ids(GUEST)[3]


async def test_another_key_takes_the_announcement_back(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "enter", "n", "n", "N")
        assert here(reader) == ids(GUEST)[1]
        await press(pilot, "n", "n")
        assert reader.reading.post_id == GUEST.post.id


async def test_at_the_last_hit_it_is_said_that_there_are_no_more(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "enter", "N")
        assert "That was the first hit   Esc shows them all" in reader.status.text
        await press(pilot, "n", "n", "n", "n")
        assert "That was the last hit" in reader.status.text
        assert here(reader) == ids(DIKTAT)[2]


async def test_escape_returns_to_the_row_of_the_hit_that_was_reached(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "enter", "n", "escape")
        assert reader.hits.current is not None
        assert reader.hits.current.id == ids(GUEST)[3]
        assert reader.search_bar.line.has_focus


async def test_the_way_goes_on_from_where_one_has_read_to(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "enter", "z", "R", "G", "n")
        assert here(reader) == ids(GUEST)[3]


async def test_the_place_one_jumped_from_is_kept(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "enter", "n", "n", "n", "'", "'")
        assert here(reader) == ids(GUEST)[3]


async def test_hits_without_a_word_to_mark_are_walked_through_too(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "slash", *"has:reply OR label:Café", "enter")
        assert here(reader) == ids(GUEST)[1]
        assert "1 of 4" in reader.status.text
        await press(pilot, "n", "n")
        assert reader.reading.post_id == DIKTAT.post.id


async def test_the_words_are_marked_as_the_search_found_them(tmp_path: Path) -> None:
    said = "They are part a and apart; Part A again, partly a part of any."
    with open_workspace(tmp_path, [make_thread("Parts", [(0, said), (0, "hay")])]) as workspace:
        async with opened(workspace, (100, 20)) as (pilot, reader):
            await press(pilot, "slash", *'"part a"', "enter")
            assert reader.pane.view is not None
            assert reader.pane.view.marks_in is not None
            marked = [said[mark.start : mark.end] for mark in reader.pane.view.marks_in(1)]
            assert marked == ["part", "a", "Part", "A"]


async def test_what_is_found_in_the_thread_since_is_gone_through_until_it_is_cleared(
    workspace: Workspace,
) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "enter", "f", *"inspectors", "enter")
        assert "1 of 1" in reader.status.text
        await press(pilot, "n")
        assert here(reader) == ids(GUEST)[2]
        await press(pilot, "escape")
        assert reader.hits.display
        await press(pilot, "enter", "f", *"inspectors", "escape")
        assert "1 of 3" in reader.status.text
        await press(pilot, "n")
        assert here(reader) == ids(GUEST)[3]


async def test_reading_on_into_another_post_ends_the_walk(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "enter")
        reader.moving.open_post(DIKTAT.post.id)
        await press(pilot, "n")
        assert "n does nothing here" in reader.status.text


@pytest.mark.slow
@pytest.mark.parametrize("columns", [40, 80, 200])
async def test_a_walk_through_many_threads_shows_every_hit_in_the_order_of_the_list(
    tmp_path: Path, columns: int
) -> None:
    threads = [
        make_thread(f"Post {n}", [(0, f"needle {n} a"), (0, "hay"), (0, f"needle {n} b")])
        for n in range(6)
    ]
    with open_workspace(tmp_path, threads) as workspace:
        async with opened(workspace, (columns, 20)) as (pilot, reader):
            await press(pilot, "slash", *"needle", "enter")
            order = [hit.id for hit in reader.hits.hits]
            seen = [here(reader)]
            for _ in range(2 * len(order)):
                await press(pilot, "n")
                if here(reader) != seen[-1]:
                    seen.append(here(reader))
                    assert "needle" in screen_text(reader)
            assert seen == order
            assert len(order) == 12


async def test_a_thread_that_is_shown_anew_keeps_what_the_search_marked(tmp_path: Path) -> None:
    before = make_thread("Post", [(0, "a needle"), (0, "hay"), (0, "two needles")])
    after = make_thread("Post", [(0, "a needle"), (0, "hay"), (0, "two needles"), (0, "new")])
    with open_workspace(tmp_path, [before]) as workspace:
        async with opened(workspace) as (pilot, reader):
            await press(pilot, "slash", *"needle", "enter")
            workspace.library.store(SourceRecord("later.txt", "f" * 64, "numbered", 1), [after])
            await press(pilot, "ctrl+l")
            assert reader.pane.thread is not None
            assert len(reader.pane.thread.passages) == 5
            assert reader.place == "found"
            await press(pilot, "n")
            assert here(reader) == ids(after)[3]


async def test_jumping_back_to_a_hit_goes_on_from_there(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "enter")
        first = here(reader)
        while reader.reading.post_id == GUEST.post.id:
            await press(pilot, "n")
        there = here(reader)
        await press(pilot, "apostrophe", "apostrophe")
        assert reader.reading.post_id == GUEST.post.id
        assert reader.walking.on
        assert "of 3" in reader.status.text
        back = here(reader)
        await press(pilot, "n", "n")
        assert here(reader) == there
        await press(pilot, "escape")
        assert reader.hits.current is not None
        assert reader.hits.current.id == there
        assert {first, back} <= {hit.id for hit in reader.hits.hits}
