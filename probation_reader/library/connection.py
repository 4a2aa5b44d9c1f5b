"""Connections to the library's database: one per thread, opened when needed.

Rules:

- Any thread may use the library. Each gets a connection of its own, so that a
  worker that imports never holds up the one that reads (WAL); the connections
  of threads that have ended are closed when the next one is opened.
- `close` closes them all. What another thread is reading or writing then is broken
  off (a `LibraryError` there, and nothing of it kept): SQLite crashes where a
  connection is closed while it is used.
- Everything read together is read inside `reading`, everything written inside
  `writing`. A transaction belongs to the thread that began it. `writing` inside
  `writing` is a savepoint, so a group of changes can be tried and taken back.
- Two programs may write at once: the second waits up to `_PATIENCE`.
- Where nothing can be written (a read-only home, a full disk) a library that is
  there is opened for reading, with a notice; writing is then a `LibraryError`.
- What a person can do something about becomes a `LibraryError`; mistakes in the
  program's own SQL stay ordinary sqlite3 errors.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from probation_reader.errors import LibraryError
from probation_reader.files import kind_of
from probation_reader.library import integrity
from probation_reader.library.schema import (
    REBUILD,
    count_without_gone,
    holds_library,
    prepare,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE = 30.0
_RETRY = 0.01
_AGAIN = "close the other program or try again in a moment"
_ACCESS = "check who may write to the file and its folder"

#: Primary result codes of SQLite that are not the program's own mistakes.
_EXPECTED = {
    sqlite3.SQLITE_BUSY: ("another program keeps the library locked", _AGAIN),
    sqlite3.SQLITE_LOCKED: ("another program keeps the library locked", _AGAIN),
    sqlite3.SQLITE_PERM: ("the library cannot be written", _ACCESS),
    sqlite3.SQLITE_READONLY: ("the library cannot be written", _ACCESS),
    sqlite3.SQLITE_CANTOPEN: ("the library cannot be opened", _ACCESS),
    sqlite3.SQLITE_FULL: ("the disk is full", "make room and try again"),
    sqlite3.SQLITE_IOERR: ("the disk cannot be read or written", "check the disk and try again"),
    sqlite3.SQLITE_CORRUPT: ("the library is damaged", REBUILD),
    sqlite3.SQLITE_NOTADB: ("the library is damaged", REBUILD),
    sqlite3.SQLITE_INTERRUPT: ("the library was closed in the middle of something", "do it again"),
}
_PRIMARY = 0xFF
#: The bits of a mode that let others in.
_OTHERS = 0o077
#: What values of the wrong kind lead to, and queries of tables that are not as they were made.
_CONFUSED = (
    *(ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError),
    *(sqlite3.OperationalError, sqlite3.InterfaceError),
)
#: How often a connection in use is told to break off while it is to be closed, in seconds.
_INSIST = 0.01

#: Everything here can be imported again, so a power cut may cost the last import
#: (never the database). The two sizes, 16 MB each, keep large imports off the disk.
_SETTINGS = (
    "foreign_keys = ON",
    "synchronous = NORMAL",
    "cache_size = -16000",
    "wal_autocheckpoint = 4000",
)


@dataclass(frozen=True)
class _Own:
    """The connection of a thread, and the lock that is held while it is used."""

    connection: sqlite3.Connection
    lock: threading.RLock = field(default_factory=threading.RLock)

    def close(self) -> None:
        while not self.lock.acquire(timeout=_INSIST):
            self.connection.interrupt()
        self.connection.close()
        self.lock.release()


class Connections:
    """The connections of one process to one library, one per thread.

    Args:
        path: the database; it is made, with its folder, if it is not there.

    Raises:
        LibraryError: if it cannot be made, opened or used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notices: list[str] = []
        self._lock = threading.Lock()
        self._open: dict[threading.Thread, _Own] = {}
        self._closed = False
        self._mode = "rw"
        try:
            self._open_for_writing()
        except LibraryError as error:
            self._drop()
            if error.advice == _AGAIN or not self._open_for_reading():
                self.close()
                raise
            self.notices.append(
                f"The library can be read but not changed: {path} or its folder cannot be written."
            )
        except BaseException:
            self.close()
            raise

    def _open_for_writing(self) -> None:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._make_file()
        except OSError as error:
            message = f"the library cannot be opened: {error.strerror}"
            raise LibraryError(message, where=str(self.path), advice=_ACCESS) from error
        with self.writing() as connection:
            prepare(connection, self.path)
        with self._mine() as connection:
            _keep_log(connection)

    def _make_file(self) -> None:
        """Make the file where it is missing; narrow one that others may read.

        Raises:
            OSError: if it cannot be made, or is no regular file.
        """
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NONBLOCK, 0o600)
        try:
            found = os.fstat(handle)
            if kind := kind_of(found.st_mode):
                raise OSError(errno.EINVAL, f"it is {kind}, not a file")
            if found.st_mode & _OTHERS:
                os.fchmod(handle, 0o600)
        finally:
            os.close(handle)

    def _open_for_reading(self) -> bool:
        # Without a writable folder SQLite may be unable to share its page log; what
        # the main file alone holds is then still worth reading.
        for mode in ("ro", "ro&immutable=1") if self.path.is_file() else ():
            self._mode = mode
            try:
                with self.reading() as connection:
                    return holds_library(connection, self.path)
            except LibraryError:
                self._drop()
        return False

    def close(self) -> None:
        """Close the connections of all threads; closing twice does nothing."""
        self._closed = True
        self._drop()

    def _drop(self) -> None:
        with self._lock:
            for own in self._open.values():
                own.close()
            self._open.clear()

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Turn failures that a person can do something about into `LibraryError`."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", None)
            known = None if code is None else _EXPECTED.get(code & _PRIMARY)
            if known is None:
                raise
            message, advice = known
            raise LibraryError(message, where=str(self.path), advice=advice) from error

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that sees one state of the library throughout."""
        with self._mine() as connection:
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                _take_back(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection whose changes are kept all together, or not at all."""
        with self._mine() as connection:
            inner = connection.in_transaction
            connection.execute("SAVEPOINT step" if inner else "BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("RELEASE step" if inner else "COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK TO step" if inner else "ROLLBACK")
                raise

    @contextmanager
    def rehearsing(self) -> Iterator[None]:
        """Let changes be made and seen by this thread, then take them all back."""
        with self._mine() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                _take_back(connection)

    @contextmanager
    def _mine(self) -> Iterator[sqlite3.Connection]:
        """Give the connection of the calling thread, which is not closed meanwhile."""
        with self.explaining():
            own = self._open.get(threading.current_thread()) or self._make()
            with own.lock:
                self._check_open()
                try:
                    yield own.connection
                except _CONFUSED as error:
                    self._explain(own.connection, error)
                    raise

    def _explain(self, connection: sqlite3.Connection, error: Exception) -> None:
        """Raise a `LibraryError` if an error comes of what is stored, not of the program."""
        if connection.in_transaction:
            return  # the transaction around this one explains it
        wrong = integrity.fault(connection)
        if wrong:
            message = f"the library is damaged: {wrong}"
            raise LibraryError(message, where=str(self.path), advice=REBUILD) from error

    def _make(self) -> _Own:
        """Make the connection of the calling thread."""
        with self._lock:
            self._check_open()
            for thread in [thread for thread in self._open if not thread.is_alive()]:
                self._open.pop(thread).close()
            connection = sqlite3.connect(
                f"{self.path.absolute().as_uri()}?mode={self._mode}",
                uri=True,
                timeout=_PATIENCE,
                isolation_level=None,
                check_same_thread=False,
            )
            own = self._open[threading.current_thread()] = _Own(connection)
        with own.lock:
            self._check_open()
            for setting in _SETTINGS:
                connection.execute(f"PRAGMA {setting}")
            if self._mode != "rw":
                count_without_gone(connection)
        return own

    def _check_open(self) -> None:
        if self._closed:
            message = "the library is closed"
            raise LibraryError(message, where=str(self.path))


def _take_back(connection: sqlite3.Connection) -> None:
    """End a transaction without keeping it; SQLite may have done so after a failure."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _keep_log(connection: sqlite3.Connection) -> None:
    """Put the database into WAL mode, which stays with the file.

    SQLite does not wait for others when the mode changes, so this does.
    """
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & _PRIMARY == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(_RETRY)
        else:
            return
