"""Watches what is read in the thread pane: the part that keeps the time.

`ReadTracker` knows what counts as read; here the moment is waited for, while the
pane has the focus, and what was read is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.ui.messages import PassagesRead
from probation_reader.ui.thread.canvas import ThreadCanvas

if TYPE_CHECKING:
    from textual.timer import Timer

    from probation_reader.ui.thread.read_tracker import ReadTracker


class ReadTimer(ThreadCanvas, inherit_bindings=False):
    """Waits until the current passage has been on screen long enough."""

    _reading: ReadTracker
    _dwell: float
    _timer: Timer | None = None
    _watched = -1

    def _watch(self) -> None:
        """Wait for the current passage to have been on screen long enough."""
        view = self.view
        waiting = view is not None and self.has_focus and self._reading.is_waiting(view)
        watched = view.cursor if view is not None and waiting else -1
        if watched == self._watched:
            return
        self._unwatch()
        self._watched = watched
        if watched >= 0:
            if self._dwell > 0:
                self._timer = self.set_timer(self._dwell, self._dwelt)
            else:
                self._dwelt()

    def _unwatch(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._watched = -1

    def _dwelt(self) -> None:
        self._watched = -1
        if self.view is not None:
            self._report(self._reading.dwelt(self.view))

    def seen_here(self) -> tuple[str, ...]:
        """Return the id of the current passage if it counts as read now, without waiting.

        Who does something with a passage whose end is on screen has read it. It is
        not reported again.
        """
        view = self.view
        indices = self._reading.dwelt(view) if view is not None else []
        self._watch()
        return tuple(view.thread.passages[index].id for index in indices) if view else ()

    def _report(self, indices: list[int]) -> None:
        """Say that these passages have been read; `set_marks` shows it, once that is kept."""
        if self.view is None or not indices:
            return
        passages = self.view.thread.passages
        # Straight to the screen: what it makes of it is painted in the same frame.
        self.screen.post_message(PassagesRead(tuple(passages[index].id for index in indices)))
