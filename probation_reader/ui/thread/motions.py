"""The motions of the thread widget and the ways to fold a thread, one function each. Pure.

Each motion takes the viewport, moves it, and returns False if what was wanted lies past
an end of the thread, in which case nothing has moved. Motions go among what is shown:
a passage that the view leaves out is passed over, and the way to it refused.

Each fold returns False if there was nothing to fold, unfold or go to, in which case
nothing has changed. The line under the cursor stays where it is. Folding to a depth
folds every passage from that level on, itself included: 0 leaves a list of branches, 1
the top-level comments with their words and a row for each reply to them, and so on, as
the fold level of an editor does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from probation_reader.ui.thread.viewport import Viewport

if TYPE_CHECKING:
    Move = Callable[[Viewport], bool]


#: Rows of the last page that stay in sight on the next.
_OVERLAP = 2


def _page(view: Viewport) -> int:
    return max(1, view.height - _OVERLAP)


def pages(view: Viewport) -> tuple[int, int] | None:
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


def _go(view: Viewport, index: int | None, *, opened: bool = False) -> bool:
    if index is None or index < 0:
        return False
    view.go(index, opened=opened)
    return True


# Passage by passage
def _rest(view: Viewport) -> int:
    """Return how many rows of the current passage are below the pane."""
    return view.table.end_of(view.cursor) + 1 - view.bottom


def _is_taller(view: Viewport) -> bool:
    table, cursor = view.table, view.cursor
    return table.end_of(cursor) + 1 - table.y_of(cursor) > view.height


def next_passage(view: Viewport) -> bool:
    """Go to the next passage; first through one that is taller than the pane, or the last."""
    after = view.table.step(view.cursor, 1)
    if (after is None or _is_taller(view)) and (rest := _rest(view)) > 0:
        return view.scroll(min(rest, _page(view)))
    return _go(view, after)


def previous_passage(view: Viewport) -> bool:
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


def read_on(view: Viewport) -> bool:
    """Show the rest of this passage, then go to the next unread one."""
    if view.cursor in view.table.folded and view.unread[view.cursor]:
        return _go(view, view.cursor, opened=True)
    if (rest := _rest(view)) > 0:
        return view.scroll(min(rest, _page(view)))
    return next_unread(view)


def read_back(view: Viewport) -> bool:
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


def next_unread(view: Viewport) -> bool:
    """Go to the next unread passage, opening only what hides it."""
    return _go(view, view.next_unread(), opened=True)


def previous_unread(view: Viewport) -> bool:
    """Go to the previous unread passage, opening only what hides it."""
    return _go(view, view.previous_unread(), opened=True)


def first_unread(view: Viewport) -> bool:
    """Go to the first unread passage of the thread, or new one of only what is new."""
    return _go(view, next(iter(view.waiting()), None), opened=True)


def last_unread(view: Viewport) -> bool:
    """Go to the last unread passage of the thread, or new one of only what is new."""
    return _go(view, next(reversed(view.waiting()), None), opened=True)


# Through the tree
def next_sibling(view: Viewport) -> bool:
    """Go to the next passage that answers the same one."""
    index = view.outline.next_sibling(view.cursor)
    while index is not None and not view.order.shows(index):
        index = view.outline.next_sibling(index)
    return _go(view, index)


def previous_sibling(view: Viewport) -> bool:
    """Go to the previous passage that answers the same one."""
    index = view.outline.previous_sibling(view.cursor)
    while index is not None and not view.order.shows(index):
        index = view.outline.previous_sibling(index)
    return _go(view, index)


def parent(view: Viewport) -> bool:
    """Go to the passage this one answers."""
    return _go(view, view.parent())


def branch_root(view: Viewport) -> bool:
    """Go to the top of this branch, or of what is shown of it."""
    root = view.order.first_from(view.outline.root(view.cursor))
    return _go(view, root if root != view.cursor else None)


def next_top(view: Viewport) -> bool:
    """Go to the next passage at the top level, or to the top of what is shown of its branch."""
    after = view.outline.ends[view.outline.root(view.cursor)]
    return _go(view, view.order.first_from(after))


def top(view: Viewport) -> bool:
    """Go to the first passage, with the post's heading above it."""
    view.cursor = view.table.visible[0]
    view.top = 0
    view.measure_pane()
    return True


def bottom(view: Viewport) -> bool:
    """Go to the last visible passage and the end of the thread."""
    view.cursor = view.table.visible[-1]
    view.measure_near(view.cursor)
    view.top = view.lowest_top
    return True


