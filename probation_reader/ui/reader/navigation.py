"""Where the reader goes: to other threads, to where reading came from, past the ends.

What opens a thread or jumps within one leaves a way back (see `history`).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from probation_reader.ui.reader.history import JumpList, Location, ReadingTrail
from probation_reader.ui.render.orders import Ordering
from probation_reader.ui.thread import motions as moves
from probation_reader.ui.thread.labels import refusal

if TYPE_CHECKING:
    from probation_reader.search import Hit
    from probation_reader.ui.messages import MoveRefused, ThreadEnded
    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.ui.thread.viewport import Viewport


#: Actions that lead away from what was being read, so that there is a way back.
#: What opens another thread is told by `Navigation.leave` itself.
_JUMPS = frozenset(
    (
        "next_unread", "previous_unread", "parent", "branch_root", "next_top", "top", "bottom",
        "fold_on", "find_next", "find_previous",
    )
)  # fmt: skip


class Navigation:
    """The movements that take more than the thread pane.

    Args:
        screen: the screen with its parts.
    """

    def __init__(self, screen: ReaderScreen) -> None:
        self._screen = screen
        self._jumps = JumpList()
        self._trail = ReadingTrail()
        self._find_began: Location | None = None

    # To another thread

    def open_hit(self, hit: Hit) -> None:
        """Open the thread of a hit of the search."""
        begun = self.here()
        self._screen.recalling.remember()
        self._screen.visiting.go(hit)
        self.leave(begun)

    def open_post(self, post_id: str, at: str | None = None, *, only_new: bool = False) -> None:
        """Open a thread, where it was left or at a passage; results of a search are let go."""
        begun = self.here()
        self._show_post(post_id, at, only_new=only_new)
        self.leave(begun)

    def _show_post(self, post_id: str, at: str | None = None, *, only_new: bool = False) -> None:
        screen = self._screen
        open_now = post_id == screen.reading.post_id and at is None and not screen.visiting.away
        if open_now or screen.reading.open(post_id, at=at, only_new=only_new):
            screen.visiting.forget()
            screen.arrangement.main("thread-pane")
            self._to_thread()
        screen.show_place()

    def _to_thread(self) -> None:
        self._screen.arrangement.to_main()
        self._screen.set_focus(self._screen.pane)

    # The way back

    def here(self) -> Location | None:
        """Return where the reader is, None where nothing can be read."""
        view = self._screen.pane.view
        if view is None or view.current is None:
            return None
        return Location(view.thread.post.id, view.current.id, view.spot())

    def done(self, action: str, begun: Location | None) -> None:
        """Remember what an action that moved about in the thread came from.

        Args:
            action: its id.
            begun: where the reader was before.
        """
        ended = self.here()
        if begun is None or ended is None:
            return
        if action == "read_on":
            self._trail.step(begun, ended)
        elif action == "find":
            self._find_began = begun
        elif action == "keep_find":
            self.leave(self._find_began)
        elif action in _JUMPS:
            self.leave(begun)

    def leave(self, begun: Location | None) -> None:
        """Remember where a jump began, if it led anywhere."""
        ended = self.here()
        if begun is not None and ended is not None and not begun.holds(ended):
            self._jumps.leave(begun)

    def action_jump_back(self) -> None:
        """Go to where the last jump began; again, back here."""
        here = self.here()
        self._go(self._jumps.swap(here) if here else None, "Nothing was jumped from yet")

    def action_walk_back(self) -> None:
        """Go to the place before, over all that was jumped from."""
        here = self.here()
        self._go(self._jumps.earlier(here) if here else None, "No place further back")

    def action_read_back(self) -> None:
        """Go to where reading on came from, also in another thread; else show what comes before."""
        here = self.here()
        came_from = self._trail.back(here) if here else None
        if came_from is None:
            self._screen.pane.read_back()
        else:
            self._go(came_from, "")

    def _go(self, stop: Location | None, otherwise: str) -> None:
        screen = self._screen
        if stop is None:
            screen.status.explain(otherwise)
            return
        if stop.post != screen.reading.post_id:
            if (hit := screen.walking.hit_by(stop.post, stop.passage)) is not None:
                screen.visiting.go(hit)
                screen.hits.stand_on(hit)
            elif screen.visiting.came_from(stop.post):
                screen.visiting.end()
            else:
                self._show_post(stop.post, at=stop.passage)
        self._to_thread()
        screen.pane.move(partial(_stand, stop))

    # Ends

    def refuse(self, event: MoveRefused) -> None:
        """Say why nothing has moved, unless something else has moved since."""
        view = self._screen.pane.view
        if view is not None and view.current is not None and view.current.id == event.at:
            there = view.outline.parents[view.cursor] >= 0 and view.parent() is None
            peek = self._screen.keymap.key("peek") if there else ""
            hint = f"   {peek} peeks at it" if peek and event.action in {"parent", "fold"} else ""
            self._screen.status.explain((event.why or refusal(event.action, view)) + hint)

    def cross(self, event: ThreadEnded, action: str) -> None:
        """Announce the next post, or cross to it, unless something else has moved since.

        Args:
            event: which end of the thread was reached.
            action: the id of the action that did.
        """
        screen, current = self._screen, self._screen.pane.current
        if (current.id if current else "") != event.at:
            return
        ended, crossing = screen.reading.crossing.thread_ended, None
        view, post_id = screen.pane.view, screen.reading.post_id
        only_new = view is not None and view.way is Ordering.NEW
        with screen.failures.told():
            crossing = ended(post_id, event, action=action, key=screen.key, new=only_new)
        if crossing is None:
            return
        begun = self.here()
        if crossing[0] == post_id:
            screen.pane.move(moves.first_unread if event.forward else moves.last_unread)
            self.leave(begun)
        else:
            self.open_post(crossing[0], at=crossing[1], only_new=only_new)
        self.done(action, begun)

    # Folds

    def action_fold_to(self) -> None:
        """Fold to the depth that the last key names; by name, to the first."""
        key = self._screen.key
        self._screen.pane.fold_to(int(key) if key.isdecimal() else 1)


def _stand(stop: Location, view: Viewport) -> bool:
    """Stand on a stop if its passage is where it was, else stay where the thread was opened."""
    passages, index = view.thread.passages, stop.spot.cursor
    if index < len(passages) and passages[index].id == stop.passage:
        view.stand(stop.spot)
    return True
