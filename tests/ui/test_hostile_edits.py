"""A line filled with hostile text and kept as it stands changes nothing; edited, it breaks none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from probation_reader import paths
from probation_reader.workspace import Workspace
from tests.hostile_home import HOSTILE, fill, hostile
from tests.ui.workspaces import opened, press, screen_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    fill(tmp_path)
    paths.resolve(tmp_path).options_file.unlink()
    with Workspace.open(paths.resolve(tmp_path)) as opened_workspace:
        yield opened_workspace


async def test_a_saved_search_renamed_to_its_own_name_stays_as_it_is(workspace: Workspace) -> None:
    before = workspace.record.saved_searches()
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "escape", "g", "g", "e")
        assert "kSAVED␛c" in reader.name_bar.value
        await press(pilot, "enter")
        assert reader.place == "posts"
    assert workspace.record.saved_searches() == before


async def test_a_saved_search_that_was_run_and_saved_again_stays_one(workspace: Workspace) -> None:
    before = workspace.record.saved_searches()
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "escape", "g", "g", "enter")
        assert "kQUERY␛c" in reader.search_bar.value
        await press(pilot, "ctrl+s", "enter")
        assert workspace.record.saved_searches() == before
        await press(pilot, "x", "ctrl+s")
        assert "kSAVED␛c" in reader.name_bar.value
        await press(pilot, "enter")
    (saved,) = workspace.record.saved_searches()
    assert saved.words.endswith("x")


async def test_another_name_takes_the_place_of_a_hostile_one(workspace: Workspace) -> None:
    (before,) = workspace.record.saved_searches()
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "escape", "g", "g", "e", "ctrl+u", *"calm", "enter")
        assert reader.place == "posts"
        (saved,) = workspace.record.saved_searches()
        assert (saved.name, saved.words) == ("calm", before.words)
        await press(pilot, "u")
    assert workspace.record.saved_searches() == [before]


async def test_a_note_kept_as_it_stands_stays_as_it_is(workspace: Workspace) -> None:
    before = workspace.record.bookmarks()
    kept = next(bookmark for bookmark in before if bookmark.note)
    async with opened(workspace, open_id=kept.id) as (pilot, reader):
        await press(pilot, "e")
        assert reader.note_bar.value.startswith("kNOTE␛c")
        await press(pilot, "enter")
    assert workspace.record.bookmarks() == before


async def test_a_note_that_was_edited_keeps_the_tags_that_no_line_can_hold(
    workspace: Workspace,
) -> None:
    kept = next(bookmark for bookmark in workspace.record.bookmarks() if bookmark.note)
    assert hostile("TAG") in kept.tags
    async with opened(workspace, open_id=kept.id) as (pilot, _):
        await press(pilot, "e", "home", *"New ", "enter")
    (after,) = (each for each in workspace.record.bookmarks() if each.id == kept.id)
    assert after.note is not None
    assert after.note.startswith("New kNOTE␛c")
    assert after.quote == kept.quote
    assert set(after.tags) == set(kept.tags)


async def test_earlier_words_that_are_hostile_can_be_forgotten(workspace: Workspace) -> None:
    assert any(HOSTILE[:9] in words for words in workspace.record.searched())
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", "up")
        assert reader.search_bar.value.startswith("kHISTORY␛c")
        await press(pilot, "ctrl+x")
    assert workspace.record.searched() == ["probation"]


async def test_a_hostile_tag_of_several_words_is_completed_and_found(workspace: Workspace) -> None:
    async with opened(workspace, (120, 30)) as (pilot, _):
        await press(pilot, "B", *"tag:k", "tab")
        line = pilot.app.screen.query_one(Input)
        assert line.value.startswith("tag:kTAG␛c")
        assert "kNOTE␛c" in screen_text(pilot.app.screen)
        assert "1 of 2" in screen_text(pilot.app.screen)
