"""What SQLite's errors mean for the record, and in words for the reader."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from probation_reader.errors import RecordError

if TYPE_CHECKING:
    from pathlib import Path

_PRIMARY = 0xFF
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

#: Why something waits for another connection that is writing.
HELD = "waiting for another program that holds the record"

_FULL = "Free some space, then do it again"
_FAILURES = {
    sqlite3.SQLITE_FULL: ("not kept: the disk is full", _FULL),
    sqlite3.SQLITE_IOERR: ("not kept: the disk cannot be written", _FULL),
    **dict.fromkeys(
        (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN),
        (
            "not kept: the personal record cannot be written",
            "Make file and folder writable, then start again",
        ),
    ),
    sqlite3.SQLITE_BUSY: (
        "not kept: another program holds the personal record",
        "Do it again; if it stays so, close the other program",
    ),
    **dict.fromkeys(
        _DAMAGED,
        (
            "the personal record is damaged",
            "Start again: the file is then set aside and a fresh record begun",
        ),
    ),
}


def in_words(error: sqlite3.Error, path: Path) -> RecordError | None:
    """Return what went wrong on the disk in words, None for a mistake of the program.

    A damaged database is remembered beside it, so that the next start looks
    at the whole of it, which would take too long at every start.
    """
    code = _code(error)
    if code in _DAMAGED:
        suspect(path)
    if code not in _FAILURES:
        return None
    message, advice = _FAILURES[code]
    return RecordError(message, where=str(path), advice=advice)


def is_busy(error: sqlite3.Error) -> bool:
    """Return whether another connection is only writing at this moment."""
    return _code(error) == sqlite3.SQLITE_BUSY


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether the file itself is damaged, or no database."""
    return _code(error) in _DAMAGED


def damage(verdict: str) -> sqlite3.DatabaseError:
    """Return damage that SQLite did not raise itself."""
    error = sqlite3.DatabaseError(verdict)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def suspect(path: Path) -> None:
    """Have the whole database looked at, and its tables made anew from the log, at next opening."""
    with suppress(OSError):  # without the sign the next failure says the same
        suspicion(path).touch(mode=0o600)


def suspicion(path: Path) -> Path:
    """Return the file whose presence says that a database may be damaged."""
    return path.with_name(path.name + ".suspect")


def _code(error: sqlite3.Error) -> int:
    # Errors of Python's own wrapper (a closed connection) carry no code.
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY
