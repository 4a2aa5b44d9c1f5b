"""What a search found, marked in the thread that was opened for it."""

from __future__ import annotations

from probation_reader.ui.render.rows import Mark
from probation_reader.ui.render.text_layout import Texts
from probation_reader.ui.thread.find import Highlights
from tests.ui.pane_threads import finds, make_thread

_trial = finds("trial")


def texts(*words: str) -> Texts:
    depths = [0] * len(words)
    thread = make_thread(depths, sections=0, words=lambda number: words[int(number) - 1])
    return Texts(thread.passages)


def test_the_first_match_of_the_passage_one_stands_on_is_told_from_the_others() -> None:
    highlights = Highlights(texts("a trial, a trial", "trial"), _trial)
    assert highlights.stand(0) == 2
    assert highlights.marks(0) == [Mark(2, 7, found=True), Mark(11, 16)]
    assert highlights.marks(1) == [Mark(0, 5)]
    assert highlights.stand(1) == 0
    assert highlights.marks(0) == [Mark(2, 7), Mark(11, 16)]
    assert highlights.marks(1) == [Mark(0, 5, found=True)]


def test_a_passage_without_a_match_has_no_place_to_stand_on() -> None:
    highlights = Highlights(texts("none here"), _trial)
    assert highlights.stand(0) is None
    assert highlights.marks(0) == []


def test_only_what_is_drawn_is_looked_through() -> None:
    asked: list[str] = []

    def marker(text: str) -> list[tuple[int, int]]:
        asked.append(text)
        return []

    highlights = Highlights(texts(*(f"text {n}" for n in range(1000))), marker)
    highlights.stand(7)
    highlights.marks(7)
    highlights.marks(8)
    assert asked == ["text 7", "text 8"]
