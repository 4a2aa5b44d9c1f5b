"""The ways to fold a thread, one function each. Pure.

Each takes the view and returns False if there was nothing to fold, unfold or go
to, in which case nothing has changed. The line under the cursor stays where it
is. Folding to a depth folds every passage from that level on, itself included:
0 leaves a list of branches, 1 the top-level comments with their words and a row
for each reply to them, and so on, as the fold level of an editor does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from probation_reader.ui.widgets.thread_view import ThreadView


def _fold(view: ThreadView, folded: Iterable[int]) -> bool:
    before = view.table.folded
    view.fold(folded)
    return view.table.folded != before


def fold(view: ThreadView) -> bool:
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


def unfold(view: ThreadView) -> bool:
    """Unfold this passage; from one that is open go to its first reply."""
    if view.cursor in view.table.folded:
        return toggle_fold(view)
    below = view.order.first_from(view.cursor + 1)
    if below is None or below >= view.outline.ends[view.cursor]:
        return False
    view.go(below)
    return True


def toggle_fold(view: ThreadView) -> bool:
    """Fold this passage if it is open, unfold it if it is folded."""
    return _fold(view, view.table.folded ^ {view.cursor})


def fold_on(view: ThreadView) -> bool:
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


def to_depth(view: ThreadView, depth: int) -> bool:
    """Fold exactly the passages at this depth or deeper, counted from 0."""
    depths = view.outline.depths
    return _fold(view, [index for index, at in enumerate(depths) if at >= depth])


def fold_all(view: ThreadView) -> bool:
    """Fold every passage, so that the thread is a list of its branches."""
    return _fold(view, range(len(view.outline)))


def unfold_all(view: ThreadView) -> bool:
    """Unfold every passage."""
    return _fold(view, ())


def show_left_out(view: ThreadView) -> bool:
    """Show, folded, the nearest passages that are left out, those after the current one first."""
    order, passage = view.order, view.cursor
    after = order.at[passage] + 1
    gaps = [gap for gap, count in enumerate(order.left_out) if count]
    if not gaps:
        return False
    nearest = min(gaps, key=lambda gap: (abs(2 * (gap - after) + 1), gap < after))
    first = order.shown[nearest - 1] + 1 if nearest else 0
    return view.bring_in(range(first, first + order.left_out[nearest]), folded=True)


def fold_read(view: ThreadView) -> bool:
    """Fold exactly the passages that are read with all their replies; what is unread is open."""
    unread, ends = view.unread, view.outline.ends
    read, index = [], 0
    while index < len(ends):
        following = unread.find(1, index)
        following = following if following >= 0 else len(ends)
        read += [at for at in range(index, following) if ends[at] <= following]
        index = following + 1
    return _fold(view, read)
