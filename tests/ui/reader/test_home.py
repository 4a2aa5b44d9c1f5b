"""Home: what is new first, where it opens, and the way there and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from probation_reader.library.records import SourceRecord
from probation_reader.ui.posts.model import PostLine, by_date, ranked
from probation_reader.ui.posts.news import fresh_in
from probation_reader.ui.render.orders import Ordering
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
    visited_long_ago,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from probation_reader.model import Thread
    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.workspace import Workspace

#: The guest blog as a later capture shows it: a reply above, two comments below.
LATER = make_thread(
    "Guest Blog 97",
    [
        (0, "How long can a caseload grow before anyone counts it?"),
        (1, "It has been counted; nobody liked the number."),
        (1, "Until the inspectors come."),
        (1, "They came, and the caseload grew."),
        (0, "Licence conditions are another matter."),
        (0, "\n".join(f"Line {number} of a long comment." for number in range(60))),
        (0, "One more thing."),
        (1, "And another."),
    ],
)
FRESH = make_thread(
    "Fresh from the press", [(0, "First!"), (1, "Second."), (0, "Third.")], body="Hot news."
)


def store(workspace: Workspace, *threads: Thread) -> None:
    for thread in threads:
        source = SourceRecord("later.txt", f"{thread.post.title:>64}", "numbered", 1)
        workspace.library.store(source, [thread])


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Return a library with a visit behind it, and since then a later capture and a post."""
    with open_workspace(tmp_path, [GUEST, DIKTAT, NOTE]) as workspace:
        workspace.record.mark_read(ids(DIKTAT))
        workspace.record.set_position(DIKTAT.post.id, ids(DIKTAT)[1], 0)
        visited_long_ago(workspace)
        store(workspace, LATER, FRESH)
        yield workspace


def rows(reader: ReaderScreen) -> list[str]:
    return [" ".join(row.split()) for row in screen_text(reader).split("\n")]


async def test_what_came_in_is_there_at_the_start_with_the_most_first(workspace: Workspace) -> None:
    async with opened(workspace) as (_, reader):
        assert rows(reader)[:9] == [
            "Posts 2 new · 3 unread",
            "new since 2 Mar 2024",
            "▌ Fresh from the press new post, 3 comments, about 1 min 27 Apr 2024",
            "● Guest Blog 97 +3 new in 2 branches, about 1 min 27 Apr 2024",
            "unread",
            "● A note without a date 1 unread",
            "read",
            "▌ A New Diktat 2 comments 13 Feb 2025",
            "",
        ]
        assert reader.place == "posts"
        assert reader.status.text.startswith(" 4 posts   Esc to the thread")


async def test_the_thread_one_was_in_is_a_key_away(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "escape")
        assert reader.place == "thread"
        assert reader.pane.current is not None
        assert reader.pane.current.id == ids(DIKTAT)[1]
        await press(pilot, "H")
        assert reader.sidebar.current == FRESH.post.id
        assert reader.sidebar.size.width == 80
        await press(pilot, "t", "H", "H")
        assert reader.sidebar.current == DIKTAT.post.id
        await press(pilot, "H")
        assert reader.place == "thread"


async def test_a_post_opens_from_home_and_the_posts_stand_beside_again(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "j", "enter")
        assert reader.reading.post_id == GUEST.post.id
        assert reader.sidebar.size.width < 40
        await press(pilot, "H", "equals_sign")
        assert reader.sidebar.size.width < 40
        assert reader.place == "posts"


async def test_a_search_from_home_comes_back_home(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "escape")
        assert reader.place == "posts"
        assert reader.sidebar.size.width == 80


async def test_home_is_filtered_where_it_stands(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "F", *"guest", "enter")
        assert rows(reader)[1:3] == [
            "new since 2 Mar 2024",
            "▌ Guest Blog 97 +3 new in 2 branches, about 1 min 27 Apr 2024",
        ]


async def test_the_order_is_a_key_away_and_remembered(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "t")
        assert reader.status.message == "By date"
        assert rows(reader)[1:3] == ["2025", "▌ A New Diktat 2 comments 13 Feb 2025"]
        assert reader.sidebar.current == FRESH.post.id
        pilot.app.exit()
    store(workspace, make_thread("Later still", [(0, "Yes.")], body="Well?"))
    async with opened(workspace) as (pilot, reader):
        assert rows(reader)[1] == "2025"
        await press(pilot, "t")
        assert rows(reader)[1].startswith("new since ")


