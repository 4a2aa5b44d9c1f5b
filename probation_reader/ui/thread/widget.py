"""The thread pane: a whole thread in one widget, moved about in by actions.

`Viewport` knows what is shown and how it moves, `ThreadCanvas` draws it; the
pane connects them with the application: it takes threads and marks, makes the
movements, and says what was read, where the cursor is and when a movement leads
out of the thread. It binds no keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual.geometry import NULL_SIZE

from probation_reader.ui.messages import CursorMoved
from probation_reader.ui.render.columns import WIDEST_TEXT, Layout
from probation_reader.ui.thread.find_controller import FindController, FindState
from probation_reader.ui.thread.mouse import ThreadMouse
from probation_reader.ui.thread.read_timer import ReadTimer
from probation_reader.ui.thread.read_tracker import Motion, ReadTracker
from probation_reader.ui.thread.thread_actions import ThreadActions
from probation_reader.ui.thread.viewport import Viewport

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from probation_reader.model import Passage, Thread
    from probation_reader.record import ThreadViewState
    from probation_reader.ui.render.orders import Ordering
    from probation_reader.ui.render.text_layout import Marker
    from probation_reader.ui.thread.motions import Move
    from probation_reader.ui.thread.scene import ThreadMarks
    from probation_reader.ui.thread.thread_actions import Past


#: Between two pieces of long work: so long that the keys that wait are served.
_SOON_SECONDS = 0.001


@dataclass(frozen=True, slots=True)
class SavedThread:
    """An open thread put aside: folds, lines, cursor, matches.

    Args:
        view: the thread as it is shown.
        found: what is looked for in it.
    """

    view: Viewport
    found: FindState


class ThreadPane(
    FindController,
    ThreadActions,
    ThreadMouse,
    ReadTimer,
    can_focus=True,
    inherit_bindings=False,
):
    """Shows a thread and moves about in it.

    Args:
        dwell: seconds that the end of a passage must be on screen to count as read.
        widest: the longest line of text, in cells.
        indent: columns of one guide; None for as many as fit the pane.
        id: the widget's id.

    Attributes:
        widest: the longest line of text, in cells.
        indent: columns of one guide; None for as many as fit the pane.
    """

    def __init__(
        self,
        *,
        dwell: float = 0.6,
        widest: int = WIDEST_TEXT,
        indent: int | None = None,
        id: str | None = None,  # noqa: A002 - what Textual calls it
    ) -> None:
        super().__init__(id=id)
        self.widest, self.indent = widest, indent
        self._dwell = dwell
        self._reading = ReadTracker(dwell)
        self._sized = False
        #: Of the screen and the pane: while it is hidden, the pane has no size of its own.
        self._last_sizes = (NULL_SIZE, NULL_SIZE)
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
    def unread(self) -> int:
        """How many passages of the open thread are unread."""
        return self.view.unread.count(1) if self.view else 0

    @property
    def top_line(self) -> int:
        """The row at the top of the pane, from the head of the current passage, below 0 above."""
        view = self.view
        if view is None or view.cursor < 0:
            return 0
        return view.top - view.table.y_of(view.cursor)

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
        marked: ThreadMarks,
        *,
        news: str = "",
        at: str | None = None,
        line: int | None = None,
        only_path: bool = False,
        said: ThreadViewState | None = None,
        marker: Marker | None = None,
    ) -> None:
        """Open a thread.

        Args:
            thread: the thread.
            marked: what is marked in it.
            news: how much is new since when, in words.
            at: id of the passage to begin at; without it, or if it is not in the
                thread, the first unread one.
            line: row to have at the top, from the passage's head; None for any that shows it.
            only_path: fold everything but the path to that passage.
            said: how it was shown when it was left there.
            marker: finds in a text what a search found; None without a search.
        """
        within, size = self._last_sizes
        size = self.size or (size if within == self.app.size else NULL_SIZE)
        self._sized = bool(size)
        size = size or self.app.size
        layout = Layout(size.width, self.widest, self.indent)
        self.view = Viewport(thread, layout, size.height, news)
        self.view.mark(marked)
        self._reading = ReadTracker(self._dwell)
        self._unwatch()
        self.forget_find()
        begin = partial(self.view.begin, at, line=line, only_path=only_path, said=said)
        self._begin = partial(self._stand, begin, marker)
        self._begin()
        self._settle()
        self._tell()

    def _stand(self, begin: Callable[[], None], marker: Marker | None) -> None:
        begin()
        if marker is not None:
            self.mark(marker)

    def put_aside(self) -> SavedThread | None:
        """Return the open thread as it is shown, for `bring_back`; None while none is open."""
        return SavedThread(self.view, self.found) if self.view else None

    def bring_back(self, aside: SavedThread, marked: ThreadMarks) -> None:
        """Show a thread again exactly as it was when it was put aside.

        Args:
            aside: from `put_aside`.
            marked: what is marked in it now.
        """
        self.view, self.found = aside.view, aside.found
        self.view.mark(marked)
        self.view.set_layout(widest=self.widest, indent=self.indent)
        self._reading = ReadTracker(self._dwell)
        self._unwatch()
        if self.size:
            self.view.resize(self.size.width, self.size.height)
        self._settle()
        self._tell()

    def set_marks(self, marked: ThreadMarks, only: Collection[str] | None = None) -> None:
        """Show what is marked in the thread.

        Args:
            marked: all of it.
            only: ids of the passages for which something changed; all without it.
        """
        if self.view:
            self.view.mark(marked, only)
            self._settle()

    # How it looks

    def turn(self, way: Ordering) -> None:
        """Show the open thread in another way; the current passage stays on its row."""
        if self.view is not None:
            self.view.turn(way)
            self._settle()

    def set_columns(self, *, widest: int, indent: int | None) -> None:
        """Take other columns, for this thread and the next; the words at the top stay there.

        Args:
            widest: the longest line of text, in cells.
            indent: columns of one guide; None for as many as fit the pane.
        """
        self.widest, self.indent = widest, indent
        view = self.view
        if view is not None:
            cursor = view.cursor
            view.set_layout(widest=widest, indent=indent)
            self._settle_from(cursor)

    # Moving

    def move(self, move: Move, *, passing: Motion = Motion.JUMP, past: Past | None = None) -> None:
        """Make a movement, show what came of it and say so.

        Args:
            move: the movement.
            passing: what it says about the passages left behind.
            past: the message to post if it cannot be made.
        """
        view = self.view
        if view is None:
            return
        left, top = view.cursor, view.top
        chosen, view.chosen = view.chosen, None
        moved = left >= 0 and move(view)
        if left >= 0 and (left != view.cursor or not moved):
            self._report(self._reading.passed(view, left, passing, monotonic()))
        if moved or chosen:
            self._settle()
        if not moved and past is not None:
            past.at = self.current.id if self.current else ""
            self.post_message(past)
        if (left, top) != (view.cursor, view.top):
            self._tell()

    def _tell(self) -> None:
        if (passage := self.current) is not None:
            self.post_message(CursorMoved(passage.id, passage.number))

    # Showing

    def _settle(self) -> None:
        """Show the view as it is now, and take note of what can be read in it."""
        view = self.view
        if view is None:
            return
        self._reading.look(view, monotonic())
        self._watch()
        self.redraw()

    def _settle_from(self, cursor: int) -> None:
        """Show the view in its new setting; say where the cursor is if that moved it."""
        self._settle()
        if self.view is not None and self.view.cursor != cursor:
            self._tell()

    def _soon(self, deed: Callable[[], None]) -> None:
        self.set_timer(_SOON_SECONDS, deed)

    # Events

    def fit(self) -> None:
        """Take the new size; the words at the top stay at the top."""
        if not self.size:
            return
        self._last_sizes = (self.app.size, self.size)
        view = self.view
        if view is not None and self.size != (view.layout.width, view.height):
            cursor = view.cursor
            view.resize(self.size.width, self.size.height)
            if not self._sized:  # opened before there was a size to place it in
                self._begin()
            self._sized = True
            self._settle_from(cursor)

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001 - Textual's signature
        """Count what is read only while the pane has the focus; it looks the same with it."""
        del has_focus
        self._settle()
