"""Earlier words in the search bar: brought back, left, forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from probation_reader.workspace import Workspace
from tests.ui.workspaces import opened, press, screen_text, settled

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from probation_reader.ui.reader.screen import ReaderScreen


async def search(pilot: Pilot[None], words: str) -> None:
    """Search for words, open the first hit and return to the thread."""
    await press(pilot, "slash", *words.replace(" ", "_"))
    await press(pilot, "enter", "escape", "escape")


def remember(workspace: Workspace, *searched: str) -> None:
    for words in searched:
        workspace.record.remember_search(words)


def note(reader: ReaderScreen) -> str:
    return screen_text(reader).split("\n")[-1]


@pytest.mark.slow
async def test_words_are_remembered_when_they_led_to_a_hit(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, _):
        await search(pilot, "caseload")
        await press(pilot, "slash", *"nothinglikeit", "enter", "escape")
        await press(pilot, "slash", *"staff", "escape")
        assert workspace.record.searched() == ["caseload"]
        await search(pilot, "licence")
        await search(pilot, "caseload")
        assert workspace.record.searched() == ["caseload", "licence"]


async def test_up_brings_back_what_begins_as_was_typed_and_down_returns(
    workspace: Workspace,
) -> None:
    remember(workspace, "staff", "Case law", "inspectors", "caseload")
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"cas")
        seen = [reader.search_bar.value]
        for key in ("up", "up", "up", "down", "down"):
            await press(pilot, key)
            seen.append(reader.search_bar.value)
        assert seen == ["cas", "caseload", "Case law", "Case law", "caseload", "cas"]


async def test_from_an_empty_bar_everything_comes_back_with_its_hits(workspace: Workspace) -> None:
    remember(workspace, "staff", "caseload")
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", "up")
        assert reader.search_bar.value == "caseload"
        assert reader.hits.current is not None
        assert "1 of 3" in note(reader)
        await press(pilot, "up")
        assert reader.search_bar.value == "staff"
        await press(pilot, "up")
        assert reader.search_bar.value == "staff"
        assert "no earlier words begin so" in note(reader)


async def test_escape_gives_back_what_was_typed_and_then_closes(workspace: Workspace) -> None:
    remember(workspace, "caseload")
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"ca", "up", "escape")
        assert (reader.place, reader.search_bar.value) == ("search", "ca")
        await press(pilot, "escape")
        assert reader.place == "thread"


async def test_what_is_typed_belongs_to_the_words_that_were_brought_back(
    workspace: Workspace,
) -> None:
    remember(workspace, "case in point", "caseload")
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"ca", "up", "s")
        assert reader.search_bar.value == "caseloads"
        await press(pilot, "up")
        assert reader.search_bar.value == "caseloads"
        await press(pilot, "escape")
        assert reader.place == "thread"


async def test_up_and_down_move_among_the_hits_first(workspace: Workspace) -> None:
    remember(workspace, "caseload grew")
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "down", "down")
        assert reader.hits.position[0] == 3
        await press(pilot, "up", "up")
        assert (reader.search_bar.value, reader.hits.position[0]) == ("caseload", 1)
        await press(pilot, "up")
        assert reader.search_bar.value == "caseload grew"


async def test_hits_of_words_that_came_back_are_gone_through_by_other_keys(
    workspace: Workspace,
) -> None:
    remember(workspace, "caseload")
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", "up", "ctrl+n")
        assert (reader.search_bar.value, reader.hits.position[0]) == ("caseload", 2)
        await press(pilot, "down")
        assert (reader.search_bar.value, reader.hits.position[0]) == ("caseload", 3)


async def test_words_are_forgotten_one_by_one(workspace: Workspace) -> None:
    remember(workspace, "one", "two", "three")
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", "up", "up", "ctrl+x")
        assert workspace.record.searched() == ["three", "one"]
        assert reader.search_bar.value == "one"
        assert "forgotten" in note(reader)
        await press(pilot, "ctrl+x")
        assert reader.search_bar.value == "three"
        await press(pilot, "ctrl+x")
        assert (reader.search_bar.value, workspace.record.searched()) == ("", [])
        await press(pilot, "ctrl+x")
        assert "not remembered" in note(reader)


async def test_what_another_session_searched_for_comes_back_here(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        with Workspace.open(workspace.paths) as other:
            remember(other, "caseload")
        await press(pilot, "slash", "up")
        assert reader.search_bar.value == "caseload"


async def test_what_steers_a_terminal_is_a_sign_when_it_comes_back(workspace: Workspace) -> None:
    remember(workspace, "\x1b]52;c;x\x07 [bold]\ud800")
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", "up")
        await settled(pilot)
        assert not set("\x1b\x07\ud800") & set(screen_text(reader))
        assert "[bold]" in note(reader)
