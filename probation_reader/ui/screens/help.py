"""The help screen: the keys of the place one was in, then those that hold everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment

from probation_reader.ui import keys
from probation_reader.ui.screens.keyed import KeyedScreen
from probation_reader.ui.widgets.lines import BOLD, DIM, PLAIN, RowList, Rule, fit
from probation_reader.ui.widgets.status import StatusLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

#: Places whose keys hold in another one as well.
_ALSO: dict[keys.Place, tuple[keys.Place, ...]] = {
    "found": ("found", "thread", "everywhere"),
    "thread": ("thread", "found", "everywhere"),
}


def help_rows(place: keys.Place) -> list[tuple[str, str]]:
    """Return ``(keys, words)`` rows; a heading has no keys, a blank row neither."""
    rows: list[tuple[str, str]] = []
    for layer in _ALSO.get(place, (place, "everywhere")):
        rows += (
            [("", keys.PLACE_WORDS[layer])]
            if not rows
            else [("", ""), ("", keys.PLACE_WORDS[layer])]
        )
        rows += [
            ("  ".join(keys.shown(key) for key in action.keys), action.words)
            for action in keys.actions(layer)
        ]
    return rows


class _Rows(RowList[tuple[str, str]]):
    """The rows; there is no cursor to see, moving scrolls."""

    def selectable(self, row: tuple[str, str]) -> bool:
        """Return True: every row can be scrolled to."""
        del row
        return True

    def move_to(self, index: int, *, backwards: bool = False) -> None:
        """Scroll so that the row at this index is the first."""
        del backwards
        last = max(0, len(self.rows) - self.size.height)
        self.cursor = max(0, min(index, last))
        self._scroll(self.cursor)

    def show_cursor(self) -> None:
        """Stay within the rows after a resize."""
        self.move_to(self.cursor)

    def action_bottom(self) -> None:
        """Scroll to the end."""
        self.move_to(len(self.rows))

    def choose(self, row: tuple[str, str]) -> None:
        """Do nothing: help is for reading."""

    def paint(self, row: tuple[str, str], width: int, *, current: bool) -> list[Segment]:
        """Return a heading, or keys and words in two columns."""
        del current
        pressed, words = row
        if not pressed:
            return [Segment(fit(f" {words}", width), BOLD)]
        column = max(len(keys_) for keys_, _ in self.rows) + 3
        column = min(column, width // 2)
        return [Segment(fit(f"   {pressed}", column), PLAIN), Segment(f"  {words}", DIM)]


class HelpScreen(KeyedScreen[None]):
    """Lists what every key does.

    Args:
        of: the place to tell about.
    """

    def __init__(self, of: keys.Place) -> None:
        super().__init__()
        self._of = of

    def compose(self) -> ComposeResult:
        """Make the rows and the status row."""
        yield _Rows(id="help-rows")
        yield Rule(upright=False)
        yield StatusLine()

    def on_mount(self) -> None:
        """Fill the rows."""
        rows = self.query_one(_Rows)
        rows.set_rows(help_rows(self._of))
        self.set_focus(rows)
        self.query_one(StatusLine).set_place("Keys", keys.hints(self.place))

    @property
    def place(self) -> keys.Place:
        """Always help."""
        return "help"

    def owners(self) -> Sequence[_Rows]:
        """Return the rows."""
        return (self.query_one(_Rows),)

    def action_back(self) -> None:
        """Return."""
        self.dismiss()
