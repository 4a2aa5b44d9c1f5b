"""A line to type in: its sign, the words, and what came of them at the right.

Used by the search bar, find in thread, the filter of the posts and every list
that is filtered as one types. It says each change; it decides nothing. Its parts
are made when it is first used: a start with four of them would wait for none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from probation_reader.ui.messages import QueryChanged
from probation_reader.ui.render.headings import one_line
from probation_reader.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key
    from textual.widget import Widget

    from probation_reader.ui.keys.actions import Place


class Prompt(Horizontal):
    """One row to type in.

    Args:
        place: whose words they are; sent with every change.
        sign: what stands before them.
        placeholder: what stands there while nothing has been typed.
    """

    def __init__(self, place: Place, sign: str, placeholder: str = "") -> None:
        super().__init__(classes="prompt", id=f"{place}-prompt")
        self.place = place
        self._sign = sign
        self._placeholder = placeholder
        self._line: TextField | None = None
        self._note = Static(classes="prompt--note", markup=False)

    def made(self) -> Self:
        """Return this with its parts, which are made if they were not."""
        if self._line is None:
            self._line = TextField(
                placeholder=self._placeholder, compact=True, select_on_focus=False
            )
            if self.is_attached:
                self.mount(*self.compose())
        return self

    def compose(self) -> ComposeResult:
        """Put what has been made in its place."""
        if self._line is not None and not self._line.is_attached:
            yield Static(Content(one_line(self._sign)), classes="prompt--sign")
            yield self._line
            yield self._note

    @property
    def line(self) -> TextField:
        """The input itself."""
        return self.made().query_one(TextField)

    def has(self, focused: Widget | None) -> bool:
        """Return whether the focus is here."""
        return focused is not None and focused is self._line

    @property
    def value(self) -> str:
        """The words typed so far."""
        return self.line.value

    def set_value(self, value: str) -> None:
        """Put words there without telling anyone."""
        with self.line.prevent(Input.Changed):
            self.line.value = value
            self.line.cursor_position = len(self.line.value)

    async def take(self, event: Key) -> QueryChanged | None:
        """Edit the words as a key says, at once: the next one may be for what they are now.

        Textual would let them wait in the line's own queue, where a key that keeps or
        opens overtakes them if they arrive in one lump.

        Returns:
            What came of it, None if the key says nothing here.
        """
        with self.line.prevent(Input.Changed):
            taken = await self.line.take(event)
        return QueryChanged(self.place, self.value) if taken else None

    def set_note(self, note: str) -> None:
        """Say at the right what came of the words: ``3 of 17``."""
        self._note.update(Content(one_line(note)))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass a change on."""
        event.stop()
        self.post_message(QueryChanged(self.place, event.value))
