"""Alt and a letter where one types: it edits or does nothing, in every bar and preset."""

from __future__ import annotations

import sqlite3
import string
from contextlib import closing
from typing import TYPE_CHECKING, get_args

import pytest
from textual.widgets import Input

from probation_reader.mutes import Rule
from probation_reader.options import Options, Preset
from probation_reader.ui.driver.keyboard import Typed
from probation_reader.ui.keys.keymap import Keymap
from probation_reader.ui.screens.base import ActionScreen
from tests.ui.workspaces import GUEST, ids, opened, press, settled

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from probation_reader.workspace import Workspace

#: The actions that open a line to type in, one after the other, by what it is for.
BARS = {
    "search": ("search",),
    "find": ("find",),
    "filter": ("filter",),
    "note": ("note",),
    "palette": ("palette",),
    "mutes": ("mutes",),
    "kept": ("bookmarks",),
    "file": ("bookmarks", "write_kept"),
    "name": ("search", "save_search"),
}
PRESETS = [
    pytest.param(preset, marks=pytest.mark.slow if preset != Options().preset else ())
    for preset in get_args(Preset)
]
WORDS = "one two-three four"


def events_of(workspace: Workspace) -> int:
    """Return how many events the record holds, but for where the reader is."""
    with closing(sqlite3.connect(workspace.paths.record)) as record:
        found: int = record.execute(
            "SELECT count(*) FROM event WHERE action <> 'position'"
        ).fetchone()[0]
    return found


def line(pilot: Pilot[None]) -> Input:
    focused = pilot.app.screen.focused
    assert isinstance(focused, Input)
    return focused


def actions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what will name each action that runs."""
    ran: list[str] = []
    perform = ActionScreen.perform

    async def listed(screen: ActionScreen[None], action: str) -> None:
        ran.append(action)
        await perform(screen, action)

    monkeypatch.setattr(ActionScreen, "perform", listed)
    return ran


async def alt(pilot: Pilot[None], *characters: str) -> None:
    typed = Typed()
    for character in characters:
        for message in typed.read(b"\x1b" + character.encode()):
            pilot.app.post_message(message)
        await pilot.pause()
    await settled(pilot)


async def open_bar(pilot: Pilot[None], name: str) -> Input:
    for action in BARS[name]:
        if action == "save_search":
            await press(pilot, *"case")
        await pilot.app.screen.perform(action)  # type: ignore[attr-defined]
        await settled(pilot)
    line(pilot).value = ""
    for character in WORDS:
        await pilot.press("space" if character == " " else character)
    await settled(pilot)
    return line(pilot)


@pytest.mark.parametrize("name", BARS)
@pytest.mark.parametrize("preset", PRESETS)
async def test_no_letter_closes_the_bar_or_runs_an_action(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, preset: Preset, name: str
) -> None:
    options = Options(preset=preset)
    workspace.record.bookmark(ids(GUEST)[1])
    workspace.record.mute(Rule.word("nothing"))
    async with opened(workspace, open_id=GUEST.post.id, options=options) as (pilot, _):
        field = await open_bar(pilot, name)
        place, screen = pilot.app.screen.place, pilot.app.screen  # type: ignore[attr-defined]
        bound = Keymap(preset).bindings(place)
        head = events_of(workspace)
        ran = actions(monkeypatch)
        letters = [c for c in string.ascii_letters if c not in "OPX" and f"Alt+{c}" not in bound]
        for letter in [*letters, "é", "ж", "1"]:
            await alt(pilot, letter)
            assert (pilot.app.screen, line(pilot)) == (screen, field), letter
        assert ran == []
        assert events_of(workspace) == head


@pytest.mark.parametrize("name", BARS)
@pytest.mark.parametrize("preset", PRESETS)
async def test_it_edits_by_words(workspace: Workspace, preset: Preset, name: str) -> None:
    options = Options(preset=preset)
    workspace.record.bookmark(ids(GUEST)[1])
    workspace.record.mute(Rule.word("nothing"))
    async with opened(workspace, open_id=GUEST.post.id, options=options) as (pilot, _):
        field = await open_bar(pilot, name)
        assert field.value == WORDS
        await alt(pilot, "b")
        assert field.cursor_position == WORDS.index("four")
        await alt(pilot, "\x7f")
        assert field.value == "one two-four"
        await alt(pilot, "b", "b")
        assert field.cursor_position == 0
        await alt(pilot, "f")
        assert field.cursor_position == len("one ")
        await alt(pilot, "d")
        assert field.value == "one four"
        await press(pilot, "escape")
        assert pilot.app.screen.focused is not field
