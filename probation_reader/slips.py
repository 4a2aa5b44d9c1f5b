"""What a person may have meant by a word that is not known. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def perhaps(typed: str, known: Iterable[str]) -> str:
    """Return ``, perhaps 'word'`` for the nearest known word; empty if none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - slow to load, only for a slip

    near = get_close_matches(typed, list(known), n=1)
    return f", perhaps '{near[0]}'" if near else ""
