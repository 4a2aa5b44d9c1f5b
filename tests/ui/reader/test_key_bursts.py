"""Keys that arrive in one lump, as over a slow line: each acts on what the one before left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from probation_reader.options import Options
from probation_reader.ui.driver.keyboard import Typed
from tests.ui.workspaces import DIKTAT, GUEST, ids, opened, press, screen_text, settled

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from probation_reader.workspace import Workspace


async def lump(pilot: Pilot[None], sent: str) -> None:
    """Let the application have what a terminal sends, all at once."""
    for message in Typed().read(sent.encode()):
        assert isinstance(message, events.Key)
        pilot.app.post_message(message)
    await settled(pilot)
    await settled(pilot)


async def test_a_note_is_kept_with_all_its_words(workspace: Workspace) -> None:
    async with opened(workspace, open_id=DIKTAT.post.id) as (pilot, _):
        await lump(pilot, "jesee tge\x7f\x7fhe rota #law\r")
        kept = workspace.record.kept(ids(DIKTAT)[1])
    assert kept is not None
    assert (kept.note, kept.tags) == ("see the rota", ("law",))


async def test_a_line_is_edited_in_the_order_of_the_keys(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await lump(pilot, "/abc\x15xyz\x1b[Dw")
        assert reader.search_bar.value == "xywz"


async def test_find_goes_on_from_the_words_that_were_typed(workspace: Workspace) -> None:
    async with opened(workspace, open_id=GUEST.post.id) as (pilot, reader):
        await lump(pilot, "flicence\r")
        assert reader.pane.current is not None
        assert reader.pane.current.id == ids(GUEST)[4]
        assert reader.place == "found"


async def test_enter_before_the_hits_have_come_opens_the_first(workspace: Workspace) -> None:
    async with opened(workspace, open_id=DIKTAT.post.id) as (pilot, reader):
        await lump(pilot, "/inspectors\r")
        assert reader.pane.current is not None
        assert reader.pane.current.id == ids(GUEST)[2]


async def test_words_typed_after_that_enter_are_searched_instead(workspace: Workspace) -> None:
    async with opened(workspace, open_id=DIKTAT.post.id) as (pilot, reader):
        await lump(pilot, "/inspectors\r nobody")
        assert reader.place == "search"
        assert reader.search_bar.value == "inspectors nobody"


class TestEscAndAKeyAtOnce:
    async def test_both_act(self, workspace: Workspace) -> None:
        async with opened(workspace, open_id=DIKTAT.post.id) as (pilot, reader):
            await press(pilot, "f", *"nobody", "enter")
            await lump(pilot, "\x1bG")
            assert reader.pane.find_state is None
            assert reader.pane.current is not None
            assert reader.pane.current.id == ids(DIKTAT)[-1]

    async def test_punctuation_does_not_swallow_the_esc(self, workspace: Workspace) -> None:
        async with opened(workspace) as (pilot, reader):
            await press(pilot, "f", *"nobody")
            await lump(pilot, "\x1b/")
            assert reader.place == "search"
            assert reader.pane.find_state is None

    async def test_an_unfinished_chord_is_given_up_first(self, workspace: Workspace) -> None:
        async with opened(workspace, open_id=DIKTAT.post.id) as (pilot, reader):
            await lump(pilot, "z\x1bj")
            assert reader.place == "thread"
            assert reader.pane.current is not None
            assert reader.pane.current.id == ids(DIKTAT)[1]

    async def test_the_help_page_closes_and_the_key_is_for_what_was_under_it(
        self, workspace: Workspace
    ) -> None:
        async with opened(workspace) as (pilot, reader):
            await press(pilot, "question_mark")
            await lump(pilot, "\x1bf")
            assert pilot.app.screen is reader
            assert reader.place == "find"

    async def test_a_key_of_a_preset_stays_one_key(self, workspace: Workspace) -> None:
        options = Options(preset="emacs")
        async with opened(workspace, open_id=GUEST.post.id, options=options) as (pilot, reader):
            await press(pilot, "G")
            await lump(pilot, "\x1bv")
            assert reader.place == "thread"
            assert "Line 59" not in screen_text(reader)

    @pytest.mark.parametrize(("sent", "value"), [("\x1bj", "two words"), ("\x1bbx", "two xwords")])
    async def test_a_note_is_not_dropped(self, workspace: Workspace, sent: str, value: str) -> None:
        async with opened(workspace) as (pilot, reader):
            await press(pilot, "e")
            await lump(pilot, f"two words{sent}")
            assert reader.place == "note"
            assert reader.note_bar.value == value
