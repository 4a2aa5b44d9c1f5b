"""The list of what was kept: filter and tags, order, letting go, writing, the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from probation_reader.ui.screens.bookmarks import BookmarksScreen
from probation_reader.ui.widgets.prompt import Prompt
from tests.ui.workspaces import DIKTAT, GUEST, ids, opened, press, screen_text

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from probation_reader.workspace import Workspace


@pytest.fixture
def kept(workspace: Workspace) -> Workspace:
    """Return a workspace with four bookmarks, one of a passage that is not there."""
    record = workspace.record
    record.bookmark(f"{GUEST.post.id}.zzzz", "Words that were taken down.", tags=("staffing",))
    record.bookmark(ids(GUEST)[4], "Licence conditions.", tags=("half days", "law"))
    record.bookmark(ids(DIKTAT)[1], "Nobody asked.", note="for the letter", tags=("staffing",))
    record.bookmark(ids(GUEST)[2], "Until the inspectors come.", tags=("staff", "law"))
    return workspace


def _screen(pilot: Pilot[None]) -> BookmarksScreen:
    screen = pilot.app.screen
    assert isinstance(screen, BookmarksScreen)
    return screen


def _shown(pilot: Pilot[None]) -> list[str]:
    return [choice.words for choice in _screen(pilot).shown]


async def test_a_tag_is_found_by_its_beginning_and_by_nothing_else(kept: Workspace) -> None:
    async with opened(kept) as (pilot, _):
        await press(pilot, "B", *"tag:staff")
        assert len(_shown(pilot)) == 3
        await press(pilot, *"i")
        assert _shown(pilot) == ["Nobody asked.", "Words that were taken down."]
        await press(pilot, *" letter")
        assert _shown(pilot) == ["Nobody asked."]


async def test_tags_are_counted_and_completed(kept: Workspace) -> None:
    async with opened(kept) as (pilot, _):
        await press(pilot, "B")
        assert "#law 2  #staffing 2  #half days 1" in screen_text(pilot.app.screen)
        await press(pilot, "tab")
        assert _screen(pilot).query_one(Prompt).value == "tag:"
        for tag in ("law", "staffing", "half days", "staff", "law"):
            await press(pilot, "tab")
            assert _screen(pilot).query_one(Prompt).value == f"tag:{tag}"
        assert _shown(pilot) == ["Until the inspectors come.", "Licence conditions."]


async def test_on_a_phone_tags_leave_room_to_type(kept: Workspace) -> None:
    async with opened(kept, (40, 20)) as (pilot, _):
        await press(pilot, "B")
        first = screen_text(pilot.app.screen).split("\n")[0]
        assert first.strip() == "Kept: type to narrow            #law 2"


async def test_a_tag_of_two_words_narrows_to_its_bookmark(kept: Workspace) -> None:
    async with opened(kept) as (pilot, _):
        await press(pilot, "B", *"tag:ha", "tab")
        assert _shown(pilot) == ["Licence conditions."]


async def test_the_newest_stand_first_or_those_of_a_post_together(kept: Workspace) -> None:
    async with opened(kept) as (pilot, _):
        await press(pilot, "B")
        newest = [
            "Until the inspectors come.",
            "Nobody asked.",
            "Licence conditions.",
            "Words that were taken down.",
        ]
        assert _shown(pilot) == newest
        await press(pilot, "down", "ctrl+o")
        assert _shown(pilot) == [newest[1], newest[3], newest[0], newest[2]]
        lines = screen_text(pilot.app.screen).split("\n")
        assert lines[1].strip() == "A New Diktat"
        current = _screen(pilot).current
        assert current is not None
        assert current.words == "Nobody asked."
        await press(pilot, "ctrl+o")
        assert _shown(pilot) == newest


async def test_esc_returns_to_the_very_row(kept: Workspace) -> None:
    async with opened(kept) as (pilot, reader):
        await press(pilot, "B", "ctrl+o", *"tag:law", "down", "enter")
        assert reader.pane.current is not None
        assert reader.pane.current.id == ids(GUEST)[4]
        await press(pilot, "j", "escape")
        assert _shown(pilot) == ["Until the inspectors come.", "Licence conditions."]
        current = _screen(pilot).current
        assert current is not None
        assert current.id == ids(GUEST)[4]
        await press(pilot, "escape")
        assert reader.is_current
        await press(pilot, "escape")
        assert reader.place == "posts"


async def test_q_goes_past_the_list(kept: Workspace) -> None:
    async with opened(kept) as (pilot, reader):
        await press(pilot, "B", "enter", "q")
        assert reader.place == "posts"


async def test_in_another_thread_esc_does_not_lead_to_the_list(kept: Workspace) -> None:
    async with opened(kept) as (pilot, reader):
        await press(pilot, "B", "enter")
        assert reader.reading.post_id == GUEST.post.id
        await press(pilot, "q", "g", "g", "enter")
        assert reader.reading.post_id == DIKTAT.post.id
        await press(pilot, "escape", "j", "enter", "escape")
        assert reader.place == "posts"


async def test_a_passage_that_is_gone_says_so_and_keeps_its_words(kept: Workspace) -> None:
    async with opened(kept) as (pilot, _):
        await press(pilot, "B", *"taken")
        assert "gone from its post" in screen_text(pilot.app.screen)
        await press(pilot, "enter")
        assert "This passage is gone" in screen_text(pilot.app.screen)


async def test_what_is_let_go_can_be_kept_after_all(kept: Workspace) -> None:
    before = kept.record.bookmarks()
    async with opened(kept) as (pilot, reader):
        await press(pilot, "B", "ctrl+x")
        assert kept.record.bookmarks() == before[1:]
        assert "Ctrl+x keeps it" in screen_text(pilot.app.screen)
        await press(pilot, "ctrl+x")
        assert kept.record.bookmarks() == before
        await press(pilot, "ctrl+x", "escape")
        assert kept.record.bookmarks() == before[1:]
        await press(pilot, "u")
        assert kept.record.bookmarks() == before
        assert "kept" in reader.status.message


async def test_where_nothing_can_be_kept_nothing_looks_let_go(kept: Workspace) -> None:
    async with opened(kept) as (pilot, _):
        kept.record.keeps = False
        await press(pilot, "B", "ctrl+x")
        assert "marks are not being kept" in screen_text(pilot.app.screen)
        assert "keeps it" not in screen_text(pilot.app.screen)
        assert len(kept.record.bookmarks()) == 4


@pytest.mark.slow
async def test_what_is_shown_is_written_as_markdown(kept: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "law.md"
    async with opened(kept, (120, 24)) as (pilot, _):
        await press(pilot, "B", *"tag:law", "down", "ctrl+x", "ctrl+y")
        assert _screen(pilot).place == "file"
        await press(pilot, "ctrl+u", *str(file), "enter")
        assert f"1 bookmark written to {file}"[:60] in screen_text(pilot.app.screen)
        written = file.read_text(encoding="utf-8")
        assert written.count("\n> ") == 1
        assert "Guest Blog 97*, Saturday 27 April 2024, comment 1.1." in written
        await press(pilot, "ctrl+y", "ctrl+u", *str(file))
        assert "replaces the file" in screen_text(pilot.app.screen)
        await press(pilot, "escape")
        assert _screen(pilot).place == "kept"
        assert file.read_text(encoding="utf-8") == written


@pytest.mark.slow
@pytest.mark.parametrize("name", ["", "folder", "folder/missing/x.md"])
async def test_where_nothing_can_be_written_the_name_stays(
    kept: Workspace, tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder").mkdir()
    typed = str(tmp_path / name) if name else ""
    async with opened(kept, (200, 24)) as (pilot, _):
        await press(pilot, "B", "ctrl+y", "ctrl+u", *typed, "enter")
        assert _screen(pilot).place == "file"
        shown = screen_text(pilot.app.screen)
        assert "it needs the name" in shown or "cannot be written" in shown
    assert _markdown_in(tmp_path) == []


def _markdown_in(folder: Path) -> list[Path]:
    return list(folder.glob("**/*.md"))


async def test_an_empty_list_has_nothing_to_write_or_let_go(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, _):
        await press(pilot, "B", "ctrl+x", "ctrl+y")
        assert "There is nothing to write" in screen_text(pilot.app.screen)
        await press(pilot, "escape", "B")
        assert "Nothing kept yet: b keeps a passage" in screen_text(pilot.app.screen)
