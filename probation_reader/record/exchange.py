"""The file in which a record travels: JSON Lines, a head and one event on each line. Pure.

The head says what the file is and how many events follow. They stand in the order
in which they count and every line is made the same way, so that two records that
hold the same write the same bytes. All of it is ASCII; what a reader or another
person typed reaches no terminal as itself.

A file may come from anywhere: each line is checked before any of it is believed. One
whose time lies past the horizon must follow on the line before without a gap, as what
this program writes does; what comes after any other would have to be later still.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from probation_reader.errors import RecordError
from probation_reader.record import event_schema, events
from probation_reader.record.events import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Refuse = Callable[[RecordError], None]

FORMAT = "probation-reader personal record"
#: Raised only when older programs could not read the file.
VERSION = 1

#: No line is longer, in bytes: whole posts fit into a bookmark.
LONGEST = 16_000_000

_MACHINE = re.compile(r"[0-9A-Za-z_-]{1,64}")
_ACTION = re.compile(r"[a-z][a-z-]{0,39}")


class _DamageError(Exception):
    """What is wrong with a line, in words."""


def head(count: int) -> str:
    """Return the first line of a file with so many events."""
    return _line({"events": count, "format": FORMAT, "version": VERSION})


def line(event: Event) -> str:
    """Return an event as a line, without its end."""
    return _line(
        {
            "at": event.at,
            "machine": event.machine,
            "number": event.number,
            "visit": event.visit,
            "action": event.action,
            "target": event.target,
            "payload": event.payload,
        }
    )


def _line(data: dict[str, object]) -> str:
    return events.packed(data).replace("\x7f", "\\u007f")


def read(lines: Iterable[bytes], file: str, refuse: Refuse) -> Iterator[Event]:
    """Yield the events of a file.

    Args:
        lines: of the file.
        file: what it is called, for the places of faults.
        refuse: is given each fault; what raises there ends the reading, otherwise
            the line is left out.
    """
    there, said, number = 0, None, 0
    horizon = events.HORIZON
    for number, raw in enumerate(lines, 1):
        try:
            data = _parsed(raw)
            if number == 1:
                said = _announced(data)
            else:
                event = _event(data, horizon)
                there += 1
                horizon = max(horizon, event.at + 1)
                yield event
        except _DamageError as fault:
            refuse(_error(str(fault), f"{file}:{number}"))
    if said is None:
        if not number:
            refuse(_error("the file is empty", file))
    elif there < said:
        message = f"the file ends early: of {said:,} events {there:,} are there"
        refuse(_error(message, f"{file}:{number}"))


def _error(message: str, where: str) -> RecordError:
    return RecordError(message, where=where, advice="Make and carry the file again")


def _parsed(raw: bytes) -> dict[str, Any]:
    if len(raw) > LONGEST:
        message = "the line is too long"
        raise _DamageError(message)
    try:
        data = json.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        message = "this is not a line of an exported record"
        raise _DamageError(message) from error
    if not isinstance(data, dict):
        message = "this is not a line of an exported record"
        raise _DamageError(message)
    return data


def _announced(data: dict[str, Any]) -> int:
    """Return how many events a head says there are."""
    version, count = data.get("version"), data.get("events")
    if data.get("format") != FORMAT or not (
        event_schema.is_whole(version) and event_schema.is_whole(count)
    ):
        message = "this is not an exported record"
        raise _DamageError(message)
    if version > VERSION:
        message = "this was written by a newer version of this program"
        raise _DamageError(message)
    return int(count)


def _event(data: dict[str, Any], horizon: int) -> Event:
    """Return what a line says; `horizon` is the latest time that it may have."""
    for name, is_sound in _PARTS.items():
        if name not in data:
            message = f"the event has no {name!r}"
            raise _DamageError(message)
        if not is_sound(data[name]):
            message = f"{name!r} of the event is not sound"
            raise _DamageError(message)
    event = Event(**{name: data[name] for name in _PARTS})
    if event.at > horizon:
        message = "the event is from the far future: the clock it was written by was wrong"
        raise _DamageError(message)
    wrong = event_schema.validate(event.action, event.target, event.payload)
    if wrong:
        raise _DamageError(wrong)
    return event


#: How the parts of an event are recognised.
_PARTS: Mapping[str, Callable[[Any], bool]] = {
    "machine": lambda value: isinstance(value, str) and bool(_MACHINE.fullmatch(value)),
    "action": lambda value: isinstance(value, str) and bool(_ACTION.fullmatch(value)),
    "number": lambda value: event_schema.is_whole(value) and value > 0,
    "visit": lambda value: event_schema.is_whole(value) and value >= 0,
    "at": event_schema.is_time,
    "target": lambda value: isinstance(value, str),
    "payload": lambda value: (
        isinstance(value, dict) and (not value or event_schema.can_be_kept(value))
    ),
}
