"""The input of every bar: one line of text, edited by whole clusters.

A cluster is what the screen draws as one sign: an emoji with its joiners, a flag,
a letter with its marks. The cursor never stands inside one, and a word is made of
clusters that begin with a letter or a digit.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from rich.text import Text
from textual.binding import Binding
from textual.events import Event, Key, Paste
from textual.geometry import Offset
from textual.strip import Strip
from textual.widgets import Input
from textual.widgets.input import Selection

from probation_reader import sanitize
from probation_reader.text.charset import displayable, source_span
from probation_reader.text.widths import cells, clusters, is_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Two of these letters are one flag.
_FLAGS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
#: These change the emoji before them, though terminals may draw them beside it.
_SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
#: What keys do to the words, Textual's and those of other programs one types in.
_EDITING = {
    **{
        key: binding.action
        for binding in Input.BINDINGS
        if isinstance(binding, Binding)
        for key in binding.key.split(",")
    },
    "alt+b": "cursor_left_word",
    "alt+f": "cursor_right_word",
    "alt+d": "delete_right_word",
    "alt+backspace": "delete_left_word",
    "ctrl+backspace": "delete_left_word",
}


class TextField(Input):
    """An input that takes only what a terminal may be sent."""

    def on_mount(self) -> None:
        """Keep the cursor still: a blinking one sends bytes for ever."""
        self.cursor_blink = False

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell the next letter goes to; at the end Textual counts one too many."""
        return super().cursor_screen_offset - Offset(int(self.cursor_at_end), 0)

    def validate_value(self, value: str) -> str:
        """Make safe whatever is put there: names, tags and searches come from anywhere."""
        return sanitize.safe_line(value)

    async def on_event(self, event: Event) -> None:
        """Make pasted text safe before the input sees it."""
        if isinstance(event, Paste):
            event.text = sanitize.safe_line(event.text)
        await super().on_event(event)

    async def take(self, event: Key) -> bool:
        """Edit as a key says; return whether it says anything."""
        if event.key in _EDITING:
            await self.run_action(_EDITING[event.key])
        elif event.is_printable and event.character is not None:
            self.replace(event.character, *self.selection)
        else:
            return False
        return True

    # What is shown: the value as the terminal can show it

    @property
    def _value(self) -> Text:
        return Text(displayable(self.value), no_wrap=True, overflow="ignore", end="")

    def _position_to_cell(self, position: int) -> int:
        return cells(displayable(self.value[:position]))

    def _cell_offset_to_index(self, offset: int) -> int:
        shown = displayable(self.value)
        if shown == self.value:
            return super()._cell_offset_to_index(offset)
        wanted = offset + self.scroll_offset.x
        used = 0
        for start, end, width in clusters(shown):
            used += width
            if used > wanted:
                return source_span(self.value, start, end)[0]
        return len(self.value)

    def render_line(self, y: int) -> Strip:
        """Return the row; the cursor and what is selected stand on the characters shown."""
        text = self._value
        if y or text.plain == self.value:
            return super().render_line(y)
        if self.has_focus:
            text.append(" ")  # for the cursor at the end
            start, end, cursor = (
                len(displayable(self.value[:position]))
                for position in (*sorted(self.selection), self.cursor_position)
            )
            text.stylize(self.get_component_rich_style("input--selection"), start, end)
            text.stylize(self.get_component_rich_style("input--cursor"), cursor, cursor + 1)
        left, room = self.scroll_offset.x, self.scrollable_content_region.width + 1
        strip = Strip(text.render(self.app.console)).crop(left, left + room)
        return strip.extend_cell_length(room).apply_style(self.rich_style)

    # Where the cursor may stand

    def _bounds(self) -> Sequence[int]:
        """Return where clusters begin, and the end."""
        if is_plain(self.value):
            return range(len(self.value) + 1)
        bounds: list[int] = []
        half = False  # whether the second half of a flag may follow
        for start, _, _ in clusters(self.value):
            is_flag = self.value[start] in _FLAGS
            if not (is_flag and half) and self.value[start] not in _SKIN_TONES:
                bounds.append(start)
            half = is_flag and not half
        return [*bounds, len(self.value)]

    def _before(self, position: int) -> int:
        bounds = self._bounds()
        return bounds[max(0, bisect_left(bounds, position) - 1)]

    def _after(self, position: int) -> int:
        bounds = self._bounds()
        return bounds[min(len(bounds) - 1, bisect_right(bounds, position))]

    def _word_before(self, position: int) -> int:
        """Return where the word before a position begins."""
        while position and not self._in_word(self._before(position)):
            position = self._before(position)
        while position and self._in_word(self._before(position)):
            position = self._before(position)
        return position

    def _word_after(self, position: int) -> int:
        """Return where the next word begins."""
        end = len(self.value)
        while position < end and self._in_word(position):
            position = self._after(position)
        while position < end and not self._in_word(position):
            position = self._after(position)
        return position

    def _in_word(self, position: int) -> bool:
        return self.value[position].isalnum() or self.value[position] == "_"

    def validate_selection(self, selection: Selection) -> Selection:
        """Return a selection with both ends between clusters."""
        bounds = self._bounds()
        start, end = (
            bounds[min(len(bounds) - 1, bisect_left(bounds, max(0, position)))]
            for position in selection
        )
        return Selection(start, end)

    # What keys do

    def _go(self, target: int, *, select: bool) -> None:
        self.selection = Selection(self.selection.start if select else target, target)

    def action_cursor_left(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own
        """Go back one cluster, or to the beginning of the selection."""
        start, end = self.selection
        at_edge = start != end and not select
        self._go(min(start, end) if at_edge else self._before(end), select=select)

    def action_cursor_right(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own
        """Go on one cluster, or to the end of the selection."""
        start, end = self.selection
        at_edge = start != end and not select
        self._go(max(start, end) if at_edge else self._after(end), select=select)

    def action_cursor_left_word(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own
        """Go back to the beginning of a word."""
        self._go(self._word_before(self.cursor_position), select=select)

    def action_cursor_right_word(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own
        """Go on to the beginning of a word."""
        self._go(self._word_after(self.cursor_position), select=select)

    def _delete_to(self, target: int) -> None:
        """Delete the selection, or what is between the cursor and a place."""
        start, end = self.selection
        if start == end:
            start = target
        self.delete(min(start, end), max(start, end))

    def action_delete_left(self) -> None:
        """Delete the cluster before the cursor."""
        self._delete_to(self._before(self.cursor_position))

    def action_delete_right(self) -> None:
        """Delete the cluster under the cursor."""
        self._delete_to(self._after(self.cursor_position))

    def action_delete_left_word(self) -> None:
        """Delete back to the beginning of a word."""
        self._delete_to(self._word_before(self.cursor_position))

    def action_delete_right_word(self) -> None:
        """Delete up to the beginning of the next word."""
        self._delete_to(self._word_after(self.cursor_position))
