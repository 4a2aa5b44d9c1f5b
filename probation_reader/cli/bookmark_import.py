"""Reads what ``bookmarks --json`` once printed. Pure.

Of each bookmark its id, words, note, tags and time are taken; the rest is what the
library said of its passage then. The file may come from anywhere: all of it is
checked before anything is kept.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from probation_reader.errors import RecordError
from probation_reader.record import Bookmark, event_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADVICE = "'probation-reader bookmarks --json' prints such a file"
#: What stands before a thing in a list: the bracket or a comma.
_BETWEEN = re.compile(r"\s*[\[,]?\s*")
_ID = re.compile(r"[0-9A-Za-z_-]+(\.[0-9A-Za-z_-]+)?")


def bookmarks_in(data: bytes, file: str) -> list[Bookmark]:
    """Return the bookmarks of a file.

    Args:
        data: what stands in it.
        file: what it is called, for the places of faults.

    Raises:
        RecordError: if it is damaged, or holds something else.
    """
    message = "this is not JSON"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _fault(message, f"{file}:{line}") from error
    try:
        listed = json.loads(text)
    except json.JSONDecodeError as error:
        raise _fault(message, f"{file}:{error.lineno}") from error
    except (ValueError, RecursionError) as error:
        raise _fault(message, file) from error
    if not isinstance(listed, list):
        message = "this is not a list of bookmarks"
        raise _fault(message, f"{file}:1")
    lines = _lines(text, len(listed))
    return [_bookmark(one, f"{file}:{line}") for one, line in zip(listed, lines, strict=True)]


def _lines(text: str, listed: int) -> Iterator[int]:
    """Yield the line in which each thing begins that stands in a list.

    Args:
        text: JSON that is known to be sound.
        listed: how many things the list holds.
    """
    decoder, at, line, counted = json.JSONDecoder(), 0, 1, 0
    for _ in range(listed):
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches everywhere
        line, counted = line + text.count("\n", counted, at), at
        at = decoder.raw_decode(text, at)[1]
        yield line


def _bookmark(data: object, where: str) -> Bookmark:
    if not isinstance(data, dict):
        message = "this is not a bookmark"
        raise _fault(message, where)
    id_, quote, note, tags = (data.get(name) for name in ("id", "quote", "note", "tags"))
    if not (isinstance(id_, str) and _ID.fullmatch(id_)):
        message = "'id' is not that of a passage or a post"
        raise _fault(message, where)
    wrong = event_schema.validate("bookmark", id_, {"quote": quote, "note": note, "tags": tags})
    if wrong:
        raise _fault(wrong, where)
    return Bookmark(id_, str(quote), note, tuple(tags or ()), _moment(data.get("at"), where))


def _moment(at: object, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(str(at)).astimezone(UTC)
        sound = event_schema.is_time(round(moment.timestamp() * 1000))
    except (ValueError, OverflowError) as error:
        message = "'at' is not a time"
        raise _fault(message, where) from error
    if not sound:
        message = "'at' is not a time between 1970 and 3000"
        raise _fault(message, where)
    return moment


def _fault(message: str, where: str) -> RecordError:
    return RecordError(message, where=where, advice=_ADVICE)
