"""Where the reader has been: jumps to go back over, and the trail of reading on. Pure.

A jump is a movement that leads away from what was being read: to a hit, a
parent, an end, the next unread passage, another thread. Where it began is kept
here, across threads: `JumpList.swap` changes to and fro between the last two
places, `JumpList.earlier` walks back over all of them, as editors and pagers do.
Reading on is no jump; `ReadingTrail` takes back exactly its steps, as long as nothing
else has moved since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from probation_reader.ui.thread.viewport_layout import ScrollAnchor

#: So many places are remembered.
MOST = 100


class Location(NamedTuple):
    """A place in a thread, as it is on the screen.

    Args:
        post: the id of the post.
        passage: the id of the current passage.
        spot: what stands where in the pane.
    """

    post: str
    passage: str
    spot: ScrollAnchor

    def holds(self, other: Location) -> bool:
        """Return whether another stop is on the same passage."""
        return self.passage == other.passage and self.post == other.post


class JumpList:
    """The places that were jumped from, the last one last, none of them twice."""

    def __init__(self) -> None:
        self._stops: list[Location] = []
        #: How many of the stops are before the one that walking back has reached.
        self._before = 0
        self._from: Location | None = None

    def leave(self, stop: Location) -> None:
        """Remember where a jump begins."""
        self._keep(stop)
        self._before = len(self._stops)
        self._from = stop

    def _keep(self, stop: Location) -> None:
        others = [other for other in self._stops if not other.holds(stop)]
        self._stops = [*others[-MOST + 1 :], stop]

    def swap(self, here: Location) -> Location | None:
        """Return where the last jump began and remember this place instead.

        Returns:
            The place to go to; None if there was no jump, or it began here.
        """
        target = self._from
        if target is None or target.holds(here):
            return None
        self.leave(here)
        return target

    def earlier(self, here: Location) -> Location | None:
        """Return the place before the one that was gone back to last.

        Returns:
            The place to go to; None if there is none further back.
        """
        if self._before == len(self._stops):  # the way back begins, and will end here again
            self._keep(here)
            self._before = len(self._stops) - 1
        if not self._before:
            return None
        self._from = here
        self._before -= 1
        return self._stops[self._before]


class ReadingTrail:
    """The steps of reading on, to be taken back one by one."""

    def __init__(self) -> None:
        self._steps: list[tuple[Location, Location]] = []

    def step(self, begun: Location, ended: Location) -> None:
        """Remember a step; those before it count only if it began where they ended."""
        if begun == ended:
            return
        if self._steps and self._steps[-1][1] != begun:
            self._steps.clear()
        self._steps = [*self._steps[-MOST + 1 :], (begun, ended)]

    def back(self, here: Location) -> Location | None:
        """Return where the last step began, None if it did not end here."""
        if not self._steps or self._steps[-1][1] != here:
            self._steps.clear()
            return None
        return self._steps.pop()[0]
