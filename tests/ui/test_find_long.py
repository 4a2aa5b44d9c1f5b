"""Find in a thread too long to be searched at once: what the bar says, and where Enter goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.ui.thread.find import SLICE
from tests.ui.workspaces import ids, make_thread, open_workspace, opened, press, screen_text

if TYPE_CHECKING:
    from pathlib import Path

LONG = make_thread(
    "A long thread",
    [(0, f"comment {n} " + "word " * 200) for n in range(8 * SLICE // 1_000)] + [(0, "a needle")],
)


async def test_the_bar_counts_when_all_is_searched(tmp_path: Path) -> None:
    with open_workspace(tmp_path, [LONG]) as workspace:
        async with opened(workspace, open_id=LONG.post.id) as (pilot, reader):
            await press(pilot, "f")
            reader.finding.look_for("word")
            assert reader.finding.state().endswith(" so far")
            reader.finding.look_for("needle")
            assert reader.finding.state() == "looking"
            while not reader.pane.find_done:
                await pilot.pause()
            await pilot.pause()
            assert screen_text(reader).rstrip().endswith("1 of 1")


async def test_enter_waits_for_what_may_still_be_found(tmp_path: Path) -> None:
    with open_workspace(tmp_path, [LONG]) as workspace:
        async with opened(workspace, open_id=LONG.post.id) as (_, reader):
            for words, missing in (("needle", False), ("nowhere", True)):
                reader.finding.begin()
                reader.finding.look_for(words)
                assert reader.finding.keep() is not missing
                assert reader.pane.current is not None
                assert (reader.pane.current.id == ids(LONG)[-1]) is not missing
                reader.pane.find_clear(restore=True)
