"""What a pressed key means: its spelling, the names of keys, chords.

The actions stand in `actions`, what is bound to what in `keymap`. No Textual here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES = {
    "space": "Space", "backspace": "Backspace", "tab": "Tab", "enter": "Enter",
    "escape": "Esc", "up": "Up", "down": "Down", "left": "Left", "right": "Right",
    "home": "Home", "end": "End", "pageup": "PgUp", "pagedown": "PgDn",
    "insert": "Insert", "delete": "Delete",
}  # fmt: skip
_FUNCTION_KEYS = {f"f{number}": f"F{number}" for number in range(1, 25)}
#: Characters that have a name of their own when Ctrl is held.
_SIGNS = {
    "underscore": "_", "backslash": "\\", "at": "@", "circumflex_accent": "^",
    "right_square_bracket": "]", "slash": "/",
}  # fmt: skip
_MODIFIERS = {"ctrl": "Ctrl", "alt": "Alt", "shift": "Shift"}
_OTHER_NAMES = {"esc": "Esc", "pgup": "PgUp", "pgdn": "PgDn", "return": "Enter", "del": "Delete"}
_NAMED = {**_NAMES, **_FUNCTION_KEYS, **_OTHER_NAMES}

#: Every name a key can have in a keymap, for advice on a slip.
NAMED_KEYS = tuple(dict.fromkeys(_NAMED.values()))

_MOST_KEYS = 2


def spelled(key: str, character: str | None) -> str:
    """Return a pressed key as the registry spells it.

    Args:
        key: Textual's name for it, ``question_mark`` or ``ctrl+d``.
        character: the character it types, if it types one.
    """
    *held, base = key.split("+")
    if not held and character and character.isprintable() and key != "space":
        return character
    if held[-1:] == ["shift"] and len(base) == 1:
        held, base = held[:-1], base.upper()
    base = _NAMED.get(base) or _SIGNS.get(base, base)
    return "+".join([*(_MODIFIERS.get(modifier, modifier) for modifier in held), base])


def parse(text: str) -> str | None:
    """Return a key or chord that a person wrote, as the registry spells it.

    Names may be written in any case (``ctrl+D``, ``pgdn``).

    Returns:
        The spelling; None if no key is called so.
    """
    parts = [_parse_key(part) for part in text.split(" ")] if text != " " else ["Space"]
    known = [part for part in parts if part]
    return " ".join(known) if len(known) == len(parts) <= _MOST_KEYS else None


def _parse_key(text: str) -> str | None:
    if len(text) == 1:
        return text if text.isprintable() and not text.isspace() else None
    *held, base = text.split("+")
    modifiers = [_MODIFIERS.get(modifier.lower()) for modifier in held]
    if None in modifiers:
        return None
    named = _NAMED.get(base.lower())
    if named is None and (len(base) != 1 or not held or base.isspace()):
        return None
    if named is None and modifiers[-1] == "Shift":
        modifiers, base = modifiers[:-1], base.upper()
    elif named is None and modifiers == ["Ctrl"]:
        base = base.lower()
    return "+".join([*filter(None, modifiers), named or base])


def is_typed(key: str) -> bool:
    """Return whether a key or chord begins with a character that one types into a line."""
    first = key.split(" ", maxsplit=1)[0]
    return len(first) == 1 or first == "Space"


def is_lost(key: str) -> bool:
    """Return whether some terminals swallow a key or send it as another one.

    Ctrl+h, Ctrl+i and Ctrl+m are Backspace, Tab and Enter to most of them;
    Ctrl+s and Ctrl+q can stop and start the line itself; what is held with Alt or
    Shift is often not told apart from what is not.
    """
    return any(
        part in {"Ctrl+h", "Ctrl+i", "Ctrl+j", "Ctrl+m", "Ctrl+s", "Ctrl+q", "Ctrl+Enter"}
        or "Alt+" in part
        or ("Shift+" in part and part != "Shift+Tab")
        or (part.startswith("Ctrl+") and part.removeprefix("Ctrl+") in NAMED_KEYS)
        for part in key.split(" ")
    )


def shown(key: str) -> str:
    """Return a key or chord as it is written for people: ``z M`` as ``zM``."""
    parts = key.split(" ")
    return "".join(parts) if all(len(part) == 1 for part in parts) else key


def listed(bound: Sequence[str]) -> list[str]:
    """Return the keys of an action for people; chords from one digit to another as ``z1-z9``."""
    said: list[str] = []
    for key in map(shown, bound):
        begun, digit = key[:-1], key[-1:]
        if said and digit.isdecimal() and said[-1][-len(key) :] == f"{begun}{int(digit) - 1}":
            first = said[-1].partition("-")[0]
            said[-1] = f"{first}-{key}"
        else:
            said.append(key)
    return said


class Pressed(NamedTuple):
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

    def knows(self, key: str, table: dict[str, str]) -> bool:
        """Return whether a key would mean something, alone or as part of a chord.

        Args:
            key: as `spelled`.
            table: the bindings of the place it would be pressed in.
        """
        whole = f"{self.pending} {key}" if self.pending else key
        return any(f"{bound} ".startswith(f"{whole} ") for bound in table)

    def press(self, key: str, table: dict[str, str]) -> Pressed:
        """Take one key.

        Args:
            key: as `spelled`.
            table: the bindings of the place it was pressed in.
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
