"""Titles, labels and bodies that would steer a terminal or break markup only look odd."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.ui.workspaces import make_thread, open_workspace, opened, press, screen_text

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = [
    "\x1b]52;c;cGF5bG9hZA==\x07 title",
    "\x1b[2J\x1b[31mred\x9b0m",
    "[/] [bold]not[/bold] [link=x] \\[",
    "a\u202etxt.exe\u2066 \u200f\u061c",
    "tab\there\nand a second line\r\n\u2028end",
    "z\u0301\u0302\u0303" * 50,
    "\ud800 lone surrogate \x00 and NUL",
    "👩‍👩‍👧‍👦 " * 30 + "漢字",
    "x" * 100_000,
    "",
]
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (40, 20)])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_nothing_that_steers_reaches_any_part_of_the_screen(
    tmp_path: Path, text: str, size: tuple[int, int]
) -> None:
    thread = make_thread(text, [(0, f"probation {text}")], body=f"body {text}", labels=(text,))
    quiet = make_thread("Quiet", [], body="Nothing to see.")
    with open_workspace(tmp_path, [thread, quiet]) as workspace:
        workspace.record.bookmark(thread.passages[0].id, text)
        seen = []
        async with opened(workspace, size, open_id=thread.post.id) as (pilot, reader):
            for pressed in (["q"], ["F", *"label:x"], ["escape", "j", "k", "enter"], ["B"]):
                await press(pilot, *pressed)
                seen.append(screen_text(pilot.app.screen))
            await press(pilot, "escape", "slash", *"probation")
            seen.append(screen_text(reader))
            await press(pilot, "enter", "b")
            seen.append(screen_text(reader))
            await press(pilot, "escape", "escape", "G", "N", "space", "tab")
            seen.append(screen_text(reader))
        for shown in seen:
            assert not STEERING.findall(shown.replace("\n", ""))
            assert len(shown.split("\n")) == size[1]


async def test_pasted_text_is_made_safe(tmp_path: Path) -> None:
    from textual import events  # noqa: PLC0415 - beside the one use

    with open_workspace(tmp_path) as workspace:
        async with opened(workspace) as (pilot, reader):
            await press(pilot, "slash")
            pilot.app.post_message(events.Paste("case\x1b]52;c;x\x07\nload"))
            await pilot.pause()
            await press(pilot, "x")
            assert reader.search_bar.value == "case␛]52;c;x␇ loadx"


async def test_a_filter_of_markup_is_shown_as_typed(tmp_path: Path) -> None:
    with open_workspace(tmp_path) as workspace:
        async with opened(workspace) as (pilot, reader):
            await press(pilot, "F", *"[/]", "enter")
            assert "Posts: [/]" in screen_text(reader)


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_nothing_that_steers_comes_of_copies_links_notes_and_undo(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    said = f"See https://example.org/{text} and http://{text}.example/ and www.{text}"
    thread = make_thread(text, [(0, said), (1, said), (1, f"No link {text}")], body=text)
    noted = text.replace("\ud800", "")
    with open_workspace(tmp_path, [thread]) as workspace:
        workspace.record.bookmark(thread.passages[1].id, text, noted, [noted, "tag"])
        seen = []
        async with opened(workspace, open_id=thread.passages[1].id) as (pilot, reader):
            for pressed in ("y", "y", "Y", "Y", "o", "escape", "j", "i", "escape", "e", "escape"):
                await press(pilot, pressed)
                seen.append(screen_text(pilot.app.screen))
            for pressed in ("B", "escape", "b", "u", "ctrl+r", "m b", "u", "m t", "u", "t", "t"):
                await press(pilot, *pressed.split())
                seen.append(screen_text(pilot.app.screen))
                assert not STEERING.search(reader.status.text)
        for shown in seen:
            assert not STEERING.findall(shown.replace("\n", ""))


async def test_a_hostile_tag_is_completed_as_signs(tmp_path: Path) -> None:
    thread = make_thread("Post", [(0, "probation words")], body="Body.")
    with open_workspace(tmp_path, [thread]) as workspace:
        workspace.record.bookmark(thread.passages[1].id, "probation words", "", ["pay\x1bc"])
        async with opened(workspace, open_id=thread.passages[1].id) as (pilot, _):
            await press(pilot, "B", *"tag:pay", "tab")
            shown = screen_text(pilot.app.screen)
            assert "tag:pay␛c" in shown
            assert "probation words" in shown
            assert not STEERING.findall(shown.replace("\n", ""))
