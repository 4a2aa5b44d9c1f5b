"""Counts as they are said to a person. Pure."""

from __future__ import annotations


def count(number: int, one: str, many: str = "") -> str:
    """Return ``1 comment``, ``2 comments``, ``3 matches``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
