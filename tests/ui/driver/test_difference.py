"""Whatever a terminal shows, what is sent makes it show what is wanted, and no less would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probation_reader.ui.driver.cells import BLANK, Grid, after, blank, place
from probation_reader.ui.driver.diff import Standing, update
from tests.ui.driver.emulator import Emulator, plainly, seen

if TYPE_CHECKING:
    from probation_reader.ui.driver.cells import Row

PENS = ["", "1", "2", "1;36", "7", "4", "3;31", "38;5;200", "38;2;1;2;3;44", "2;41", "1;4;97"]
TEXTS = [
    "words of a comment", "a", " ", "      ", "│ ", "▾ 9.1 ‘quoted’ …", "漢字", "한글 漢", "ＡＢ",
    "e\u0301", "n\u0303o", "\U0001f44d", "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f1ec\U0001f1e7", "\u2764\ufe0f", "\u200b", "क्षि", "\ufe0f", "⌚", "á́́", "ab\u0301cd漢e",
]  # fmt: skip
texts = st.sampled_from(TEXTS) | st.text(st.sampled_from("ab ’漢\u0301\U0001f600"), min_size=1)
writes = st.tuples(st.integers(0, 40), st.integers(-3, 40), texts, st.sampled_from(PENS))


def drawn(grid: Grid, marks: list[tuple[int, int, str, str]], cursor: tuple[int, int]) -> Grid:
    rows = [row[:] for row in grid.rows]
    for y, x, text, pen in marks:
        place(rows[y % grid.height], max(0, x), text, after("", pen))
    x, y = cursor
    return Grid(grid.width, grid.height, tuple(rows), (x % grid.width, y % grid.height))


def scrolled(rows: tuple[Row, ...], by: int, first: int, last: int) -> tuple[Row, ...]:
    """Move rows of a region round, as a scroll and new rows do."""
    region = rows[first : last + 1]
    turn = by % len(region) if region else 0
    return (*rows[:first], *region[turn:], *region[:turn], *rows[last + 1 :])


@st.composite
def changes(draw: st.DrawFn) -> tuple[Grid, Grid]:
    width, height = draw(st.integers(1, 24)), draw(st.integers(1, 9))
    cursors = st.tuples(st.integers(0, 30), st.integers(0, 30))
    before = drawn(blank(width, height), draw(st.lists(writes, max_size=25)), draw(cursors))
    first = draw(st.integers(0, height - 1))
    rows = scrolled(before.rows, draw(st.integers(-4, 4)), first, draw(st.integers(first, height)))
    moved = Grid(width, height, rows)
    return before, drawn(moved, draw(st.lists(writes, max_size=6)), draw(cursors))


@settings(max_examples=600, deadline=None)
@given(change=changes(), known=st.booleans())
def test_the_terminal_shows_what_is_wanted(change: tuple[Grid, Grid], *, known: bool) -> None:
    before, wanted = change
    screen, other = Emulator(before.width, before.height), Emulator(before.width, before.height)
    screen.feed(plainly(before))
    other.feed(plainly(wanted))
    output, standing = update(before if known else None, wanted, Standing())
    screen.feed(output)
    assert seen(screen) == seen(other)
    again, _ = update(wanted, wanted, standing)
    assert again == ""


@settings(max_examples=200, deadline=None)
@given(changes(), changes())
def test_one_frame_after_the_other(one: tuple[Grid, Grid], two: tuple[Grid, Grid]) -> None:
    frames = [*one, *two]
    screen: Emulator | None = None
    shown, standing = None, Standing()
    for frame in frames:
        if screen is None or (screen.columns, screen.lines) != (frame.width, frame.height):
            screen = Emulator(frame.width, frame.height)
            screen.feed("\x1b[3;5r\x1b[1;41mleft from before the size changed")
            shown = None
        output, standing = update(shown, frame, standing)
        screen.feed(output)
        other = Emulator(frame.width, frame.height)
        other.feed(plainly(frame))
        assert seen(screen) == seen(other)
        shown = frame


def grid(*lines: str, width: int = 40, cursor: tuple[int, int] = (0, 0)) -> Grid:
    marks = [(y, 0, line, "") for y, line in enumerate(lines) if line]
    return drawn(blank(width, len(lines)), marks, cursor)


def sent(before: Grid, wanted: Grid) -> str:
    return update(before, wanted, Standing(0, 0, ""))[0]


def test_nothing_is_sent_for_nothing() -> None:
    assert sent(grid("as it was"), grid("as it was")) == ""


def test_a_moved_cursor_is_a_move() -> None:
    rows = ("one", "two", "three")
    assert sent(grid(*rows), grid(*rows, cursor=(2, 1))) == "\n\x1b[2C"


@pytest.mark.parametrize(
    ("before", "wanted", "output"),
    [
        ("a word", "a ward", "\x1b[3Ca\r"),
        ("unread 41", "unread 40", "\x1b[8C0\r"),
        ("something long", "some", "\x1b[4C\x1b[K\r"),
        ("word", "wor", "\x1b[3C \r"),
        ("a few more words", "1 few more 2ords", "1\x1b[10C2\r"),
        ("", "漢字", "漢字\r"),
        ("漢字", "漢", "\x1b[2C  \r"),
        ("漢字", "a 字", "a \r"),
    ],
)
def test_what_changed_is_sent_and_no_more(before: str, wanted: str, output: str) -> None:
    assert sent(grid(before), grid(wanted)) == output


def test_a_row_with_unsure_text_is_sent_from_there_to_its_end() -> None:
    thumb = "\U0001f44d"
    output = sent(grid(f"ab {thumb} words"), grid(f"ab {thumb} wards"))
    assert output == f"\x1b[3C  \b\b{thumb}\x1b[;6H wards\x1b[K\r"


def test_a_scrolled_pane_costs_its_new_row() -> None:
    lines = [f"{number}. line of some words" for number in range(30)]
    below = ["─" * 40, "status"]
    output = sent(grid(*lines[:20], *below), grid(*lines[1:21], *below))
    assert len(output) < 60
    assert lines[20] in output
    back = sent(grid(*lines[1:21], *below), grid(*lines[:20], *below))
    assert len(back) < 60
    assert lines[0] in back


def test_a_scroll_beside_a_standing_pane_is_found() -> None:
    lines = [" ".join([f"word{n * n * 7919}" for n in range(x, x + 4)]) for x in range(30)]
    side = [f"post {number:2} │ " for number in range(20)]
    before = grid(*(a + b for a, b in zip(side, lines[:20], strict=True)), "status 41", width=60)
    wanted = grid(*(a + b for a, b in zip(side, lines[1:21], strict=True)), "status 40", width=60)
    screen = Emulator(60, 21)
    screen.feed(plainly(before))
    output = sent(before, wanted)
    screen.feed(output)
    assert "\x1b[M" in output
    assert len(output) < 20 * 20
    assert screen.display == ["".join([text for text, _ in row]) for row in wanted.rows]


def test_a_space_looks_the_same_in_every_ink() -> None:
    row = [BLANK] * 4
    place(row, 0, "  ", "2;36")
    assert row == [BLANK] * 4
    place(row, 0, "  ", "7")
    assert row != [BLANK] * 4
