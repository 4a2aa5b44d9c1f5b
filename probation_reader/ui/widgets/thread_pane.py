"""The thread pane: a whole thread in one widget, moved about in by actions.

`ThreadView` knows what is shown and how it moves, `ThreadCanvas` draws it; the
pane connects them with the application: it takes threads and marks, makes the
movements, and says what was read, where the cursor is and when a movement leads
out of the thread. It binds no keys.
"""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from probation_reader.ui.messages import CursorMoved, PassagesRead, ThreadEnded
from probation_reader.ui.render.signs import UNICODE, Signs
from probation_reader.ui.widgets import thread_moves as moves
from probation_reader.ui.widgets.thread_actions import ThreadActions
from probation_reader.ui.widgets.thread_canvas import ThreadCanvas
from probation_reader.ui.widgets.thread_finding import ThreadFinding
from probation_reader.ui.widgets.thread_reading import Passing, Reading
from probation_reader.ui.widgets.thread_view import ThreadView

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from textual.events import Click, MouseScrollDown, MouseScrollUp
    from textual.timer import Timer

    from probation_reader.model import Passage, Thread
    from probation_reader.ui.widgets.thread_moves import Move

_WHEEL_ROWS = 3


class ThreadPane(
    ThreadFinding, ThreadActions, ThreadCanvas, can_focus=True, inherit_bindings=False
):
    """Shows a thread and moves about in it.

    Args:
        dwell: seconds that the end of a passage must be on screen to count as read.
        signs: the signs to draw with.
        id: the widget's id.
    """

    def __init__(
        self,
        *,
        dwell: float = 0.6,
        signs: Signs = UNICODE,
        id: str | None = None,  # noqa: A002 - what Textual calls it
    ) -> None:
        super().__init__(id=id)
        self._signs = signs
        self._dwell = dwell
        self._reading = Reading(dwell)
        self._timer: Timer | None = None
        self._watched = -1
        self._sized = False
        self._begin: Callable[[], None] = lambda: None

    # What the application sees

    @property
    def thread(self) -> Thread | None:
        """The open thread."""
        return self.view.thread if self.view else None

    @property
    def current(self) -> Passage | None:
        """The passage under the cursor."""
        return self.view.current if self.view else None

    @property
    def top_line(self) -> int:
        """The row within the current passage at the top of the pane, 0 if its head is seen."""
        view = self.view
        if view is None or view.cursor < 0:
            return 0
        return max(0, view.top - view.table.y_of(view.cursor))

    @property
    def folded(self) -> frozenset[str]:
        """The ids of the folded passages."""
        view = self.view
        if view is None:
            return frozenset()
        return frozenset(view.thread.passages[index].id for index in view.table.folded)

    def open(
        self,
        thread: Thread,
        *,
        read: Collection[str],
        kept: Collection[str],
        at: str | None = None,
        line: int = 0,
        only_path: bool = False,
        words: Sequence[str] = (),
    ) -> None:
        """Open a thread.

        Args:
            thread: the thread.
            read: ids of the passages that have been read.
            kept: ids of the bookmarked passages.
            at: id of the passage to begin at; without it, or if it is not in the
                thread, the first unread one.
            line: row within that passage to have at the top of the pane.
            only_path: fold everything but the path to that passage.
            words: words to mark, as a search found them.
        """
        size = self.size or self.app.size
        self._sized = bool(self.size)
        self.view = view = ThreadView(thread, size.width, size.height, self._signs)
        view.mark(read, kept)
        self._reading = Reading(self._dwell)
        self._unwatch()
        self.forget_find()
        self._begin = partial(self._stand, at, line=line, only_path=only_path, words=words)
        self._begin()
        self.repaint()
        self._settle()
        self._tell()

    def _stand(self, at: str | None, *, line: int, only_path: bool, words: Sequence[str]) -> None:
        if self.view is not None:
            self.view.begin(at, line=line, only_path=only_path)
        if words:
            self.find_words(words)

    def close_thread(self) -> None:
        """Show no thread."""
        self.view = None
        self.forget_find()
        self._watch()
        self.repaint()

    def set_marks(self, read: Collection[str], kept: Collection[str]) -> None:
        """Show what is read and what is bookmarked.

        Args:
            read: ids of the passages that have been read.
            kept: ids of the bookmarked passages.
        """
        if self.view:
            self.view.mark(read, kept)
            self._settle()

    # Moving

    def leave(self, *, forward: bool, unread: bool) -> ThreadEnded:
        """Return the message that says a movement leads out of the thread."""
        return ThreadEnded(forward=forward, unread=unread)

    def move(
        self, move: Move, *, passing: Passing = Passing.JUMP, past: ThreadEnded | None = None
    ) -> None:
        """Make a movement, show what came of it and say so.

        Args:
            move: the movement.
            passing: what it says about the passages left behind.
            past: the message to post if it would lead out of the thread.
        """
        view = self.view
        if view is None:
            return
        left = view.cursor
        moved = left >= 0 and move(view)
        if left >= 0 and (left != view.cursor or not moved):
            self._report(self._reading.passed(view, left, passing, monotonic()))
        if moved:
            self._settle()
        elif past is not None:
            self.post_message(past)
        if left != view.cursor:
            self._tell()

    def _tell(self) -> None:
        if (passage := self.current) is not None:
            self.post_message(CursorMoved(passage.id, passage.number))

    # Reading

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
            self.redraw()

    def _report(self, indices: list[int]) -> None:
        """Say that these passages have been read, and show it."""
        if self.view is None or not indices:
            return
        for index in indices:
            self.view.unread[index] = 0
        passages = self.view.thread.passages
        self.post_message(PassagesRead(tuple(passages[index].id for index in indices)))

    def _settle(self) -> None:
        """Show the view as it is now, and take note of what can be read in it."""
        view = self.view
        if view is None:
            return
        self._reading.look(view, monotonic())
        self._watch()
        self.redraw()

    # Events

    def on_resize(self) -> None:
        """Take the new size; the words at the top stay at the top."""
        if self.view is not None and self.size:
            self.view.resize(self.size.width, self.size.height)
            if not self._sized:  # opened before there was a size to place it in
                self._sized = True
                self._begin()
            self.repaint()
            self._settle()

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001 - Textual's signature
        """Count what is read only while the pane has the focus."""
        super().watch_has_focus(has_focus)
        self._settle()

    def on_click(self, event: Click) -> None:
        """Put the cursor on a passage; on its fold sign, fold or unfold it."""
        view = self.view
        place = view.place(view.top + event.y) if view else None
        if view is None or place is None or place.nth < 0:
            return
        event.stop()
        sign = view.layout.sign_column(view.outline.depths[place.nth])
        on_sign = place.line == 0 and sign <= event.x <= sign + 1
        self.move(lambda view: view.put(place.nth))
        if on_sign:
            self.move(moves.toggle_fold)

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
