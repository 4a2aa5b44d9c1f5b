"""Links and matches on a line: which characters are drawn as what."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.links.link import Link
from probation_reader.text.wrap import Line
from probation_reader.ui.render.rows import Mark, StyleRole, WordsRow
from probation_reader.ui.render.runs import runs
from probation_reader.ui.render.text_layout import Texts
from tests.ui.pane_threads import make_thread

if TYPE_CHECKING:
    from tests.ui.render.conftest import MakePainter


def link(start: int, end: int) -> Link:
    return Link(start, end, "https://a.org/", "a.org")


@pytest.mark.parametrize(
    ("links", "marks", "drawn"),
    [
        ([], [], "wwwwwwwwww"),
        ([(2, 5)], [], "wwlllwwwww"),
        ([(2, 5), (5, 7)], [], "wwlllllwww"),
        ([(2, 8)], [(4, 6)], "wwllmmllww"),
        ([(2, 5)], [(0, 3), (4, 9)], "mmmlmmmmmw"),
        ([(-4, 3), (8, 40)], [], "lllwwwwwll"),
        ([(-9, -1), (12, 20)], [(-5, 0), (10, 11)], "wwwwwwwwww"),
    ],
)
def test_a_match_is_drawn_over_a_link(
    links: list[tuple[int, int]], marks: list[tuple[int, int]], drawn: str
) -> None:
    line = Line(100, 110, 0)
    shown = runs(
        line,
        [link(100 + start, 100 + end) for start, end in links],
        [Mark(100 + start, 100 + end) for start, end in marks],
    )
    assert "".join(role.value[0] * (end - start) for start, end, role in shown) == drawn


PARTS = st.lists(st.integers(0, 60), unique=True).map(sorted)


@given(PARTS, PARTS, st.integers(0, 60), st.integers(0, 60))
def test_the_runs_make_up_the_line(links: list[int], marks: list[int], a: int, b: int) -> None:
    line = Line(min(a, b), max(a, b), 0)
    linked = [link(*pair) for pair in zip(links[::2], links[1::2], strict=False)]
    marked = [Mark(*pair) for pair in zip(marks[::2], marks[1::2], strict=False)]
    shown = list(runs(line, linked, marked))
    assert [line.start, *(run.end for run in shown)][-1] == line.end
    assert all(before.end == after.start for before, after in pairwise(shown))


def test_an_address_is_drawn_as_a_link_on_every_line_it_takes(make_painter: MakePainter) -> None:
    words = "See https://example.org/a-long-way-/that-does-not-end- and more"
    painter = make_painter(make_thread([0], words=words), 30)
    drawn = [painter.paint(WordsRow(1, number)) for number in range(3)]
    linked = [piece.text for row in drawn for piece in row if piece.role is StyleRole.LINK]
    assert "".join(linked) == words.split()[1]


@pytest.mark.parametrize(
    "words",
    [
        "tabs\tbefore\thttps://a.org/x\tand\thttps://b.org/y",
        "\x1b[31mhttps://a.org/x\x07 \x00https://b.org/y",
        "one\n\ttwo https://a.org/x\n\t\thttps://b.org/y",
        "e" + "\u0301" * 99 + " https://a.org/x https://b.org/y",
    ],
)
def test_links_are_found_again_in_what_is_shown(words: str) -> None:
    texts = Texts(make_thread([0], words=words).passages)
    links = texts.links(1)
    shown = [texts[1][link.start : link.end] for link in links]
    assert [text.rstrip("␇") for text in shown] == ["https://a.org/x", "https://b.org/y"]
