"""What an event of each action must be made of, wherever it comes from.

A file from another machine is refused where an event is not of its shape. One that
is in the log already, put there by a version that did not know its action yet,
changes nothing then. What else a payload holds is left alone: later versions may
know what it is for. Actions without a shape here are those of later versions.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any, TypeGuard

from probation_reader.mutes import Rule
from probation_reader.record import events, mute_table, search_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: The largest number in an event: what any program can hold exactly.
MOST = 2**53
#: The longest target and payload together, in bytes: with the rest of an event they fit a line.
LARGEST = 15_900_000
_DEEPEST = 20


def is_whole(value: object) -> TypeGuard[int]:
    """Return whether a value is a whole number that a database can hold."""
    return type(value) is int and -MOST <= value <= MOST


def is_time(value: object) -> TypeGuard[int]:
    """Return whether a value is a time in milliseconds since 1970."""
    return type(value) is int and 0 <= value < events.LATEST


def can_be_kept(payload: Mapping[str, Any]) -> bool:
    """Return whether a payload is shallow and of numbers that JSON has."""
    level: list[object] = [payload] if payload else []
    for _ in range(_DEEPEST):
        inner: list[object] = []
        for value in level:
            if isinstance(value, dict):
                inner += value.values()
            elif isinstance(value, list):
                inner += value
            elif isinstance(value, float) and not isfinite(value):
                return False
        if not inner:
            return True
        level = inner
    return False


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_id(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value and _is_encodable(value)


def _is_encodable(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_text_or_none(value: object) -> bool:
    return value is None or isinstance(value, str)


def _are_words(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(word, str) for word in value)


def _is_view(value: object) -> bool:
    if not isinstance(value, dict) or not _is_text(value.get("way", "")):
        return False
    depth = value.get("depth")
    return (depth is None or is_whole(depth)) and _are_words(value.get("but", []))


_Shape = dict[str, "Callable[[object], bool]"]

#: Of each action what its payload holds and how that is recognised.
_NEEDED: Mapping[str, _Shape] = {
    "read": {},
    "unread": {},
    "bookmark": {},
    "unbookmark": {},
    "note": {"note": _is_text_or_none},
    "tag": {"tags": _are_words},
    "position": {"passage": _is_id, "line": is_whole},
    "save-search": {"words": _is_text},
    "drop-search": {},
    "mute": {},
    "unmute": {},
    "visit-begin": {},
    "visit-end": {},
    "undo": {"deed": is_time},
    "redo": {"deed": is_time},
}
#: The same for what may be left out.
_ALLOWED: Mapping[str, _Shape] = {
    "bookmark": {
        "quote": _is_text,
        "note": _is_text_or_none,
        "tags": _are_words,
        "kept": is_time,
    },
    "position": {"view": _is_view},
    "mute": {"until": is_time},
    "visit-end": {"ended": is_time},
}
#: What is about a passage and cannot be about a post.
_OF_PASSAGES = ("read", "unread")


def validate(action: str, target: str, payload: Mapping[str, Any]) -> str:
    """Return in words what is wrong with an event, empty if nothing is."""
    if missing := _missing(action, target):
        return missing
    for name, fits in _NEEDED.get(action, {}).items():
        if name not in payload or not fits(payload[name]):
            return f"'{action}' needs a sound '{name}'"
    for name, fits in _ALLOWED.get(action, {}).items():
        if name in payload and not fits(payload[name]):
            return f"'{name}' of this '{action}' is not sound"
    return ""


def excess(target: str, payload: Mapping[str, Any]) -> str:
    """Return in words that an event is longer than a line of an exported record, empty if not."""
    said = events.packed({target: payload})
    # An exported line writes this one sign as six.
    size = len(said) + 5 * said.count("\x7f")
    return "" if size <= LARGEST else f"it is longer than {LARGEST:,} bytes"


def _missing(action: str, target: str) -> str:
    """Return in words what a target is not that the action needs, empty if it is that."""
    if not _is_id(target):
        return "the target is not text that can be kept"
    if action in _OF_PASSAGES and "." not in target:
        return f"'{action}' needs the id of a passage"
    if action in mute_table.ACTIONS and Rule.of(target) is None:
        return f"'{action}' needs what is muted"
    if action in search_table.ACTIONS and not search_table.is_name(search_table.name_of(target)):
        return f"'{action}' needs the name of a saved search"
    return ""
