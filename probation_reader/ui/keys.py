"""What a pressed key means: its spelling, the bindings of a place, chords.

The actions themselves stand in `actions`. No Textual here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from probation_reader.ui.actions import ACTIONS, actions

if TYPE_CHECKING:
    from probation_reader.ui.actions import Place

#: How the places are called in the README; the others are left out there.
_SHORT: dict[Place, str] = {
    "thread": "thread",
    "found": "matches",
    "posts": "posts",
    "search": "search bar",
    "find": "find bar",
    "everywhere": "everywhere",
}

_NAMES = {
    "space": "Space", "backspace": "Backspace", "tab": "Tab", "shift+tab": "Shift+Tab",
    "enter": "Enter", "escape": "Esc", "up": "Up", "down": "Down", "left": "Left",
    "right": "Right", "home": "Home", "end": "End", "pageup": "PgUp", "pagedown": "PgDn",
}  # fmt: skip


def spelled(key: str, character: str | None) -> str:
    """Return a pressed key as the registry spells it.

    Args:
        key: Textual's name for it, ``question_mark`` or ``ctrl+d``.
        character: the character it types, if it types one.
    """
    if key in _NAMES:
        return _NAMES[key]
    if character and character.isprintable():
        return character
    if key.startswith("ctrl+"):
        return "Ctrl+" + key.removeprefix("ctrl+")
    return key.upper() if key.startswith("f") else key


def bindings(place: Place) -> dict[str, str]:
    """Return what each key and chord does in a place: key to action id.

    While matches are shown the keys of ``found`` win over those of ``thread``.
    """
    layers: tuple[Place, ...] = ("everywhere", place)
    if place == "found":
        layers = ("everywhere", "thread", "found")
    table: dict[str, str] = {}
    for layer in layers:
        for action in ACTIONS:
            if layer in action.where:
                table.update(dict.fromkeys(action.keys, action.id))
    return table


def hints(place: Place) -> list[str]:
    """Return ``key word`` for each action of a place worth a hint."""
    return [f"{action.keys[0]} {action.hint}" for action in actions(place) if action.hint]


def as_table() -> str:
    """Return the keys as a Markdown table, for the README.

    What holds only in lists and on the help page goes without saying there.
    """
    lines = ["| Key | Does | In |", "|---|---|---|"]
    for action in ACTIONS:
        places = [_SHORT[place] for place in action.where if place in _SHORT]
        if places:
            pressed = " ".join(f"`{shown(key)}`" for key in action.keys)
            lines.append(f"| {pressed} | {action.words} | {', '.join(places)} |")
    return "\n".join(lines) + "\n"


def shown(key: str) -> str:
    """Return a key or chord as it is written for people: ``z M`` as ``zM``."""
    parts = key.split(" ")
    return "".join(parts) if all(len(part) == 1 for part in parts) else key


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a key press came to; all empty if the key means nothing here.

    Args:
        action: the id of the action to run.
        pending: the keys of an unfinished chord.
        refused: a chord that nothing is bound to, for a quiet message.
        cancelled: True where Esc ended an unfinished chord.
    """

    action: str = ""
    pending: str = ""
    refused: str = ""
    cancelled: bool = False


class Chords:
    """Turns key presses into actions, one after the other."""

    def __init__(self) -> None:
        self.pending = ""

    def press(self, key: str, table: dict[str, str]) -> Pressed:
        """Take one key.

        Args:
            key: as `spelled`.
            table: the `bindings` of the place it was pressed in.
        """
        begun, self.pending = self.pending, ""
        if begun and key == "Esc":
            return Pressed(cancelled=True)
        whole = f"{begun} {key}" if begun else key
        if whole in table:
            return Pressed(action=table[whole])
        if any(bound.startswith(whole + " ") for bound in table):
            self.pending = whole
            return Pressed(pending=whole)
        return Pressed(refused=shown(whole)) if begun else Pressed()
