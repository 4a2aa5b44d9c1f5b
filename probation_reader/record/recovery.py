"""What becomes of a record whose files were removed, replaced or overwritten while it is open.

An open file is known by device and inode, not by its name. As long as the
connection lives, SQLite still reads what it had: that is copied into memory and
united with whatever stands at the path afterwards, so nothing of either is lost.

Two rules keep SQLite from doing harm meanwhile. No file of the record is opened
and closed by anything but SQLite while a connection is open: closing any
descriptor of a file drops all locks a process has on it. And a connection whose
log of pages is not to reach the file is closed while the file has another name:
SQLite then neither writes it back nor deletes what stands under the old names.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from probation_reader.record import events, projections, repair, search_table, sqlite_errors

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from probation_reader.record.events import Event

_COMPANIONS = ("-wal", "-shm")
_ASIDE = ".old"
_NUMBERED = f"INSERT INTO event (seq, {events.COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - constants
_FINGERPRINT = "SELECT count(*), total(at), total(number) FROM event WHERE seq <= ?"

_MAGIC = b"SQLite format 3\0"
#: How the id of a record stands in the page of its table `meta`.
_MACHINE = re.compile(rb"machine([0-9a-f]{16})")
#: SQLite's own descriptors are among the first ones of a process.
_DESCRIPTORS = 256

_Identity = tuple[int, int] | None


def _identity(file: str) -> _Identity:
    try:
        found = os.stat(file)  # noqa: PTH116 - as in `are_as_left`
    except OSError:
        return None
    return found.st_dev, found.st_ino


class Files:
    """The files of an open record as they were when it was opened.

    Args:
        path: the database.
        connection: of it.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._names = [str(path.absolute()), *(f"{path.absolute()}{end}" for end in _COMPANIONS)]
        self._known = self._identities()
        self._written = self._extent()
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'meta'"
        self._meta = (connection.execute(query).fetchone()[0] - 1) * size, size
        self._owner = self._owner_now()

    def are_as_left(self) -> bool:
        """Return whether nothing has happened to the files since `accept`: quickly."""
        main, log, index = self._names
        try:
            # Every mark waits for this; a Path takes twice as long.
            found = os.stat(main)  # noqa: PTH116
            beside = [os.stat(log), os.stat(index)]  # noqa: PTH116
        except OSError:
            return False
        return (
            (found.st_size, found.st_mtime_ns) == self._written
            and (found.st_dev, found.st_ino) == self._known[0]
            and [(each.st_dev, each.st_ino) for each in beside] == self._known[1:]
        )

    def _identities(self) -> list[_Identity]:
        return [_identity(name) for name in self._names]

    def _extent(self) -> tuple[int, int]:
        try:
            found = os.stat(self._names[0])  # noqa: PTH116 - as above
        except OSError:
            return -1, -1
        return found.st_size, found.st_mtime_ns

    def are_there(self) -> bool:
        """Return whether all files that are open still stand under their names."""
        return self._identities() == self._known

    def were_written(self) -> bool:
        """Return whether the database was written since `accept`, by a checkpoint or otherwise."""
        return self._extent() != self._written

    def accept(self) -> None:
        """Take the database as it is written now for sound."""
        self._written = self._extent()
        self._owner = self._owner_now()

    def are_of(self, machine: str) -> bool:
        """Return whether the database file itself, without its log, was not overwritten.

        Args:
            machine: the id of the record.
        """
        return self._read(0, len(_MAGIC)) == _MAGIC and (
            self._owner_now() in (self._owner, machine.encode())
        )

    def _owner_now(self) -> bytes:
        """Return the id in the file; empty where that stands in its log only."""
        found = _MACHINE.search(self._read(*self._meta))
        return found[1] if found else b""

    def _read(self, offset: int, size: int) -> bytes:
        """Read by the descriptor that SQLite has: to close one of our own would do harm."""
        for descriptor in range(_DESCRIPTORS):
            with suppress(OSError):
                found = os.fstat(descriptor)
                if (found.st_dev, found.st_ino) == self._known[0]:
                    return os.pread(descriptor, size, offset)
        return b""

    def detach(self, connection: sqlite3.Connection) -> None:
        """Close a connection so that SQLite neither writes nor deletes anything; see above."""
        away = []
        for name, known in zip(self._names, self._known, strict=True):
            if known is not None and _identity(name) == known:
                with suppress(OSError):  # in a folder that cannot be written names stay
                    os.replace(name, name + _ASIDE)  # noqa: PTH105 - as above
                    away.append(name)
        connection.close()
        # An empty file is left away: it has nothing, and another session may hold it.
        if self._names[0] in away and _identity(self._names[0]) is None:
            with suppress(OSError):
                if os.stat(self._names[0] + _ASIDE).st_size:  # noqa: PTH116 - as above
                    os.replace(self._names[0] + _ASIDE, self._names[0])  # noqa: PTH105

    def clear(self) -> None:
        """Remove what `detach` left away: what the log of pages held is written elsewhere."""
        for name in self._names:
            with suppress(OSError):
                os.unlink(name + _ASIDE)  # noqa: PTH108 - as above


