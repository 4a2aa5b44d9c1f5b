"""A look at what a passage answers, over part of the thread pane.

The parents stand in a list of their own, the top of the branch first, each with
its whole text where there is room for it and else with its first words, to be
unfolded. The thread below is not touched: when the list is closed everything is
where it was. Only the nearest parents are taken at first; more come in when one
goes up to them, so that a chain of thousands opens at once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Container

from probation_reader.model import Thread
from probation_reader.ui.messages import MoveRefused, ThreadEnded
from probation_reader.ui.render.heading import one_line
from probation_reader.ui.rows import RowTable
from probation_reader.ui.widgets.lines import Rule
from probation_reader.ui.widgets.thread_actions import ThreadActions
from probation_reader.ui.widgets.thread_canvas import ThreadCanvas
from probation_reader.ui.widgets.thread_reading import Passing
from probation_reader.ui.widgets.thread_view import ThreadView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult

    from probation_reader.model import Passage
    from probation_reader.ui.orders import Order
    from probation_reader.ui.render.layout import Layout
    from probation_reader.ui.render.signs import Signs
    from probation_reader.ui.widgets.thread_actions import Past
    from probation_reader.ui.widgets.thread_moves import Move

#: So many parents are taken at first, and twice as many each time there is need of more.
_NEAREST = 100
_RULE_ROWS = _HEAD_ROWS = _GAP_ROWS = 1
#: Rows of the thread that stay in sight beside the list, however long that is.
_LEFT_OVER = 3


class _Chain(ThreadView):
    """Some parents of a passage, one after the other, without the heading of their post."""

    def set_order(self, order: Order, layout: Layout, folded: Iterable[int]) -> None:
        """Set the passages in an order, with columns and folds."""
        super().set_order(order, layout, folded)
        self.table = RowTable(order, 0, self.typeset.counts, folded)


def chain(view: ThreadView, rows: int, signs: Signs, most: int) -> ThreadView:
    """Return the nearest parents of the current passage as a thread of their own.

    Args:
        view: the thread.
        rows: how many there is room for.
        signs: the signs to use.
        most: how many parents at most.

    Returns:
        The parents, all but those folded that there is room for, standing on the nearest.
    """
    nearest = view.outline.ancestors(view.cursor)[:most][::-1]
    passages = (view.thread.passages[index] for index in nearest)
    flat = tuple(replace(passage, parent=None, depth=0) for passage in passages)
    above = _Chain(Thread(view.thread.post, flat), view.layout.width, rows, signs)
    above.unread = bytearray(view.unread[index] for index in nearest)
    last = len(flat) - 1
    above.cursor = last
    above.measure_near(last, rows)
    above.fold(range(_first_open(above, last)))
    above.top = 0
    above.height = min(rows, above.table.end_of(last) + 1)
    above.show()
    return above


def _first_open(above: ThreadView, last: int) -> int:
    """Return the first passage that there is room to show open with all that follow."""
    opened, needed = last, above.table.lines_of(last) + _HEAD_ROWS
    while opened > 0:
        needed += above.table.lines_of(opened - 1) + _HEAD_ROWS + _GAP_ROWS
        if needed + opened - 1 > above.height:
            break
        opened -= 1
    return opened


class PeekPane(ThreadActions, ThreadCanvas, can_focus=True, inherit_bindings=False):
    """The list of the parents.

    Args:
        signs: the signs to draw with.
    """

    def __init__(self, signs: Signs) -> None:
        super().__init__(id="peek-pane")
        self._signs = signs
        self._of: ThreadView | None = None
        self._room = 0

    def take(self, of: ThreadView, room: int) -> None:
        """Take the nearest parents of the current passage of a thread.

        Args:
            of: the thread.
            room: how many rows the list may grow to.
        """
        self._of, self._room = of, room
        self.view = chain(of, room, self._signs, _NEAREST)
        self.styles.height = self.view.height
        self.repaint()
        self.redraw()

    @property
    def current(self) -> Passage | None:
        """The parent under the cursor."""
        return self.view.current if self.view else None

    @property
    def state(self) -> str:
        """Where one is among the parents: ``4.1 · 2 of 3 above 4.1.2``."""
        view, of = self.view, self._of
        if view is None or of is None or view.current is None or of.current is None:
            return ""
        total = of.outline.depths[of.cursor]
        nth = total - len(view.outline) + view.cursor + 1
        name, under = one_line(view.current.number), one_line(of.current.number)
        return f"{name} · {nth:,} of {total:,} above {under}"

    def move(
        self, move: Move, *, passing: Passing = Passing.JUMP, past: Past | None = None
    ) -> None:
        """Make a movement; what comes before the first of the list is brought in."""
        del passing
        if self.view is None:
            return
        moved = move(self.view)
        if not moved and past == ThreadEnded(forward=False, unread=False):
            moved = self._bring(2 * len(self.view.outline)) and move(self.view)
        if not moved and isinstance(past, ThreadEnded) and self._of and self._of.current:
            self.post_message(MoveRefused("peek", at=self._of.current.id))
        self._grow(self.view)
        self.redraw()

    def _grow(self, view: ThreadView) -> None:
        """Make room for what was unfolded, as far as there is."""
        view.measure_near(view.table.visible[-1], self._room)
        needed = min(self._room, view.table.end_of(view.table.visible[-1]) + 1)
        if needed > view.height:
            view.height = needed
            view.top = min(view.top, view.lowest_top)
            self.styles.height = needed
            self.repaint()

    def action_top(self) -> None:
        """Go to the top of the branch."""
        if self._of is not None:
            self._bring(len(self._of.outline))
        super().action_top()

    def _bring(self, most: int) -> bool:
        """Bring in parents further up, folded; return whether there were any."""
        before, of = self.view, self._of
        if before is None or of is None or len(before.outline) == of.outline.depths[of.cursor]:
            return False
        view = chain(of, self._room, self._signs, most)
        more = len(view.outline) - len(before.outline)
        on_row = before.table.y_of(before.cursor) - before.top
        view.height, view.cursor = before.height, before.cursor + more
        view.fold([*range(more), *(index + more for index in before.table.folded)])
        view.top = view.table.y_of(view.cursor) - on_row
        self.view = view
        self.repaint()
        return True


class Peek(Container):
    """The list with a rule between it and the thread, at the top or the bottom of the pane.

    Args:
        signs: the signs to draw with.
    """

    def __init__(self, signs: Signs) -> None:
        super().__init__(id="peek")
        self.pane = PeekPane(signs)
        self._rule = Rule(upright=False)
        self.display = False

    def compose(self) -> ComposeResult:
        """Put list and rule in their places."""
        yield self.pane
        yield self._rule

    def open(self, view: ThreadView) -> None:
        """Show the parents of the current passage of a thread, beside it if there is room."""
        head = max(0, view.table.y_of(view.cursor) - view.top)
        below = max(0, view.bottom - 1 - view.table.end_of(view.cursor))
        half = view.height // 2
        at_top = head >= max(below, half)
        room = min(max(head if at_top else below, half), view.height - _LEFT_OVER)
        self.pane.take(view, max(1, room - _RULE_ROWS))
        self.styles.dock = "top" if at_top else "bottom"
        self._rule.styles.dock = "bottom" if at_top else "top"
        self.display = True

    def close(self) -> None:
        """Show the thread alone again."""
        self.display = False
