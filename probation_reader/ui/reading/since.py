"""Since when something is new, in words: ``+7 new since Thursday``. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_WEEK = 7


def news(new: int, last_visit: datetime | None, now: datetime) -> str:
    """Return how many passages are new and since when, empty if none are.

    Args:
        new: how many.
        last_visit: when the last visit ended, as the clock of the reader shows it.
        now: what that clock shows now.
    """
    if not new or last_visit is None:
        return ""
    return f"+{new:,} new since {when(last_visit, now)}"


def when(moment: datetime, now: datetime) -> str:
    """Return a moment as a person says it: the hour, ``yesterday``, the day, the date.

    Args:
        moment: as the clock of the reader shows it.
        now: what that clock shows now.
    """
    days = (now.date() - moment.date()).days
    if days <= 0:
        return f"{moment:%H:%M}"
    if days == 1:
        return "yesterday"
    if days < _WEEK:
        return f"{moment:%A}"
    day = f"{moment.day} {moment:%b}"
    return day if moment.year == now.year else f"{day} {moment.year}"
