"""The search bar beside its hits: help by example, words offered instead, grouping."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

import pytest

from probation_reader.search.query.examples import EXAMPLES
from probation_reader.ui.screens.help import HelpScreen
from probation_reader.ui.screens.search_help import SearchHelpScreen
from probation_reader.ui.search.hit_list_options import HitListOptions, remember, remembered
from tests.cli.program import Home
from tests.ui.workspaces import (
    DIKTAT,
    GUEST,
    NOTE,
    ids,
    make_thread,
    open_workspace,
    opened,
    press,
    screen_text,
    settled,
)

if TYPE_CHECKING:
    from pathlib import Path

    from probation_reader.workspace import Workspace


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_a_question_mark_in_the_empty_bar_shows_what_can_be_asked(
    workspace: Workspace, key: str
) -> None:
    async with opened(workspace, (80, 40)) as (pilot, reader):
        await press(pilot, "slash", key)
        assert isinstance(pilot.app.screen, SearchHelpScreen)
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
        assert isinstance(pilot.app.screen, SearchHelpScreen)
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


async def test_an_offer_that_stands_alone_is_taken_by_enter_once_it_was_seen(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"caselaod is:bookmarked", "enter")
        shown = screen_text(reader)
        assert "Nothing found" in shown
        assert "▌ Did you mean caseload is:bookmarked?   Tab" in shown
        assert reader.search_bar.value == "caselaod is:bookmarked"
        await press(pilot, "enter")
        assert reader.search_bar.value == "caseload is:bookmarked"


async def test_the_words_whose_hits_are_shown_instead_can_be_taken(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"caselaod", "enter", "tab")
        assert reader.search_bar.value == "caseload"
        assert "nothing has all of" not in screen_text(reader)


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


async def test_hits_tell_how_many_replies_they_have_and_how_they_are_marked(
    workspace: Workspace,
) -> None:
    one, _, _, _, long = ids(GUEST)[1:]
    workspace.record.mark_read([one])
    workspace.record.bookmark(one, "quote", note="a note")
    workspace.record.bookmark(long, "quote")
    async with opened(workspace, (100, 30), open_id=DIKTAT.post.id) as (pilot, reader):
        await press(pilot, "slash", *"in:guest depth:0")
        rows = screen_text(reader).split("\n")
        assert next(row for row in rows if "│  1 " in row).rstrip().endswith("2 replies ✎")
        assert next(row for row in rows if " 3   " in row).rstrip().endswith("★ ●")


async def test_marks_made_while_a_hit_was_open_are_shown_on_the_way_back(
    workspace: Workspace,
) -> None:
    async with opened(workspace, (100, 30), open_id=DIKTAT.post.id) as (pilot, reader):
        await press(pilot, "slash", *"inspectors")
        assert "●" in screen_text(reader).split("│", 1)[1].split("\n")[2]
        await press(pilot, "enter", "b", "m", "b", "escape")
        head = next(row for row in screen_text(reader).split("\n") if "│▌ 1.1" in row)
        assert head.rstrip().endswith("★")


async def test_the_newest_hits_can_come_first_and_that_is_remembered(tmp_path: Path) -> None:
    old = make_thread("Old", [(0, "needle")], published=date(2010, 1, 1), body="needle needle.")
    new = make_thread("New", [(0, "no needle in this long hay")], body="New.")
    with open_workspace(tmp_path, [old, new]) as workspace:
        workspace.index.sync()
        async with opened(workspace, open_id=old.post.id) as (pilot, reader):
            await press(pilot, "slash", *"needle", "ctrl+t")
            assert [hit.title for hit in reader.hits.hits] == ["Old", "Old", "New"]
            await press(pilot, "ctrl+o")
            assert "newest first" in screen_text(reader).split("\n")[-1]
            assert [hit.title for hit in reader.hits.hits] == ["New", "Old", "Old"]
    with open_workspace(tmp_path, [old, new]) as workspace:
        async with opened(workspace, open_id=old.post.id) as (pilot, reader):
            await press(pilot, "slash", *"needle", "down", "enter", "escape")
            assert [hit.title for hit in reader.hits.hits] == ["New", "Old", "Old"]


async def test_the_best_hits_do_not_take_the_place_of_those_one_of_which_is_open(
    tmp_path: Path,
) -> None:
    old = make_thread("Needle", [(0, "needle")], published=date(2010, 1, 1), body="needle needle")
    new = make_thread("New", [(0, "much hay, " * 9 + "and a needle")], body="New.")
    with open_workspace(tmp_path, [old, new, NOTE]) as workspace:
        workspace.index.sync()
        async with opened(workspace, open_id=NOTE.post.id) as (pilot, reader):
            await press(pilot, "slash", *"needle")
            typed = list(reader.hits.hits)
            await press(pilot, "enter")
            reader.searching.ask_best()
            await settled(pilot)
            assert reader.pane.current is not None
            assert reader.pane.current.id == ids(new)[1]
            await press(pilot, "escape")
            assert reader.hits.hits == typed
            assert reader.hits.current == typed[0]


async def test_another_order_leaves_the_cursor_on_its_hit(tmp_path: Path) -> None:
    threads = [
        make_thread(f"Post {n}", [(0, "needle " * n)], published=date(2010, 1, 1 + n))
        for n in range(1, 9)
    ]
    with open_workspace(tmp_path, threads) as workspace:
        workspace.index.sync()
        async with opened(workspace) as (pilot, reader):
            await press(pilot, "slash", *"needle", "down", "down", "down")
            here = reader.hits.current
            await press(pilot, "ctrl+o")
            assert reader.hits.current == here
            await press(pilot, "ctrl+o", "ctrl+t")
            assert reader.hits.current == here


@pytest.mark.parametrize("row", [3, 4, 5])
async def test_a_click_anywhere_on_a_hit_opens_it(workspace: Workspace, row: int) -> None:
    async with opened(workspace, (100, 30), open_id=NOTE.post.id) as (pilot, reader):
        await press(pilot, "slash", *"inspectors OR 60")
        lines = [line.rpartition("│")[2] for line in screen_text(reader).split("\n")]
        assert "Until the inspectors" in lines[3]
        await pilot.click(reader.hits, offset=(10, row - 2))
        await settled(pilot)
        assert reader.pane.has_focus
        assert reader.pane.current is not None
        assert reader.pane.current.id == ids(GUEST)[2]


@pytest.mark.parametrize(
    "query", ["caseload", "in:guest", "caseload -inspectors", "nobody OR came"]
)
@pytest.mark.parametrize("order", ["relevance", "date"])
async def test_the_command_line_gives_the_same_answers(
    tmp_path: Path, query: str, order: str
) -> None:
    with open_workspace(tmp_path / "home") as workspace:
        remember(workspace.paths.manner, HitListOptions(by_date=order == "date", by_post=False))
        async with opened(workspace) as (pilot, reader):
            await press(pilot, "slash")
            reader.asking.take(query)
            await settled(pilot)
            shown = [hit.id for hit in reader.hits.hits]
    printed = Home(tmp_path).json("search", "--by", order, query)["hits"]
    assert [hit["id"] for hit in printed] == shown
    assert shown


def _main(text: str) -> list[str]:
    """Return the rows beside the sidebar, without the signs of what was read since."""
    return [row.rpartition("│")[2].rstrip(" ●") for row in text.split("\n")]


@pytest.mark.parametrize("size", [(80, 24), (40, 20)])
async def test_coming_back_shows_the_hits_on_the_lines_where_they_were(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    threads = [make_thread(f"Post {n}", [(0, f"a needle {n}")]) for n in range(20)]
    with open_workspace(tmp_path, threads) as workspace:
        async with opened(workspace, size) as (pilot, reader):
            await press(pilot, "slash", *"needle", *["down"] * 15, *["up"] * 3)
            before = screen_text(reader)
            await press(pilot, "enter", "escape")
            assert _main(screen_text(reader)) == _main(before)


@pytest.mark.parametrize(
    "kept", [b"", b"{", b"[1]", b'{"by_date": 3}', b"\xff" * 5000, b'{"by_date": [true]}']
)
def test_a_broken_memory_of_how_hits_were_shown_is_none(tmp_path: Path, kept: bytes) -> None:
    file = tmp_path / "hits.json"
    file.write_bytes(kept)
    assert remembered(file) == HitListOptions()
    remember(file, HitListOptions(by_date=True, by_post=False))
    assert remembered(file) == HitListOptions(by_date=True, by_post=False)


def test_where_nothing_can_be_written_the_manner_is_not_remembered(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    remember(tmp_path / "file" / "hits.json", HitListOptions(by_date=True))
    assert remembered(tmp_path / "file" / "hits.json") == HitListOptions()
