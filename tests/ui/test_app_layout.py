"""Who is seen where: sidebar and thread at every width, and keys that move between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from probation_reader.ui.thread.labels import passage_name
from tests.ui.workspaces import (
    DIKTAT,
    GUEST,
    NOTE,
    ids,
    opened,
    press,
    screen_text,
    settled,
)

if TYPE_CHECKING:
    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.workspace import Workspace


def widths(reader: ReaderScreen) -> tuple[int, int]:
    """Return the cells of the sidebar and of the thread; 0 for what is hidden."""
    return tuple(
        widget.size.width if widget.display and widget.parent.display else 0  # type: ignore[union-attr]  # both stand in a box
        for widget in (reader.sidebar, reader.pane)
    )  # type: ignore[return-value]  # two of them


@pytest.mark.parametrize(
    ("columns", "sidebar"), [(300, 40), (200, 40), (110, 40), (80, 31), (70, 28), (69, 0), (40, 0)]
)
async def test_the_sidebar_has_the_room_there_is(
    workspace: Workspace, columns: int, sidebar: int
) -> None:
    async with opened(workspace, (columns, 24)) as (_, reader):
        thread = columns - sidebar - (1 if sidebar else 0)
        assert widths(reader) == (sidebar, thread)


async def test_there_is_one_rule_between_and_one_above_the_status_row(workspace: Workspace) -> None:
    async with opened(workspace) as (_, reader):
        lines = screen_text(reader).split("\n")
        assert {line[31] for line in lines[:-2]} == {"│"}
        assert lines[-2] == "─" * 31 + "┴" + "─" * 48
        assert len(lines) == 24


@pytest.mark.parametrize("columns", [80, 200])
async def test_the_sidebar_can_be_put_away(workspace: Workspace, columns: int) -> None:
    async with opened(workspace, (columns, 24)) as (pilot, reader):
        await press(pilot, "equals_sign")
        assert widths(reader) == (0, columns)
        assert "┴" not in screen_text(reader)
        assert reader.focused is reader.pane
        await press(pilot, "equals_sign")
        assert widths(reader)[0] > 0


async def test_on_a_narrow_screen_the_posts_stand_alone_until_one_is_opened(
    workspace: Workspace,
) -> None:
    async with opened(workspace, (40, 20)) as (pilot, reader):
        await press(pilot, "equals_sign")
        assert widths(reader) == (40, 0)
        assert reader.status.text.startswith(" 3 posts")
        await press(pilot, "j", "enter")
        assert widths(reader) == (0, 40)
        assert reader.reading.post_id == GUEST.post.id
        assert reader.focused is reader.pane


async def test_going_back_from_a_thread_shows_the_posts_on_a_narrow_screen(
    workspace: Workspace,
) -> None:
    async with opened(workspace, (40, 20)) as (pilot, reader):
        await press(pilot, "q")
        assert widths(reader) == (40, 0)
        await press(pilot, "escape")
        assert widths(reader) == (0, 40)


async def test_the_current_passage_is_in_sight_at_every_size_and_the_same_in_the_first(
    workspace: Workspace,
) -> None:
    async with opened(workspace, open_id=ids(GUEST)[3]) as (pilot, reader):
        for size in [(40, 20), (200, 60), (69, 10), (70, 24), (20, 6), (40, 8), (5, 3), (80, 24)]:
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert reader.pane.current is not None
            assert reader.pane.cursor_screen_offset.y < size[1]
            if size[0] >= 20:
                assert passage_name(GUEST, reader.pane.current) in reader.status.text
            assert reader.focused is reader.pane
            assert widths(reader)[1] > 0
        assert reader.pane.current
        assert reader.pane.current.id == ids(GUEST)[3]


async def test_the_list_one_is_in_stays_in_sight_when_the_screen_gets_narrow(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "q", "j")
        await pilot.resize_terminal(40, 20)
        await pilot.pause()
        assert widths(reader) == (40, 0)
        assert reader.sidebar.current == GUEST.post.id


async def test_the_filter_one_types_in_stays_in_sight_when_the_screen_gets_narrow(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "F", "g")
        await pilot.resize_terminal(40, 20)
        await pilot.pause()
        assert widths(reader) == (40, 0)
        assert "filter: g" in screen_text(reader)


@pytest.mark.parametrize("key", ["enter", "l", "right", "space"])
async def test_a_post_is_opened_and_gets_the_focus(workspace: Workspace, key: str) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "q", "G", key)
        assert reader.reading.post_id == NOTE.post.id
        assert reader.focused is reader.pane


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_a_thread_is_left_for_the_posts(workspace: Workspace, key: str) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, key)
        assert reader.focused is reader.sidebar
        assert reader.sidebar.current == DIKTAT.post.id
        assert pilot.app.is_running


async def test_in_the_posts_q_quits_and_escape_does_not(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, _):
        await press(pilot, "q", "escape", "escape", "escape")
        assert pilot.app._exit is False
        await press(pilot, "q", "q")
        assert pilot.app._exit is True


async def test_tab_in_the_posts_goes_to_the_next_unread_passage(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "q", "tab")
        assert reader.focused is reader.pane
        assert reader.pane.current is not None
        assert reader.pane.current.id == ids(DIKTAT)[1]


async def test_tab_does_not_leave_a_line_of_typing(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", "tab", "x", "shift+tab", "y")
        assert reader.search_bar.value == "xy"
        assert reader.search_bar.line.has_focus


async def test_keys_that_arrive_in_one_lump_mean_what_they_do_one_by_one(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as (pilot, reader):
        lump = [("escape", "\x1b"), ("j", "j"), ("enter", "\r"), ("j", "j"), ("slash", "/")]
        for key, character in [*lump, ("j", "j"), ("k", "k"), ("q", "q")]:
            pilot.app.post_message(events.Key(key, character))
        await settled(pilot)
        await pilot.pause()
        assert reader.reading.post_id == GUEST.post.id
        assert reader.pane.current is not None
        assert reader.pane.current.id == ids(GUEST)[1]
        assert reader.search_bar.value == "jkq"


async def test_a_click_on_a_post_opens_it(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        row = next(
            y for y, line in enumerate(screen_text(reader).split("\n")) if "Guest Blog" in line
        )
        await pilot.click(offset=(5, row))
        await settled(pilot)
        assert reader.reading.post_id == GUEST.post.id


@pytest.mark.parametrize(
    "keys", ["question_mark", "B", "colon", "escape", "slash", "f", "e", "H", "m m", "i"]
)
async def test_that_there_is_no_shell_is_said_wherever_one_is(
    workspace: Workspace, keys: str
) -> None:
    async with opened(workspace) as (pilot, _):
        await press(pilot, *keys.split(), "ctrl+z")
        assert "There is no shell here to go back to" in screen_text(pilot.app.screen)
