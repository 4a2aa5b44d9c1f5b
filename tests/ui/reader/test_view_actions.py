"""The looks of a thread on the screen: its order, the width of its text, its indents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from probation_reader.ui.thread.scene import ThreadMarks
from tests.ui.pane_threads import EVENING
from tests.ui.workspaces import GUEST, ids, make_thread, open_workspace, opened, press, screen_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from probation_reader.workspace import Workspace


async def test_t_goes_through_the_orders_and_says_where_nothing_is_new(
    workspace: Workspace,
) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "t")
        said = "The tree stays; this page keeps no times and nothing here is new"
        assert reader.status.message == said
        assert "│ ▾ 1.1 " in screen_text(reader)


async def test_t_shows_only_what_is_new(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        reader.pane.set_marks(ThreadMarks(new=ids(GUEST)[2:3]))
        await press(pilot, "t")
        assert (
            reader.status.message
            == "Only what is new: 1 passage   + shows more; this page keeps no times"
        )
        assert "(3, 3 unread)" in screen_text(reader)
        await press(pilot, "t")
        assert reader.status.message == "The tree of replies"


async def test_the_way_to_what_only_new_leaves_out_is_a_peek(tmp_path: Path) -> None:
    thread = make_thread("Deep", [(0, "first"), (1, "second"), (2, "third"), (0, "fourth")])
    with open_workspace(tmp_path, [thread]) as workspace:
        async with opened(workspace) as (pilot, reader):
            await press(pilot, "G", "k")
            reader.pane.set_marks(ThreadMarks(new=ids(thread)[3:4]))
            await press(pilot, "t", "P", "P")
            assert reader.status.message == "1.1 answers 1, which is left out here   i peeks at it"
            await press(pilot, "J")
            assert reader.status.message == "1.1 is the last reply to 1, of those shown"
            await press(pilot, "i", "enter")
            assert reader.pane.current is not None
            assert reader.pane.current.number == "1"


@pytest.fixture
def dated(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with a thread whose first comment has a time."""
    first, *others = GUEST.comments
    dated = replace(GUEST, passages=(*GUEST.sections, replace(first, published=EVENING), *others))
    with open_workspace(tmp_path / "dated", [dated]) as workspace:
        yield workspace


async def test_some_times_are_said_to_be_missing(dated: Workspace) -> None:
    async with opened(dated) as (pilot, reader):
        await press(pilot, "t")
        assert "4 without one" in reader.status.message
        assert "1.1 ↳ reply to 1 " in screen_text(reader)
        await press(pilot, ">")
        assert reader.status.message == "In the order of time nothing is indented"


async def test_from_the_order_of_time_t_goes_on_to_what_is_new_or_back(dated: Workspace) -> None:
    async with opened(dated) as (pilot, reader):
        await press(pilot, "t", "t")
        assert reader.status.message == "The tree of replies; nothing here is new"
        reader.pane.set_marks(ThreadMarks(new=ids(GUEST)[2:3]))
        await press(pilot, "t", "t")
        assert reader.status.message == "Only what is new: 1 passage   + shows more"


async def test_w_goes_through_the_widths(workspace: Workspace) -> None:
    async with opened(workspace, (200, 30), open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "=")
        assert reader.pane.widest == 88
        said = []
        for _ in range(4):
            await press(pilot, "w")
            said.append(reader.status.message)
        assert said == [
            "Text as wide as the pane",
            "Text up to 60 columns",
            "Text up to 72 columns",
            "Text up to 88 columns",
        ]


async def test_w_says_where_the_pane_is_narrower(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "w", "w")
        assert reader.status.message == "Text up to 60 columns; there is room for 44 here"


async def test_replies_are_indented_more_and_less_within_limits(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, ">")
        assert reader.status.message == "Replies indented by 3 columns"
        assert "│  ▾ 1.1" in screen_text(reader)
        await press(pilot, ">", ">")
        assert reader.status.message == "Replies are indented as far as can be"
        await press(pilot, *"<<<<")
        assert reader.status.message == "Nothing indented"
        assert "▾ 1.1 ↳ reply to 1" in screen_text(reader)
        await press(pilot, "<")
        assert reader.status.message == "Nothing is indented"


async def test_the_thread_scrolls_while_the_mouse_is_drawn_below_it(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        view = reader.pane.view
        assert view is not None
        await pilot.mouse_down(reader.pane, offset=(4, 4))
        await pilot.hover(reader.status, offset=(40, 0))
        await pilot.hover(reader.status, offset=(41, 0))
        assert view.top == 2
        await pilot.mouse_up(reader.status, offset=(41, 0))
        scrolled = view.top
        await pilot.hover(reader.status, offset=(40, 0))
        assert view.top == scrolled
