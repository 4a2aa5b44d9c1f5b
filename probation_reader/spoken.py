"""How numbers of things, and what was done to them, are said to a person. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Of every action of the record what became of that which it was about.
DONE: Mapping[str, str] = {
    "read": "marked read",
    "unread": "marked unread",
    "bookmark": "kept",
    "unbookmark": "no longer kept",
    "note": "with another note",
    "tag": "with other tags",
    "position": "left",
    "mute": "muted",
    "unmute": "no longer muted",
    "save-search": "saved",
    "drop-search": "removed",
    "visit-begin": "visit begun",
    "visit-end": "visit ended",
    "undo": "undone",
    "redo": "redone",
}


def count(number: int, noun: str, plural: str = "") -> str:
    """Return ``1 reply``, ``3 replies``, ``1,200 lines``.

    Args:
        number: how many.
        noun: what one of them is called.
        plural: what several are called, if not the same with an ``s``.
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
