"""A screen whose keys come from the registry.

Keys that the focused widget does not take for itself (an input takes what can be
printed) bubble up to here; the place decides what they mean. The action is a
method ``action_<id>`` of the place's own widget, else of what stands behind it, of
the screen, of the application.
"""

from __future__ import annotations

from functools import lru_cache
from inspect import isawaitable
from typing import TYPE_CHECKING, TypeVar

from textual.screen import Screen

from probation_reader.ui import keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

Result = TypeVar("Result")

_bindings = lru_cache(maxsize=None)(keys.bindings)


class KeyedScreen(Screen[Result], inherit_bindings=False):
    """The base of every screen."""

    def __init__(self) -> None:
        super().__init__()
        self._chords = keys.Chords()

    @property
    def place(self) -> keys.Place:
        """Where the reader is; decides what keys mean."""
        raise NotImplementedError

    def owners(self) -> Sequence[object]:
        """Return what is asked for an action before the screen itself is."""
        raise NotImplementedError

    async def on_key(self, event: events.Key) -> None:
        """Run what a key is bound to in this place."""
        key = keys.spelled(event.key, event.character)
        pressed = self._chords.press(key, _bindings(self.place))
        self.chord_changed(pressed)
        if pressed != keys.Pressed():
            event.stop()
            event.prevent_default()
        if pressed.action:
            await self.perform(pressed.action)

    def chord_changed(self, pressed: keys.Pressed) -> None:
        """Show the state of an unfinished chord; nothing by default."""

    async def perform(self, action: str) -> None:
        """Run an action by its id."""
        for owner in (*self.owners(), self, self.app):
            method = getattr(owner, f"action_{action}", None)
            if method is not None:
                result = method()
                if isawaitable(result):
                    await result
                return
