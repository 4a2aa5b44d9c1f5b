"""Find in the open thread: the part of the thread pane that the find bar drives.

A long thread is searched a slice at a time, and between two slices keys are
served: what is found first is shown at once, how much there is when all is searched.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, NamedTuple

from probation_reader.ui.thread.find import ALL, SLICE, Finder, Highlights

if TYPE_CHECKING:
    from collections.abc import Callable

    from probation_reader.ui.render.orders import Ordering
    from probation_reader.ui.render.text_layout import Marker
    from probation_reader.ui.thread.motions import Move
    from probation_reader.ui.thread.viewport import Viewport
    from probation_reader.ui.thread.viewport_layout import ScrollAnchor


class _Origin(NamedTuple):
    """Where find began, to return to."""

    spot: ScrollAnchor
    way: Ordering
    folded: frozenset[int]
    offset: int


class FindState(NamedTuple):
    """What is looked for in a thread, where that began, and what a search of everything found."""

    finder: Finder | None
    origin: _Origin | None
    highlights: Highlights | None


class FindController:
    """Finds in the open thread and stands on a match."""

    view: Viewport | None
    _finder: Finder | None = None
    _origin: _Origin | None = None
    #: What a search of everything found; never beside what is looked for in the thread.
    _highlights: Highlights | None = None
    _looking = False

    @abstractmethod
    def _soon(self, deed: Callable[[], None]) -> None:
        """Do something after the keys that wait."""

    @abstractmethod
    def move(self, move: Move) -> None:
        """Make a movement and show what came of it."""

    @abstractmethod
    def _tell(self) -> None:
        """Say where the cursor is and what find says."""

    @property
    def find_state(self) -> tuple[int, int] | None:
        """The match one stands on, counted from 1 (0: none), and how many; None if not finding.

        What a search of everything found in a thread is not counted.
        """
        if self._finder is None:
            return (0, 0) if self._highlights else None
        return self._finder.state

    @property
    def found_by_search(self) -> bool:
        """Whether what is marked was found by a search of everything, not in this thread."""
        return self._highlights is not None

    @property
    def find_done(self) -> bool:
        """Whether the whole thread has been searched, so that `find_state` is all there is."""
        return self._finder is None or self._finder.done

    @property
    def found(self) -> FindState:
        """What is looked for, to be kept with the view it is found in."""
        return FindState(self._finder, self._origin, self._highlights)

    @found.setter
    def found(self, found: FindState) -> None:
        self._finder, self._origin, self._highlights = found
        self._look_on()

    def find(self, query: str) -> tuple[int, int]:
        """Find a text as it is typed, from where find began.

        Case, accents and the shapes of quotes and dashes do not count.

        Args:
            query: what has been typed so far.

        Returns:
            The match one stands on, counted from 1 (0: none), and how many, as far
            as the thread is searched; a long one is searched on afterwards.
        """
        view = self.view
        if view is None:
            return 0, 0
        if self._origin is None:
            self._origin = _Origin(view.spot(), view.way, view.table.folded, view.first_shown())
        finder = self._search(view)
        finder.search(query)
        finder.stand(max(0, self._origin.spot.cursor), self._origin.offset)
        finder.look(SLICE)
        # What shorter words had opened is folded again.
        self.move(lambda view: self._return(view) and (self._show_match(view) or True))
        self._tell()
        self._look_on()
        return finder.state

    def mark(self, marker: Marker) -> None:
        """Mark what a search found, and show the first of it in the current passage.

        Args:
            marker: finds it in a text.
        """
        if self.view is not None and self.view.cursor >= 0:
            self.forget_find()
            self._highlights = Highlights(self.view.texts, marker)
            self.view.marks_in = self._highlights.marks
            self._show_first(self.view)

    def stand_on(self, passage_id: str) -> None:
        """Go to another passage that the search found, unfolding only the way to it."""
        self.move(lambda view: view.go_to(passage_id) and self._show_first(view))
        self._tell()

    def _show_first(self, view: Viewport) -> bool:
        """Show the first match in the current passage, or its beginning if it has none."""
        view.open_path(view.cursor, itself=True)
        offset = self._highlights.stand(view.cursor) if self._highlights else None
        if offset is not None:
            view.show(1 + view.typeset.line_of(view.cursor, offset))
        return True

    def find_through(self) -> None:
        """Search at once all that is left of the thread."""
        self._look(ALL)

    def _look_on(self) -> None:
        """Have the rest of the thread searched, unless that is going on."""
        if not self._looking and not self.find_done:
            self._looking = True
            self._soon(self._look_further)

    def _look_further(self) -> None:
        """Search a slice, and have the next one searched."""
        self._looking = False
        self._look(SLICE)
        self._look_on()

    def _look(self, characters: int) -> None:
        """Search so much; go to what is typed once it is found, tell that and the end."""
        finder = self._finder
        if finder is None or finder.done:
            return
        missing = finder.here() is None
        finder.look(characters)
        met = missing and finder.here() is not None
        if met:
            self.move(self._show_match)
        if met or finder.done:
            self._tell()

    def find_clear(self, restore: bool) -> None:  # noqa: FBT001 - the one thing it asks
        """Stop finding.

        Args:
            restore: return to where find began.
        """
        if restore:
            self.move(self._return)
        self.forget_find()
        self.move(lambda _: True)
        self._tell()

    def forget_find(self) -> None:
        """Forget what was found and where find began."""
        self._finder = self._origin = self._highlights = None
        if self.view is not None:
            self.view.marks_in = None

    def action_find_next(self) -> None:
        """Go to the next match."""
        self._step(1)

    def action_find_previous(self) -> None:
        """Go to the previous match."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._finder is None:
            return
        self._finder.step(by)
        if self._finder.state[1]:
            self.move(self._show_match)
            self._tell()

    def _search(self, view: Viewport) -> Finder:
        if self._finder is None:
            # What is muted and shut is not to be come upon.
            self._finder, self._highlights = Finder(view.texts, view.closed), None
            view.marks_in = self._finder.marks
        return self._finder

    def _show_match(self, view: Viewport) -> bool:
        here = self._finder.here() if self._finder else None
        if here is None:
            return False
        index, offset = here
        view.open_path(index, itself=True)
        view.cursor = index
        view.show(1 + view.typeset.line_of(index, offset))
        return True

    def _return(self, view: Viewport) -> bool:
        origin = self._origin
        if origin is not None and view.cursor >= 0:
            if origin.way is view.way:
                view.table.fold(origin.folded)
            view.stand(origin.spot)
        return True
