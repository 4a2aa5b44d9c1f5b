"""The movements of the thread pane, one function each. Pure.

Each takes the view, moves it, and returns False if what was wanted lies past an
end of the thread, in which case nothing has moved. They move among what is shown:
a passage that the view leaves out is passed over, and the way to it refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from probation_reader.ui.widgets.thread_view import ThreadView

    Move = Callable[[ThreadView], bool]

#: Rows of the last page that stay in sight on the next.
_OVERLAP = 2


def _page(view: ThreadView) -> int:
    return max(1, view.height - _OVERLAP)


def pages(view: ThreadView) -> tuple[int, int] | None:
    """Return how far the pane is through a passage taller than it.

    Returns:
        The page one is on, from 1, and how many there are; between two pages the
        nearer one, the last as soon as the end is seen. None where the whole
        passage has room, or nothing can be read.
    """
    first = view.table.y_of(view.cursor) if view.cursor >= 0 else 0
    rows = view.table.end_of(view.cursor) + 1 - first if view.cursor >= 0 else 0
    if rows <= view.height:
        return None
    page = _page(view)
    count = -(-(rows - _OVERLAP) // page)
    seen = view.bottom - first
    nearest = (seen - _OVERLAP + page // 2) // page
    return (count if seen >= rows else max(1, min(nearest, count))), count


def _go(view: ThreadView, index: int | None, *, opened: bool = False) -> bool:
    if index is None or index < 0:
        return False
    view.go(index, opened=opened)
    return True


# Passage by passage


def _rest(view: ThreadView) -> int:
    """Return how many rows of the current passage are below the pane."""
    return view.table.end_of(view.cursor) + 1 - view.bottom


def _is_taller(view: ThreadView) -> bool:
    table, cursor = view.table, view.cursor
    return table.end_of(cursor) + 1 - table.y_of(cursor) > view.height


def next_passage(view: ThreadView) -> bool:
    """Go to the next passage; first through one that is taller than the pane, or the last."""
    after = view.table.step(view.cursor, 1)
    if (after is None or _is_taller(view)) and (rest := _rest(view)) > 0:
        return view.scroll(min(rest, _page(view)))
    return _go(view, after)


def previous_passage(view: ThreadView) -> bool:
    """Go to the previous passage; first through one that is taller than the pane."""
    above = view.top - view.table.y_of(view.cursor)
    if _is_taller(view) and above > 0:
        return view.scroll(-min(above, _page(view)))
    before = view.table.step(view.cursor, -1)
    if before is None:
        return view.scroll(-view.top) if view.top > 0 else False
    view.cursor = before
    view.show()
    return True


def read_on(view: ThreadView) -> bool:
    """Show the rest of this passage, then go to the next unread one."""
    if view.cursor in view.table.folded and view.unread[view.cursor]:
        return _go(view, view.cursor, opened=True)
    if (rest := _rest(view)) > 0:
        return view.scroll(min(rest, _page(view)))
    return next_unread(view)


def read_back(view: ThreadView) -> bool:
    """Show what comes before: the beginning of this passage, then the one above."""
    above = view.top - view.table.y_of(view.cursor)
    if above > 0:
        return view.scroll(-min(above, _page(view)))
    before = view.table.step(view.cursor, -1)
    if before is None:
        return view.scroll(-view.top) if view.top > 0 else False
    view.cursor = before
    view.show(at_bottom=_is_taller(view))
    return True


def next_unread(view: ThreadView) -> bool:
    """Go to the next unread passage, opening only what hides it."""
    return _go(view, view.next_unread(), opened=True)


def previous_unread(view: ThreadView) -> bool:
    """Go to the previous unread passage, opening only what hides it."""
    return _go(view, view.previous_unread(), opened=True)


def first_unread(view: ThreadView) -> bool:
    """Go to the first unread passage of the thread, or new one of only what is new."""
    return _go(view, next(iter(view.waiting()), None), opened=True)


def last_unread(view: ThreadView) -> bool:
    """Go to the last unread passage of the thread, or new one of only what is new."""
    return _go(view, next(reversed(view.waiting()), None), opened=True)


# Through the tree


def next_sibling(view: ThreadView) -> bool:
    """Go to the next passage that answers the same one."""
    index = view.outline.next_sibling(view.cursor)
    while index is not None and not view.order.shows(index):
        index = view.outline.next_sibling(index)
    return _go(view, index)


def previous_sibling(view: ThreadView) -> bool:
    """Go to the previous passage that answers the same one."""
    index = view.outline.previous_sibling(view.cursor)
    while index is not None and not view.order.shows(index):
        index = view.outline.previous_sibling(index)
    return _go(view, index)


def parent(view: ThreadView) -> bool:
    """Go to the passage this one answers."""
    return _go(view, view.parent())


def branch_root(view: ThreadView) -> bool:
    """Go to the top of this branch, or of what is shown of it."""
    root = view.order.first_from(view.outline.root(view.cursor))
    return _go(view, root if root != view.cursor else None)


def next_top(view: ThreadView) -> bool:
    """Go to the next passage at the top level, or to the top of what is shown of its branch."""
    after = view.outline.ends[view.outline.root(view.cursor)]
    return _go(view, view.order.first_from(after))


def top(view: ThreadView) -> bool:
    """Go to the first passage, with the post's heading above it."""
    view.cursor = view.table.visible[0]
    view.top = 0
    view.measure_pane()
    return True


def bottom(view: ThreadView) -> bool:
    """Go to the last visible passage and the end of the thread."""
    view.cursor = view.table.visible[-1]
    view.measure_near(view.cursor)
    view.top = view.lowest_top
    return True


# By rows


def _down(view: ThreadView, rows: int) -> bool:
    """Scroll down; at the very end only the cursor moves."""
    if view.scroll(rows):
        return True
    return _go_on(view, view.table.step(view.cursor, 1), view.table.visible[-1], rows)


def _go_on(view: ThreadView, following: int | None, last: int, rows: int) -> bool:
    """Go to the passage beside the current one, or for more than a row to the last that way."""
    return _go(view, following if rows == 1 or following is None else last)


def _up(view: ThreadView, rows: int) -> bool:
    """Scroll up; at the very start only the cursor moves."""
    if view.scroll(-rows):
        return True
    return _go_on(view, view.table.step(view.cursor, -1), view.table.visible[0], rows)


def line_down(view: ThreadView) -> bool:
    """Scroll one row down."""
    return _down(view, 1)


def line_up(view: ThreadView) -> bool:
    """Scroll one row up."""
    return _up(view, 1)


def half_down(view: ThreadView) -> bool:
    """Scroll half a pane down."""
    return _down(view, max(1, view.height // 2))


def half_up(view: ThreadView) -> bool:
    """Scroll half a pane up."""
    return _up(view, max(1, view.height // 2))


def page_down(view: ThreadView) -> bool:
    """Scroll a pane down, less the rows that stay in sight."""
    return _down(view, _page(view))


def page_up(view: ThreadView) -> bool:
    """Scroll a pane up, less the rows that stay in sight."""
    return _up(view, _page(view))
