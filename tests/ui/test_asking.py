"""The search bar beside its hits: help by example, words offered instead, grouping."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from probation_reader.search.examples import EXAMPLES
from probation_reader.ui.screens.examples import AskHelp
from probation_reader.ui.screens.help import HelpScreen
from tests.ui.shelves import DIKTAT, GUEST, ids, open_workspace, opened, press, screen_text, settled

if TYPE_CHECKING:
    from pathlib import Path

    from probation_reader.workspace import Workspace


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_a_question_mark_in_the_empty_bar_shows_what_can_be_asked(
    workspace: Workspace, key: str
) -> None:
    async with opened(workspace, (80, 40)) as (pilot, reader):
        await press(pilot, "slash", key)
        assert isinstance(pilot.app.screen, AskHelp)
        shown = screen_text(pilot.app.screen)
        for title, part in EXAMPLES.items():
            assert f"\n {title}" in shown
            assert all(one.query in shown and one.meaning in shown for one in part)
        await press(pilot, "escape")
        assert reader.search_bar.line.has_focus
        assert reader.search_bar.value == ""


async def test_within_words_a_question_mark_is_typed(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"why?")
        assert reader.search_bar.value == "why?"
        await press(pilot, "f1")
        assert isinstance(pilot.app.screen, AskHelp)
        await press(pilot, "escape")
        assert reader.search_bar.value == "why?"


async def test_an_example_is_asked_by_enter(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", "question_mark", *"not an answer", "enter")
        assert reader.search_bar.value == "depth:0"
        assert reader.search_bar.line.has_focus
        assert reader.searching.results is not None
        assert reader.searching.results.total > 0
        assert reader.hits.hits


async def test_on_a_phone_the_meaning_of_an_example_stands_below_it(workspace: Workspace) -> None:
    async with opened(workspace, (40, 20)) as (pilot, _):
        await press(pilot, "slash", "f1", *"oasis")
        assert "oasis~" in screen_text(pilot.app.screen)
        assert "words like it, one or two letters  " in screen_text(pilot.app.screen)


async def test_the_keys_of_the_bar_are_one_key_further(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, _):
        await press(pilot, "slash", "f1", "f1")
        assert isinstance(pilot.app.screen, HelpScreen)
        assert "Ctrl+t" in screen_text(pilot.app.screen)
        await press(pilot, "escape", "escape")


async def test_other_words_are_offered_and_taken_by_a_key(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"caselaod zebra")
        reader.searching.ask_best()
        await settled(pilot)
        assert "Did you mean caseload zebra?" in screen_text(reader)
        await press(pilot, "tab")
        assert reader.search_bar.value == "caseload zebra"


async def test_what_is_offered_is_a_row_that_enter_takes(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"caselaod zebra")
        reader.searching.ask_best()
        await settled(pilot)
        await press(pilot, *["up"] * 9, "enter")
        assert reader.search_bar.value == "caseload zebra"
        assert reader.search_bar.line.has_focus


async def test_a_slip_alone_shows_what_was_probably_meant(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"caselaod", "enter")
        assert "nothing has all of “caselaod”: these are for" in screen_text(reader)
        assert reader.search_bar.line.has_focus
        await press(pilot, "enter")
        assert reader.pane.current is not None
        assert "caseload" in reader.pane.current.text


async def test_where_nothing_is_offered_the_key_says_so(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "tab")
        assert "nothing else is offered" in screen_text(reader)
        await press(pilot, "down")
        assert "nothing else is offered" not in screen_text(reader)


async def test_hits_can_follow_each_other_with_their_posts_beside_them(
    workspace: Workspace,
) -> None:
    async with opened(workspace, (100, 30), open_id=GUEST.post.id) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "down", "ctrl+t")
        shown = screen_text(reader)
        assert "In this thread" not in shown
        assert "1.2  Guest Blog 97" in shown
        assert "2  A New Diktat" in shown
        assert reader.hits.current is not None
        assert reader.hits.current.id == ids(GUEST)[3]
        await press(pilot, "escape", "slash", *"caseload")
        assert "In this thread" not in screen_text(reader)
        await press(pilot, "ctrl+t")
        assert "In this thread" in screen_text(reader)


async def test_an_empty_library_says_that_there_is_nothing_to_search(tmp_path: Path) -> None:
    with open_workspace(tmp_path, []) as workspace:
        async with opened(workspace) as (pilot, reader):
            await press(pilot, "slash")
            assert "There is nothing to search yet." in screen_text(reader)
            await press(pilot, *"oasys", "enter")
            assert "Nothing found" in screen_text(reader)


async def test_typing_goes_on_while_an_answer_takes_long(workspace: Workspace) -> None:
    async with opened(workspace, open_id=DIKTAT.post.id) as (pilot, reader):
        await press(pilot, "slash", "c")
        with workspace.index._reading:  # until this is let go every answer waits
            for key in "aseload":
                await pilot.press(key)
            await pilot.pause()
            assert "/ caseload" in screen_text(reader)
            await pilot.press("backspace")
            await pilot.pause()
            assert "/ caseloa " in screen_text(reader)
            assert cast("object", reader.searching.results) is not None
            asked = reader.searching.results
        await settled(pilot)
        assert reader.searching.results is not asked
        assert reader.searching.results is not None
        assert reader.searching.results.query == "caseloa"
