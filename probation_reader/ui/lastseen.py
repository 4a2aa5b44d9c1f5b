"""What an open thread looked like last: what the next start can show before anything is loaded.

Help, lists and searches pass; what one comes back to is the thread where it was
left. So only pictures of that are remembered, and the last one only counts as
long as the place it shows is still the place that was left: what is shown first
has to be what the first key acts on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.ui.line.grid import picture

if TYPE_CHECKING:
    from probation_reader.picture import Picture
    from probation_reader.ui.line.grid import Grid
    from probation_reader.ui.screens.reader import ReaderScreen

    #: Post, passage, and the row within it at the top.
    Spot = tuple[str, str, int]


class LastSeen:
    """Remembers the last look of the thread.

    Args:
        screen: the main screen.
    """

    def __init__(self, screen: ReaderScreen) -> None:
        self._screen = screen
        self._seen: tuple[Spot, Grid] | None = None

    def look(self, grid: Grid) -> None:
        """Remember what has just been painted if it is a thread.

        Args:
            grid: the whole screen.
        """
        screen, spot = self._screen, self._spot()
        if spot is not None and screen.app.screen is screen and screen.place == "thread":
            self._seen = spot, grid

    def picture(self) -> Picture | None:
        """Return what the thread looked like, None if it is not where it was then."""
        if self._seen is None or self._seen[0] != self._spot():
            return None
        return picture(self._seen[1])

    def _spot(self) -> Spot | None:
        current = self._screen.pane.current
        if current is None:
            return None
        return self._screen.reading.post_id, current.id, self._screen.pane.top_line
