"""How a thread is shown, in words that hold for the next start and for its next version. Pure.

Only the folds of the tree are kept, as a depth and what is not as that depth says.
Of that so many are kept, the uppermost, that a thread folded at random stays small.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.record import ThreadViewState

if TYPE_CHECKING:
    from probation_reader.outline import Outline
    from probation_reader.ui.thread.viewport import Viewport

#: So many passages may be other than their depth says.
MOST = 200
#: The depths one folds to by a key.
_DEPTHS = range(10)


def kept(view: Viewport | None) -> ThreadViewState | None:
    """Return how a thread is shown, to be kept; None where none is, or a search folded it."""
    if view is None or view.only_path:
        return None
    depths, folded = view.outline.depths, view.tree_folds - view.hushed
    depth = _nearest(view.outline, folded)
    by_depth = _at(view.outline, depth)
    others = sorted(folded ^ by_depth, key=lambda index: (depths[index], index))[:MOST]
    passages = view.thread.passages
    but = tuple(passages[index].id.partition(".")[2] for index in sorted(others))
    return ThreadViewState(view.way.value, depth, but)


def _nearest(outline: Outline, folded: frozenset[int]) -> int | None:
    """Return the depth to fold to that comes nearest to some folds, None for no folds."""
    if not folded:
        return None
    there, shut = [0] * len(_DEPTHS), [0] * len(_DEPTHS)
    for index, depth in enumerate(outline.depths):
        level = min(depth, _DEPTHS[-1])
        there[level] += 1
        shut[level] += index in folded
    nearest, fewest = None, len(folded)
    for depth in _DEPTHS:
        wrong = sum(shut[:depth]) + sum(there[depth:]) - sum(shut[depth:])
        if wrong < fewest:
            nearest, fewest = depth, wrong
    return nearest


def _at(outline: Outline, depth: int | None) -> frozenset[int]:
    if depth is None:
        return frozenset()
    return frozenset(index for index, at in enumerate(outline.depths) if at >= depth)


def folds(said: ThreadViewState, view: Viewport) -> frozenset[int]:
    """Return what is folded in a thread that is shown as it was kept.

    What came in since is folded where its depth says so.
    """
    post = view.thread.post.id
    found = (view.indices.get(f"{post}.{passage}") for passage in said.but)
    others = frozenset(index for index in found if index is not None)
    return _at(view.outline, said.depth) ^ others
