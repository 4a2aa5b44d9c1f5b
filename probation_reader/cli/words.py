"""Days, counts and names as they are said to a person. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from probation_reader.model import Passage, Post


def day(when: date) -> str:
    """Return ``Saturday 27 April 2024``, with the time where there is one."""
    time = f" at {when:%H:%M}" if isinstance(when, datetime) else ""
    return f"{when:%A} {when.day} {when:%B %Y}{time}"


def count(number: int, one: str, many: str = "") -> str:
    """Return ``1 comment``, ``2 comments``, ``3 matches``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def writer(of: Passage | Post) -> str:
    """Return who wrote it, and whether that is only a signature; empty if unknown."""
    if not of.author:
        return ""
    return f"{of.author} (signed)" if getattr(of, "signed", False) else of.author