async def test_no_row_moves_while_one_reads(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "m", "t")
        assert rows(reader)[1:4] == [
            "new since 2 Mar 2024",
            "▌ Fresh from the press 3 comments 27 Apr 2024",
            "● Guest Blog 97 +3 new in 2 branches, about 1 min 27 Apr 2024",
        ]
        await press(pilot, "escape", "H")
        assert rows(reader)[1:3] == [
            "new since 2 Mar 2024",
            "▌ Guest Blog 97 +3 new in 2 branches, about 1 min 27 Apr 2024",
        ]


async def test_where_nothing_is_new_the_thread_opens_and_posts_go_by_date(tmp_path: Path) -> None:
    with open_workspace(tmp_path) as workspace:
        visited_long_ago(workspace)
        async with opened(workspace) as (pilot, reader):
            assert reader.place == "thread"
            await press(pilot, "H")
            assert rows(reader)[1:4] == [
                "2025",
                "▌ A New Diktat 3 unread 13 Feb 2025",
                "2024",
            ]


async def test_a_passage_that_was_asked_for_opens_all_the_same(workspace: Workspace) -> None:
    async with opened(workspace, open_id=ids(GUEST)[1]) as (_, reader):
        assert reader.place == "thread"
        assert reader.reading.post_id == GUEST.post.id


async def test_a_phone_has_the_number_in_the_list_and_the_rest_below(workspace: Workspace) -> None:
    async with opened(workspace, (40, 20)) as (pilot, reader):
        await press(pilot, "j")
        assert rows(reader)[3] == "▌ Guest Blog 97 +3"
        assert reader.status.text == " +3 new, about 1 min   ? help"
        await press(pilot, "escape")
        assert reader.place == "thread"


@pytest.mark.parametrize("key", ["tab", "space"])
async def test_reading_on_from_home_begins_at_what_is_new(workspace: Workspace, key: str) -> None:
    workspace.record.set_position(GUEST.post.id, ids(GUEST)[5], 0)
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "j", key)
        assert reader.reading.post_id == GUEST.post.id
        assert reader.pane.current is not None
        assert reader.pane.current.id == ids(LATER)[2]


async def test_in_only_new_only_that_is_counted(workspace: Workspace) -> None:
    async with opened(workspace, open_id=ids(LATER)[0]) as (pilot, reader):
        assert " · 9 unread, about 2 min" in reader.status.place
        await press(pilot, "t")
        assert reader.status.place.endswith(" · 3 new unread, about 1 min")
        await press(pilot, "tab", "N")
        assert " · 2 new unread" in reader.status.place
        await press(pilot, "m", "t")
        assert reader.status.place.endswith(" · all new read")
        await press(pilot, "t")
        assert reader.status.place.endswith(" · all read")


async def test_in_only_new_tab_goes_from_post_to_post_with_something_new(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "j", "tab", "t")
        assert reader.pane.view is not None
        assert reader.pane.view.way is Ordering.NEW
        walked = []
        for _ in range(4):
            await press(pilot, "tab")
            assert reader.pane.current is not None
            walked.append(reader.pane.current.id)
        assert walked == [*ids(LATER)[7:9], ids(LATER)[8], ids(FRESH)[0]]
        assert reader.pane.view.way is Ordering.NEW
        await press(pilot, "m", "t", "tab")
        assert reader.status.message == "Tab again: on to ‹Guest Blog 97›, 3 new"
        await press(pilot, "H", "m", "t", "escape", "tab")
        assert reader.status.message == "Nothing else is new, in any post"


def line(name: str, unread: int = 0, new: int = 0) -> PostLine:
    return PostLine(name, name, 3, unread, new, "2024", (), sample=False)


def test_posts_rank_by_what_is_new_then_by_what_is_unread() -> None:
    lines = [line("a"), line("b", 9), line("c", 5, 2), line("d", 3), line("e", 3, 3)]
    found = ranked(lines, "since Monday")
    assert [(one.id, one.under) for one in found] == [
        ("e", "new since Monday"),
        ("c", "new since Monday"),
        ("b", "unread"),
        ("d", "unread"),
        ("a", "read"),
    ]
    assert [one.under for one in by_date(lines)] == ["2024"] * 5


def test_what_is_new_is_counted_by_branch() -> None:
    found = fresh_in(LATER, [ids(LATER)[at] for at in (2, 3, 7)])
    assert (found.passages, found.branches, found.words) == (3, 2, 15)
    assert found.said(230)[0] == "+3 new in 2 branches, about 1 min"
    assert fresh_in(FRESH, ids(FRESH)).said(1)[0] == "new post, 3 comments, about 5 min"
    assert fresh_in(make_thread("x", []), ids(make_thread("x", []))).said(1)[1] == (
        "new post, about 5 min"
    )
