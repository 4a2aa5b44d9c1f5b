"""When a passage counts as read, and what is said past the ends of a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from probation_reader.ui.messages import MoveRefused, PassagesRead, ThreadEnded
from probation_reader.ui.render.columns import Layout
from probation_reader.ui.thread import motions as moves
from probation_reader.ui.thread.read_tracker import Motion, ReadTracker
from probation_reader.ui.thread.scene import ThreadMarks
from probation_reader.ui.thread.viewport import Viewport
from tests.ui.pane_threads import make_thread

if TYPE_CHECKING:
    from tests.ui.pane.conftest import Show

LONG = "\n".join(f"line {n}" for n in range(60))
NEVER = 1000.0


async def test_the_passage_under_the_cursor_is_read_when_its_end_is_on_screen(show: Show) -> None:
    async with show(make_thread([0, 0])) as opened:
        assert await opened.read() == ["p.§1"]
        assert not opened.lines()[3].endswith("●")
        await opened.do("next_passage")
        assert await opened.read() == ["p.1"]


async def test_nothing_is_shown_as_read_before_it_has_been_kept(show: Show) -> None:
    async with show(make_thread([0, 0]), dwell=NEVER) as opened:
        opened.app.keeps = False
        await opened.do("next_passage")
        assert await opened.read() == ["p.§1"]
        assert opened.lines()[3].endswith("●")
        opened.pane.set_marks(ThreadMarks(["p.§1"]))
        assert not opened.lines()[3].endswith("●")


async def test_a_long_passage_is_not_read_before_its_end_is_seen(show: Show) -> None:
    async with show(make_thread([0], words=LONG)) as opened:
        assert await opened.read() == []
        await opened.do("next_passage")
        assert await opened.read() == []
        await opened.do("next_passage")
        assert await opened.read() == ["p.§1"]


async def test_nothing_is_read_while_the_pane_has_no_focus(show: Show) -> None:
    async with show(make_thread([0]), focus=False) as opened:
        assert await opened.read() == []
        opened.pane.focus()
        await opened.pilot.pause()
        assert await opened.read() == ["p.§1"]


async def test_it_takes_a_moment(show: Show) -> None:
    async with show(make_thread([0]), dwell=NEVER) as opened:
        assert await opened.read() == []


@pytest.mark.parametrize("step", ["next_passage", "read_on"])
async def test_going_on_marks_what_was_seen_at_once(step: str, show: Show) -> None:
    async with show(make_thread([0, 0]), dwell=NEVER) as opened:
        await opened.do(step)
        assert await opened.read() == ["p.§1"]
        await opened.do(step, step)
        assert await opened.read() == ["p.1", "p.2"]


@pytest.mark.parametrize(
    "jump", ["bottom", "next_unread", "next_sibling", "next_top", "previous_passage", "find_next"]
)
async def test_jumping_over_passages_does_not_read_them(jump: str, show: Show) -> None:
    async with show(make_thread([0, 0, 0]), dwell=NEVER, at="p.1") as opened:
        opened.pane.find("words")
        await opened.do(jump)
        assert await opened.read() == []


async def test_the_bottom_reads_only_the_last_passage(show: Show) -> None:
    async with show(make_thread([0, 0, 0], words=LONG[:300])) as opened:
        await opened.read()
        await opened.do("bottom")
        assert await opened.read() == ["p.3"]


async def test_a_folded_passage_is_not_read(show: Show) -> None:
    async with show(make_thread([0]), focus=False) as opened:
        await opened.do("fold_all")
        opened.pane.focus()
        await opened.pilot.pause()
        assert await opened.read() == []


async def test_a_passage_marked_unread_again_stays_unread(show: Show) -> None:
    async with show(make_thread([0, 0])) as opened:
        assert await opened.read() == ["p.§1"]
        opened.app.read.clear()
        opened.pane.set_marks(ThreadMarks())
        await opened.do("next_passage", "previous_passage", "next_passage")
        assert await opened.read() == ["p.1"]
        assert opened.lines()[3].endswith("●")


async def test_opening_a_thread_again_begins_anew(show: Show) -> None:
    async with show(make_thread([0])) as opened:
        assert await opened.read() == ["p.§1"]
        opened.pane.open(make_thread([0]), ThreadMarks())
        assert await opened.read() == ["p.§1"]


def reading(*, height: int) -> tuple[Viewport, ReadTracker]:
    view = Viewport(make_thread([0] * 12), Layout(80), height)
    watched = ReadTracker(dwell=1.0)
    watched.look(view, now=0.0)
    return view, watched


def test_paging_reads_what_was_on_screen_for_the_moment() -> None:
    view, watched = reading(height=15)
    shown = [index for index in range(13) if view.end_shown(index)]
    moves.page_down(view)
    seen = watched.passed(view, 0, Motion.PAGE, now=1.0)
    assert seen == list(range(view.cursor))
    assert seen
    assert set(seen) < set(shown)
    watched.look(view, now=1.0)
    left = view.cursor
    moves.page_down(view)
    # What the first page did not show has not been on screen for long.
    assert watched.passed(view, left, Motion.PAGE, now=1.5) == shown[len(seen) :]
    assert view.cursor > shown[-1]


def test_an_end_that_left_the_screen_begins_its_moment_again() -> None:
    view, watched = reading(height=15)
    moves.bottom(view)
    watched.look(view, now=0.5)
    moves.top(view)
    watched.look(view, now=0.6)
    moves.page_down(view)
    assert watched.passed(view, 0, Motion.PAGE, now=1.2) == []


@pytest.mark.parametrize(
    ("action", "at", "ended"),
    [
        ("next_passage", "p.2", ThreadEnded(forward=True, unread=False)),
        ("read_on", "p.2", ThreadEnded(forward=True, unread=True)),
        ("next_unread", "p.2", ThreadEnded(forward=True, unread=True)),
        ("previous_passage", "p.§1", ThreadEnded(forward=False, unread=False)),
        ("previous_unread", "p.§1", ThreadEnded(forward=False, unread=True)),
        ("line_down", "p.2", ThreadEnded(forward=True, unread=False)),
        ("page_down", "p.2", ThreadEnded(forward=True, unread=False)),
        ("page_up", "p.§1", ThreadEnded(forward=False, unread=False)),
        ("next_sibling", "p.2", MoveRefused("next_sibling")),
        ("parent", "p.2", MoveRefused("parent")),
        ("page_down", "p.1", None),
        ("next_sibling", "p.1", None),
    ],
)
async def test_past_the_ends_the_application_is_told(
    action: str, at: str, ended: ThreadEnded | MoveRefused | None, show: Show
) -> None:
    async with show(make_thread([0, 0]), at=at) as opened:
        await opened.said()
        await opened.do(action)
        kinds = (ThreadEnded, MoveRefused)
        said = [message for message in await opened.said() if isinstance(message, kinds)]
        assert said == ([ended] if ended else [])


async def test_a_thread_that_is_read_sends_space_on(show: Show) -> None:
    thread = make_thread([0, 0])
    async with show(thread, read=[p.id for p in thread.passages]) as opened:
        await opened.said()
        await opened.do("read_on")
        assert await opened.said() == [ThreadEnded(forward=True, unread=True)]


async def test_the_last_passage_is_read_before_the_thread_is_left(show: Show) -> None:
    async with show(make_thread(), dwell=NEVER) as opened:
        await opened.said()
        await opened.do("read_on")
        assert await opened.said() == [
            PassagesRead(("p.§1",)),
            ThreadEnded(forward=True, unread=True),
        ]
