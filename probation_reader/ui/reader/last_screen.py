"""What an open thread looked like last: what the next start can show before anything is loaded.

Help, lists and searches pass; what one comes back to is the thread where it was
left. So only pictures of that are remembered, and the last one only counts as
long as the place it shows is still the place that was left: what is shown first
has to be what the first key acts on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.ui.driver.cells import picture
from probation_reader.ui.render.orders import Ordering

if TYPE_CHECKING:
    from probation_reader.startup.frame import Frame
    from probation_reader.ui.driver.cells import Grid
    from probation_reader.ui.reader.screen import ReaderScreen

    #: Post, passage, the row within it at the top, and whether the posts stand beside.
    Spot = tuple[str, str, int, bool]


class LastScreen:
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

    def picture(self) -> Frame | None:
        """Return what the thread looked like, None if it is not where it was then."""
        if self._seen is None or self._seen[0] != self._spot():
            return None
        return picture(self._seen[1])

    def _spot(self) -> Spot | None:
        screen, view = self._screen, self._screen.pane.view
        # What is new is another matter the next time, and what a search folded is not kept.
        if view is None or view.current is None or view.only_path or view.way is Ordering.NEW:
            return None
        line, beside = screen.pane.top_line, screen.arrangement.beside
        return screen.reading.post_id, view.current.id, line, beside
