"""Peeking at what a passage answers: what is shown where, and that nothing is lost by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from probation_reader.mutes import Rule
from probation_reader.workspace import Workspace
from tests.ui.workspaces import GUEST, ids, make_thread, open_workspace, opened, press, screen_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from probation_reader.ui.reader.screen import ReaderScreen

DEEP = make_thread(
    "An argument",
    [
        (0, "The first claim."),
        (1, "The second claim.\n" + "\n".join(f"Row {row} of the second." for row in range(30))),
        (2, "The third claim."),
        (3, "The fourth claim."),
        (3, "A fifth, beside it."),
        *((0, f"Something else, number {n}.") for n in range(12)),
    ],
)
LONGEST = 5_000
CHAIN = make_thread("A chain", [(depth, f"Claim number {depth}.") for depth in range(LONGEST)])


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with open_workspace(tmp_path_factory.mktemp("chain"), [CHAIN]) as workspace:
        yield workspace


def main_lines(reader: ReaderScreen) -> list[str]:
    """The rows of the main pane, on a screen without the sidebar."""
    return [line.rstrip() for line in screen_text(reader).split("\n")][: reader.pane.size.height]


def at(reader: ReaderScreen) -> str:
    assert reader.pane.current is not None
    return reader.pane.current.number


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (40, 20), (200, 60), (40, 6)])
@pytest.mark.parametrize("way", ["escape", "i", "q"])
async def test_peeking_and_returning_leaves_everything_as_it_was(
    tmp_path: Path, size: tuple[int, int], way: str
) -> None:
    with open_workspace(tmp_path, [DEEP]) as workspace:
        async with opened(workspace, size, open_id=ids(DEEP)[4]) as (pilot, reader):
            before = screen_text(reader).split("\n")[:-1]
            await press(pilot, "i")
            assert reader.place == "peek"
            assert screen_text(reader).split("\n")[:-1] != before
            await press(pilot, "k", "k", "l", "pagedown", way)
            assert screen_text(reader).split("\n")[:-1] == before


async def test_the_parents_stand_below_with_the_nearest_whole(tmp_path: Path) -> None:
    with open_workspace(tmp_path, [DEEP]) as workspace:
        async with opened(workspace, (60, 24), open_id=ids(DEEP)[4]) as (pilot, reader):
            view = reader.pane.view
            assert view is not None
            view.top = view.table.y_of(view.cursor) - 2
            reader.pane.redraw()
            await press(pilot, "i")
            lines = main_lines(reader)
            assert any("The fourth claim." in line for line in lines[:6])
            rule = next(row for row, line in enumerate(lines) if set(line) == {"─"})
            shown = lines[rule + 1 :]
            assert shown[0].startswith(" ▸ 1  The first claim.")
            assert shown[1].startswith(" ▸ 1.1  The second claim.")
            assert shown[2].startswith("▌▾ 1.1.1 ")
            assert shown[3:] == ["▌  The third claim."]
            assert reader.status.place == "1.1.1 · 3 of 3 above 1.1.1.1"


async def test_the_parents_stand_above_where_there_is_more_room(tmp_path: Path) -> None:
    with open_workspace(tmp_path, [DEEP]) as workspace:
        async with opened(workspace, (60, 24), open_id=ids(DEEP)[4]) as (pilot, reader):
            view = reader.pane.view
            assert view is not None
            view.top = view.table.y_of(view.cursor) - 18
            reader.pane.redraw()
            await press(pilot, "i")
            lines = main_lines(reader)
            assert "1.1.1.1" in lines[18]
            assert "The first claim." in lines[0]


async def test_the_whole_text_of_a_parent_can_be_read(tmp_path: Path) -> None:
    with open_workspace(tmp_path, [DEEP]) as workspace:
        async with opened(workspace, (60, 24), open_id=ids(DEEP)[4]) as (pilot, reader):
            await press(pilot, "i", "k", "l")
            seen = "\n".join(main_lines(reader))
            for _ in range(8):
                await press(pilot, "j")
                seen += "\n".join(main_lines(reader))
            assert all(f"Row {row} of the second." in seen for row in range(30))


async def test_enter_goes_there_and_there_is_a_way_back(tmp_path: Path) -> None:
    with open_workspace(tmp_path, [DEEP]) as workspace:
        async with opened(workspace, open_id=ids(DEEP)[4]) as (pilot, reader):
            await press(pilot, "i", "k", "enter")
            assert (reader.place, at(reader)) == ("thread", "1.1")
            await press(pilot, "'", "'")
            assert at(reader) == "1.1.1.1"


async def test_at_the_ends_of_the_list_it_says_so(tmp_path: Path) -> None:
    with open_workspace(tmp_path, [DEEP]) as workspace:
        async with opened(workspace, open_id=ids(DEEP)[4]) as (pilot, reader):
            for keys in (["i", "j"], ["g", "g", "k"]):
                await press(pilot, *keys)
                assert reader.status.message == "That is all that 1.1.1.1 answers"
                reader.status.clear_message()


async def test_what_answers_nothing_has_nothing_to_peek_at(workspace: Workspace) -> None:
    async with opened(workspace, open_id=ids(GUEST)[1]) as (pilot, reader):
        await press(pilot, "i")
        assert (reader.place, reader.status.message) == ("thread", "1 answers the post itself")


async def test_the_list_closes_when_something_else_is_clicked(workspace: Workspace) -> None:
    async with opened(workspace, open_id=ids(GUEST)[2]) as (pilot, reader):
        await press(pilot, "i")
        await pilot.click("#sidebar", offset=(5, 1))
        await pilot.pause()
        assert reader.place != "peek"
        assert not reader.peek.display


async def test_a_resize_closes_the_list(workspace: Workspace) -> None:
    async with opened(workspace, open_id=ids(GUEST)[2]) as (pilot, reader):
        await press(pilot, "i")
        await pilot.resize_terminal(40, 20)
        await pilot.pause()
        assert (reader.place, reader.peek.display) == ("thread", False)


async def test_nothing_counts_as_read_while_one_peeks(workspace: Workspace) -> None:
    async with opened(workspace, open_id=ids(GUEST)[3], dwell=0.01) as (pilot, reader):
        while reader.reading.marks.unread == 6:
            await pilot.pause()
        await press(pilot, "i")
        assert ids(GUEST)[1] not in workspace.record.read_in(GUEST.post.id)


@pytest.mark.slow
async def test_a_chain_of_thousands_shows_the_nearest_and_scrolls_to_the_rest(
    chain: Workspace,
) -> None:
    async with opened(chain, (80, 24), open_id=ids(CHAIN)[-1]) as (pilot, reader):
        await press(pilot, "i")
        assert reader.peek.pane.view is not None
        assert len(reader.peek.pane.view.outline) < 500
        assert reader.status.place.split(" · ")[1].startswith("4,999 of 4,999 above")
        for _ in range(40):
            await press(pilot, "pageup")
        middle = reader.status.place
        assert "of 4,999" in middle
        assert not middle.split(" · ")[1].startswith("4,9")
        await press(pilot, "g", "g")
        assert reader.status.place.startswith("1 · 1 of 4,999 above")
        for _ in range(30):
            await press(pilot, "pagedown")
        beyond = reader.status.place.split(" · ")[1].split(" of ")[0]
        assert 100 < int(beyond.replace(",", "")) < 4_000
        await press(pilot, "G")
        assert reader.status.place.split(" · ")[1].startswith("4,999 of 4,999 above")
        await press(pilot, "g", "g")
        await press(pilot, "enter")
        assert at(reader) == "1"


async def test_a_muted_parent_is_a_line_until_it_is_opened(tmp_path: Path) -> None:
    with open_workspace(tmp_path, [DEEP]) as workspace:
        workspace.record.mute(Rule.word("row"))
        workspace.muted.settle()
        async with opened(workspace, open_id=ids(DEEP)[4]) as (pilot, reader):
            await press(pilot, "i")
            assert "The third claim." in screen_text(reader)
            assert "muted: word 'row'" in screen_text(reader)
            assert "of the second" not in screen_text(reader)
            await press(pilot, "k", "l")
            assert "Row 1 of the second" in screen_text(reader)


async def test_a_muted_parent_that_was_opened_is_open_in_a_peek(tmp_path: Path) -> None:
    with open_workspace(tmp_path, [DEEP]) as workspace:
        workspace.record.mute(Rule.word("third"))
        workspace.muted.settle()
        async with opened(workspace, open_id=ids(DEEP)[3]) as (pilot, reader):
            await press(pilot, "l", "j", "i")
            assert reader.place == "peek"
            assert screen_text(reader).count("The third claim.") == 2
