"""Which words are chosen when the mouse is drawn over the pane. Pure.

What is chosen runs through the texts as they are, not through the rows of the
pane: guides, heads and the breaks of wrapped lines are no part of it, nor are
passages that are folded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from probation_reader.ui.thread.row_table import HEADING

if TYPE_CHECKING:
    from probation_reader.ui.thread.scene import ThreadScene


class Point(NamedTuple):
    """A cell of the pane, as a place in the texts.

    Args:
        nth: the index of the passage.
        start: offset of what the cell shows; where it shows no words, of what follows.
        end: offset just past it.
    """

    nth: int
    start: int
    end: int


class Selection(NamedTuple):
    """What is chosen: from one point to another one below, both included."""

    first: Point
    last: Point


def point_at(view: ThreadScene, x: int, y: int) -> Point:
    """Return the place in the texts of a cell of the pane; the thread has passages."""
    table, last = view.table, view.table.visible[-1]
    row = max(0, view.top + y)
    if row > table.end_of(last):
        return _end(view, last)
    nth, line = table.row_at(row)
    if nth == HEADING:
        return Point(table.visible[0], 0, 0)
    if line == 0:
        return Point(nth, 0, 0)
    if nth in table.folded or line > table.lines_of(nth):
        return _end(view, nth)
    column = x - view.layout.words_column(view.order.depths[nth])
    return Point(nth, *view.typeset.offsets_at(nth, line - 1, column))


def _end(view: ThreadScene, nth: int) -> Point:
    size = len(view.texts[nth])
    return Point(nth, size, size)


def choice(view: ThreadScene, one: Point, other: Point) -> Selection:
    """Return what is chosen between two points, whichever comes first."""
    first, last = sorted((one, other), key=lambda point: (view.table.y_of(point.nth), point.start))
    return Selection(first, last)


def chosen_in(view: ThreadScene, index: int) -> tuple[int, int] | None:
    """Return from where to where the text of a visible passage is chosen, None if it is not."""
    if view.chosen is None:
        return None
    first, last = view.chosen
    y_of = view.table.y_of
    if not y_of(first.nth) <= y_of(index) <= y_of(last.nth):
        return None
    start = first.start if index == first.nth else 0
    return start, last.end if index == last.nth else len(view.texts[index])


def chosen_text(view: ThreadScene) -> str:
    """Return the words that are chosen, an empty line between two passages."""
    if view.chosen is None:
        return ""
    first, last = (view.table.y_of(point.nth) for point in view.chosen)
    texts = []
    for index in view.table.between(first, last + 1):
        span = chosen_in(view, index)
        if span and index not in view.table.folded | view.closed:
            texts.append(view.texts.copied(index, *span))
    return "\n\n".join(filter(None, texts))
