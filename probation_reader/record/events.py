"""The log: every deed of the reader as events that are only ever appended.

An event is known everywhere by (at, machine, number), so two logs can be united
without a doubt, and this is one order for all machines. All events of one deed
("mark this branch read") share their time, and no other deed written by that
machine has it: a deed's time is later than every time already in the log, even
when the clock was set back or another machine's is ahead. So a deed follows
everything its reader could see when doing it.

A clock before 1970 or past `HORIZON` is broken and is not asked: the deed gets the
time after the newest in the log. Times past the horizon come about only in this way,
one after the other, so a time there that leaves a gap was made up. A log with such
times would leave no room for later ones; `repair` closes the gap, a merge refuses it.

Number alone would not do: two copies of one record (a copied home, a backup
brought back) count on from the same number. Should two different events be known
by the same three all the same, `TAKE` lets the one with the greater content
stand, whichever came first: what two logs come to never depends on the way.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_META = "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
_EVENT = """CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    machine TEXT NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    visit INTEGER NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    payload TEXT NOT NULL
)"""
_INDEXES = (
    "CREATE UNIQUE INDEX IF NOT EXISTS event_identity ON event (at, machine, number)",
    "CREATE INDEX IF NOT EXISTS event_number ON event (machine, number)",
    # With the order, so that what was done last to a target is found without sorting.
    "CREATE INDEX IF NOT EXISTS event_target ON event (target, at, machine, number)",
    """CREATE INDEX IF NOT EXISTS event_turn ON event (machine, at, number)
        WHERE action IN ('undo', 'redo')""",
)

#: What an event is made of, in the order of the columns.
COLUMNS = "machine, number, at, visit, action, target, payload"
INSERT = f"INSERT INTO event ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - ours
#: The end of an `INSERT` into `event`: of two with one identity the greater stands.
TAKE = (
    " ON CONFLICT (at, machine, number) DO UPDATE SET visit = excluded.visit,"
    " action = excluded.action, target = excluded.target, payload = excluded.payload"
    " WHERE (excluded.visit, excluded.action, excluded.target, excluded.payload)"
    " > (visit, action, target, payload)"
)


def _finite(number: str) -> float:
    """Return a number that JSON can hold; what it has no word for, or no room, is refused."""
    value = float(number)
    if not isfinite(value):
        message = "not a number of JSON"
        raise ValueError(message)
    return value


_DECODER = json.JSONDecoder(parse_float=_finite, parse_constant=_finite)
_ENCODER = json.JSONEncoder(separators=(",", ":"), sort_keys=True, allow_nan=False)
_MACHINE_BYTES = 8
#: The year 2060, in milliseconds since 1970: a clock past it is broken.
HORIZON = 2_840_140_800_000
#: Events lie before this, the year 3000.
LATEST = 32_503_680_000_000
_MILLISECOND = 1_000_000
#: No machine has done so much.
_MADE_UP = 2**52


@dataclass(frozen=True, slots=True)
class Event:
    """One thing the reader did to one target.

    Args:
        machine: the id of the record it was first written to.
        number: counts the events of that record from 1.
        at: when, in milliseconds since 1970 UTC.
        visit: the number of the event that began the visit, 0 outside visits.
        action: what was done, as in `projections.ACTIONS`.
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
    connection.execute(_META)
    connection.execute(_EVENT)
    index(connection)
    begin_machine(connection)


def begin_machine(connection: sqlite3.Connection) -> str:
    """Give this record a machine id that no other has, and return it."""
    made = os.urandom(_MACHINE_BYTES).hex()
    set_meta(connection, "machine", made)
    return made


def upgrade(connection: sqlite3.Connection) -> None:
    """Make the log of version 1, in which a machine's numbers were all different, of today's."""
    # The old indexes go with the old table, and two of them would be in the way.
    connection.execute("ALTER TABLE event RENAME TO event_before")
    connection.execute(_EVENT)
    connection.execute(f"INSERT INTO event SELECT seq, {COLUMNS} FROM event_before")  # noqa: S608 - ours
    connection.execute("DROP TABLE event_before")
    index(connection)


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
    connection.execute(INSERT, row(event))


def row(event: Event) -> tuple[str | int, ...]:
    """Return an event as the columns of the log hold it."""
    return (
        event.machine,
        event.number,
        event.at,
        event.visit,
        event.action,
        event.target,
        packed(event.payload),
    )


def packed(payload: Mapping[str, Any]) -> str:
    """Return a payload, or anything else JSON can hold, in the one way it is written.

    It is ASCII: the escapes carry lone surrogates, which SQLite's text cannot hold.
    """
    return _ENCODER.encode(payload) if payload else "{}"


def in_order(connection: sqlite3.Connection) -> Iterator[Event]:
    """Return every event of every machine in the order in which they count."""
    return chosen(connection, "")


def chosen(
    connection: sqlite3.Connection, condition: str, values: Sequence[object] = ()
) -> Iterator[Event]:
    """Return the events for which a condition holds, in the order in which they count.

    Args:
        connection: where the log is.
        condition: a ``WHERE`` clause over `event`, empty for all.
        values: what its placeholders stand for.
    """
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM event {condition} ORDER BY at, machine, number",  # noqa: S608 - ours
        values,
    )
    return map(unrowed, rows)


def unrowed(row: tuple[Any, ...]) -> Event:
    """Return the event that a row with `COLUMNS` holds."""
    machine, number, at, visit, action, target, payload = row
    return Event(machine, number, at, visit, action, target, unpacked(payload))


def unpacked(payload: str) -> dict[str, Any]:
    """Return what a payload holds, nothing if it is no JSON object; most hold nothing."""
    if payload == "{}":
        return {}
    try:
        said = _DECODER.decode(payload)
    except (ValueError, TypeError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def is_log(connection: sqlite3.Connection) -> bool:
    """Return whether a database holds the tables of a log, as far as they can be read."""
    try:
        for query in (f"SELECT seq, {COLUMNS} FROM event", "SELECT key, value FROM meta"):  # noqa: S608 - ours
            connection.execute(f"{query} LIMIT 0")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        return False
    return True


def copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Write a whole log at the end of another one."""
    target.executemany(
        INSERT,
        source.execute(f"SELECT {COLUMNS} FROM event ORDER BY seq"),  # noqa: S608 - ours
    )


def next_number(connection: sqlite3.Connection, machine: str) -> int:
    """Return the number of this machine's next event; no made-up one leaves no room for it."""
    query = "SELECT max(number) FROM event WHERE machine = ? AND number < ?"
    return int(connection.execute(query, (machine, _MADE_UP)).fetchone()[0] or 0) + 1


def next_time(connection: sqlite3.Connection) -> int:
    """Return the time of the next deed: now, but later than all that is in the log."""
    newest = connection.execute("SELECT max(at) FROM event WHERE at < ?", (LATEST,))
    clock = now()
    return max(clock if clock < HORIZON else 0, int(newest.fetchone()[0] or 0) + 1)


def now() -> int:
    """Return the time of this machine's clock, in milliseconds since 1970 UTC.

    A clock that is out of all bounds counts as standing at the bound, with room for one
    sound time after it.
    """
    return min(max(time.time_ns() // _MILLISECOND, 0), LATEST - 2)


def sound_time(at: int) -> int:
    """Return a time as an event may hold it: the nearest that is in bounds."""
    return min(max(at, 1), LATEST - 1)