def is_sound(path: Path, connection: sqlite3.Connection) -> bool:
    """Return whether the file at a path still holds what an open connection has.

    Args:
        path: the database, of which the connection is.
        connection: not inside a transaction.
    """
    try:
        newest = connection.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()
        expected = connection.execute(_FINGERPRINT, newest).fetchone()
        # A connection of its own has no page in memory yet.
        address = path.absolute().as_uri() + "?mode=rw"
        with closing(sqlite3.connect(address, uri=True, timeout=0)) as fresh:
            if fresh.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return False
            return bool(fresh.execute(_FINGERPRINT, newest).fetchone() == expected)
    except sqlite3.Error as error:
        return sqlite_errors.is_busy(error)


def in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a copy of a whole record in memory.

    Raises:
        sqlite3.Error: if it cannot be read, or is damaged.
    """

    def step(status: int, _remaining: int, _total: int) -> None:
        if status not in (sqlite3.SQLITE_OK, sqlite3.SQLITE_DONE):  # else it is tried for ever
            error = sqlite3.OperationalError("the record cannot be read")
            error.sqlite_errorcode = status
            raise error

    copy = _empty()
    try:
        connection.backup(copy, progress=step)
    except BaseException:
        copy.close()
        raise
    return copy


def saved(
    connection: sqlite3.Connection, confirmed: Iterable[Event], machine: str, *, damaged: bool
) -> sqlite3.Connection:
    """Return a copy in memory of what can be read of a record, and of what was confirmed.

    Args:
        connection: of a record whose file may be damaged.
        confirmed: events that were written to it.
        machine: the id of the record.
        damaged: whether its tables may be those of another one.
    """
    log = [events.row(event) for event in confirmed]
    try:
        copy = in_memory(connection)
        try:
            _complete(copy, log, machine, anew=damaged)
        except BaseException:
            copy.close()
            raise
    except sqlite3.Error:  # also where pages of two databases are mixed: each of them is sound
        copy = _empty()
        events.create(copy)
        copy.execute("BEGIN")
        with suppress(sqlite3.Error):  # what comes before the damage is worth having
            for row in connection.execute(f"SELECT {events.COLUMNS} FROM event ORDER BY seq"):  # noqa: S608 - constant
                copy.execute(events.INSERT + events.TAKE, row)
        copy.execute("COMMIT")
        _complete(copy, log, machine, anew=True)
    return copy


def _complete(
    copy: sqlite3.Connection, log: list[tuple[str | int, ...]], machine: str, *, anew: bool
) -> None:
    """Write into a copy the events that it lacks, and fold it where that is called for."""
    if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        verdict = "pages are missing"
        raise sqlite_errors.damage(verdict)
    before = copy.total_changes
    copy.execute("BEGIN")
    copy.executemany(events.INSERT + events.TAKE, log)
    if anew or copy.total_changes > before:
        events.set_meta(copy, "machine", machine)
        repair.repair(copy)
        projections.fold(copy)
    copy.execute("COMMIT")


def unite(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Write into a record what another one holds; it goes on under the id of that one.

    Args:
        source: a copy as `saved` makes it.
        target: the record, inside a transaction.
    """
    known = set(target.execute("SELECT at, machine, number FROM event").fetchall())
    newest = target.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0]
    last = source.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0]
    rows = source.execute(f"SELECT seq, {events.COLUMNS} FROM event ORDER BY seq").fetchall()  # noqa: S608 - constant
    # Numbers never seen in either: what counts on from a number misses nothing.
    shift = max(newest, last) if known else 0
    before = target.total_changes
    for seq, machine, number, at, *rest in rows:
        event = (machine, number, at, *rest)
        if (at, machine, number) in known:
            target.execute(events.INSERT + events.TAKE, event)
        else:
            target.execute(_NUMBERED, (seq + shift, *event))
    if target.total_changes > before:
        projections.fold(target)
    events.set_meta(target, "machine", events.meta(source, "machine") or "")
    recall(source, target)


def recall(source: sqlite3.Connection, target: sqlite3.Connection, after: int = 0) -> None:
    """Remember in one record what was searched for in another.

    Args:
        source: where the words are.
        target: the record, inside a transaction.
        after: only what stands at later places.
    """
    query = "SELECT words FROM searched WHERE place > ? ORDER BY place"
    for (words,) in source.execute(query, (after,)).fetchall():
        search_table.remember(target, words)


def _empty() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
