"""Showing a thread again after other programs changed it: the reader stays put. Pure.

The same passage is current, on the same row of the pane, with the same folds; what
came in stands open where it belongs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from probation_reader.ui.thread.row_table import HEADING

if TYPE_CHECKING:
    from probation_reader.ui.thread.viewport import Viewport
    from probation_reader.ui.thread.viewport_layout import ScrollAnchor


class PaneAnchor(NamedTuple):
    """Where one stands in a thread, in words that hold for its next version, too.

    Args:
        spot: where that is in this version.
        current: the id of the current passage.
        top: the id of the passage at the top of the pane, empty for the heading.
        row: the row of the pane with the head of the current passage.
        folded: the ids of the folded passages.
    """

    spot: ScrollAnchor
    current: str
    top: str
    row: int
    folded: frozenset[str]


def standing(view: Viewport) -> PaneAnchor | None:
    """Return where one stands; None in a thread without passages."""
    passages, spot = view.thread.passages, view.spot()
    if view.current is None:
        return None
    top = spot.place.nth if spot.place else HEADING
    return PaneAnchor(
        spot,
        view.current.id,
        passages[top].id if top != HEADING else "",
        view.table.y_of(view.cursor) - view.top,
        frozenset(passages[index].id for index in view.table.folded),
    )


def stand_again(before: PaneAnchor, view: Viewport) -> bool:
    """Stand in another version of the thread as one stood in the one before."""
    index = {passage.id: nth for nth, passage in enumerate(view.thread.passages)}
    folded = frozenset(nth for id_ in before.folded if (nth := index.get(id_)) is not None)
    view.fold(folded | view.hushed)
    cursor = index.get(before.current)
    if cursor is None:
        return True
    place = before.spot.place
    if place is not None and before.top:
        place = place._replace(nth=index.get(before.top, cursor))
    view.stand(before.spot._replace(cursor=cursor, place=place))
    view.top = view.table.y_of(view.cursor) - before.row
    return True