# By rows
def _down(view: Viewport, rows: int) -> bool:
    """Scroll down; at the very end only the cursor moves."""
    if view.scroll(rows):
        return True
    return _go_on(view, view.table.step(view.cursor, 1), view.table.visible[-1], rows)


def _go_on(view: Viewport, following: int | None, last: int, rows: int) -> bool:
    """Go to the passage beside the current one, or for more than a row to the last that way."""
    return _go(view, following if rows == 1 or following is None else last)


def _up(view: Viewport, rows: int) -> bool:
    """Scroll up; at the very start only the cursor moves."""
    if view.scroll(-rows):
        return True
    return _go_on(view, view.table.step(view.cursor, -1), view.table.visible[0], rows)


def line_down(view: Viewport) -> bool:
    """Scroll one row down."""
    return _down(view, 1)


def line_up(view: Viewport) -> bool:
    """Scroll one row up."""
    return _up(view, 1)


def half_down(view: Viewport) -> bool:
    """Scroll half a pane down."""
    return _down(view, max(1, view.height // 2))


def half_up(view: Viewport) -> bool:
    """Scroll half a pane up."""
    return _up(view, max(1, view.height // 2))


def page_down(view: Viewport) -> bool:
    """Scroll a pane down, less the rows that stay in sight."""
    return _down(view, _page(view))


def page_up(view: Viewport) -> bool:
    """Scroll a pane up, less the rows that stay in sight."""
    return _up(view, _page(view))


def _fold(view: Viewport, folded: Iterable[int]) -> bool:
    before = view.table.folded
    view.fold(folded)
    return view.table.folded != before


def fold(view: Viewport) -> bool:
    """Fold this branch; from one that is folded, or a single reply, go to its parent.

    A passage without replies folds its own words where no parent of it is shown.
    """
    above = view.parent()
    is_single = above is not None and not view.outline.size(view.cursor)
    if view.cursor in view.table.folded or is_single:
        if above is not None:
            view.go(above)
        return above is not None
    return _fold(view, view.table.folded | {view.cursor})


def unfold(view: Viewport) -> bool:
    """Unfold this passage; from one that is open go to its first reply."""
    if view.cursor in view.table.folded:
        return toggle_fold(view)
    below = view.order.first_from(view.cursor + 1)
    if below is None or below >= view.outline.ends[view.cursor]:
        return False
    view.go(below)
    return True


def toggle_fold(view: Viewport) -> bool:
    """Fold this passage if it is open, unfold it if it is folded."""
    return _fold(view, view.table.folded ^ {view.cursor})


def fold_on(view: Viewport) -> bool:
    """Fold the whole branch the cursor is in and go to the next one; the last is only folded.

    Where a fold hides nothing but words, all that is shown of the branch is folded.
    """
    root, order = view.outline.root(view.cursor), view.order
    end = view.outline.ends[root]
    branch = {root} if order.nested else set(filter(order.shows, range(root, end)))
    folded = _fold(view, view.table.folded | branch)
    following = order.first_from(end)
    if following is None:
        return folded
    view.go(following)
    return True


def to_depth(view: Viewport, depth: int) -> bool:
    """Fold exactly the passages at this depth or deeper, counted from 0."""
    depths = view.outline.depths
    return _fold(view, [index for index, at in enumerate(depths) if at >= depth])


def fold_all(view: Viewport) -> bool:
    """Fold every passage, so that the thread is a list of its branches."""
    return _fold(view, range(len(view.outline)))


def unfold_all(view: Viewport) -> bool:
    """Unfold every passage."""
    return _fold(view, ())


def show_left_out(view: Viewport) -> bool:
    """Show, folded, the nearest passages that are left out, those after the current one first."""
    order, passage = view.order, view.cursor
    after = order.at[passage] + 1
    gaps = [gap for gap, count in enumerate(order.left_out) if count]
    if not gaps:
        return False
    nearest = min(gaps, key=lambda gap: (abs(2 * (gap - after) + 1), gap < after))
    first = order.shown[nearest - 1] + 1 if nearest else 0
    return view.bring_in(range(first, first + order.left_out[nearest]), folded=True)


def fold_read(view: Viewport) -> bool:
    """Fold exactly the passages that are read with all their replies; what is unread is open."""
    unread, ends = view.unread, view.outline.ends
    read, index = [], 0
    while index < len(ends):
        following = unread.find(1, index)
        following = following if following >= 0 else len(ends)
        read += [at for at in range(index, following) if ends[at] <= following]
        index = following + 1
    return _fold(view, read)
