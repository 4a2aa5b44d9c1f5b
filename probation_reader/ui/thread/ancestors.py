"""What a passage answers, and what that answers, as a list to move about in. Pure.

The parents are shown as a thread of their own, the top of the branch first, each
with its whole text where there is room for it and else with its first words, to be
unfolded; of one that is muted and shut, only what mutes it. Of a chain of thousands
only a run is taken at a time: the nearest at first, more when one goes up or down to
them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from probation_reader.model import Thread
from probation_reader.ui.render.columns import Layout
from probation_reader.ui.render.headings import one_line
from probation_reader.ui.thread import muted
from probation_reader.ui.thread.labels import refusal
from probation_reader.ui.thread.row_table import RowTable
from probation_reader.ui.thread.viewport import Viewport

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from probation_reader.model import Passage
    from probation_reader.ui.render.orders import Order

#: So many parents are taken at first, and as many again as there are when more are wanted.
MANY = 100
_HEAD_ROWS = _GAP_ROWS = 1


class _Run(Viewport):
    """Some parents, one after the other, without the heading of their post."""

    def set_order(self, order: Order, layout: Layout, folded: Iterable[int]) -> None:
        """Set the parents in an order, with columns and folds."""
        super().set_order(order, layout, folded)
        self.table = RowTable(order, 0, self.typeset.counts, folded)


class Parents:
    """The parents of the current passage of a thread.

    Args:
        of: the thread.
        room: how many rows there are for the list.

    Attributes:
        view: those that are shown now; its height is what they need.
    """

    view: Viewport

    def __init__(self, of: Viewport, room: int) -> None:
        self._of = of
        self._room = room
        self._listed = self._list()
        self._first = self._end = 0
        self.to_nearest()

    def _list(self) -> Sequence[Passage]:
        """Return all that can be shown, the top of the branch first."""
        passages = self._of.thread.passages
        return [passages[index] for index in self._of.outline.ancestors(self._of.cursor)[::-1]]

    def refusal(self) -> str:
        """Return why there is no more to go to."""
        return refusal("peek", self._of)

    @property
    def state(self) -> str:
        """Where one is among them: ``4.1 · 2 of 3 above 4.1.2``."""
        nth, under = self._first + self.view.cursor, self._of.thread.passages[self._of.cursor]
        here = self._listed[nth]
        total = f"{nth + 1:,} of {len(self._listed):,}"
        return f"{one_line(here.number)} · {total} above {one_line(under.number)}"

    def to_nearest(self) -> None:
        """Stand on the nearest parent, open with as many before it as there is room for."""
        self._take(len(self._listed) - MANY, len(self._listed))
        last = len(self.view.outline) - 1
        self.view.cursor = last
        self.view.measure_near(last, self._room)
        self._show(range(self._first_open(last)))

    def to_root(self) -> None:
        """Stand on the top of the branch, the only one that is open if it was not at hand."""
        if self._first:
            self._take(0, MANY)
            self._show(range(1, len(self.view.outline)))
        self.view.cursor = self.view.top = 0

    def more(self, *, forward: bool) -> bool:
        """Bring in as many parents again beyond an end, folded; return whether there were any."""
        before, first, end = self.view, self._first, self._end
        size = end - first
        if (end == len(self._listed)) if forward else not first:
            return False
        self._take(first if forward else first - size, end + size if forward else end)
        view, shift = self.view, first - self._first
        shut = {index + shift for index in before.table.folded}
        on_row = before.table.y_of(before.cursor) - before.top
        view.cursor, view.height = before.cursor + shift, before.height
        new = (index for index in range(len(view.outline)) if not 0 <= index - shift < size)
        view.fold(shut.union(new))
        view.top = view.table.y_of(view.cursor) - on_row
        return True

    def grow(self) -> bool:
        """Make room for what was unfolded, as far as there is; return whether rows were added."""
        view = self.view
        view.measure_near(view.table.visible[-1], self._room)
        needed = min(self._room, view.table.end_of(view.table.visible[-1]) + 1)
        if needed <= view.height:
            return False
        view.height = needed
        view.top = max(0, min(view.top, view.lowest_top))
        return True

    def _take(self, first: int, end: int) -> None:
        self._first, self._end = max(0, first), min(end, len(self._listed))
        passages, of = self._listed[self._first : self._end], self._of
        run = [of.indices.get(passage.id) for passage in passages]
        flat = tuple(replace(passage, parent=None, depth=0) for passage in passages)
        thread = Thread(of.thread.post, flat)
        self.view = _Run(thread, Layout(of.layout.width, of.layout.widest), self._room)
        self.view.unread = bytearray(0 if index is None else of.unread[index] for index in run)
        self.view.kept = bytearray(0 if index is None else of.kept[index] for index in run)
        shut = of.closed - {of.cursor}
        shut_now = {index: of.muted[index] for index in run if index in shut}
        muted.take(self.view, {of.thread.passages[i].id: shut_now[i] for i in shut_now})

    def _show(self, folded: Iterable[int]) -> None:
        view = self.view
        view.fold(view.hushed.union(folded))
        view.top = 0
        view.measure_near(view.table.visible[-1], self._room)
        view.height = min(self._room, view.table.end_of(view.table.visible[-1]) + 1)
        view.show()

    def _first_open(self, last: int) -> int:
        """Return the first passage that there is room to show open with all that follow."""
        lines_of = self.view.table.lines_of
        opened, needed = last, lines_of(last) + _HEAD_ROWS
        while opened > 0:
            needed += lines_of(opened - 1) + _HEAD_ROWS + _GAP_ROWS
            if needed + opened - 1 > self._room:
                break
            opened -= 1
        return opened
