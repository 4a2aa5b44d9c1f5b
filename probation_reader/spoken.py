"""How numbers of things are said to a person. Pure."""

from __future__ import annotations


def count(number: int, noun: str, plural: str = "") -> str:
    """Return ``1 reply``, ``3 replies``, ``1,200 lines``.

    Args:
        number: how many.
        noun: what one of them is called.
        plural: what several are called, if not the same with an ``s``.
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
