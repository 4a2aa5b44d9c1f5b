"""What the mouse does in the thread pane. Everything it does keys do, too."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from probation_reader.ui.widgets import thread_folds as folds
from probation_reader.ui.widgets.thread_reading import Passing

if TYPE_CHECKING:
    from textual.events import Click, MouseScrollDown, MouseScrollUp

    from probation_reader.ui.widgets.thread_moves import Move
    from probation_reader.ui.widgets.thread_view import ThreadView

_WHEEL_ROWS = 3


class ThreadMouse:
    """Clicks and the wheel."""

    view: ThreadView | None

    @abstractmethod
    def move(self, move: Move, *, passing: Passing = Passing.JUMP) -> None:
        """Make a movement and show what came of it."""

    def on_click(self, event: Click) -> None:
        """Put the cursor on a passage; on its fold sign, fold or unfold it."""
        view = self.view
        place = view.place(view.top + event.y) if view else None
        if view is None or place is None or place.nth < 0:
            return
        event.stop()
        sign = view.layout.sign_column(view.order.depths[place.nth])
        on_sign = place.line == 0 and sign <= event.x <= sign + 1
        self.move(lambda view: view.put(place.nth))
        if on_sign:
            self.move(folds.toggle_fold)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Scroll down by a few rows."""
        event.stop()
        event.prevent_default()
        self.move(lambda view: view.scroll(_WHEEL_ROWS), passing=Passing.PAGE)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Scroll up by a few rows."""
        event.stop()
        event.prevent_default()
        self.move(lambda view: view.scroll(-_WHEEL_ROWS))
