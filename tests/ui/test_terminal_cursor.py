"""The terminal's own cursor stands where the keys work, whatever has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.workspaces import opened, press, screen_text

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from probation_reader.workspace import Workspace


def row_at_cursor(pilot: Pilot[None]) -> str:
    column, row = pilot.app.cursor_position
    return screen_text(pilot.app.screen).split("\n")[row][column:]


async def test_in_every_place(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "j")
        assert row_at_cursor(pilot).startswith("▌▾ 1")
        await press(pilot, "escape")
        assert row_at_cursor(pilot).startswith("▌ A New Diktat")
        await press(pilot, "j")
        assert row_at_cursor(pilot).startswith("▌ Guest Blog 97")
        await press(pilot, "F", "l", "e")
        column, row = pilot.app.cursor_position
        assert screen_text(reader).split("\n")[row][:column] == " filter: le"
        await press(pilot, "escape", "question_mark")
        assert pilot.app.cursor_position == (0, 0)


async def test_where_one_types_from_the_first_letter_on(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        for key in ("slash", "c", "a", "s"):
            await pilot.press(key)
        await press(pilot, "e")
        column, row = pilot.app.cursor_position
        assert row == reader.size.height - 1
        assert screen_text(reader).split("\n")[row][:column] == " / case"
        await press(pilot, "escape")
        assert row_at_cursor(pilot).startswith("▌▾ post")


async def test_after_a_resize(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "escape")
        for size in ((120, 30), (40, 20), (80, 24)):
            await pilot.resize_terminal(*size)
            await press(pilot, "j", "k")
            assert pilot.app.cursor_position == reader.sidebar.cursor_screen_offset
            assert row_at_cursor(pilot).startswith("▌ A New Diktat")
