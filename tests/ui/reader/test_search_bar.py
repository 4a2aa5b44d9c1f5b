"""Typing in the search bar over a library in which answers take their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.workspaces import make_thread, open_workspace, opened, press, screen_text, settled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.workspace import Workspace

_WORDS = "needless words and needles in much hay, and a haystack with one needle"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    threads = [
        make_thread(f"Post {post}", [(n % 5, f"{_WORDS} {post} {n}") for n in range(100)])
        for post in range(40)
    ]
    with open_workspace(tmp_path_factory.mktemp("large"), threads) as workspace:
        workspace.index.sync()
        yield workspace


async def _type(pilot: Pilot[None], reader: ReaderScreen, words: str) -> list[str]:
    """Type without waiting for answers; return the queries whose answers were shown."""
    shown: list[str] = []
    for at, key in enumerate(words):
        await pilot.press("space" if key == " " else key)
        assert reader.search_bar.value == words[: at + 1]
        results = reader.searching.results
        if results is not None and (not shown or shown[-1] != results.query):
            shown.append(results.query)
    return shown


async def test_every_letter_is_there_at_once_and_answers_come_in_their_order(
    large: Workspace,
) -> None:
    words = "needle hay words much one"
    async with opened(large) as (pilot, reader):
        await press(pilot, "slash")
        shown = await _type(pilot, reader, words)
        assert all(words.startswith(query) for query in shown)
        assert shown == sorted(shown, key=len)
        await settled(pilot)
        assert reader.searching.results is not None
        assert reader.searching.results.query == words
        assert reader.searching.results.total >= 20


async def test_no_answer_is_shown_for_words_that_are_gone_when_it_comes(large: Workspace) -> None:
    async with opened(large) as (pilot, reader):
        await press(pilot, "slash", "n")
        before = reader.searching.results
        with large.index._reading:  # until this is let go every answer waits
            await pilot.press(*"eedless")
            assert reader.searching.results is before
            await pilot.press(*["backspace"] * 8)
            await pilot.press(*"hay")
            assert "/ hay" in screen_text(reader)
        await settled(pilot)
        assert reader.searching.results is not None
        assert reader.searching.results.query == "hay"


async def test_leaving_while_an_answer_is_awaited_shows_the_thread_and_stays_there(
    large: Workspace,
) -> None:
    async with opened(large) as (pilot, reader):
        await press(pilot, "slash", "n")
        with large.index._reading:
            await pilot.press(*"eedle", "escape")
            assert reader.place == "thread"
        await settled(pilot)
        assert reader.place == "thread"
        assert reader.searching.results is None
        assert reader.pane.display
        assert not reader.hits.display


async def test_enter_before_the_answer_opens_its_first_hit_when_it_comes(large: Workspace) -> None:
    async with opened(large) as (pilot, reader):
        await press(pilot, "slash", "n")
        with large.index._reading:
            await pilot.press(*"eedle", "enter")
            assert reader.search_bar.line.has_focus
        await settled(pilot)
        assert reader.pane.has_focus
        assert reader.pane.current is not None
        assert "needle" in reader.pane.current.text


async def test_of_many_hits_the_first_are_shown_and_all_are_counted(large: Workspace) -> None:
    async with opened(large, (80, 24)) as (pilot, reader):
        await press(pilot, "slash", *"needle")
        reader.searching.ask_best()
        await settled(pilot)
        assert len(reader.hits.hits) >= 200
        assert "1 of 4,000, first " in screen_text(reader)
        await press(pilot, "pagedown", "pagedown", "down")
        assert reader.hits.current is not None
        number = reader.hits.position[0]
        assert f"{number} of 4,000" in screen_text(reader)


@pytest.mark.slow
@pytest.mark.parametrize("by_date", [None, False, True])
async def test_from_the_last_hit_shown_one_goes_on_through_all_there_are(
    large: Workspace,
    by_date: bool | None,  # noqa: FBT001 - given
) -> None:
    async with opened(large, (80, 24)) as (pilot, reader):
        await press(pilot, "slash", *"haystack ")
        if by_date is None:  # moved before typing paused: the newest stay
            await press(pilot, "down")
            assert len(reader.hits.hits) < 200
        else:
            reader.searching.arrange(by_date=by_date, by_post=True)
        await settled(pilot)
        shown = [hit.id for hit in reader.hits.hits]
        assert len(shown) < 4000

        reader.hits.stand_on(reader.hits.hits[-1])
        line = reader.hits.cursor - reader.hits.scroll_offset.y
        await settled(pilot)

        assert [hit.id for hit in reader.hits.hits[: len(shown)]] == shown
        assert len(reader.hits.hits) >= len(shown) + 100
        assert reader.hits.current == reader.hits.hits[len(shown) - 1]
        assert reader.hits.cursor - reader.hits.scroll_offset.y == line
        assert f"{len(shown)} of " in screen_text(reader)
        await press(pilot, "down")
        assert reader.hits.position[0] == len(shown) + 1

        while reader.searching.more:
            reader.hits.stand_on(reader.hits.hits[-1])
            await settled(pilot)
        everything = [hit.id for hit in reader.hits.hits]
        assert len(everything) == len(set(everything)) == 4000
        assert f"{reader.hits.position[0]:,} of 4,000 " in screen_text(reader)


async def test_the_way_through_the_hits_goes_on_beyond_those_shown(large: Workspace) -> None:
    async with opened(large, (80, 24)) as (pilot, reader):
        await press(pilot, "slash", *"haystack ")
        reader.searching.ask_best()
        await settled(pilot)
        shown = len(reader.hits.hits)
        reader.searching._bringing = True
        reader.hits.stand_on(reader.hits.hits[-1])
        await press(pilot, "enter", "n")
        assert "More hits are on their way: n again" in reader.status.text
        reader.searching._bringing = False
        await press(pilot, "n")
        await settled(pilot)
        await press(pilot, "n", "n")
        assert f"{shown + 1} of 4,000" in reader.status.text
