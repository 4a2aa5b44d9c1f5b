"""Numbers of things, what was done to them, and near misses, in words. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


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


def perhaps(typed: str, known: Iterable[str]) -> str:
    """Return ``, perhaps 'word'`` for the nearest known word; empty if none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - slow to load, only for a slip

    near = get_close_matches(typed, list(known), n=1)
    return f", perhaps '{near[0]}'" if near else ""
