"""What a person sees in a real terminal: layout, style, questions."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from tests.cli.program import PAGE, Home

STYLE = re.compile("\x1b\\[[012]m")


def test_show_is_wrapped_and_indented(reader: Home) -> None:
    code, sent = reader.in_terminal("show", reader.post(), size="40x24")
    lines = STYLE.sub("", sent).split("\n")
    assert code == 0
    assert max(map(len, lines)) <= 40
    assert "The chair in our office has been broken" in lines
    assert "since spring." in lines
    assert "  2.1  unread" in lines
    assert "  Lifts are not in the contract, as I" in lines


def test_show_is_no_wider_than_reading_bears(home: Home) -> None:
    home.run("import", home.write(PAGE.replace("A chair was", "word " * 100)))
    _, sent = home.in_terminal("show", home.post(), size="200x24")
    lengths = [len(line) for line in STYLE.sub("", sent).split("\n")]
    assert 80 < max(lengths) <= 88


def test_a_deep_chain_stays_on_the_screen(home: Home) -> None:
    home.run("import", home.write(PAGE))
    _, sent = home.in_terminal("show", home.post(), size="20x24")
    assert "Then who mends" in sent


def test_style_is_used_on_a_terminal_only(reader: Home) -> None:
    _, sent = reader.in_terminal("list")
    assert "\x1b[1mThe Waiting Room\x1b[0m" in sent
    assert "\x1b" not in reader.run("list").stdout


@pytest.mark.parametrize("plain", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_holds(reader: Home, plain: dict[str, str]) -> None:
    for command in (["list"], ["show", reader.post()], ["search", "stairs"], ["doctor"], ["-h"]):
        code, sent = reader.in_terminal(*command, **plain)
        assert code == 0
        assert "\x1b" not in sent


def test_an_empty_no_colour_means_nothing(reader: Home) -> None:
    assert "\x1b[1m" in reader.in_terminal("list", NO_COLOR="")[1]


def test_remove_asks_first(reader: Home) -> None:
    post = reader.post()
    code, sent = reader.in_terminal("remove", post, keys="n\n", after="[y/N]")
    assert code == 1
    assert "The Waiting Room" in sent
    assert "Remove 1 post from the library? [y/N]: " in sent
    assert "nothing was removed" in sent
    assert reader.post() == post
    code, sent = reader.in_terminal("remove", post, keys="y\n", after="[y/N]")
    assert (code, reader.json("list")) == (0, [])


def test_ctrl_c_at_a_question_removes_nothing(reader: Home) -> None:
    code, sent = reader.in_terminal("remove", reader.post(), keys="\x03", after="[y/N]")
    assert code == 130
    assert "Traceback" not in sent
    assert len(reader.json("list")) == 1


def test_remove_yes_does_not_ask(reader: Home) -> None:
    code, sent = reader.in_terminal("remove", reader.post(), "--yes")
    assert (code, sent) == (0, "1 post removed.\n")


def test_a_long_title_is_cut_to_the_row(home: Home) -> None:
    title = "Of chairs and 階段 and whatever else was broken in the waiting room that winter"
    home.run("import", home.write(PAGE.replace("The Waiting Room", title)))
    _, sent = home.in_terminal("list", size="80x24", NO_COLOR="1")
    row = sent.splitlines()[1]
    assert row.endswith("…")
    assert cell_len(row) <= 80
    assert title in home.run("list").stdout


def test_a_complaint_is_wrapped_between_words(home: Home) -> None:
    _, sent = home.in_terminal("list", size="60x24")
    rows = sent.splitlines()
    assert max(map(len, rows)) <= 60
    assert " ".join(row.strip() for row in rows) == home.run("list").stderr.strip()
