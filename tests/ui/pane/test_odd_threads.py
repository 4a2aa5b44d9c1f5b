"""Texts and threads that break screens: markup, control codes, width, depth, number."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from tests.ui.pane_threads import make_thread

if TYPE_CHECKING:
    from tests.ui.pane.conftest import Show

SIZES = [(80, 24), (40, 20), (200, 60), (7, 3)]
TEXTS = {
    "markup": "[/] [bold]not markup[/bold] [@click=app.quit]x[/] \\[ [link=",
    "tabs": "a\tb\n\tc\t\td",
    "emoji": "👍🏽 👨\u200d👩\u200d👧 ❤\ufe0f 🇬🇧 1\ufe0f\u20e3 " * 20,
    "combining": "Zoe\u0308 a\u0300\u0301\u0302 " * 30,
    "heap of marks": "e" + "\u0301" * 100_000,
    "joiners": "👩" + "\u200d👩" * 50_000,
    "right to left": "שלום עולם مرحبا بالعالم " * 20,
    "wide": "中文字符没有空格" * 60,
    "long line": "x" * 100_000,
    "long words": "word " * 20_000,
    "steering": "\x1b[2J\x1b]52;c;aGk=\x07 \x9b31m \x00 \u202eevil\u2069 \ud800 \x7f \r\n",
    "only spaces": " " * 500 + "\n   \n",
    "nothing": "",
}


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_every_row_has_exactly_the_cells_of_the_pane(
    text: str, size: tuple[int, int], show: Show
) -> None:
    async with show(make_thread([0, 1, 0], words=text), size=size) as opened:
        for action in ["top", "page_down", "next_passage", "bottom", "fold_all", "page_up"]:
            await opened.do(action)
            strips = [opened.pane.render_line(y) for y in range(size[1])]
            assert {cell_len(strip.text) for strip in strips} == {size[0]}


async def test_markup_is_text(show: Show) -> None:
    async with show(make_thread([0], words=TEXTS["markup"])) as opened:
        assert opened.lines()[4] == "▌  " + TEXTS["markup"]


async def test_nothing_that_steers_reaches_the_screen(show: Show) -> None:
    async with show(make_thread([0], words=TEXTS["steering"], author="\x1b[31mX")) as opened:
        await opened.do("fold_all")
        folded = opened.lines()
        await opened.do("unfold_all")
        shown = "".join(opened.lines() + folded)
        assert not [c for c in shown if ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u2069"]
        assert "␛]52;c;aGk=␇" in shown


async def test_a_chain_of_ten_thousand_replies(show: Show) -> None:
    async with show(make_thread(range(10_000))) as opened:
        await opened.do("bottom")
        assert opened.pane.current is not None
        assert opened.pane.current.depth == 9_999
        assert opened.lines()[-2].startswith("▌" + "│ " * 6 + "▾ 1.1.1…(10000).1 ↳ reply to ")
        await opened.do(
            "parent", "branch_root", "fold", "next_unread", "fold_all", "unfold_all", "top"
        )
        opened.pane.find("passage")
        await opened.do("find_previous")
        assert opened.pane.find_state == (10_001, 10_001)


async def test_fifty_thousand_comments(show: Show) -> None:
    thread = make_thread([0, 1, 2, 1, 0] * 10_000, words="Twelve words " * 6)
    started = perf_counter()
    async with show(thread) as opened:
        await opened.do("bottom", "fold_all", "top", "unfold_all", "next_unread", "page_down")
        await opened.pilot.resize_terminal(40, 20)
        await opened.do("bottom")
        assert opened.pane.current is not None
        assert opened.pane.current.number == "20000"
    # Seconds on any machine; what a quadratic step would take is minutes.
    assert perf_counter() - started < 60
