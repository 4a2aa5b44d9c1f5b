"""Opens the record's database so that nothing in it is ever overwritten.

A database that is damaged, foreign or from a newer version is set aside under a
name with a time stamp and a fresh one takes its place. Where nothing can be
written (a read-only home, a full disk) what is there is opened for reading, or
an empty record in memory where nothing can be read either. Every such turn
leaves a notice in words for the reader.

One process at a time opens a record: the folder is locked meanwhile, so that
two of them never create, set aside or upgrade the same file.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from probation_reader.files import kind_of
from probation_reader.phrases import count
from probation_reader.record import events, projections, recovery, repair, sqlite_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: "PbRd": says that a SQLite file is a record of this program.
APPLICATION = 0x50625264
#: The version of the log. Raised only when older programs could not read it.
VERSION = 2
#: How many seconds another program that is writing is waited for.
PATIENCE = 5.0
#: Seconds between two tries to begin while another connection writes.
_PAUSE = 0.0002

_MAGIC = b"SQLite format 3\0"
_SMALLEST = 512
_COMPANIONS = ("-wal", "-shm", "-journal")

_UNUSABLE = "Set aside from the personal record, because unsound: {}."


@dataclass
class OpenedDatabase:
    """A database that can be used, and what had to be said about it.

    Args:
        connection: in autocommit mode, usable from any thread.
        keeps: False where marks cannot be written.
        notices: sentences for the reader, empty when all is well.
    """

    connection: sqlite3.Connection
    keeps: bool
    notices: list[str] = field(default_factory=list)


class _NotOursError(Exception):
    """The file is sound but must not be written by this program."""


def open_database(path: Path, patience: float = PATIENCE) -> OpenedDatabase:
    """Open the record for writing, else for reading, else an empty one in memory.

    Args:
        path: the database; it and its folder are made where missing, private
            to the user (0600 in 0700).
        patience: how many seconds another program that is writing is waited for,
            where anything must be written before the record can be used.
    """
    notices: list[str] = []
    try:
        private_folder(path.parent)
        with alone(path.parent):
            return OpenedDatabase(_open_sound(path, notices, patience), keeps=True, notices=notices)
    except (OSError, sqlite3.Error) as error:
        why = error.strerror if isinstance(error, OSError) else error
        notices.append(
            f"Marks are not being kept: the personal record cannot be written ({why})."
            f" Make {path} and its folder writable, with room on the disk, then start again."
        )
        return OpenedDatabase(_open_for_reading(path, patience), keeps=False, notices=notices)


def begin(connection: sqlite3.Connection, patience: float = PATIENCE) -> None:
    """Begin to write, asking often: SQLite's own long pauses starve one of two busy writers.

    Args:
        connection: outside a transaction.
        patience: how many seconds another program that is writing is waited for.
    """
    until = time.monotonic() + patience
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if not sqlite_errors.is_busy(error) or time.monotonic() > until:
                    raise
                time.sleep(_PAUSE)
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience * 1000:.0f}")


def private_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, for the user alone."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other processes from opening or replacing the record of a folder meanwhile."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:  # nobody else is in it, or nobody can lock it
        yield
        return
    try:
        with suppress(OSError):  # some network file systems have no locks; go on without
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _open_sound(path: Path, notices: list[str], patience: float) -> sqlite3.Connection:
    try:
        return _open_for_writing(path, notices, patience)
    except _NotOursError as reason:
        notices.append(_set_aside(path, "other", str(reason)))
    except sqlite3.DatabaseError as error:
        if not sqlite_errors.is_damage(error):
            raise
        notices.append(_set_aside(path, "damaged", f"is damaged ({error})"))
    return _open_for_writing(path, notices, patience)


def _open_for_writing(path: Path, notices: list[str], patience: float) -> sqlite3.Connection:
    _look(path)
    if path.is_file() and not path.stat().st_size:
        notices.append(_emptied(path))
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with suppress(OSError):  # a file system without modes keeps its own
        os.fchmod(handle, 0o600)
    os.close(handle)
    connection = _connect(path.absolute().as_uri() + "?mode=rw", patience)
    try:
        _prepare(connection, path, notices, patience)
        connection.execute(f"PRAGMA busy_timeout = {patience * 1000:.0f}")
    except BaseException:
        connection.close()
        raise
    return connection


def _emptied(path: Path) -> str:
    aside = sorted(path.parent.glob(f"{path.name}.*-*"))
    advice = (
        f"An older one is set aside as {aside[-1]}."
        if aside
        else f"If marks are missing, bring {path} back from a backup."
    )
    return f"The personal record was empty: a fresh one was begun. {advice}"


def _look(path: Path) -> None:
    """Refuse what SQLite would write over, and what it would take for whole.

    An empty file, or none, with a log of pages beside it is no empty database. In a
    file that ends within a page what is missing reads as zeros, unless the log has it.
    """
    head, size = b"", 0
    if path.exists() and (kind := kind_of(path.stat().st_mode)):
        raise OSError(errno.EINVAL, f"it is {kind}, not a file")
    if path.is_file():
        with path.open("rb") as file:
            head = file.read(_SMALLEST)
            size = file.seek(0, os.SEEK_END)
    log = path.with_name(path.name + "-wal")
    logged = log.exists() and log.stat().st_size > 0
    if (logged and not head) or (head and not _is_head(head)):
        verdict = "file is not a database"
        raise sqlite_errors.damage(verdict)
    if head and not logged and size % (int.from_bytes(head[16:18], "big") or _SMALLEST):
        verdict = "file is cut short"
        raise sqlite_errors.damage(verdict)


def _is_head(head: bytes) -> bool:
    return len(head) == _SMALLEST and head.startswith(_MAGIC)


def _connect(address: str, patience: float = PATIENCE) -> sqlite3.Connection:
    return sqlite3.connect(
        address, uri=True, timeout=patience, isolation_level=None, check_same_thread=False
    )


def _prepare(
    connection: sqlite3.Connection, path: Path, notices: list[str], patience: float
) -> None:
    _check(connection, path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    # On macOS a plain fsync leaves the words in the drive's own memory.
    connection.execute("PRAGMA fullfsync = ON")
    # What is forgotten is overwritten.
    connection.execute("PRAGMA secure_delete = ON")
    suspected = sqlite_errors.suspicion(path).exists()
    ready = not suspected and _is_current(connection)
    # Also finds out whether anything can be written here at all.
    try:
        begin(connection, 0 if ready else patience)
    except sqlite3.OperationalError as error:
        if ready and sqlite_errors.is_busy(error):
            return  # somebody writes at this moment: it can be written
        raise
    try:
        if _is_empty(connection):
            events.create(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        if _one(connection, "PRAGMA user_version") == 1:
            events.upgrade(connection)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        if suspected or (not ready and not _is_current(connection)):
            events.index(connection)
            if aside := repair.repair(connection):
                notices.append(_UNUSABLE.format(count(aside, "event")))
            projections.fold(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    with suppress(OSError):  # it is looked at again the next time
        sqlite_errors.suspicion(path).unlink(missing_ok=True)


def _is_current(connection: sqlite3.Connection) -> bool:
    """Return whether log and state tables are of this version, and nothing in the log unsound."""
    return (
        _one(connection, "PRAGMA user_version") == VERSION
        and events.meta(connection, "state") == projections.VERSION
        and projections.is_whole(connection)
        and not repair.is_needed(connection)
    )


def _is_empty(connection: sqlite3.Connection) -> bool:
    return not _one(connection, "SELECT count(*) FROM sqlite_master")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Let pass a record of this program, and a database that holds nothing yet.

    Raises:
        _NotOursError: if it must be set aside although it is sound.
        sqlite3.DatabaseError: if it is damaged.
    """
    if _is_empty(connection):
        return
    if _one(connection, "PRAGMA application_id") != APPLICATION:
        message = "is not a personal record"
        raise _NotOursError(message)
    if int(_one(connection, "PRAGMA user_version")) > VERSION:
        message = "was written by a newer version of this program"
        raise _NotOursError(message)
    if not events.is_log(connection):
        verdict = "it holds no log of events"
        raise sqlite_errors.damage(verdict)
    if sqlite_errors.suspicion(path).exists():
        verdict = str(_one(connection, "PRAGMA integrity_check"))
        if verdict != "ok":
            raise sqlite_errors.damage(verdict)


