"""A list to choose from, filtered as one types: bookmarks, links, the palette."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment

from probation_reader.sanitize import safe_line
from probation_reader.text.widths import cells
from probation_reader.text.wrap import wrap
from probation_reader.ui.messages import RowChosen
from probation_reader.ui.posts.model import folded
from probation_reader.ui.render.glyphs import GLYPHS
from probation_reader.ui.render.headings import one_line
from probation_reader.ui.screens.base import ActionScreen
from probation_reader.ui.screens.help import HelpScreen
from probation_reader.ui.widgets.prompt import Prompt
from probation_reader.ui.widgets.row_list import (
    BOLD,
    DIM,
    PLAIN,
    RowList,
    Separator,
    cursor_bar,
    fit,
)
from probation_reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from probation_reader.ui.keys.actions import Place
    from probation_reader.ui.messages import QueryChanged

_NOTE_SHARE = 3
_BAR = 2
#: However wide the screen, a note stays near its words.
_WIDEST = 120


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of the list.

    Args:
        id: what is returned when it is chosen.
        words: what it is, shown at the left.
        note: what belongs to it, shown dim at the right.
        under: what the reader wrote about it, on a row of its own below.
        whole: what must be seen to its end, on as many rows below as that takes.
        also: what it is found by besides.
        heading: what stands above the first of several with the same.
        column: where the note begins, for notes that read on; 0 for the right edge.
    """

    id: str
    words: str
    note: str
    under: str = ""
    whole: str = ""
    also: str = ""
    heading: str = ""
    column: int = 0
    #: All of it as it is shown, folded once: it is looked through at every key.
    _text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        text = f"{self.words} {self.note} {self.under} {self.whole} {self.also}"
        object.__setattr__(self, "_text", folded(safe_line(text)))

    def fits(self, words: Sequence[str]) -> bool:
        """Return whether each of these folded words stands somewhere in it."""
        return all(word in self._text for word in words)


@dataclass(frozen=True, slots=True)
class _Under:
    """A row below a choice."""

    of: Choice
    words: str


class _Heading(NamedTuple):
    """A row above choices."""

    words: str


_Row = Choice | _Under | _Heading


def _rows(choice: Choice, width: int) -> list[_Row]:
    """Return the rows of a choice on a list of this width."""
    below = [f"{GLYPHS.note} {one_line(choice.under)}"] if choice.under else []
    if choice.whole:
        whole = one_line(choice.whole)
        room = max(1, min(width, _WIDEST) - _BAR)
        below += [whole[line.start : line.end] for line in wrap(whole, room)]
    return [choice, *(_Under(choice, words) for words in below)]


