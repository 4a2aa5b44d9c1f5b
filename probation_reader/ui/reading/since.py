"""Since when something is new, in words: ``+7 new since Thursday``. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from probation_reader.model import Thread

_WEEK = 7


class Changed(NamedTuple):
    """What became of the passages of a thread that were there before.

    Args:
        edited: how many were edited.
        gone: how many are gone from their page.
    """

    edited: int = 0
    gone: int = 0

    def said(self) -> list[str]:
        """Return it in words: ``2 edited``, ``1 gone``."""
        counted = (self.edited, "edited"), (self.gone, "gone")
        return [f"{number:,} {what}" for number, what in counted if number]


NO_CHANGE = Changed()


def changed_since(thread: Thread, moment: datetime) -> Changed:
    """Return what became of a thread's passages since a moment."""
    gone = sum(p.gone is not None and p.gone > moment for p in thread.passages)
    edited = sum(p.edited is not None and p.edited > moment for p in thread.passages)
    return Changed(edited, gone)


def news(new: int, last_visit: datetime | None, now: datetime, changed: Changed = NO_CHANGE) -> str:
    """Return how many passages are new or changed and since when, empty if none are.

    Args:
        new: how many are new.
        last_visit: when the last visit ended, as the clock of the reader shows it.
        now: what that clock shows now.
        changed: what became of the others.
    """
    said = [*([f"+{new:,} new"] if new else []), *changed.said()]
    if not said or last_visit is None:
        return ""
    return f"{', '.join(said)} since {when(last_visit, now)}"


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
