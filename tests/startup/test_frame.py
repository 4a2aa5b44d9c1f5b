"""A picture written to a terminal is what the terminal then shows."""

from __future__ import annotations

import pyte
import pytest

from probation_reader.startup import styled_rows
from probation_reader.startup.frame import Frame, Run


def shown(picture: Frame) -> pyte.Screen:
    screen = pyte.Screen(picture.width, picture.height)
    stream = pyte.Stream(screen)
    stream.feed("\x1b[1;31mleft behind\x1b[5;5Hand here, too")
    stream.feed(styled_rows.output(picture.cells(), picture.cursor))
    return screen


def test_the_terminal_shows_rows_styles_and_cursor() -> None:
    rows = (
        (Run(0, "", "A heading"), Run(12, "1", "bold"), Run(16, "1;31", "red")),
        (),
        (Run(3, "4", "“quoted”"), Run(11, "", "behind it")),
        (Run(0, "", "漢字"), Run(4, "", "wide"), Run(19, "", "x")),
        (Run(19, "7", "z"),),
    )
    screen = shown(Frame(20, 5, rows, (7, 2)))
    assert [line.rstrip() for line in screen.display] == [
        "A heading   boldred",
        "",
        "   “quoted”behind it",
        "漢字wide           x",
        "                   z",
    ]
    assert screen.buffer[0][12].bold
    assert screen.buffer[0][12].fg == "default"
    assert screen.buffer[0][16].fg == "red"
    assert screen.buffer[2][3].underscore
    assert not screen.buffer[2][11].underscore
    assert screen.buffer[4][19].reverse
    assert (screen.cursor.x, screen.cursor.y) == (7, 2)
    assert not screen.cursor.attrs.reverse


def test_a_width_that_terminals_disagree_on_moves_nothing_behind_it() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    screen = shown(Frame(20, 1, ((Run(0, "", family), Run(2, "", "here")),)))
    assert screen.buffer[0][0].data.startswith("\U0001f468")
    assert screen.display[0].rstrip().endswith("here")
    assert screen.buffer[0][2].data == "h"


@pytest.mark.parametrize(
    ("column", "style", "text"),
    [
        (-1, "", "x"),
        (0, "1m\x1b[2J", "x"),
        (0, "31 ", "x"),
        (0, "", ""),
        (0, "", "\x1b]52;c;x\x07"),
        (0, "", "a\nb"),
        (0, "", "\x9b2J"),
        (0, "", "\ud800"),
    ],
)
def test_a_run_cannot_steer_a_terminal(column: int, style: str, text: str) -> None:
    with pytest.raises(ValueError, match="no run can"):
        Run(column, style, text)


@pytest.mark.parametrize(
    ("width", "height", "rows", "cursor"),
    [
        (0, 1, ((),), (0, 0)),
        (10, 2, ((),), (0, 0)),
        (10, 1, ((),), (10, 0)),
        (10, 1, ((),), (0, 1)),
        (10, 1, ((Run(10, "", "x"),),), (0, 0)),
        (10, 1, ((Run(3, "", "x"), Run(3, "", "y")),), (0, 0)),
        (10, 1, ((Run(3, "", "x"), Run(1, "", "y")),), (0, 0)),
        (10_001, 1, ((),), (0, 0)),
    ],
)
def test_a_picture_fits_its_size(
    width: int, height: int, rows: tuple[tuple[Run, ...], ...], cursor: tuple[int, int]
) -> None:
    with pytest.raises(ValueError, match=r"no picture|do not fit"):
        Frame(width, height, rows, cursor)
