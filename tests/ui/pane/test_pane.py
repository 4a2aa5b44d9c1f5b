"""The pane in an application: pictures, what it draws again, folds, find, the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from probation_reader.model import Post, Thread
from probation_reader.ui.messages import CursorMoved, PassagesRead
from probation_reader.ui.thread.canvas import _KEPT_PICTURES
from probation_reader.ui.thread.scene import ThreadMarks
from tests.ui.pane.conftest import PaneApp, WatchedPane
from tests.ui.pane_threads import finds, make_thread

if TYPE_CHECKING:
    from tests.ui.pane.conftest import Show

LONG = "\n".join(f"line {n}" for n in range(60))


def heading(unread: int) -> list[str]:
    return [" A day in court", f" Sat 27 Apr 2024 · 3 comments · {unread} unread", ""]


async def test_a_thread_at_80_by_24(show: Show) -> None:
    thread = make_thread([0, 1, 0], author="Getafix")
    async with show(thread, read=["p.§1", "p.1"], kept=["p.1.1"], focus=False) as opened:
        assert opened.lines()[:14] == [
            *heading(2),
            " ▾ post",
            "   Some words of this passage",
            "",
            " ▾ 1                                 'Getafix · 27 Apr 2024 19:26 · 1 reply",
            "   Some words of this passage",
            "",
            "▌│ ▾ 1.1                                       'Getafix · 27 Apr 2024 19:26 ★ ●",
            "▌│   Some words of this passage",
            "",
            " ▾ 2                                           'Getafix · 27 Apr 2024 19:26   ●",
            "   Some words of this passage",
        ]


async def test_a_thread_on_a_phone(show: Show) -> None:
    words = "Twelve words that do not fit on a single line of a phone"
    thread = make_thread([0, 1, 0], words=words, author="Getafix")
    async with show(thread, size=(40, 20), focus=False) as opened:
        assert opened.lines()[:16] == [
            *heading(4),
            "▌▾ post                                ●",
            "▌  Twelve words that do not fit on a",
            "▌  single line of a phone",
            "",
            " ▾ 1              'Getafix · 1 reply   ●",
            "   Twelve words that do not fit on a",
            "   single line of a phone",
            "",
            " │▾ 1.1                     'Getafix   ●",
            " │  Twelve words that do not fit on a",
            " │  single line of a phone",
            "",
            " ▾ 2    'Getafix · 27 Apr 2024 19:26   ●",
        ]


async def test_lines_stay_readable_in_a_wide_pane(show: Show) -> None:
    async with show(make_thread([0], words="word " * 100), size=(200, 60)) as opened:
        assert max(map(len, opened.lines())) <= 91
        assert all(opened.pane.render_line(y).cell_length == 200 for y in range(60))


async def test_no_thread_is_an_empty_pane(show: Show) -> None:
    async with show(None) as opened:
        assert opened.pane.thread is None
        assert opened.pane.current is None
        assert opened.pane.find_state is None
        assert set(opened.lines()) == {""}
        await opened.do("next_passage", "fold_all", "bottom", "find_next")
        assert opened.pane.find("word") == (0, 0)


@pytest.mark.parametrize("width", [30, 80])
async def test_the_heading_says_how_many_are_unread_and_keeps_its_rows(
    show: Show, width: int
) -> None:
    thread = make_thread([0, 0])
    ids = [passage.id for passage in thread.passages]
    async with show(thread, size=(width, 24), focus=False) as opened:
        before = opened.lines()
        assert "3 unread" in "\n".join(before[:4])
        opened.pane.set_marks(ThreadMarks(ids[:2]), only=ids[:2])
        assert "1 unread" in "\n".join(opened.lines()[:4])
        opened.pane.set_marks(ThreadMarks(ids))
        after = opened.lines()
        assert "unread" not in "\n".join(after[:4])
        first = next(row for row, line in enumerate(before) if "post" in line)
        assert "post" in after[first]


async def test_a_post_without_a_word_shows_its_heading(show: Show) -> None:
    async with show(Thread(Post("p", "Nothing"), ())) as opened:
        assert opened.lines()[0] == " Nothing"
        assert opened.pane.find("word") == (0, 0)
        await opened.do("read_on", "fold", "page_down", "top")
        assert opened.pane.current is None


async def test_opening_says_where_the_cursor_is(show: Show) -> None:
    async with show(make_thread([0, 0]), read=["p.§1"], focus=False) as opened:
        assert await opened.said() == [CursorMoved("p.1", "1")]
        await opened.do("next_passage")
        assert await opened.said() == [PassagesRead(("p.1",)), CursorMoved("p.2", "2")]
        assert opened.pane.current is not None
        assert opened.pane.current.id == "p.2"


async def test_the_line_at_the_top_can_be_kept_and_come_back_to(show: Show) -> None:
    thread = make_thread([0, 0], words=LONG)
    async with show(thread, at="p.1", line=17) as opened:
        assert opened.lines()[0] == "▌  line 16"
        assert opened.pane.top_line == 17
        await opened.do("top")
        assert opened.pane.top_line == -3, "the heading is above it"


async def test_a_passage_in_mid_pane_can_be_come_back_to_on_its_row(show: Show) -> None:
    thread = make_thread([0] * 30)
    read = [passage.id for passage in thread.passages]
    async with show(thread, read=read, at="p.9") as opened:
        await opened.do("next_passage")
        above, shown = opened.pane.top_line, opened.lines()
        assert above < 0
    async with show(thread, read=read, at="p.10", line=above) as opened:
        assert opened.lines() == shown
    async with show(thread, read=read, at="p.10", line=-1000) as opened:
        assert any("10" in line and line.startswith("▌") for line in opened.lines())


async def test_a_moved_cursor_draws_only_the_rows_concerned(show: Show) -> None:
    async with show(make_thread([0, 0, 0]), read=["p.§1", "p.1", "p.2", "p.3"]) as opened:
        opened.pane.refreshed = set()
        await opened.do("next_passage")
        assert opened.pane.refreshed == {3, 4, 6, 7}


@pytest.mark.slow
async def test_of_a_long_thread_only_so_many_pictures_are_kept(show: Show) -> None:
    async with show(make_thread([0] * 600), dwell=3600.0) as opened:
        for _ in range(90):
            await opened.do("page_down")
            opened.lines()
        assert len(opened.pane._pictures) == _KEPT_PICTURES
        await opened.do("top")
        assert opened.lines()[4].endswith("Some words of this passage")


async def test_a_fold_draws_no_row_above_it(show: Show) -> None:
    async with show(make_thread([0, 1, 0]), at="p.1", focus=False) as opened:
        opened.pane.refreshed = set()
        await opened.do("toggle_fold")
        assert opened.lines()[6].startswith("▌▸ 1  Some words of this passage ")
        assert opened.lines()[7].startswith(" ▾ 2 ")
        assert min(opened.pane.refreshed) == 6


async def test_marks_are_looked_up_only_for_what_changed(show: Show) -> None:
    async with show(make_thread([0, 0, 0]), focus=False) as opened:
        marked = ThreadMarks({"p.1", "p.2"}, {"p.1"}, {"p.1", "p.3"}, {"p.1"})
        opened.pane.set_marks(marked, only=["p.1", "p.unknown"])
        heads = [line for line in opened.lines() if "▾" in line]
        assert [line[10:].strip() for line in heads] == ["●", "✎+", "●", "●"]
        assert opened.pane.unread == 3


async def test_gaining_and_losing_the_focus_draws_nothing(show: Show) -> None:
    async with show(make_thread([0]), dwell=3600.0) as opened:
        for widget in (None, opened.pane):
            opened.pane.refreshed = set()
            opened.app.set_focus(widget)
            await opened.pilot.pause()
            assert opened.pane.has_focus is (widget is not None)
            assert opened.pane.refreshed == set()


async def test_marks_draw_only_the_heads_that_changed(show: Show) -> None:
    async with show(make_thread([0, 0]), focus=False) as opened:
        opened.pane.refreshed = set()
        opened.pane.set_marks(ThreadMarks({"p.1"}, {"p.2"}))
        assert opened.pane.refreshed == {1, 6, 9}  # how many are unread, and the two
        assert [line[-2:] for line in opened.lines() if "▾" in line] == [" ●", " 1", " ●"]


async def test_a_movement_that_changes_nothing_draws_nothing(show: Show) -> None:
    async with show(make_thread([0]), at="p.1") as opened:
        opened.pane.refreshed = set()
        await opened.do("next_passage", "next_sibling", "page_up", "page_down", "unfold_all")
        opened.pane.refreshed = set()
        await opened.do("next_passage", "next_sibling", "unfold_all", "bottom")
        assert opened.pane.refreshed == set()


async def test_the_folded_passages_are_known_by_their_ids(show: Show) -> None:
    async with show(make_thread([0, 1]), at="p.1") as opened:
        await opened.do("fold")
        assert opened.pane.folded == {"p.1"}


async def test_a_search_hit_opens_at_its_words(show: Show) -> None:
    thread = make_thread([0, 1, 0], words=lambda number: f"{LONG}\nneedle {number}")
    async with show(thread, at="p.1.1", only_path=True, marker=finds("needl")) as opened:
        assert any(line == "▌│   needle 1.1" for line in opened.lines())
        assert opened.pane.found_by_search
        assert opened.pane.folded == {"p.§1", "p.2"}
        opened.pane.stand_on("p.2")
        assert opened.pane.current
        assert opened.pane.current.number == "2"
        assert opened.pane.folded == {"p.§1"}


async def test_the_size_follows_the_terminal_with_the_same_words_at_the_top(show: Show) -> None:
    thread = make_thread([0, 0], words=LONG)
    async with show(thread, at="p.1", line=20) as opened:
        for size in [(40, 20), (200, 60), (23, 5), (80, 24)]:
            await opened.pilot.resize_terminal(*size)
            assert opened.lines()[0] == "▌  line 19"
        assert opened.pane.virtual_size.height == opened.pane.view.table.height  # type: ignore[union-attr]


async def test_a_click_puts_the_cursor_and_on_a_fold_sign_folds(show: Show) -> None:
    async with show(make_thread([0, 1, 0])) as opened:
        await opened.pilot.click(opened.pane, offset=(20, 10))
        assert opened.pane.current
        assert opened.pane.current.number == "1.1"
        assert not opened.pane.folded
        await opened.pilot.click(opened.pane, offset=(1, 6))
        assert opened.pane.current.number == "1"
        assert opened.pane.folded == {"p.1"}
        await opened.pilot.click(opened.pane, offset=(1, 6))
        assert not opened.pane.folded
        await opened.pilot.click(opened.pane, offset=(1, 0))
        await opened.pilot.click(opened.pane, offset=(1, 22))
        assert opened.pane.current.number == "1"


async def test_the_wheel_scrolls(show: Show) -> None:
    async with show(make_thread([0], words=LONG)) as opened:
        assert opened.lines()[0] == heading(2)[0]
        await opened.pilot._post_mouse_events([MouseScrollDown], opened.pane)
        assert opened.lines()[0] == "▌▾ post" + " " * 71 + "●"
        await opened.pilot._post_mouse_events([MouseScrollUp], opened.pane)
        assert opened.lines()[0] == heading(2)[0]


@pytest.mark.parametrize("key", ["down", "pagedown", "end", "space", "j", "enter"])
async def test_the_pane_binds_no_key_itself(key: str, show: Show) -> None:
    async with show(make_thread([0], words=LONG)) as opened:
        before = opened.lines()
        await opened.pilot.press(key)
        assert opened.lines() == before


async def test_the_terminal_cursor_is_on_the_current_passage(show: Show) -> None:
    async with show(make_thread([0, 0])) as opened:
        await opened.do("next_passage")
        assert opened.pane.cursor_screen_offset == (0, 6)


async def test_a_thread_may_be_opened_before_the_pane_has_a_size() -> None:
    class Early(PaneApp):
        def on_mount(self) -> None:
            thread = make_thread([0, 1, 0], words=lambda number: f"{LONG}\nneedle {number}")
            self.pane.open(
                thread, ThreadMarks(), at="p.1.1", only_path=True, marker=finds("needle")
            )

    app = Early(WatchedPane())
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.pause()
        lines = [app.pane.render_line(y).text.rstrip() for y in range(10)]
        assert "▌│   needle 1.1" in lines
