"""Painting: what each kind of row says, at every width, with either set of signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from typing import TYPE_CHECKING

import pytest

from probation_reader.model import Post, Thread
from probation_reader.text.widths import cells
from probation_reader.ui.render.columns import WIDEST_TEXT, Layout
from probation_reader.ui.render.headings import heading
from probation_reader.ui.render.rows import (
    GapRow,
    HeadingRow,
    HeadRow,
    Mark,
    StyledSpan,
    StyleRole,
    WordsRow,
)
from tests.ui.pane_threads import make_thread

if TYPE_CHECKING:
    from probation_reader.ui.render.rows import Row
    from tests.ui.render.conftest import MakePainter

NINE = datetime(2024, 4, 27, 9, 5)  # noqa: DTZ001 - a blog's local time


def text(pieces: list[StyledSpan]) -> str:
    return "".join(piece.text for piece in pieces)


def roles(pieces: list[StyledSpan]) -> dict[StyleRole, str]:
    return {piece.role: piece.text for piece in pieces}


def test_a_head_says_number_who_when_and_replies(make_painter: MakePainter) -> None:
    painter = make_painter(make_thread([0, 1, 1], author="Getafix"))
    line = text(painter.paint(HeadRow(1)))
    assert line.startswith(" ▾ 1  ")
    assert line.rstrip().endswith("'Getafix · 27 Apr 2024 19:26 · 2 replies")
    assert text(painter.paint(HeadRow(2))).startswith(" │ ▾ 1.1  ")


def test_signs_have_columns_of_their_own(make_painter: MakePainter) -> None:
    painter = make_painter(make_thread([0]))
    states = product([False, True], repeat=3)
    ends = [text(painter.paint(HeadRow(1, kept=k, new=n, unread=u)))[-4:] for k, n, u in states]
    assert ends == ["    ", "   ●", "  + ", "  +●", " ★  ", " ★ ●", " ★+ ", " ★+●"]


def test_a_note_stands_in_the_place_of_what_is_kept(make_painter: MakePainter) -> None:
    painter = make_painter(make_thread([0]))
    assert text(painter.paint(HeadRow(1, kept=True, noted=True)))[-4:] == " ✎  "


def test_the_current_passage_has_a_bar_and_a_bold_head(make_painter: MakePainter) -> None:
    painter = make_painter(make_thread([0]))
    pieces = painter.paint(HeadRow(1, current=True))
    assert pieces[0] == StyledSpan("▌", StyleRole.BAR)
    assert StyleRole.CURRENT in roles(pieces)
    assert painter.paint(WordsRow(1, 0, current=True))[0] == StyledSpan("▌", StyleRole.BAR)
    assert StyleRole.BAR not in roles(painter.paint(WordsRow(1, 0)))


def test_a_folded_branch_keeps_its_first_words(make_painter: MakePainter) -> None:
    painter = make_painter(make_thread([0, 1, 1, 1], words="First\n\nwords " + "and more " * 30))
    line = text(painter.paint(HeadRow(1, folded=True, below=2)))
    assert line.startswith(" ▸ 1  First words and more and")
    assert line.rstrip().endswith("…  3 replies, 2 unread")
    new = text(painter.paint(HeadRow(1, folded=True, below=3, new_below=2)))
    assert new.rstrip().endswith("3 replies, 2 new")
    every = text(painter.paint(HeadRow(1, folded=True, below=3)))
    assert every.rstrip().endswith("3 unread replies")


def test_a_folded_comment_says_how_many_lines_it_hides(make_painter: MakePainter) -> None:
    painter = make_painter(make_thread([0], words="one\ntwo\nthree"))
    assert text(painter.paint(HeadRow(1, folded=True))).rstrip().endswith("3 lines")


def test_a_passage_that_is_gone_says_so(make_painter: MakePainter) -> None:
    thread = make_thread([0], author="A very long name indeed, and longer")
    gone = replace(thread.passages[1], gone=datetime(2025, 1, 1, tzinfo=UTC))
    painter = make_painter(Thread(thread.post, (thread.passages[0], gone)), 40)
    assert "gone 1 Jan 2025" in text(painter.paint(HeadRow(1)))


def test_a_single_section_is_the_post_and_several_are_numbered(make_painter: MakePainter) -> None:
    assert text(make_painter(make_thread()).paint(HeadRow(0))).startswith(" ▾ post ")
    assert text(make_painter(make_thread(sections=2)).paint(HeadRow(1))).startswith(" ▾ §2 ")


def test_guides_stop_at_six_and_then_the_head_says_what_it_answers(
    make_painter: MakePainter,
) -> None:
    painter = make_painter(make_thread(range(9)))
    assert text(painter.paint(HeadRow(7))).startswith(" " + "│ " * 6 + "▾ 1.1.1.1.1.1.1 ")
    assert text(painter.paint(HeadRow(8))).startswith(
        " " + "│ " * 6 + "▾ 1.1.1.1.1.1.1.1 ↳ reply to 1.1"
    )
    assert text(painter.paint(WordsRow(9, 0))).startswith(" " + "│ " * 6 + "  Some")


def test_on_a_phone_guides_are_one_column_wide(make_painter: MakePainter) -> None:
    painter = make_painter(make_thread([0, 1, 2]), 40)
    assert text(painter.paint(HeadRow(3))).startswith(" ││▾ 1.1.1 ")


def test_matches_are_marked_where_they_are(make_painter: MakePainter) -> None:
    painter = make_painter(make_thread([0], words="one two three"))
    pieces = painter.paint(WordsRow(1, 0, marks=(Mark(4, 7, found=True), Mark(8, 99))))
    assert [piece for piece in pieces if piece.role is not StyleRole.BLANK] == [
        StyledSpan("one ", StyleRole.WORDS),
        StyledSpan("two", StyleRole.FOUND),
        StyledSpan(" ", StyleRole.WORDS),
        StyledSpan("three", StyleRole.MATCH),
    ]


def test_gaps_carry_the_guides_that_go_on(make_painter: MakePainter) -> None:
    painter = make_painter(make_thread([0, 1, 1, 0]))
    gaps = [painter.gap_after(1, 2), painter.gap_after(2, 3), painter.gap_after(3, 4)]
    assert gaps == [GapRow(0), GapRow(1), GapRow(0)]
    assert painter.gap_after(4, None) == GapRow(0)
    assert text(painter.paint(GapRow(1))) == " │ "


def test_rows_of_different_kinds_are_never_equal() -> None:
    kinds: list[Row] = [HeadingRow(0), GapRow(0), HeadRow(0), WordsRow(0, 0)]
    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize(
    ("post", "said"),
    [
        (Post("p", "T"), "no date · no comments captured"),
        (Post("p", "T", announced=0), "no date · 0 comments"),
        (Post("p", "T", announced=1), "no date · 0 of 1 comment"),
        (
            Post(
                "p",
                "T",
                title_made_up=True,
                published=NINE,
                author="Ed",
                labels=("YOT",),
                announced=0,
            ),
            "Sat 27 Apr 2024 09:05 · by Ed · 0 comments · YOT · title made from its first words",
        ),
    ],
)
def test_the_heading_says_what_is_known(post: Post, said: str) -> None:
    assert [row.text for row in heading(Thread(post, ()), 100)] == ["T", said, ""]


def test_the_heading_tells_captured_from_announced() -> None:
    thread = make_thread([0, 0])
    announced = replace(thread, post=replace(thread.post, announced=3))
    assert heading(announced, 80)[1].text == "Sat 27 Apr 2024 · 2 of 3 comments"
    assert heading(thread, 80)[1].text == "Sat 27 Apr 2024 · 2 comments"
    said = "Sat 27 Apr 2024 · 2 of 3 comments · +7 new since Friday · 1,200 unread"
    assert heading(announced, 80, unread=1_200, news="+7 new since Friday")[1].text == said


def test_the_heading_parts_no_fact_that_a_row_can_hold() -> None:
    rows = [row.text for row in heading(make_thread([0, 0]), 30, unread=3, gone=1)]
    assert rows == ["A day in court", "Sat 27 Apr 2024 · 1 comment", "1 gone · 3 unread", ""]


def test_a_title_cannot_steer_the_terminal() -> None:
    post = Post("p", "A\x1b]52;c;aGk=\x07\u202etitle\nof two lines [/]")
    rows = [row.text for row in heading(Thread(post, ()), 100)]
    assert rows[0] == "A␛]52;c;aGk=␇‹202E›title of two lines [/]"


def test_nothing_is_wider_than_the_pane(make_painter: MakePainter) -> None:
    thread = make_thread(range(8), words="界語 " * 40, author="Some Body")
    states = list(product(range(9), [False, True], [False, True]))
    rows: list[Row] = [WordsRow(nth, 0, current=True) for nth in range(9)]
    rows += [
        HeadRow(nth, current=current, folded=folded, unread=True, new=True, kept=True, below=3)
        for nth, current, folded in states
    ]
    for width in [*range(6, 60), 80, 100, 300]:
        painter = make_painter(thread, width)
        assert max(cells(text(painter.paint(row))) for row in rows) <= width


def test_lines_are_never_longer_than_a_person_likes_to_read() -> None:
    assert Layout(300).room(0) == WIDEST_TEXT
    assert Layout(300).edge == Layout(120).edge


def test_there_is_always_room_for_words() -> None:
    for width in range(300):
        assert Layout(width).room(100) >= min(20, max(1, width - 4))
