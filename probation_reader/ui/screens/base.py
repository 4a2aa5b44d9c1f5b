"""A screen whose keys come from the registry.

The application offers every key here before the focused widget sees it, and an
action has done its work when the next key is looked at: keys that arrive in one
lump over a slow line mean what they would have meant one by one. What the
registry does not know in this place is for the line one types in, if there is one.

The place decides what a key means. The action is a
method ``action_<id>`` of the place's own widget, else of what stands behind it, of
the screen, of the application.
"""

from __future__ import annotations

from abc import abstractmethod
from inspect import isawaitable
from typing import TYPE_CHECKING, TypeVar

from textual.screen import Screen

from probation_reader.ui.keys import chords
from probation_reader.ui.keys.habits import habits_of
from probation_reader.ui.keys.keymap import TYPING
from probation_reader.ui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from probation_reader.ui.keys.actions import Place
    from probation_reader.ui.keys.keymap import Keymap
    from probation_reader.ui.messages import QueryChanged

#: Where Esc drops what was written.
_WRITTEN: frozenset[Place] = frozenset(("note", "name", "file"))

Result = TypeVar("Result")


class ActionScreen(Screen[Result], inherit_bindings=False):
    """The base of every screen.

    Attributes:
        key: the last key, as it is said.
        last_action: the id of the last action.
        again: whether it was the one before it, too.
    """

    def __init__(self) -> None:
        super().__init__()
        self._chords = chords.Chords()
        self.key = ""
        self.last_action, self.again = "", False

    @property
    def keymap(self) -> Keymap:
        """What the keys of this reader mean."""
        return habits_of(self).keymap

    @property
    @abstractmethod
    def place(self) -> Place:
        """Where the reader is; decides what keys mean."""

    @abstractmethod
    def owners(self) -> Sequence[object]:
        """Return what is asked for an action before the screen itself is."""

    def may_part(self, event: events.Key) -> bool:
        """Return whether Alt and a key may be meant as Esc and the key.

        They are not where that means something itself, nor where Esc drops a text that
        someone wrote, nor, where one types, with letters and digits: there Alt edits.
        """
        key = chords.spelled(event.key, None)
        if self.place in TYPING and (self.place in _WRITTEN or key[-1].isalnum()):
            return False
        return not self._chords.knows(key, self.keymap.bindings(self.place))

    async def take(self, event: events.Key) -> bool:
        """Run what a key is bound to in this place; return whether it is bound."""
        self.key = chords.spelled(event.key, event.character)
        pressed = self._chords.press(self.key, self.keymap.bindings(self.place))
        self.chord_changed(pressed)
        if pressed.action:
            await self.perform(pressed.action)
        return pressed != chords.Pressed() or await self._type(event)

    async def _type(self, event: events.Key) -> bool:
        line = self.focused.parent if self.focused else None
        if not isinstance(line, Prompt):
            return False
        before = line.value
        changed = await line.take(event)
        if changed and changed.query != before:
            self.on_query_changed(changed)
        return changed is not None

    def on_query_changed(self, event: QueryChanged) -> None:
        """Act on words that are being typed; where nobody types there are none."""

    def chord_changed(self, pressed: chords.Pressed) -> None:
        """Show the state of an unfinished chord; nothing by default."""

    async def perform(self, action: str) -> None:
        """Run an action by its id."""
        self.again, self.last_action = action == self.last_action, action
        for owner in (*self.owners(), self, self.app):
            method = getattr(owner, f"action_{action}", None)
            if method is not None:
                result = method()
                if isawaitable(result):
                    await result
                return