def _one(connection: sqlite3.Connection, query: str) -> str | int:
    value: str | int = connection.execute(query).fetchone()[0]
    return value


def _set_aside(path: Path, kind: str, why: str) -> str:
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    aside = path.with_name(f"{path.name}.{kind}-{stamp}")
    again = 1
    while aside.exists():
        again += 1
        aside = path.with_name(f"{path.name}.{kind}-{stamp}-{again}")
    # The database last: cut short in between, it is found and set aside again,
    # and a fresh one never meets an old log of pages.
    for companion in (*_COMPANIONS, ""):
        with suppress(FileNotFoundError):
            path.with_name(path.name + companion).rename(aside.with_name(aside.name + companion))
    sqlite_errors.suspicion(path).unlink(missing_ok=True)
    # What fits a narrow row stands first; the path is longer than any.
    return (
        "A fresh personal record was begun; 'doctor' says where the old one is."
        f" That {why}, and is set aside as {aside}."
    )


def _with_state(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """Return a record whose state tables are of this version: in memory if they were not."""
    if not sqlite_errors.suspicion(path).exists() and _is_current(connection):
        return connection
    with closing(connection):
        copy = recovery.in_memory(connection)
    if _one(copy, "PRAGMA user_version") == 1:
        events.upgrade(copy)
    repair.repair(copy)
    projections.fold(copy)
    copy.execute("PRAGMA query_only = ON")
    return copy


def _open_for_reading(path: Path, patience: float = PATIENCE) -> sqlite3.Connection:
    address = path.absolute().as_uri()
    # Without a writable folder SQLite may be unable to share its page log; what
    # the main file alone holds is then still worth showing.
    for mode in ("?mode=ro", "?mode=ro&immutable=1") if path.is_file() else ():
        with suppress(sqlite3.Error, _NotOursError):  # the next way, and in the end an empty one
            connection = _connect(address + mode, patience)
            try:
                _check(connection, path)
                connection = _with_state(connection, path)
                projections.contents(connection)
            except BaseException:
                connection.close()
                raise
            return connection
    connection = _connect("file::memory:")
    events.create(connection)
    projections.fold(connection)
    connection.execute("PRAGMA query_only = ON")
    return connection
