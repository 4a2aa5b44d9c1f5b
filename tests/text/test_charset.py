"""What a terminal of few characters shows: laid out as drawn, copied and marked as written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.model import SourceSpan
from probation_reader.search import Hit
from probation_reader.text import charset
from probation_reader.text.charset import displayable, offsets, source_span
from probation_reader.text.widths import cells
from probation_reader.ui.render.columns import Layout
from probation_reader.ui.render.headings import heading, one_line
from probation_reader.ui.render.text_layout import Texts
from probation_reader.ui.search.hit_rows import snippet_rows
from probation_reader.ui.thread.find import Finder, Highlights
from probation_reader.ui.thread.selection import choice, chosen_text, point_at
from probation_reader.ui.thread.viewport import Viewport
from tests.ui.pane_threads import finds, make_thread

WORDS = "‘Oﬃcers’ — ½ of them… saw Łódź 漢 and the target"


@pytest.fixture(autouse=True)
def ascii_terminal() -> Iterator[None]:
    charset.use("ANSI_X3.4-1968")
    yield
    charset.use("UTF-8")


def texts(*words: str) -> Texts:
    depths = [0] * len(words)
    thread = make_thread(depths, sections=0, words=lambda number: words[int(number) - 1])
    return Texts(thread.passages)


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("ascii", "'Officers' - 1/2 of them... saw Lodz 漢 and the target"),
        ("iso-8859-1", "'Officers' - ½ of them... saw Lódz 漢 and the target"),
        ("utf8", WORDS),
    ],
)
def test_text_is_what_the_terminal_can_show_before_it_is_laid_out(
    encoding: str, shown: str
) -> None:
    charset.use(encoding)
    assert one_line(WORDS) == shown == texts(WORDS)[0]


def test_signs_of_controls_are_in_caret_notation_and_codes_in_angles() -> None:
    assert one_line("a\x1b[2J \x7f \u202e") == "a^[[2J ^? <202E>"


def test_a_heading_is_broken_by_what_is_drawn() -> None:
    thread = make_thread([0])
    wide = "½" * 9 + " ﬁ…"
    post = type(thread.post)("p", wide, published=date(2024, 4, 27))
    rows = heading(type(thread)(post, thread.passages), 27)
    assert [row.text for row in rows[:2]] == ["1/2" * 9, "fi..."]


@given(st.text("a½ﬁ…漢Ł\u200b ", max_size=12), st.data())
def test_every_span_of_what_is_shown_stands_for_characters_of_the_text(
    text: str, data: st.DataObject
) -> None:
    shown, begins = displayable(text), offsets(text)
    assert len(begins) == len(text) + 1
    assert begins[-1] == len(shown)
    start = data.draw(st.integers(0, len(shown)))
    end = data.draw(st.integers(start, len(shown)))
    first, last = source_span(text, start, end)
    assert shown[start:end] in displayable(text[first:last])
    assert source_span(text, 0, len(shown)) == (0, len(text)) or not shown


def test_words_chosen_with_the_mouse_are_copied_as_they_are_written() -> None:
    view = Viewport(make_thread([], words=WORDS), Layout(80), 30)
    row = 4
    shown = view.texts[0]
    column = view.layout.words_column(0)

    def copied(words: str) -> str:
        start = column + cells(shown[: shown.index(words)])
        last = start + cells(words) - 1
        view.chosen = choice(view, point_at(view, start, row), point_at(view, last, row))
        return chosen_text(view)

    assert copied("'Officers' - 1/2 of") == "‘Oﬃcers’ — ½ of"
    assert copied("2") == "½"
    assert copied("them... saw Lodz") == "them… saw Łódź"
    assert copied("target") == "target"


def test_what_is_found_in_a_thread_stands_on_its_words() -> None:
    shown = texts(WORDS)
    finder = Finder(shown)
    for query, found in (("target", "target"), ("Łódź", "Lodz"), ("½ of", "1/2 of")):
        finder.search(query)
        finder.look(1000)
        assert [shown[0][mark.start : mark.end] for mark in finder.marks(0)] == [found]


def test_what_a_search_found_is_looked_for_in_the_words_as_written() -> None:
    shown = texts(WORDS)
    for word, drawn in (("target", "target"), ("Łódź", "Lodz"), ("½", "1/2")):
        (mark,) = Highlights(shown, finds(word)).marks(0)
        assert shown[0][mark.start : mark.end] == drawn


def test_marks_in_a_snippet_stand_on_their_words() -> None:
    start = WORDS.index("target")
    span = SourceSpan("page.txt", 1, 1)
    hit = Hit("p.1", "p", "1", "A post", None, WORDS, ((1, 7), (start, start + 6)), span)
    rows = snippet_rows(hit, 30)
    assert [text for row in rows for text, found in row if found] == ["Officers", "target"]
    assert all(cells("".join(text for text, _ in row)) <= 30 for row in rows)


def test_links_are_found_again_behind_what_is_longer_as_drawn() -> None:
    shown = texts("½ ﬁrst… https://a.org/x “and” https://b.org/y")
    links = shown.links(0)
    assert [shown[0][link.start : link.end] for link in links] == [
        "https://a.org/x",
        "https://b.org/y",
    ]
