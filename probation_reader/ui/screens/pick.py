"""A list to choose from, filtered as one types: bookmarks, and the palette."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment

from probation_reader.ui import keys
from probation_reader.ui.messages import RowChosen
from probation_reader.ui.posts import folded
from probation_reader.ui.render.cells import cells
from probation_reader.ui.render.heading import one_line
from probation_reader.ui.screens.help import HelpScreen
from probation_reader.ui.screens.keyed import KeyedScreen
from probation_reader.ui.widgets.lines import BOLD, DIM, PLAIN, SIGN, RowList, Rule, fit
from probation_reader.ui.widgets.prompt import Prompt
from probation_reader.ui.widgets.status import StatusLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from probation_reader.ui.messages import QueryChanged

_NOTE_SHARE = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of the list.

    Args:
        id: what is returned when it is chosen.
        words: what it is, shown at the left.
        note: what belongs to it, shown dim at the right.
    """

    id: str
    words: str
    note: str


class _Choices(RowList[Choice], can_focus=False):
    """The rows that the filter lets through."""

    def selectable(self, row: Choice) -> bool:
        """Return True."""
        del row
        return True

    def choose(self, row: Choice) -> None:
        """Say which one was chosen."""
        self.post_message(RowChosen("list", row.id))

    def paint(self, row: Choice, width: int, *, current: bool) -> list[Segment]:
        """Return the words, and the note at the right in at most a third."""
        note = one_line(row.note)
        taken = min(cells(note), width // _NOTE_SHARE)
        words = fit(one_line(row.words), width - taken - 5)
        bar = Segment("▌ " if current else "  ", SIGN)
        return [
            bar,
            Segment(words, BOLD if current else PLAIN),
            Segment("  " + fit(note, taken), DIM),
        ]


class PickScreen(KeyedScreen["str | None"]):
    """Shows choices; returns the id of the chosen one, or None.

    Args:
        title: what the list is.
        choices: its rows.
        empty: what to say when there are none.
    """

    def __init__(self, title: str, choices: Sequence[Choice], empty: str) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._empty = empty

    def compose(self) -> ComposeResult:
        """Make the line to type in, the rows and the status row."""
        yield Prompt("list", f" {self._title}: ", "type to narrow")
        yield _Choices(id="choices")
        yield Rule(upright=False)
        yield StatusLine()

    def on_mount(self) -> None:
        """Show all the choices."""
        self.set_focus(self.query_one(Prompt).line)
        self._show("")

    def _show(self, query: str) -> None:
        words = folded(query).split()
        shown = [
            choice
            for choice in self._choices
            if all(word in folded(f"{choice.words} {choice.note}") for word in words)
        ]
        self.query_one(_Choices).set_rows(shown)
        place = f"{len(shown)} of {len(self._choices)}" if self._choices else self._empty
        self.query_one(StatusLine).set_place(place, keys.hints(self.place))

    @property
    def place(self) -> keys.Place:
        """Always a list."""
        return "list"

    def owners(self) -> Sequence[_Choices]:
        """Return the rows."""
        return (self.query_one(_Choices),)

    def on_query_changed(self, event: QueryChanged) -> None:
        """Narrow the list."""
        event.stop()
        self._show(event.query)

    def on_row_chosen(self, event: RowChosen) -> None:
        """Return what was chosen."""
        event.stop()
        self.dismiss(event.id)

    def action_back(self) -> None:
        """Return nothing."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Show the keys of this list."""
        self.app.push_screen(HelpScreen("list"))
