"""No control in text reaches a terminal, even if a widget were to draw it."""

from __future__ import annotations

import re

import pytest
from rich.segment import Segment
from textual.color import Color

from probation_reader.ui.line.difference import update
from probation_reader.ui.line.grid import BLANK, Grid, blank, grid_of, picture, place
from probation_reader.ui.line.stream import Stream, refused
from probation_reader.ui.line.writer import Standing
from probation_reader.ui.terminal.filters import Safe

HOSTILE = [
    "\x1bc",
    "\x1b[31m",
    "\x1b]52;c;aGk=\x07",
    "\x1bP+q544e\x1b\\",
    "\x9b31m",
    "\x00\x08\x0b\x0e\x7f",
    "\t",
    "\r\n",
    "\ud800",
    "\u202e",
    "\u2066",
    "\u2028",
    "\ufff9",
    "\U000e0041",
]
STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0001-\U000e007f]"
)
#: What the writer sends for itself: moves, erasing, pens, and line feeds.
OURS = re.compile("\x1b\\[[0-9;]*[A-HJKmr]|[\n\r\b]")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_cells_are_sent_as_signs(text: str) -> None:
    row = [BLANK] * 40
    place(row, 2, f"a{text}b", "")
    grid = Grid(40, 2, (row, [BLANK] * 40))
    sent, _ = update(blank(40, 2), grid, Standing(0, 0, ""))
    assert not STEERING.search(OURS.sub("", sent))
    assert sent.count("\x1b") == len(OURS.findall(sent)) - len(re.findall("[\n\r\b]", sent))
    assert grid_of(picture(grid)) == grid


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_output_sends_signs(text: str) -> None:
    if text in {"\x1b[31m", "\r\n"}:  # a frame has colours and line feeds of its own
        return
    sent = refused(f"\x1b[1;1H\x1b[31ma{text}b\x1b[0m")
    inner = sent.removeprefix("\x1b[1;1H\x1b[31m").removesuffix("\x1b[0m")
    assert not STEERING.search(inner)
    assert inner[0] + inner[-1] == "ab"
    assert len(inner) > 2


@pytest.mark.parametrize(
    "text", ["\x1bc", "\x1b]52;c;aGk=\x07", "\x1b[6n", "\x1bP+q\x1b\\", "\x9b6n"]
)
def test_a_command_within_a_frame_is_not_handed_on(text: str) -> None:
    stream = Stream(40, 2)
    _, handed_on = stream.feed(f"\x1b[1;1Ha{text}b")
    assert handed_on == ""
    drawn = "".join(cell for cell, _ in stream.grid.rows[0]).rstrip()
    assert len(drawn) > 2
    assert not STEERING.search(drawn)


def test_what_the_program_asks_the_terminal_itself_is_sent() -> None:
    for own in ("\x1b[?1049h", "\x1b]52;c;aGk=\x07", "\x1b[>1u", "\x1b]0;title\x07"):
        assert refused(own) == own
        assert Stream(4, 2).feed(own) == (False, own)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_widget_draws_keeps_its_width_and_loses_its_controls(text: str) -> None:
    drawn = Safe().apply([Segment(f"a{text}b")], Color(0, 0, 0))
    assert not STEERING.search(drawn[0].text)
    assert drawn[0].cell_length == Segment(f"a{text}b").cell_length
