"""Keeps up what the saved searches count, beside the reading.

Counting begins when the index has first been brought up to date, takes one small
piece of work after the other in a thread, with rests between them in which keys
are answered, and shows what it found only when all is counted. As long as nothing
is marked or indexed nothing is counted, and nothing is painted that is the same.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from probation_reader.errors import DamagedIndexError
from probation_reader.ui.background import in_pieces

if TYPE_CHECKING:
    from probation_reader.saved_search_counts import SavedSearchCounts
    from probation_reader.ui.screens.reader import ReaderScreen
    from probation_reader.workspace import Workspace

#: All that was counted rests so many times longer than it took, though marks are made.
_RESTS = 10


class Counting:
    """The counts of the saved searches of one screen.

    Args:
        screen: the screen with its parts.
        workspace: what is counted in.
    """

    def __init__(self, screen: ReaderScreen, workspace: Workspace) -> None:
        self._screen = screen
        self._workspace = workspace
        self._tallies: SavedSearchCounts | None = None
        self._counted: list[str] = []
        self._counting = False
        self._rested = 0.0

    def begin(self) -> None:
        """Count from now on: the index can be asked."""
        if self._tallies is None:
            from probation_reader.saved_search_counts import SavedSearchCounts  # noqa: PLC0415 - not needed to start

            self._tallies = SavedSearchCounts(self._workspace)
        self.look()

    def look(self) -> None:
        """Count if something changed since the last time."""
        if self._tallies is not None and not self._counting and self._is_behind(self._tallies):
            self._counting = True
            self._screen.run_quietly(self._count)

    @property
    def _wanted(self) -> list[str]:
        return [line.words for line in self._screen.sidebar.searches]

    def _is_behind(self, tallies: SavedSearchCounts) -> bool:
        wanted = self._wanted
        if not wanted or wanted != self._counted:
            return bool(wanted)
        return perf_counter() >= self._rested and tallies.is_behind()

    async def _count(self) -> None:
        tallies, self._tallies = self._tallies, None  # given up if it fails, until `begin`
        assert tallies is not None  # noqa: S101 - `look` has seen to it
        try:
            while self._is_behind(tallies):
                wanted = self._wanted
                worked = await in_pieces(tallies.catch_up(wanted))
                self._rested = perf_counter() + _RESTS * worked
                self._counted = wanted
                self._show(tallies)
            self._tallies = tallies
        except DamagedIndexError:
            self._screen.searching.catch_up()
            raise
        finally:
            self._counting = False

    def _show(self, tallies: SavedSearchCounts) -> None:
        for line in self._screen.sidebar.searches:
            if line.words in self._counted:
                self._screen.sidebar.set_tally(line, *tallies.tally(line.words))
