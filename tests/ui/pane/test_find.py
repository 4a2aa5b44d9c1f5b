"""Find in a thread: what counts as the same, where it leads, and the way back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.ui.thread.find import ALL, SLICE, Finder, fold
from probation_reader.ui.thread.scene import ThreadMarks
from tests.ui.pane_threads import make_thread

if TYPE_CHECKING:
    from probation_reader.model import Thread
    from tests.ui.pane.conftest import Opened, Show

LONG = "\n".join(f"line {n}" for n in range(60))


def found(text: str, query: str) -> list[str]:
    finder = Finder(["before", text, "after"])
    finder.search(query)
    return [text[mark.start : mark.end] for mark in finder.marks(1)]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Probation and PROBATION", "probation", ["Probation", "PROBATION"]),
        ("a café", "CAFE", ["café"]),
        ("a cafe\u0301 now", "café", ["cafe"]),
        ("don’t and don't", "don't", ["don’t", "don't"]),
        ("“so” – they say", '"so" -', ["“so” –"]),
        ("two\nlines", "two lines", ["two\nlines"]),
        ("ﬁnal oﬀer", "final", ["ﬁnal"]),
        ("Straße", "strasse", ["Straße"]),
        ("a.b axb", "a.b", ["a.b"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("שלום עולם", "עולם", ["עולם"]),
        ("👍🏽 ok", "👍", ["👍"]),
        ("nothing", "", []),
        ("nothing", "something", []),
    ],
)
def test_what_counts_as_the_same(text: str, query: str, expected: list[str]) -> None:
    assert found(text, query) == expected


@given(st.text("aé’ﬁ\u0301ß X", max_size=40), st.text("aef's x", min_size=1, max_size=3))
def test_every_match_folds_to_the_query(text: str, query: str) -> None:
    for match in found(text, query):
        assert fold(query) in fold(match)


@given(st.text("aé’ﬁ\u0301ß X", max_size=60), st.text("aef's x", min_size=1, max_size=3))
def test_matches_are_counted_as_the_folded_text_has_them(text: str, query: str) -> None:
    assert len(found(text, query)) == fold(text).count(fold(query))


@given(
    st.lists(st.text("ab", max_size=6), min_size=1, max_size=300),
    st.text("ab", min_size=1, max_size=2),
    st.data(),
)
def test_what_is_searched_in_slices_is_what_is_there(
    texts: list[str], query: str, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(texts) - 1))
    offset = data.draw(st.integers(0, len(texts[index])))
    without = data.draw(st.sets(st.integers(0, len(texts) - 1), max_size=9))
    looked_in = ["" if nth in without else text for nth, text in enumerate(texts)]
    there = [
        (nth, match.start())
        for nth, text in enumerate(looked_in)
        for match in re.finditer(query, text)
    ]
    nearest = next((at for at in there if at >= (index, offset)), there[0] if there else None)
    finder = Finder(texts, without)
    finder.search(query)
    finder.stand(index, offset)
    while not finder.done:
        finder.look(1)
        assert finder.here() in {nearest, None}
    assert finder.here() == nearest
    assert finder.state == (there.index(nearest) + 1 if nearest else 0, len(there))
    for by in (1, -1, -1) if nearest else ():
        after = (finder.state[0] - 1 + by) % len(there)
        finder.step(by)
        assert finder.here() == there[after]
    assert [(nth, mark.start) for nth in range(len(texts)) for mark in finder.marks(nth)] == there


def long_thread() -> Thread:
    """A thread of some slices; words stand in each comment, a needle in 1 and in the last."""
    size = 8 * SLICE // 1_000

    def words(number: str) -> str:
        return "word " * 200 + ("needle" if number in {"1", str(size)} else "")

    return make_thread([0] * size, words=words)


async def test_a_long_thread_is_searched_while_keys_are_served(show: Show) -> None:
    thread = long_thread()
    async with show(thread, at="p.2", dwell=1000) as opened:
        pane = opened.pane
        assert pane.find("needle") == (0, 1)  # the one above where it began, which is not near
        assert not pane.find_done
        await until_searched(opened)
        assert pane.find_state == (2, 2)
        assert pane.current == thread.passages[-1]
        assert pane.find("word")[0] > 0
        assert not pane.find_done
        await until_searched(opened)
        assert pane.find_state == (401, 200 * len(thread.passages))
        assert pane.current is not None
        assert pane.current.number == "2"


async def test_what_is_no_longer_looked_for_is_not_gone_to(show: Show) -> None:
    async with show(long_thread(), at="p.2", dwell=1000) as opened:
        opened.pane.find("needle")
        opened.pane.find_clear(restore=True)
        await until_searched(opened)
        assert opened.pane.current is not None
        assert opened.pane.current.number == "2"


async def test_a_step_before_all_is_searched_goes_where_it_would_after(show: Show) -> None:
    async with show(long_thread(), at="p.1", dwell=1000) as opened:
        assert opened.pane.find("needle") == (1, 1)
        await opened.do("find_previous")
        assert opened.pane.find_state == (2, 2)


async def until_searched(opened: Opened) -> None:
    while not opened.pane.find_done:
        await opened.pilot.pause()
    await opened.pilot.pause()


async def test_find_as_one_types(show: Show) -> None:
    thread = make_thread([0, 0], words=lambda number: f"{LONG}\nneedle {number}")
    async with show(thread) as opened:
        assert opened.pane.find("n") == (1, 183)  # in 60 lines and a needle, thrice
        assert opened.pane.find("needle") == (1, 3)
        await opened.pilot.pause()
        assert "▌  needle §1" in opened.lines()
        await opened.do("find_next")
        assert opened.pane.find_state == (2, 3)
        assert "▌  needle 1" in opened.lines()
        await opened.do("find_previous", "find_previous")
        assert opened.pane.find_state == (3, 3)
        assert "▌  needle 2" in opened.lines()


async def test_what_is_muted_and_shut_is_not_found(show: Show) -> None:
    async with show(make_thread([0, 0, 0]), at="p.2") as opened:
        opened.pane.set_marks(ThreadMarks(muted={"p.2": "this branch"}))
        assert opened.pane.find("words") == (3, 3)
        opened.pane.find_clear(restore=True)
        await opened.do("unfold")
        assert opened.pane.find("words") == (3, 4)


async def test_find_begins_at_what_is_on_screen(show: Show) -> None:
    async with show(make_thread([0], words=LONG), at="p.1", line=30) as opened:
        assert opened.pane.find("line") == (60 + 30, 120)
        assert opened.pane.top_line == 30


def test_words_that_fold_to_nothing_find_nothing() -> None:
    finder = Finder(["some text"])
    finder.search("\u0301")
    finder.look(ALL)
    assert finder.state == (0, 0)


async def test_what_is_not_there_returns_to_where_find_began(show: Show) -> None:
    thread = make_thread([0, 0], words=lambda number: f"{LONG}\nneedle {number}")
    async with show(thread, at="p.1", line=5) as opened:
        before = opened.lines()
        opened.pane.find("needle 2")
        assert opened.lines() != before
        assert opened.pane.find("needle 3") == (0, 0)
        assert opened.lines() == before


@pytest.mark.parametrize("restore", [True, False])
async def test_leaving_find_returns_or_stays(restore: bool, show: Show) -> None:  # noqa: FBT001
    thread = make_thread([0, 1], words=lambda number: f"{LONG}\nneedle {number}")
    async with show(thread, dwell=1000) as opened:
        await opened.do("fold_all")
        before, folded = opened.lines(), opened.pane.folded
        opened.pane.find("needle 1.1")
        assert opened.pane.folded == {"p.§1"}
        opened.pane.find_clear(restore)
        assert opened.pane.find_state is None
        assert (opened.lines() == before) is restore
        assert (opened.pane.folded == folded) is restore
        assert opened.pane.current is not None
        assert opened.pane.current.number == ("§1" if restore else "1.1")


async def test_find_returns_to_its_passage_after_a_resize(show: Show) -> None:
    thread = make_thread([0, 0], words=lambda number: f"{'word ' * 300}\nneedle {number}")
    async with show(thread, at="p.1", dwell=1000) as opened:
        opened.pane.find("needle 2")
        await opened.pilot.resize_terminal(40, 20)
        opened.pane.find_clear(restore=True)
        assert opened.lines()[0] == "   needle §1"
        assert opened.lines()[2].startswith("▌▾ 1 ")


async def test_matches_are_marked_without_colour(show: Show) -> None:
    async with show(make_thread([0], words="one needle, two needles")) as opened:
        opened.pane.find("needle")
        styled = [
            (segment.text, bool(segment.style and segment.style.reverse))
            for segment in opened.pane.render_line(4)
            if "needle" in segment.text
        ]
        assert styled == [("needle", True), ("needle", False)]
        underlined = [s.text for s in opened.pane.render_line(4) if s.style and s.style.underline]
        assert underlined == ["needle"]
