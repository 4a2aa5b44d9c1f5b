"""When a passage of the open thread counts as read. Pure.

It does when its end has been on screen for a moment with the cursor on it, or
when the reader moves on past it and its end was on screen: at once for a step
to the next passage, after the moment for a page. Jumping over passages does not
count. A passage that was seen read, or was reported, is not reported again while
its thread is open: who takes a mark back means it.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from probation_reader.ui.thread.viewport import Viewport


class Motion(Enum):
    """What a movement says about the passages it leaves behind."""

    JUMP = "jumped over: nothing"
    STEP = "went on from the current passage: its end counts if it was on screen"
    PAGE = "read downwards: every end that was on screen for a moment counts"


class ReadTracker:
    """Watches one open thread.

    Args:
        dwell: how long an end must be on screen, in seconds.
    """

    __slots__ = ("_settled", "_since", "dwell")

    def __init__(self, dwell: float) -> None:
        self.dwell = dwell
        self._since: dict[int, float] = {}
        #: Indices of passages that are not to be reported (again).
        self._settled: set[int] = set()

    def look(self, view: Viewport, now: float) -> None:
        """Take note of the ends that are on screen, and of what is read already.

        Args:
            view: what is shown now.
            now: a clock in seconds.
        """
        shown = list(filter(view.end_shown, view.table.between(view.top, view.bottom)))
        self._settled.update(index for index in shown if not view.unread[index])
        self._since = {index: self._since.get(index, now) for index in shown}

    def passed(self, view: Viewport, left: int, passing: Motion, now: float) -> list[int]:
        """Return what counts as read after a movement, before `look` is called.

        Args:
            view: the thread, with its cursor where the movement brought it.
            left: the passage that was current.
            passing: how the movement went.
            now: the clock.
        """
        if passing is Motion.JUMP:
            return []
        if passing is Motion.STEP:
            return self._report(view, [left] if left in self._since else [])
        until = now - self.dwell
        ends = [i for i, since in self._since.items() if left <= i < view.cursor and since <= until]
        return self._report(view, ends)

    def dwelt(self, view: Viewport) -> list[int]:
        """Return the current passage if its end is on screen and nobody read it before."""
        return self._report(view, [view.cursor] if view.end_shown(view.cursor) else [])

    def is_waiting(self, view: Viewport) -> bool:
        """Return whether the current passage will count as read after a moment."""
        cursor = view.cursor
        if cursor < 0 or not view.unread[cursor] or cursor in self._settled:
            return False
        return view.end_shown(cursor)

    def _report(self, view: Viewport, ends: list[int]) -> list[int]:
        fresh = [i for i in ends if view.unread[i] and i not in self._settled]
        self._settled.update(fresh)
        return fresh
