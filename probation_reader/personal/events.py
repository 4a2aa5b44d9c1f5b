"""The log: every deed of the reader as events that are only ever appended.

An event is known everywhere by (machine, number on that machine), so two logs
can be united without a doubt. All events of one deed ("mark this branch read")
share their time, and no other deed written by that machine has it: a deed's
time is later than every time already in the log, even when the clock was set
back. So (at, machine, number) is one order for all machines in which a deed
follows everything its reader could see when doing it.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    machine TEXT NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    visit INTEGER NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    payload TEXT NOT NULL,
    UNIQUE (machine, number)
);
"""
_INDEXES = (
    "CREATE INDEX IF NOT EXISTS event_order ON event (at, machine, number)",
    "CREATE INDEX IF NOT EXISTS event_target ON event (target)",
)

_MACHINE_BYTES = 8
_MILLISECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Event:
    """One thing the reader did to one target.

    Args:
        machine: the id of the record it was first written to.
        number: counts the events of that machine from 1.
        at: when, in milliseconds since 1970 UTC.
        visit: the number of the event that began the visit, 0 outside visits.
        action: what was done, as in `state.ACTIONS`.
        target: the id of a passage or post; empty where there is none.
        payload: what else there is to know, as JSON can hold it.
    """

    machine: str
    number: int
    at: int
    visit: int
    action: str
    target: str
    payload: Mapping[str, Any]


def create(connection: sqlite3.Connection) -> None:
    """Make the empty log and give this record its machine id."""
    for statement in SCHEMA.split(";"):
        connection.execute(statement)
    index(connection)
    set_meta(connection, "machine", os.urandom(_MACHINE_BYTES).hex())


def index(connection: sqlite3.Connection) -> None:
    """Make the indexes that are missing: they come and go without a change of the log."""
    for statement in _INDEXES:
        connection.execute(statement)


def meta(connection: sqlite3.Connection, key: str) -> str | None:
    """Return a remembered value, None if it was never set."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Remember a value under a key."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def append(connection: sqlite3.Connection, event: Event) -> None:
    """Write one event at the end of the log."""
    connection.execute(
        "INSERT INTO event (machine, number, at, visit, action, target, payload)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            event.machine,
            event.number,
            event.at,
            event.visit,
            event.action,
            event.target,
            # ASCII escapes carry lone surrogates, which SQLite's text cannot hold.
            json.dumps(event.payload, separators=(",", ":"), sort_keys=True),
        ),
    )


def in_order(connection: sqlite3.Connection) -> Iterator[Event]:
    """Yield every event of every machine in the order in which they count."""
    return chosen(connection, "")


def chosen(
    connection: sqlite3.Connection, condition: str, values: Sequence[object] = ()
) -> Iterator[Event]:
    """Yield the events for which a condition holds, in the order in which they count.

    Args:
        connection: where the log is.
        condition: a ``WHERE`` clause over `event`, empty for all.
        values: what its placeholders stand for.
    """
    rows = connection.execute(
        "SELECT machine, number, at, visit, action, target, payload"  # noqa: S608 - ours
        f" FROM event {condition} ORDER BY at, machine, number",
        values,
    )
    for machine, number, at, visit, action, target, payload in rows:
        yield Event(machine, number, at, visit, action, target, unpacked(payload))


def unpacked(payload: str) -> dict[str, Any]:
    """Return what a payload holds; most hold nothing."""
    return {} if payload == "{}" else json.loads(payload)


def next_number(connection: sqlite3.Connection, machine: str) -> int:
    """Return the number of this machine's next event."""
    row = connection.execute("SELECT max(number) FROM event WHERE machine = ?", (machine,))
    return int(row.fetchone()[0] or 0) + 1


def next_time(connection: sqlite3.Connection) -> int:
    """Return the time of the next deed: now, but later than all that is in the log."""
    newest = connection.execute("SELECT max(at) FROM event").fetchone()[0] or 0
    return max(time.time_ns() // _MILLISECOND, int(newest) + 1)
