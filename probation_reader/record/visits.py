"""Visits: from opening the reader to closing it, however it closes.

A visit has the number of the event that began it. One that was cut off (a
killed process, a power cut) has no end of its own; the next visit that begins
ends it in its stead, at the time of its last event. The latest end that any
event gives a visit holds, in whatever order they are folded. A visit that is
going on elsewhere is told from one that was cut off by a lock that its process
holds: the operating system lets go of it when the process ends, in whatever way.

Where the log is ahead of the clock, from a machine whose clock is, a visit ends by
the clock: by that the library says what came in later.
"""

from __future__ import annotations

import errno
import fcntl
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from probation_reader.record import events

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from probation_reader.record.events import Event

#: What a lock that another process holds is refused with, depending on the system.
_HELD = (errno.EACCES, errno.EAGAIN)

#: Deeds that follow one another closely are ahead of the clock, by no more than this.
_AHEAD = 1000

SCHEMA = (
    """CREATE TABLE visit (
        machine TEXT NOT NULL,
        number INTEGER NOT NULL,
        ended INTEGER,
        PRIMARY KEY (machine, number)
    ) WITHOUT ROWID""",
    "CREATE INDEX visit_ended ON visit (machine, ended)",
)


def begin(connection: sqlite3.Connection, event: Event) -> bool:
    """Fold ``visit-begin``."""
    begun = connection.execute(
        "INSERT OR IGNORE INTO visit VALUES (?, ?, NULL)", (event.machine, event.number)
    )
    return begun.rowcount > 0


def end(connection: sqlite3.Connection, event: Event) -> bool:
    """Fold ``visit-end``: payload ``ended``, its time, where another visit says so."""
    when = event.payload.get("ended", event.at)
    ended = connection.execute(
        "INSERT INTO visit VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET ended = excluded.ended"
        " WHERE excluded.ended > ifnull(ended, -1)",
        (event.machine, event.visit, when),
    )
    return ended.rowcount > 0


def ending(at: int) -> dict[str, int]:
    """Return what the event that ends a visit says of when.

    Args:
        at: the time of the event, or of the last one of a visit that was cut off.
    """
    now = events.now()
    return {"ended": now} if at > now + _AHEAD else {}


def last_end(connection: sqlite3.Connection, machine: str) -> int | None:
    """Return when the visit of a machine that ended last did, in ms since 1970; None if none.

    One that ended in the future was timed by a wrong clock and is passed over: nothing
    that comes in until then would be new.
    """
    row = connection.execute(
        "SELECT max(ended) FROM visit WHERE machine = ? AND ended <= ?",
        (machine, events.now() + _AHEAD),
    )
    ended: int | None = row.fetchone()[0]
    return ended


def without_end(connection: sqlite3.Connection, machine: str) -> list[tuple[int, int]]:
    """Return the visits of a machine that have no end: number and time of the last event."""
    open_ = connection.execute(
        "SELECT number FROM visit WHERE machine = ? AND ended IS NULL", (machine,)
    )
    last = "SELECT coalesce(max(at), 0) FROM event WHERE machine = ? AND number >= ? AND visit = ?"
    return [
        (number, connection.execute(last, (machine, number, number)).fetchone()[0])
        for (number,) in open_.fetchall()
    ]


class VisitLock:
    """Shows other processes which visit is going on in this one.

    Where files cannot be locked every visit seems to be over.

    Args:
        path: a file for the locks, made when it is first needed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = -1

    def show(self, visit: int) -> None:
        """Say that a visit is going on until this process ends or `close` is called."""
        with suppress(OSError):  # no locks here: see above
            self._lock(visit)

    def is_elsewhere(self, visit: int) -> bool:
        """Return whether another process is at a visit."""
        try:
            self._lock(visit)
        except OSError as error:
            return self._handle >= 0 and error.errno in _HELD
        fcntl.lockf(self._handle, fcntl.LOCK_UN, 1, visit)
        return False

    def _lock(self, visit: int) -> None:
        if self._handle < 0:
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.lockf(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, visit)

    def close(self) -> None:
        """Let go; again does nothing."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
