"""The help screen: the keys of the place one was in, those that hold everywhere, the signs."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from rich.segment import Segment

from probation_reader.ui.keys import chords
from probation_reader.ui.keys.actions import PLACE_WORDS, Place, section_of
from probation_reader.ui.render.glyphs import GLYPHS
from probation_reader.ui.screens.base import ActionScreen
from probation_reader.ui.widgets.row_list import BOLD, DIM, PLAIN, RowList, Separator, fit
from probation_reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from probation_reader.ui.keys.actions import Action
    from probation_reader.ui.keys.keymap import Keymap

#: Places whose keys hold in another one as well.
_ALSO: dict[Place, tuple[Place, ...]] = {
    "found": ("found", "thread", "everywhere"),
    "thread": ("thread", "found", "everywhere"),
    "kept": ("kept", "list", "everywhere"),
    "links": ("links", "list", "everywhere"),
}


_IN_THREADS = (
    (GLYPHS.unread, "unread: its end has not been on the screen yet"),
    (GLYPHS.new, "came in since your last visit"),
    (f"{GLYPHS.kept}  {GLYPHS.note}", "kept; kept with a note"),
    (f"{GLYPHS.open}  {GLYPHS.folded}", "open; folded, with its first words"),
    ("10.2", "the second reply to comment 10"),
    (f"10.2 {GLYPHS.answer} 10", "a reply that does not stand under what it answers"),
    ("§2", "the second section of the post itself"),
)
_IN_POSTS = (
    (f"{GLYPHS.unread}  42", "something in it is unread: so many passages"),
    (f"{GLYPHS.new}7", "so many came in since your last visit"),
    ("42", "without a sign: all is read, so many comments"),
)
#: What the signs mean, for the places where they stand.
_SIGNS: dict[Place, tuple[tuple[str, str], ...]] = {
    "thread": _IN_THREADS,
    "found": _IN_THREADS,
    "posts": _IN_POSTS,
}

#: On fewer columns the words stand below their keys.
_BESIDE = 64
_INDENT = 3
#: A place with more actions is told of section by section.
_MANY = 20


@dataclass(frozen=True, slots=True)
class HelpRow:
    """One row: a heading, or keys, or words, or keys and words."""

    keys: str = ""
    words: str = ""
    heading: bool = False


def help_rows(keymap: Keymap, place: Place, width: int) -> list[HelpRow]:
    """Return the rows that tell about a place.

    Args:
        keymap: the keys of the reader.
        place: the place.
        width: cells of a row.
    """
    rows: list[HelpRow] = []
    for layer in _ALSO.get(place, (place, "everywhere")):
        actions = keymap.actions(layer)
        for heading, under in groupby(actions, partial(_heading, layer, len(actions))):
            rows += [HelpRow()] if rows else []
            rows.append(HelpRow(words=heading, heading=True))
            for action in under:
                rows += _rows_of("  ".join(chords.listed(action.keys)), action.words, width)
    if signs := _SIGNS.get(place):
        rows += [HelpRow(), HelpRow(words="Signs", heading=True)]
        for sign, words in signs:
            rows += _rows_of(sign, words, width)
    return rows


def _heading(place: Place, actions: int, action: Action) -> str:
    """Return what an action stands under: its section where a place has many actions."""
    return section_of(action.id) if actions > _MANY else PLACE_WORDS[place]


def _rows_of(keys: str, words: str, width: int) -> list[HelpRow]:
    if width >= _BESIDE:
        return [HelpRow(keys, words)]
    lines = textwrap.wrap(words, max(1, width - 2 * _INDENT))
    return [HelpRow(keys), *(HelpRow(words=line) for line in lines)]


class _HelpRows(RowList[HelpRow]):
    """The rows; there is no cursor to see, moving scrolls."""

    def selectable(self, row: HelpRow) -> bool:
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

    def choose(self, row: HelpRow) -> None:
        """Do nothing: help is for reading."""

    def paint(self, row: HelpRow, width: int, *, current: bool) -> list[Segment]:
        """Return a heading, or keys and words in two columns."""
        del current
        if row.heading:
            return [Segment(fit(f" {row.words}", width), BOLD)]
        if width < _BESIDE:
            words = Segment(" " * 2 * _INDENT + row.words, DIM)
            return [Segment(" " * _INDENT + row.keys, PLAIN)] if row.keys else [words]
        column = max(len(other.keys) for other in self.rows) + _INDENT
        return [
            Segment(fit(" " * _INDENT + row.keys, column), PLAIN),
            Segment(f"  {row.words}", DIM),
        ]


class HelpScreen(ActionScreen[None]):
    """Lists what every key does.

    Args:
        of: the place to tell about.
    """

    def __init__(self, of: Place) -> None:
        super().__init__()
        self._of = of
        self._width = 0

    def compose(self) -> ComposeResult:
        """Make the rows and the status row."""
        yield _HelpRows(id="help-rows")
        yield Separator(upright=False)
        yield StatusLine()

    def on_mount(self) -> None:
        """Go to the rows."""
        self.set_focus(self.query_one(_HelpRows))
        self._fill(self.app.size.width)
        self.query_one(StatusLine).set_place(PLACE_WORDS[self._of], self.keymap.hints(self.place))

    def on_resize(self, event: events.Resize) -> None:
        """Fill the rows for this width."""
        self._fill(event.size.width)

    def _fill(self, width: int) -> None:
        if width != self._width:
            self._width = width
            self.query_one(_HelpRows).set_rows(help_rows(self.keymap, self._of, width))

    @property
    def place(self) -> Place:
        """Always help."""
        return "help"

    def owners(self) -> Sequence[_HelpRows]:
        """Return the rows."""
        return (self.query_one(_HelpRows),)

    def action_back(self) -> None:
        """Return."""
        self.dismiss()
