"""What Textual sends becomes the cells it stands for; the rest is handed on as it is."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.text.widths import cells
from probation_reader.ui.driver.ansi import AnsiReader, refused
from probation_reader.ui.driver.cells import grid_of, picture
from tests.ui.driver.emulator import Emulator

LAYOUT = "\x1b[1;1Hfirst     \n\x1b[2;1H\x1b[1;31msecond    \x1b[0m\n\x1b[3;1Hthird     \x1b[2;4H"


def texts(stream: AnsiReader) -> list[str]:
    return ["".join([text for text, _ in row]) for row in stream.grid.rows]


def test_moves_pens_and_text_become_cells() -> None:
    stream = AnsiReader(10, 3)
    assert stream.feed(LAYOUT) == (True, "")
    assert texts(stream) == ["first     ", "second    ", "third     "]
    assert stream.grid.rows[1][0] == ("s", "1;31")
    assert stream.grid.rows[2][0] == ("t", "")
    assert stream.grid.cursor == (3, 1)


@pytest.mark.parametrize(
    "data",
    [
        "\x1b[?1049h\x1b[?1000h\x1b[?1003h",
        "\x1b[>25u\x1b[<u",
        "\x1b[?2026$p\x1b[?2048$p",
        "\x1b]52;c;d29yZHM=\x07",
        "\x1b]2;a title\x1b\\",
        "\x1bPtmux;\x1b\x1b]52;c;eA==\x07\x1b\\",
        "\x07",
    ],
)
def test_what_paints_nothing_is_handed_on(data: str) -> None:
    assert AnsiReader(10, 3).feed(data) == (False, data)


@pytest.mark.parametrize("data", ["\x1b[?25l", "\x1b[?2026h", "\x1b[?2026l", "\x1b]8;;x:\x1b\\"])
def test_how_frames_are_put_on_the_screen_is_not(data: str) -> None:
    assert AnsiReader(10, 3).feed(data) == (False, "")


def test_a_terminal_that_holds_updates_back_is_known_by_its_use() -> None:
    stream = AnsiReader(10, 3)
    assert not stream.holds_back
    stream.feed("\x1b[?2026h")
    assert stream.holds_back


def test_a_grid_that_was_taken_does_not_change() -> None:
    stream = AnsiReader(10, 3)
    stream.feed(LAYOUT)
    taken = stream.grid
    stream.feed("\x1b[1;1Hanother")
    assert taken.rows[0][0] == ("f", "")
    assert stream.grid.rows[0][0] == ("a", "")
    assert stream.grid.rows[1] is taken.rows[1]


@pytest.mark.parametrize("old", [(10, 5), (14, 3), (8, 3), (10, 2)])
def test_what_was_laid_out_for_another_size_is_not_whole(old: tuple[int, int]) -> None:
    width, height = old
    rows = [f"\x1b[{y + 1};1H{'x' * width}" for y in range(height)]
    stream = AnsiReader(10, 3)
    stream.feed("\n".join(rows))
    assert not stream.whole
    stream.feed(LAYOUT)
    assert stream.whole


def test_a_half_of_a_wide_character_is_blanked_with_the_other() -> None:
    stream = AnsiReader(10, 1)
    stream.feed("\x1b[1;1H漢字漢字")
    stream.feed("\x1b[1;2Hx\x1b[1;7Hy")
    assert [text for text, _ in stream.grid.rows[0]] == [*" x字", "", "漢", "", *"y   "]


def test_what_the_terminal_shows_is_the_same_as_data() -> None:
    stream = AnsiReader(40, 3)
    stream.feed(
        "\x1b[1;1Hsome \x1b[1mbold\x1b[0m words   and more\x1b[2;3H漢字 e\u0301 \U0001f44d end"
        "\x1b[3;1H\x1b[7m   \x1b[0m\x1b[3;30H\x1b[2mdim\x1b[0m\x1b[2;5H"
    )
    assert grid_of(picture(stream.grid)) == stream.grid


@given(st.text("ab  \u0301漢👍", max_size=30), st.integers(1, 12))
def test_so_it_is_with_marks_on_anything_also_on_blanks(words: str, column: int) -> None:
    stream = AnsiReader(12, 1)
    stream.feed(f"\x1b[1;1H{'x' * 12}\x1b[1;{column}H{words}")
    assert grid_of(picture(stream.grid)) == stream.grid


@pytest.mark.parametrize(
    "text",
    [
        "हिन्दी",
        "❤\ufe0f",
        "🇬🇧",
        "👨\u200d👩\u200d👧",
        "👍🏽",
        "e\u0301",
        "1\ufe0f⃣",
        "㉈",
        "ภาษาที่",
        "🏳\ufe0f\u200d🌈",
    ],
)
def test_plain_output_places_what_follows_a_doubtful_cluster(text: str) -> None:
    screen = Emulator(40, 3)
    sent = refused(f"\x1b[2;3H\x1b[31m{text}|\x1b[0m \n{text}|")
    screen.feed(sent.replace("\n", "\r\n"))  # as the terminal's line does
    for row, column in ((1, 2), (2, 0)):
        assert screen.buffer[row][column + cells(text)].data == "|"
        assert normalize("NFD", screen.buffer[row][column].data)[0] == text[0]


def test_plain_output_of_plain_text_is_sent_as_it_is() -> None:
    sent = "\x1b[1;1H\x1b[1mwords ‘and’ 漢字\x1b[0m\n한글"
    assert refused(sent) == sent
