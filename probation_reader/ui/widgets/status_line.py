"""The status row: where one is, what the keys do, what has just happened.

From left to right: the place, then hints for as many keys as fit. A message
takes the row's place for a few seconds, or until the reader goes on; what only
explains a key goes with the next one. An unfinished chord, how many marks are not
on disk yet, or the progress of long work stands at the row's right end. It is drawn
only when something in it changes.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from probation_reader.text.widths import cells, clip
from probation_reader.ui.keys.habits import habits_of
from probation_reader.ui.render.headings import one_line
from probation_reader.ui.widgets.row_list import BOLD, DIM, PLAIN, fit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.timer import Timer

#: How long a message stays: long enough to read it twice.
MESSAGE_SECONDS = 5.0
#: After so long the next key takes it away.
SEEN_SECONDS = 1.5
_BETWEEN = 3
_MARGINS = 2


class StatusLine(Widget):
    """One row at the bottom of the screen.

    Attributes:
        place: where the reader is, ``9.1 of 114 · 37 unread``.
        message: what is said at the moment, empty if nothing.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.place = ""
        self.message = ""
        self._hints: Sequence[str] = ()
        self._here = ""
        self._pending = ""
        self._progress = ""
        self._unsaved = self._known_unsaved = 0
        #: How much of what was done is not on disk yet.
        self.unsaved: Callable[[], int] = lambda: 0
        self._timer: Timer | None = None
        self._said = 0.0
        self._explains = False

    @property
    def text(self) -> str:
        """What the row shows now."""
        return "".join(segment.text for segment in self._segments(self.size.width)).rstrip()

    @property
    def room(self) -> int:
        """Cells for the place, with room left for the hint at help."""
        helping = f"{habits_of(self).keymap.key('help')} help"
        return self.app.size.width - _MARGINS - _BETWEEN - len(helping)

    def set_place(self, place: str, hints: Sequence[str], here: str = "") -> None:
        """Say where the reader is and which keys help there.

        Args:
            place: where that is; any text, as for ``here``: both are made safe.
            hints: ``key word`` each, the one for help last.
            here: one more that goes before them, for what stands just here.
        """
        place, here = one_line(place), one_line(here)
        if (place, hints, here) != (self.place, self._hints, self._here):
            self.place, self._hints, self._here = place, hints, here
            self.refresh()

    def say(self, message: str, *, stay: bool = False) -> None:
        """Show a message instead, for a few seconds or until the next one.

        Args:
            message: any text; it is made safe here.
            stay: True to leave it until the reader goes on (see `go_on`).
        """
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if message and self.unsaved() > self._known_unsaved:
            message = f"Pending: {message}"
            self.know_unsaved()
        message, self._said, self._explains = one_line(message), monotonic(), False
        if message and not stay:
            self._timer = self.set_timer(MESSAGE_SECONDS, self.clear_message)
        if message != self.message:
            self.message = message
            self.refresh()

    def explain(self, message: str) -> None:
        """Say what came of a key where nothing was kept or marked; the next one takes it away."""
        self.say(message)
        self._explains = True

    def go_on(self) -> None:
        """Let a message go that has been read: at once, or in a few seconds if it was to stay."""
        self.know_unsaved()
        if self._explains:
            self.clear_message()
        elif self.message and self._timer is None:
            self._timer = self.set_timer(MESSAGE_SECONDS, self.clear_message)
        elif self.message and monotonic() - self._said >= SEEN_SECONDS:
            self.clear_message()

    def clear_message(self) -> None:
        """Show the place again."""
        self.say("")

    def set_pending(self, chord: str) -> None:
        """Show the keys of an unfinished chord; empty for none."""
        if chord != self._pending:
            self._pending = chord
            self.refresh()

    def set_unsaved(self, number: int) -> None:
        """Show how many marks are not on disk yet."""
        if number != self._unsaved:
            self._unsaved = number
            self.refresh()

    def know_unsaved(self) -> None:
        """Take what is not on disk yet as known: the next message is not about that."""
        self._known_unsaved = self.unsaved()

    def set_progress(self, progress: str) -> None:
        """Show how far long work has come; empty when it is done."""
        progress = one_line(progress)
        if progress != self._progress:
            self._progress = progress
            self.refresh()

    def _segments(self, width: int) -> list[Segment]:
        unsaved = f"{self._unsaved:,} pending" if self._unsaved else ""
        right = f"{self._pending}…" if self._pending else unsaved or self._progress
        room = width - _MARGINS - (cells(right) + 2 if right else 0)
        if self.message:
            left = [Segment(fit(self.message, room), PLAIN)]
        else:
            left = self._place_and_hints(room)
        ending = [Segment("  "), Segment(right, BOLD if self._pending else DIM)] if right else []
        return [Segment(" "), *left, *ending, Segment(" ")]

    def _place_and_hints(self, room: int) -> list[Segment]:
        place = clip(self.place, room)
        used = cells(place)
        shown: list[str] = []
        here = [self._here] if self._here else []
        for hint in (*here, *self._hints[-1:], *self._hints[:-1]):  # what helps most stays longest
            if used + cells(hint) + _BETWEEN <= room:
                used += cells(hint) + _BETWEEN
                shown.append(hint)
        segments = [Segment(place, PLAIN)]
        for hint in (hint for hint in (*here, *self._hints) if hint in shown):
            key, _, word = hint.partition(" ")
            segments += [Segment(" " * _BETWEEN), Segment(key, BOLD), Segment(f" {word}", DIM)]
        return [*segments, Segment(" " * (room - used))]

    def render_line(self, y: int) -> Strip:
        """Return the row."""
        del y
        width = self.size.width
        return Strip(self._segments(width)).adjust_cell_length(width).apply_style(self.rich_style)
