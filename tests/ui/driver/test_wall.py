"""No control in text reaches a terminal, even if a widget were to draw it."""

from __future__ import annotations

import re

import pytest
from rich.segment import Segment
from textual.color import Color

from probation_reader.ui.driver.ansi import AnsiReader, refused
from probation_reader.ui.driver.cells import BLANK, Grid, blank, grid_of, picture, place
from probation_reader.ui.driver.diff import Standing, update
from probation_reader.ui.terminal.filters import Safe
from tests.ui.driver.emulator import Emulator

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
#: Each alone: C0, DEL, C1, surrogates, what separates lines, what orders or hides text.
SINGLE = [
    *map(chr, (*range(32), *range(127, 160))),
    *"\ud800\udbff\udc00\udc9b\udfff",
    *"\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    *"\u206a\u206f\ufff9\ufffa\ufffb\U000e0001\U000e0020\U000e007f",
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
    stream = AnsiReader(40, 2)
    _, handed_on = stream.feed(f"\x1b[1;1Ha{text}b")
    assert handed_on == ""
    drawn = "".join(cell for cell, _ in stream.grid.rows[0]).rstrip()
    assert len(drawn) > 2
    assert not STEERING.search(drawn)


@pytest.mark.parametrize("text", ["\x1bc", "\x1b]52;c;aGk=\x07", "\x1b[6n", "\x9b", "\x07"])
def test_a_command_that_is_all_of_a_cell_is_not_handed_on(text: str) -> None:
    stream = AnsiReader(40, 2)
    painted, handed_on = stream.feed(f"\x1b[1;1H\x1b[1m{text}\x1b[0m")
    assert painted
    assert handed_on == ""
    assert stream.grid.rows[0][0][0] == sign(text[0])[0]
    assert not STEERING.search(OURS.sub("", refused(f"\x1b[1;1H\x1b[1m{text}\x1b[0m")))


@pytest.mark.parametrize("text", ["\x1b]0;title", "\x1bP+q", "\x1b_", "\x1b[", "\x1b", "\x9d"])
def test_what_text_leaves_open_takes_no_row_with_it(text: str) -> None:
    frame = f"\x1b[1;1H{text}\x1b[0m ab\x1b[2;1Hcd\x1b[2;1H\x07"
    stream = AnsiReader(40, 2)
    stream.feed(frame)
    rows = ["".join(cell for cell, _ in row).rstrip() for row in stream.grid.rows]
    assert rows[0].startswith(sign(text[0]))
    assert rows[0].endswith(" ab")
    assert rows[1].startswith(("cd", "␇d"))
    terminal = Emulator(40, 2)
    terminal.feed(refused(frame))
    assert terminal.display[0].rstrip() == rows[0]


def test_what_the_program_asks_the_terminal_itself_is_sent() -> None:
    for own in ("\x1b[?1049h", "\x1b]52;c;aGk=\x07", "\x1b[>1u", "\x1b]0;title\x07"):
        assert refused(own) == own
        assert AnsiReader(4, 2).feed(own) == (False, own)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_widget_draws_keeps_its_width_and_loses_its_controls(text: str) -> None:
    drawn = Safe().apply([Segment(f"a{text}b")], Color(0, 0, 0))
    assert not STEERING.search(drawn[0].text)
    assert drawn[0].cell_length == Segment(f"a{text}b").cell_length


def sign(char: str) -> str:
    """Return what is to be seen of a character that is refused."""
    if ord(char) < 32:
        return chr(0x2400 + ord(char))
    return "␡" if char == "\x7f" else f"‹{ord(char):04X}›"


@pytest.mark.parametrize("char", SINGLE, ids=ascii)
def test_every_refused_character_is_seen_as_its_sign_in_lean_output(char: str) -> None:
    terminal = Emulator(40, 1)
    row = [BLANK] * 40
    place(row, 0, f"a{char}b", "")
    sent, _ = update(None, Grid(40, 1, (row,)), Standing(0, 0, ""))
    assert char == "\x1b" or char not in OURS.sub("", sent)
    terminal.feed(sent)
    assert terminal.display[0].rstrip() == f"a{sign(char)}b"


@pytest.mark.parametrize("char", SINGLE, ids=ascii)
def test_every_refused_character_is_seen_as_its_sign_in_plain_output(char: str) -> None:
    if char == "\n":  # ends the rows of a frame; a widget's own is taken out by `Safe`
        return
    terminal = Emulator(40, 1)
    sent = refused(f"\x1b[1;1Ha{char}b")
    assert char not in sent.removeprefix("\x1b[1;1H")
    terminal.feed(sent)
    assert terminal.display[0].rstrip() == f"a{sign(char)}b"


@pytest.mark.parametrize("char", SINGLE, ids=ascii)
def test_no_refused_character_is_left_in_what_widgets_draw(char: str) -> None:
    drawn = Safe().apply([Segment(f"a{char}b   ")], Color(0, 0, 0))[0].text
    assert char not in drawn
    assert drawn.startswith(f"a{sign(char)[0]}")
