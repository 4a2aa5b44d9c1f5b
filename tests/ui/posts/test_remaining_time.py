"""How much is left to read: counted as marks change, said in minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.ui.posts.news import Remaining, reading_time
from tests.ui.pane_threads import make_thread
from tests.ui.workspaces import DIKTAT, GUEST, ids, open_workspace, opened, press
from tests.ui.workspaces import make_thread as make_post

if TYPE_CHECKING:
    from pathlib import Path

    from probation_reader.workspace import Workspace

THREAD = make_thread([0, 1, 0, 0], words=lambda number: "word\nand " * len(number))
IDS = ids(THREAD)


@given(st.sets(st.sampled_from(IDS)), st.lists(st.sets(st.sampled_from([*IDS, "p.other"]))))
def test_what_is_counted_as_marks_change_is_what_is_counted_anew(
    read: set[str], changes: list[set[str]]
) -> None:
    remaining = Remaining(THREAD.passages, read)
    for changed in changes:
        read = read ^ changed
        remaining.update(read, changed)
        assert remaining.words == Remaining(THREAD.passages, read).words
    remaining.update(set(IDS))
    assert remaining.words == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (1, "about 1 min"),
        (2_070, "about 9 min"),
        (230 * 89, "about 89 min"),
        (230 * 120, "about 2 h"),
        (230 * 60 * 1_200, "about 1,200 h"),
    ],
)
def test_time_is_said_as_people_say_it(words: int, said: str) -> None:
    assert reading_time(words, 230) == said


async def test_the_status_says_how_long_the_rest_takes(tmp_path: Path) -> None:
    long = make_post("A long thread", [(0, "word " * 460), (0, "word " * 690)], body="word " * 920)
    with open_workspace(tmp_path, [long]) as workspace:
        async with opened(workspace) as (pilot, reader):
            assert reader.status.place == "post · page 1/6 · 3 unread, about 9 min"
            await press(pilot, "N")
            assert reader.status.place == "post · page 1/6 · 2 unread, about 5 min"
            await press(pilot, "N")
            assert reader.status.place == "post · page 1/6 · 3 unread, about 9 min"
            await press(pilot, "m", "t")
            assert reader.status.place == "post · page 1/6 · all read"


async def test_a_passage_taller_than_the_pane_is_counted_in_pages(workspace: Workspace) -> None:
    async with opened(workspace, (70, 24), open_id=ids(GUEST)[5]) as (pilot, reader):
        view = reader.pane.view
        assert view is not None
        said = []
        for _ in range(5):
            said.append(reader.status.place.split(" · ")[1])
            await press(pilot, "j")
        assert said == ["page 1/3", "page 2/3", "page 3/3", "page 3/3", "page 3/3"]
        await press(pilot, "k")
        assert " · page 2/3 · " in reader.status.place
        await press(pilot, "ctrl+e", "ctrl+y", "ctrl+y")
        assert " · page 2/3 · " in reader.status.place
        await press(pilot, "k", "ctrl+e")
        assert " · page 1/3 · " in reader.status.place
        await press(pilot, "g", "g")
        assert "page" not in reader.status.place


async def test_minutes_are_left_out_where_there_is_no_room(workspace: Workspace) -> None:
    async with opened(workspace, (42, 12), open_id=ids(GUEST)[2]) as (_, reader):
        assert reader.status.place == "1.1 of 5 · 6 unread"
    async with opened(workspace, (43, 12), open_id=ids(GUEST)[2]) as (_, reader):
        assert reader.status.text == " 1.1 of 5 · 6 unread, about 2 min   ? help"


async def test_marks_made_elsewhere_count(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (_, reader):
        assert "about 2 min" in reader.status.text
        workspace.record.mark_read(ids(GUEST)[5:])
        reader.reading.look_again()
        reader.show_place()
        assert "5 unread, about 1 min" in reader.status.text
        assert DIKTAT.post.id != reader.reading.post_id
