"""What the mouse does in the thread pane. Everything it does keys do, too."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from probation_reader.ui.messages import CopyWanted
from probation_reader.ui.thread import motions as folds
from probation_reader.ui.thread.canvas import ThreadCanvas
from probation_reader.ui.thread.read_tracker import Motion
from probation_reader.ui.thread.selection import choice, chosen_text, point_at

if TYPE_CHECKING:
    from textual.events import Click, MouseDown, MouseMove, MouseScrollDown, MouseScrollUp

    from probation_reader.ui.thread.motions import Move
    from probation_reader.ui.thread.selection import Point

_WHEEL_ROWS = 3


class ThreadMouse(ThreadCanvas, inherit_bindings=False):
    """Clicks, the wheel, and words chosen by drawing the mouse over them."""

    #: Where the button was pressed, while it is held.
    _pressed: Point | None = None
    #: Whether the mouse was drawn since; the click that follows is then none.
    _drawn_over = False

    @abstractmethod
    def move(self, move: Move, *, passing: Motion = Motion.JUMP) -> None:
        """Make a movement and show what came of it."""

    def on_click(self, event: Click) -> None:
        """Put the cursor on a passage; on its fold sign, fold or unfold it.

        Passages that are left out come in when their row is clicked.
        """
        view = self.view
        place = view.place(view.top + event.y) if view else None
        if view is None or place is None or self._drawn_over:
            return
        event.stop()
        if left_out := view.table.left_out(place):
            self.move(lambda view: view.bring_in(left_out, folded=True))
        elif place.nth >= 0:
            sign = view.layout.sign_column(view.order.depths[place.nth])
            self.move(lambda view: view.put(place.nth))
            if place.line == 0 and sign <= event.x <= sign + 1:
                self.move(folds.toggle_fold)

    # Choosing words

    def on_mouse_down(self, event: MouseDown) -> None:
        """Begin to choose words; what was chosen before no longer is."""
        view = self.view
        if view is None or view.cursor < 0 or event.button != 1:
            return
        self._pressed, self._drawn_over = point_at(view, event.x, event.y), False
        self.capture_mouse()
        if view.chosen is not None:
            view.chosen = None
            self.redraw()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Choose up to here; past an edge of the pane, scroll."""
        view = self.view
        if view is None or self._pressed is None:
            return
        if not 0 <= event.y < view.height:
            by = -1 if event.y < 0 else 1
            self.move(lambda view: view.scroll(by))
        point = point_at(view, event.x, min(max(0, event.y), view.height - 1))
        if point != self._pressed or self._drawn_over:
            self._drawn_over = True
            view.chosen = choice(view, self._pressed, point)
            self.redraw()

    def on_mouse_up(self) -> None:
        """Have what was chosen copied; it stays marked until something moves."""
        view = self.view
        if self._pressed is None:
            return
        self._pressed = None
        self.release_mouse()
        if view is not None and (text := chosen_text(view)):
            self.post_message(CopyWanted(text))

    # The wheel

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Scroll down by a few rows."""
        event.stop()
        event.prevent_default()
        self.move(lambda view: view.scroll(_WHEEL_ROWS), passing=Motion.PAGE)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Scroll up by a few rows."""
        event.stop()
        event.prevent_default()
        self.move(lambda view: view.scroll(-_WHEEL_ROWS))
