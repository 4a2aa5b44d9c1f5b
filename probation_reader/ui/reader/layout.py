"""What stands where on the screen: sidebar, main pane, bars. No decisions about reading.

Below 70 columns the sidebar and the main pane take turns; from there on they
stand side by side, unless the posts are to have the whole screen: that is home.
The main pane shows the thread, the hits or a sentence; the bottom row shows the
status or a line to type in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from probation_reader.ui.widgets.row_list import Separator

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

#: Below this many columns the sidebar folds away.
NARROW = 70
_LEAST, _MOST = 28, 40

Main = Literal["thread-pane", "hits", "empty"]
Bottom = Literal["status", "search-prompt", "find-prompt", "note-prompt", "name-prompt"]


def sidebar_cells(width: int) -> int:
    """Return how wide the sidebar is on a screen of this many columns."""
    return min(_MOST, _LEAST + (width - NARROW) * 3 // 10)


class ScreenLayout:
    """Shows and hides the parts of one screen.

    Args:
        screen: the screen; its parts are known by their ids.

    Attributes:
        beside: whether the sidebar is wanted where there is room for it.
        alone: whether the sidebar has a narrow screen to itself.
        home: whether the posts have the screen to themselves, however wide it is.
    """

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self.beside = True
        self.alone = self.home = False
        self._settled: tuple[bool, bool, int] | None = None

    @property
    def narrow(self) -> bool:
        """Whether there is room for only one of the two."""
        return self._screen.size.width < NARROW

    @property
    def sidebar_shown(self) -> bool:
        """Whether the sidebar can be seen."""
        return self.alone if self.narrow else self.beside or self.home

    def show_sidebar(self, *, shown: bool) -> None:
        """Show or hide the sidebar, on a wide screen beside the main pane."""
        self.home = False
        if self.narrow:
            self.alone = shown
        else:
            self.beside = shown
        self.settle()

    def to_main(self) -> None:
        """Make sure that the main pane can be seen."""
        self.alone = self.home = False
        self.settle()

    def to_home(self) -> None:
        """Give the posts the screen to themselves."""
        self.alone = self.home = True
        self.settle()

    def settle(self) -> None:
        """Give every part the room it has at this width."""
        whole, shown = self.narrow or self.home, self.sidebar_shown
        cells = sidebar_cells(self._screen.size.width)
        if (whole, shown, cells) == self._settled:
            return  # laying out again sends the whole screen
        self._settled = (whole, shown, cells)
        posts = self._part("posts")
        posts.styles.width = "1fr" if whole else cells
        posts.display = shown
        self._part("upright").display = shown and not whole
        self._part("main").display = not (whole and shown)
        self._screen.query_one("#level", Separator).join_at(cells if shown and not whole else -1)

    def focus(self, widget: Widget) -> None:
        """Give a widget the focus at once, so that the next key is its own."""
        self._screen.set_focus(widget)

    def main(self, which: Main) -> None:
        """Show one of the three in the main pane."""
        for part in ("thread-pane", "hits", "empty"):
            self._part(part).display = part == which

    def bottom(self, which: Bottom) -> None:
        """Show one of these in the bottom row."""
        for part in get_args(Bottom):
            self._part(part).display = part == which

    def _part(self, name: str) -> Widget:
        return self._screen.query_one(f"#{name}")
