"""The open database: its lock, its transactions, its visits.

Every change is one deed: one transaction whose events are folded into the state
tables and appended to the log together, on disk before it returns.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from probation_reader.errors import RecordError
from probation_reader.personal import connection, events, failures, shapes, state, visits
from probation_reader.personal.events import Event

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class Journal:
    """An open record without the words of what can be done in it. Made by `open`.

    Args:
        path: the database.
        opened: its connection, whether it can be written, and first notices.
    """

    def __init__(self, path: Path, opened: connection.Opened) -> None:
        self.path = path
        self.keeps = opened.keeps
        self.notices = opened.notices
        self._connection = opened.connection
        self._lock = threading.RLock()
        self._visit = 0
        self._since = 0
        self._presence = visits.Presence(path.with_name("visits.lock"))
        self._seen = self._data_version()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the record, making it where it is missing.

        Never fails for what is on the disk: `keeps` and `notices` say what had
        to be done instead.

        Args:
            path: the database; made 0600, its folder 0700.
        """
        return cls(path, connection.open_database(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """End the visit, if one was begun, and close; again does nothing."""
        # A visit that cannot be ended reads as ended by its last event, as after a lost line.
        with self._lock:
            with suppress(RecordError, sqlite3.ProgrammingError):
                self.end_visit()
            self._presence.close()
            self._connection.close()

    def begin_visit(self) -> None:
        """Begin a visit: what is done until `end_visit` or `close` belongs to it.

        Visits that were cut off are ended first, at their last event.

        Raises:
            RecordError: if it cannot be written.
        """
        if not self.keeps or self._visit:
            return
        with self._deed() as deed:
            for lost, last in visits.without_end(self._connection, self._machine):
                if not self._presence.is_elsewhere(lost):
                    deed.visit = lost
                    deed.does("visit-end", "", {"ended": last} | visits.ending(last))
            since = self._last_end()
            deed.visit = deed.number
            self._presence.show(deed.visit)
            deed.does("visit-begin", "")
        self._visit, self._since = deed.visit, since

    def _last_end(self) -> int:
        with self._errors():
            return visits.last_end(self._connection, self._machine) or 0

    @property
    def last_visit(self) -> datetime | None:
        """When the visit before this one ended, in UTC; None if this is the first.

        Another one that is still going on does not count. Outside visits it is
        when the last visit ended.
        """
        since = self._since if self._visit else self._last_end()
        return datetime.fromtimestamp(since / 1000, UTC) if since else None

    def end_visit(self) -> None:
        """End the visit that this record began, if it did.

        Raises:
            RecordError: if it cannot be written.
        """
        if self._visit:
            with self._deed() as deed:
                deed.does("visit-end", "", visits.ending(deed.at))
            self._visit = 0

    def changed_elsewhere(self) -> bool:
        """Return whether another process wrote since the last time this was asked."""
        before, self._seen = self._seen, self._data_version()
        return self._seen != before

    def problems(self) -> list[str]:
        """Check the whole database and return what is wrong with it, in words."""
        try:
            found = [] if self.keeps else ["cannot be written, marks are not being kept"]
            verdicts = [row[0] for row in self._rows("PRAGMA integrity_check")]
            damage = [verdict for verdict in verdicts if verdict != "ok"]
            found += damage or self._differing()
        except RecordError as error:
            found.append(error.message)
        return [f"{self.path}: {what}" for what in found]

    def _differing(self) -> list[str]:
        with self._errors():
            differing = state.differences(self._connection)
        return [f"{name} are not what the log says" for name in differing]

    def _data_version(self) -> int:
        return int(self._rows("PRAGMA data_version")[0][0])

    # What a reading `SELECT` gives is untyped by nature; each caller knows its columns.
    def _rows(self, query: str, *values: str | int) -> list[tuple]:  # type: ignore[type-arg]
        with self._errors():
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except sqlite3.DatabaseError as error:
                failure = failures.in_words(error, self.path)
                if failure is None:
                    raise
                raise failure from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._errors():
            try:
                connection.begin(self._connection)
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _deed(self) -> Iterator[_Deed]:
        self._refuse_unkept()
        with self._transaction():
            yield _Deed(self._connection, self._machine, self._visit)

    def _refuse_unkept(self) -> None:
        if not self.keeps:
            message = "marks are not being kept"
            advice = "Make room, and the file writable, then start again"
            raise RecordError(message, where=str(self.path), advice=advice)

    @property
    def _machine(self) -> str:
        """The id under which is written; another session may have taken a new one."""
        return events.meta(self._connection, "machine") or ""


class _Deed:
    """One transaction's events: each is folded, and logged if it changed something."""

    def __init__(self, database: sqlite3.Connection, machine: str, visit: int) -> None:
        self.visit = visit
        self.number = events.next_number(database, machine)
        self._database = database
        self._machine = machine
        self.at = events.next_time(database)

    def does(self, action: str, target: str, payload: Mapping[str, object] | None = None) -> bool:
        """Do one thing and return whether it changed anything.

        Raises:
            RecordError: if another machine would not take the event; then nothing is done.
        """
        if wrong := shapes.fault(action, target, payload or {}):
            message = f"this cannot be recorded: {wrong}"
            raise RecordError(message)
        event = Event(
            self._machine, self.number, self.at, self.visit, action, target, payload or {}
        )
        if not state.apply(self._database, event):
            return False
        events.append(self._database, event)
        self.number += 1
        return True
