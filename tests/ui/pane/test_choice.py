"""Choosing words with the mouse: what is chosen, how it is shown, that it is copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from probation_reader.ui.messages import CopyWanted
from probation_reader.ui.render.columns import Layout
from probation_reader.ui.render.rows import WordsRow
from probation_reader.ui.thread import motions as folds
from probation_reader.ui.thread.scene import ThreadMarks
from probation_reader.ui.thread.selection import choice, chosen_text, point_at
from probation_reader.ui.thread.viewport import Viewport
from tests.ui.pane_threads import make_thread

if TYPE_CHECKING:
    from tests.ui.pane.conftest import Opened, Show

WRAPPED = "These words are wrapped over several lines of a narrow pane,\nand these are not"


def chosen(view: Viewport, one: tuple[int, int], other: tuple[int, int]) -> str:
    view.chosen = choice(view, point_at(view, *one), point_at(view, *other))
    return chosen_text(view)


def view_of(*depths: int, words: str = WRAPPED) -> Viewport:
    return Viewport(make_thread(depths, words=words), Layout(40), 30)


def test_wrapped_lines_are_chosen_as_the_text_has_them() -> None:
    view = view_of(0, 1)
    assert chosen(view, (3, 4), (39, 6)) == WRAPPED
    assert chosen(view, (9, 4), (7, 5)) == "words are wrapped over several lines"


def test_what_is_chosen_upwards_is_the_same() -> None:
    view = view_of(0, 1)
    assert chosen(view, (7, 5), (9, 4)) == chosen(view, (9, 4), (7, 5))


def test_heads_and_guides_are_no_part_of_it_and_passages_are_told_apart() -> None:
    view = view_of(0, 1, words="words")
    assert view.row(6).__class__.__name__ == "HeadRow"
    assert chosen(view, (0, 3), (39, 29)) == "words\n\nwords\n\nwords"
    assert chosen(view, (5, 4), (5, 10)) == "rds\n\nwords\n\nwo"


def test_folded_passages_are_no_part_of_it() -> None:
    view = view_of(0, 0, words="words")
    view.cursor = 1
    folds.toggle_fold(view)
    assert chosen(view, (0, 0), (39, 29)) == "words\n\nwords"


def test_wide_characters_are_chosen_by_either_of_their_cells() -> None:
    view = view_of(0, words="界語é\u0301x")
    assert chosen(view, (3, 4), (4, 4)) == "界"
    assert chosen(view, (4, 4), (5, 4)) == "界語"
    assert chosen(view, (7, 4), (8, 4)) == "é\u0301x"


@settings(deadline=None)
@given(st.tuples(st.integers(0, 45), st.integers(0, 35)), st.integers(-5, 20), st.data())
def test_each_cell_of_the_words_chooses_what_it_shows(
    cell: tuple[int, int], top: int, data: st.DataObject
) -> None:
    view = view_of(0, 1, 2, 0, words=data.draw(st.text("ab 界\n", min_size=1, max_size=99)))
    view.scroll(top)
    text = chosen(view, cell, cell)
    row = view.row(view.top + cell[1])
    drawn = "".join(piece.text for piece in view.painter.paint(row))
    if text and isinstance(row, WordsRow):
        assert text in drawn
    assert len(text) <= 1


def drawn_over(opened: Opened) -> str:
    """What is drawn as chosen."""
    return "".join(
        segment.text
        for y in range(opened.pane.size.height)
        for segment in opened.pane.render_line(y)
        if segment.style and segment.style.reverse
    )


async def draw(opened: Opened, one: tuple[int, int], other: tuple[int, int]) -> None:
    await opened.pilot.mouse_down(opened.pane, offset=one)
    await opened.pilot.hover(opened.pane, offset=other)
    await opened.pilot.mouse_up(opened.pane, offset=other)


async def test_the_words_the_mouse_is_drawn_over_are_shown_and_copied(show: Show) -> None:
    async with show(make_thread([0])) as opened:
        await opened.said()
        before = opened.pane.current
        await draw(opened, (8, 4), (12, 4))
        copied = [said.text for said in await opened.said() if isinstance(said, CopyWanted)]
        assert copied == ["words"]
        assert drawn_over(opened) == "words"
        assert opened.pane.current == before  # no click came of it


async def test_what_is_chosen_is_let_go_when_something_moves(show: Show) -> None:
    async with show(make_thread([0])) as opened:
        await draw(opened, (8, 4), (12, 4))
        await opened.do("next_sibling")
        assert not drawn_over(opened)
        await draw(opened, (8, 4), (12, 4))
        await opened.pilot.click(opened.pane, offset=(8, 7))
        assert not drawn_over(opened)


async def test_a_click_chooses_nothing(show: Show) -> None:
    async with show(make_thread([0])) as opened:
        await opened.said()
        await opened.pilot.click(opened.pane, offset=(8, 7))
        assert not [said for said in await opened.said() if isinstance(said, CopyWanted)]
        assert not drawn_over(opened)


async def test_a_click_on_what_is_left_out_brings_its_heads_in(show: Show) -> None:
    async with show(make_thread([0, 0, 0]), focus=False) as opened:
        opened.pane.set_marks(ThreadMarks(new={"p.3"}))
        opened.pane.turn(opened.pane.view.way.NEW)  # type: ignore[union-attr]
        await opened.pilot.click(opened.pane, offset=(4, 6))
        heads = opened.lines()[6:8]
        assert [line[1:32] for line in heads] == [
            f"▸ {n}  Some words of this passage" for n in "12"
        ]
