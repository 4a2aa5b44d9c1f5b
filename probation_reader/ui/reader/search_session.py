"""Going to search hits and coming back: from a thread to the results, to where one was.

The search bar remembers where it was opened. A hit is opened in the thread pane
while the results stay as they are underneath, so that going back finds the very
row; closing the search brings back what was open before, exactly as it was, and
the threads that were visited reopen where they had been left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from textual.widget import Widget

    from probation_reader.record import Position
    from probation_reader.search import Hit
    from probation_reader.ui.reader.layout import ScreenLayout
    from probation_reader.ui.reader.thread_session import ThreadSession
    from probation_reader.ui.search.searcher import Searcher
    from probation_reader.ui.thread.widget import SavedThread, ThreadPane
    from probation_reader.ui.widgets.prompt import Prompt


class _SearchOrigin(NamedTuple):
    focused: Widget | None
    thread: SavedThread | None
    alone: bool
    home: bool


class SearchSession:
    """One search, from opening the bar to closing it.

    Args:
        arrangement: what is seen where.
        reading: opens threads.
        searching: has the hits.
        prompt: the search bar.
        pane: the thread pane.

    Attributes:
        away: True while a hit is open and the results wait underneath.
        begun: how many searches were begun so far, coming back not counted.
    """

    def __init__(
        self,
        arrangement: ScreenLayout,
        reading: ThreadSession,
        searching: Searcher,
        prompt: Prompt,
        pane: ThreadPane,
    ) -> None:
        self._arrangement = arrangement
        self._reading = reading
        self._searching = searching
        self._prompt = prompt
        self._pane = pane
        self._origin: _SearchOrigin | None = None
        #: Where the threads that were visited had been left before.
        self._visited: dict[str, Position | None] = {}
        self.away = False
        self.begun = 0

    def begin(self, focused: Widget | None) -> None:
        """Open the bar, or come back to it.

        Args:
            focused: the widget to return to when the search is closed.
        """
        if not self.away:
            self.begun += 1
            where = self._arrangement
            self._origin = _SearchOrigin(focused, self._pane.put_aside(), where.alone, where.home)
            self._visited = {}
            self._searching.thread = self._pane.thread
            self._searching.manner = self._searching.usual
            self._prompt.set_value("")
            self._searching.ask("")
        self.away = False
        self._arrangement.to_main()
        self._arrangement.main("hits")
        self._arrangement.bottom("search-prompt")
        self._arrangement.focus(self._prompt.line)

    def go(self, hit: Hit) -> None:
        """Open the thread of a hit at its passage."""
        self._arrangement.main("thread-pane")
        marker = self._searching.marker
        left = self._reading.left_at(hit.post_id)
        if self._reading.open(hit.post_id, at=hit.id, only_path=True, marker=marker):
            self.away = True
            self._searching.hold()
            self._visited.setdefault(hit.post_id, left)
            self._arrangement.bottom("status")
            self._arrangement.focus(self._pane)
        else:
            self._arrangement.main("hits")

    def end(self) -> None:
        """Close the search and return to where it was opened."""
        origin, self._origin, self.away = self._origin, None, False
        self._searching.ask("")
        self._arrangement.bottom("status")
        if origin is None:
            return
        self._arrangement.main("thread-pane" if origin.thread else "empty")
        if self._visited and origin.thread:
            self._reading.bring_back(origin.thread, self._visited)
        self._arrangement.alone, self._arrangement.home = origin.alone, origin.home
        self._arrangement.settle()
        if origin.focused is not None:
            self._arrangement.focus(origin.focused)

    def came_from(self, post_id: str) -> bool:
        """Return whether a hit is open and the search was begun in this thread."""
        thread = self._origin.thread if self.away and self._origin else None
        return thread is not None and thread.view.thread.post.id == post_id

    def forget(self) -> None:
        """Let the results go: another thread was opened by other means."""
        self.away = False
        self._origin = None