class _Choices(RowList[_Row], can_focus=False):
    """The rows that the filter lets through."""

    def selectable(self, row: _Row) -> bool:
        """Return True for the choices themselves."""
        return isinstance(row, Choice)

    def last_line(self, index: int) -> int:
        """Return the last row below the choice at this row, or that row."""
        last = index
        while last + 1 < len(self.rows) and isinstance(self.rows[last + 1], _Under):
            last += 1
        return last

    def move_to(self, index: int, *, backwards: bool = False) -> None:
        """Move, and paint the bar beside all rows of a choice."""
        before = self.cursor
        super().move_to(index, backwards=backwards)
        for row in (before, self.cursor):
            if 0 <= row < len(self.rows):
                self.refresh_lines(row, self.last_line(row) - row + 1)

    def choose(self, row: _Row) -> None:
        """Say which one was chosen."""
        if isinstance(row, Choice):
            self.post_message(RowChosen("list", row.id))

    def paint(self, row: _Row, width: int, *, current: bool) -> list[Segment]:
        """Return the words, and the note at the right in at most a third, or in its column."""
        width = min(width, _WIDEST)
        if isinstance(row, _Heading):
            return [Segment(fit(f" {one_line(row.words)}", width), BOLD)]
        if isinstance(row, _Under):
            here = self.cursor >= 0 and self.rows[self.cursor] == row.of
            return [
                cursor_bar(here=here),
                Segment(fit(row.words, width - _BAR), DIM),
            ]
        note = one_line(row.note)
        if row.column:
            words = fit(one_line(row.words), row.column - _BAR)
            return [
                cursor_bar(here=current),
                Segment(words, BOLD if current else PLAIN),
                Segment(fit(note, width - row.column), DIM),
            ]
        taken = min(cells(note), width // _NOTE_SHARE)
        words = fit(one_line(row.words), width - taken - 5)
        return [
            cursor_bar(here=current),
            Segment(words, BOLD if current else PLAIN),
            Segment("  " + fit(note, taken), DIM),
        ]


class PickerScreen(ActionScreen["str | None"]):
    """Shows choices; returns the id of the chosen one, or None.

    Args:
        title: what the list is.
        choices: its rows.
        empty: what to say when there are none.
        hints: ``key word`` of what keys do besides.
    """

    def __init__(
        self, title: str, choices: Sequence[Choice], empty: str, hints: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self._hints = hints
        self._title = title
        self._choices = list(choices)
        #: What the filter lets through, in its order.
        self.shown: list[Choice] = self._choices
        self._empty = empty

    def compose(self) -> ComposeResult:
        """Make the line to type in, the rows and the status row."""
        yield Prompt("list", f" {self._title}: ", "type to narrow").made()
        yield _Choices(id="choices")
        yield Separator(upright=False)
        yield StatusLine()

    def on_mount(self) -> None:
        """Show all the choices."""
        self.set_focus(self.query_one(Prompt).line)
        self.begin()

    def begin(self) -> None:
        """Show what stands in the list at first."""
        self._show("")

    def on_resize(self) -> None:
        """Break anew what is shown whole."""
        self.show_again()

    def show_again(self) -> None:
        """Show the list anew where it stands, after something about it changed."""
        current = self.current
        self._show(self.query_one(Prompt).value, at=current.id if current else "")

    @property
    def current(self) -> Choice | None:
        """The choice under the cursor, None if there is none."""
        choices = self.query_one(_Choices)
        row = choices.rows[choices.cursor] if choices.cursor >= 0 else None
        return row if isinstance(row, Choice) else None

    def _show(self, query: str, at: str = "") -> None:
        words = folded(query).split()
        shown = self.shown = [choice for choice in self._choices if choice.fits(words)]
        rows: list[_Row] = []
        for heading, under in groupby(shown, attrgetter("heading")):
            rows += [_Heading(heading)] if heading else []
            rows += chain.from_iterable(_rows(choice, self.size.width) for choice in under)
        choices = self.query_one(_Choices)
        stands = (n for n, row in enumerate(rows) if isinstance(row, Choice) and row.id == at)
        choices.set_rows(rows, next(stands, -1) if at else -1)
        place = f"{len(shown):,} of {len(self._choices):,}" if self._choices else self._empty
        self.query_one(StatusLine).set_place(place, [*self.keymap.hints(self.place), *self._hints])

    @property
    def place(self) -> Place:
        """Always a list."""
        return "list"

    def owners(self) -> Sequence[_Choices]:
        """Return the rows."""
        return (self.query_one(_Choices),)

    def on_query_changed(self, event: QueryChanged) -> None:
        """Act on what was typed."""
        event.stop()
        self.typed(event.place, event.query)

    def typed(self, place: Place, words: str) -> None:
        """Narrow the list."""
        del place
        self._show(words)

    def on_row_chosen(self, event: RowChosen) -> None:
        """Return what was chosen; a double click has chosen and left already."""
        event.stop()
        if self.is_current:
            self.choose(event.id)

    def choose(self, id_: str) -> None:
        """Return what was chosen."""
        self.dismiss(id_)

    def action_back(self) -> None:
        """Return nothing."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Show the keys of this list."""
        self.app.push_screen(HelpScreen(self.place))
