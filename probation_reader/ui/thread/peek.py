"""A look at what a passage answers, over part of the thread pane.

The thread below is not touched: when the list of parents is closed everything is
where it was. Its parts are put on the screen when it is first opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container

from probation_reader.ui.messages import MoveRefused, ThreadEnded
from probation_reader.ui.thread.canvas import ThreadCanvas
from probation_reader.ui.thread.read_tracker import Motion
from probation_reader.ui.thread.thread_actions import ThreadActions
from probation_reader.ui.widgets.row_list import Separator

if TYPE_CHECKING:
    from collections.abc import Callable

    from probation_reader.model import Passage
    from probation_reader.ui.thread.ancestors import Parents
    from probation_reader.ui.thread.motions import Move
    from probation_reader.ui.thread.thread_actions import Past
    from probation_reader.ui.thread.viewport import Viewport

_RULE_ROWS = 1
#: Rows of the thread that stay in sight beside the list, however long that is.
_LEFT_OVER = 3


class PeekPane(ThreadActions, ThreadCanvas, can_focus=True, inherit_bindings=False):
    """The list of the parents."""

    def __init__(self) -> None:
        super().__init__(id="peek-pane")
        self._of = ""
        self._parents: Parents | None = None

    def take(self, of: Viewport, parents: Parents) -> None:
        """Take what is to be shown of the current passage of a thread.

        Args:
            of: the thread.
            parents: what the passage answers, or its earlier texts.
        """
        self._of = of.thread.passages[of.cursor].id
        self._parents = parents
        self._show_all(parents)

    @property
    def current(self) -> Passage | None:
        """The parent under the cursor."""
        return self.view.current if self.view else None

    @property
    def state(self) -> str:
        """Where one is among the parents, empty before there were any."""
        return self._parents.state if self._parents else ""

    def move(self, move: Move, *, passing: Motion = Motion.JUMP, past: Past | None = None) -> None:
        """Make a movement; what lies beyond the ends of the list is brought in."""
        del passing
        parents = self._parents
        if parents is None:
            return
        moved = move(parents.view)
        if not moved and isinstance(past, ThreadEnded):
            if parents.more(forward=past.forward):
                move(parents.view)
            else:
                self.post_message(MoveRefused("peek", at=self._of, why=parents.refusal()))
        if parents.grow() or parents.view is not self.view:
            self._show_all(parents)
        else:
            self.redraw()

    def _show_all(self, parents: Parents) -> None:
        self.view = parents.view
        self.styles.height = parents.view.height
        self.redraw()

    def action_top(self) -> None:
        """Go to the top of the branch."""
        if self._parents is not None:
            self._parents.to_root()
            self._show_all(self._parents)

    def action_bottom(self) -> None:
        """Go to the nearest parent."""
        if self._parents is not None:
            self._parents.to_nearest()
            self._show_all(self._parents)


class Peek(Container):
    """The list with a rule between it and the thread, at the top or the bottom of the pane."""

    def __init__(self) -> None:
        super().__init__(id="peek")
        self.pane = PeekPane()
        self._rule = Separator(upright=False)
        self.display = False

    def open(self, view: Viewport, listed: Callable[[Viewport, int], Parents]) -> None:
        """Show something of the current passage of a thread, beside it if there is room.

        Args:
            view: the thread.
            listed: makes what is shown of it for so many rows at most.
        """
        if not self.pane.is_attached:
            self.mount(self.pane, self._rule)
        head = max(0, view.table.y_of(view.cursor) - view.top)
        below = max(0, view.bottom - 1 - view.table.end_of(view.cursor))
        half = view.height // 2
        at_top = head >= max(below, half)
        room = min(max(head if at_top else below, half), view.height - _LEFT_OVER)
        self.pane.take(view, listed(view, max(1, room - _RULE_ROWS)))
        self.styles.dock = "top" if at_top else "bottom"
        self._rule.styles.dock = "bottom" if at_top else "top"
        self.display = True

    def close(self) -> None:
        """Show the thread alone again."""
        self.display = False
