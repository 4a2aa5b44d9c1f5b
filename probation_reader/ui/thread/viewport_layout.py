"""How an open thread is set in its pane: in which order, with which columns and size.

When these change, something stays: another order keeps the current passage on
its row of the pane, and other columns or another size keep the words at the
pane's top at its top, even near the ends, where rows before or after the thread
are then left empty. The cursor follows when that takes its passage out of the pane,
and is back with the columns or the size that showed it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from probation_reader.ui.render.orders import Ordering, by_time, only, tree
from probation_reader.ui.thread.row_table import HEADING
from probation_reader.ui.thread.scene import ThreadScene

if TYPE_CHECKING:
    from collections.abc import Iterable

    from probation_reader.model import Thread
    from probation_reader.ui.render.columns import Layout
    from probation_reader.ui.render.orders import Order
    from probation_reader.ui.thread.row_table import RowRef


class ScrollAnchor(NamedTuple):
    """Where one stands in a thread, in words that hold at any width and with any folds.

    Args:
        cursor: the current passage.
        place: what stands at the top of the pane, None for nothing.
        offset: where in the passage's text that row begins.
        beyond: rows from those words to the top of the pane, negative if it is above.
    """

    cursor: int
    place: RowRef | None
    offset: int
    beyond: int


class ViewportLayout(ThreadScene):
    """One open thread in a pane of a given size.

    Args:
        thread: the thread.
        layout: the columns of the pane.
        height: its height in rows.
        news: what is new in the thread, in words, for its heading.

    Attributes:
        way: how the thread is shown.
    """

    def __init__(self, thread: Thread, layout: Layout, height: int, news: str = "") -> None:
        super().__init__(thread, layout, height, news)
        self.way = Ordering.TREE
        #: What was folded in the ways that were left.
        self._folds: dict[Ordering, frozenset[int]] = {}
        #: What the last resize kept at the top, and how it left the pane: while
        #: that is so, the next keeps the same.
        self._anchor = self.spot()
        self._left: tuple[ScrollAnchor, frozenset[int]] | None = None

    @property
    def tree_folds(self) -> frozenset[int]:
        """What is folded in the tree, which may be shown in another way now."""
        return self.table.folded if self.way is Ordering.TREE else self._folds[Ordering.TREE]

    # Order

    def turn(self, way: Ordering) -> None:
        """Show the thread in another way; the current passage stays on its row.

        Only what is new is shown with the heads of what it answers, and with the
        current passage, which may be read. Movements pass over what is left out
        there; it comes in when one goes to it by itself: from a peek, a match, a
        hit of a search, on the way back.
        """
        if self.cursor < 0:
            return
        self._folds[self.way] = self.table.folded
        self.way = way
        outline, cursor = self.outline, self.cursor
        folded = self._folds.get(way, frozenset())
        if way is Ordering.NEW:
            new = {cursor, *(index for index, new in enumerate(self.new) if new)}
            folded = frozenset(outline.parents[index] for index in new) - new - {-1}
            order = only(outline, new | folded)
        elif way is Ordering.TIME:
            order = by_time(outline, [passage.published for passage in self.thread.passages])
        else:
            order = tree(outline)
            folded = folded.difference(outline.ancestors(cursor))
        self._rearrange(order, folded)

    def bring_in(self, indices: Iterable[int], *, folded: bool = False) -> bool:
        """Show passages that were left out, perhaps only their heads; return True."""
        added = frozenset(indices)
        shut = self.table.folded | added if folded else self.table.folded
        self._rearrange(only(self.outline, added.union(self.order.shown)), shut)
        return True

    def _rearrange(self, order: Order, folded: frozenset[int]) -> None:
        self._left = None
        spot, on_row = self.spot(), self.table.y_of(self.cursor) - self.top
        self.set_order(order, self.layout, folded)
        self.bring_to_top(spot)
        if 0 <= on_row < self.height:
            self.top = self.table.y_of(self.cursor) - on_row
            self.measure_near(self.cursor)

    # Columns and size

    def set_layout(self, *, widest: int, indent: int | None) -> None:
        """Take other columns; the words at the top of the pane stay there."""
        self._lay_out(replace(self.layout, widest=widest, indent=indent))

    def resize(self, width: int, height: int) -> None:
        """Take the pane's new size; the words at its top stay at its top.

        Rows left empty above the thread are taken up.
        """
        self.height, self.top = height, max(0, self.top)
        self._lay_out(replace(self.layout, width=width))

    def _lay_out(self, layout: Layout) -> None:
        spot = self.spot()
        if self._left != (spot, self.table.folded):
            self._anchor = spot
        if layout != self.layout:
            self.set_order(self.order, layout, self.table.folded)
        self.cursor = self._anchor.cursor
        self.bring_to_top(self._anchor)
        self.measure_pane()
        self.follow()
        self._left = (self.spot(), self.table.folded)

    def follow(self) -> None:
        """Have the cursor on the passage nearest to its own with a row in the pane.

        Where there is room for nothing but the heading, it is on the first one.
        """
        table = self.table
        if self.cursor < 0:
            return
        if table.y_of(self.cursor) >= self.bottom:
            inside = table.between(self.top, self.bottom)
            self.cursor = inside[-1] if inside else table.visible[0]
        elif table.end_of(self.cursor) < self.top:
            inside = table.between(self.top, self.bottom)
            ends = (index for index in inside if table.end_of(index) >= self.top)
            self.cursor = next(ends, self.cursor)

    # What stays

    def spot(self) -> ScrollAnchor:
        """Return where one stands, for `stand`."""
        place = self.place(max(0, self.top))
        if place is None:
            return ScrollAnchor(self.cursor, None, 0, 0)
        offset = self.offset(place)
        return ScrollAnchor(self.cursor, place, offset, self.top - self._row_of(place, offset))

    def bring_to_top(self, spot: ScrollAnchor) -> None:
        """Have the words at the top of the pane that stood there."""
        place = spot.place
        if place is not None:
            if place.nth != HEADING:
                self.measure_near(self.table.shown(place.nth))
            self.top = self._row_of(place, spot.offset) + spot.beyond

    def _row_of(self, place: RowRef, offset: int) -> int:
        """Return the row that holds the words that a place began with, or what hides them."""
        table = self.table
        if place.nth == HEADING:
            return min(place.line, table.heading - 1)
        shown = table.shown(place.nth)
        first = table.y_of(shown)
        if shown != place.nth or not place.line or shown in table.folded:
            return first
        return first + 1 + self.typeset.line_of(shown, offset)
