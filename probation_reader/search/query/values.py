"""The fields that take a value instead of words, and how a value is read. Pure.

A range is ``A..B`` with either end left out, ``>A``, ``>=A``, ``<A`` or ``<=A``, and
holds both its ends. A year or a month stands for all its days, so ``before:2024``
ends with 2023 and ``after:2024`` begins with 2025.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from probation_reader.search.query.ast import MUTED, DateRange, DepthRange, HasFlag, MarkFilter, Not

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from probation_reader.search.query.ast import Node

_IS: Mapping[str, Node] = {
    "read": MarkFilter("read"),
    "unread": Not(MarkFilter("read")),
    "new": MarkFilter("new"),
    "muted": MUTED,
    "bookmarked": MarkFilter("bookmarked"),
    "post": HasFlag("post"),
    "comment": HasFlag("comment"),
}
_HAS: Mapping[str, Node] = {
    "link": HasFlag("link"),
    "links": HasFlag("link"),
    "reply": HasFlag("reply"),
    "replies": HasFlag("reply"),
}
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_RANGE = re.compile(r"(?P<low>.*?)\.\.(?P<high>.*)|(?P<sign>[<>]=?)(?P<bound>.+)|(?P<one>.+)")
_NUMBER = re.compile(r"[0-9]{1,9}")
_DECEMBER = 12


def days(text: str) -> DateRange | None:
    """Return the days that ``date:`` asks for, None if it cannot be told."""
    bounds = _bounds(text)
    if bounds is None:
        return None
    sign, low, high = bounds
    first, last = _period(low), _period(high)
    if (low and not first) or (high and not last):
        return None
    if sign == ">":
        return after(low)
    if sign == "<":
        return before(high)
    if first and last and first[0] > last[1]:
        return None
    return DateRange(first[0] if first else "", last[1] if last else "")


def before(text: str) -> DateRange | None:
    """Return the days before a day, month or year, None if it is none."""
    period = _period(text)
    return period and DateRange("", _step(period[0], -1))


def after(text: str) -> DateRange | None:
    """Return the days after a day, month or year, None if it is none."""
    period = _period(text)
    return period and DateRange(_step(period[1], 1), "")


def depths(text: str) -> DepthRange | None:
    """Return the depths that ``depth:`` asks for, None if it cannot be told."""
    bounds = _bounds(text)
    if bounds is None:
        return None
    sign, low, high = bounds
    if any(end and not _NUMBER.fullmatch(end) for end in (low, high)):
        return None
    least = int(low or 0) + (sign == ">")
    most = int(high) - (sign == "<") if high else None
    return DepthRange(least, most) if most is None or least <= most else None


def last_day(text: str) -> str:
    """Return the last day of a year, a month or a day of the calendar."""
    period = _period(text)
    return period[1] if period else text


def _bounds(text: str) -> tuple[str, str, str] | None:
    """Return (``<``, ``>`` or nothing, lower end, upper end); an end left out is empty."""
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    if match["one"]:
        return "", match["one"], match["one"]
    if match["sign"]:
        strict = match["sign"] if len(match["sign"]) == 1 else ""
        bound = match["bound"]
        return (strict, bound, "") if match["sign"][0] == ">" else (strict, "", bound)
    return ("", match["low"], match["high"]) if match["low"] or match["high"] else None


def _period(text: str) -> tuple[str, str] | None:
    """Return the first and the last day of a year, a month or a day."""
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        first = date(year, month or 1, day or 1)
        last_day = day or monthrange(year, month or _DECEMBER)[1]
        return first.isoformat(), date(year, month or _DECEMBER, last_day).isoformat()
    except ValueError:
        return None


def _step(day: str, by: int) -> str:
    """Return the day before or after; the ends of the calendar have none beyond them."""
    try:
        return (date.fromisoformat(day) + timedelta(by)).isoformat()
    except OverflowError:
        return "0000" if by < 0 else "9999-99"


#: Field → (its values, what it wants).
VALUES: Mapping[str, tuple[Callable[[str], Node | None], str]] = {
    "date": (days, "2024, 2024-04, 2024-04-13 or 2023..2024"),
    "before": (before, "2024, 2024-04 or 2024-04-13"),
    "after": (after, "2024, 2024-04 or 2024-04-13"),
    "depth": (depths, "a number, 2..4 or >2"),
    "is": (lambda text: _IS.get(text.lower()), "unread, read, new, bookmarked, post or comment"),
    "has": (lambda text: _HAS.get(text.lower()), "link or reply"),
    "tag": (lambda text: MarkFilter("tag", text) if text else None, "a tag"),
}
