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
from probation_reader.phrases import DONE, count
from probation_reader.record import connection, events, projections, repair, sqlite_errors, visits
from probation_reader.record.database import Database, Transaction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NOUNS = {
    **dict.fromkeys(("mute", "unmute"), "rule"),
    **dict.fromkeys(("save-search", "drop-search"), "search"),
    **dict.fromkeys(("undo", "redo"), "step"),
}
_WRITE = "Make the file and its folder writable, with room on the disk, then start again"
_KEEP = "Keep a copy of the file and bring back a backup; what you marked stands nowhere else"
_AGAIN = "Start again: they are then made anew from the log, in which all you marked stands"


class Store:
    """An open record without the words of what can be done in it. Made by `open`.

    Args:
        path: the database.
        opened: its connection, whether it can be written, and first notices.
    """

    def __init__(self, path: Path, opened: connection.OpenedDatabase) -> None:
        self.path = path
        self.notices = opened.notices
        self._database = Database(path, opened)
        self._openings = self._database.openings
        self._lock = threading.RLock()
        self._visit = 0
        self._since = 0
        self._presence = visits.VisitLock(path.with_name("visits.lock"))
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
            self._database.close()

    @property
    def keeps(self) -> bool:
        """Whether marks can be written."""
        return self._database.keeps

    @keeps.setter
    def keeps(self, keeps: bool) -> None:
        self._database.keeps = keeps

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._database.current

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

    # What waits for another program

    def defer(self) -> None:
        """From now on let deeds be pending that would have to wait for another program.

        They are done in memory and written by `settle`; closed before, the record
        loses them. Without this every deed waits, for some seconds at most.
        """
        with self._lock:
            self._database.defer()

    @property
    def pending(self) -> int:
        """How many marks, bookmarks, mutes and undos are not on disk yet."""
        return self._database.pending

    @property
    def is_held(self) -> bool:
        """Whether another program holds the file, so that nothing can be written now."""
        return self._database.reason == sqlite_errors.HELD

    @property
    def waits_for(self) -> str:
        """Why deeds are pending, or would be, in words; empty if they are written at once."""
        return self._database.reason if self._database.is_held else ""

    def pending_ids(self) -> frozenset[str]:
        """Return the ids of the passages of which something marked is not on disk yet."""
        return self._database.pending_targets()

    def unsaved(self) -> str:
        """Return in words what is pending and why, empty if nothing is."""
        done = self._database.pending_actions()
        if not done:
            return ""
        things = [f"{count(n, _NOUNS.get(what, 'passage'))} {DONE[what]}" for what, n in done]
        why = "another program held the record" if self.is_held else self.waits_for
        return f"not kept: {', '.join(things)} ({why})"

    def settle(self, patience: float = 0.0) -> bool:
        """Write what is pending, in order; notice what became of the files in any case.

        Args:
            patience: how many seconds another program that is writing is waited for.

        Returns:
            Whether all is on disk.
        """
        with self._lock:
            settled = self._database.settle(patience)
            self._follow()
            return settled

    def news(self) -> list[str]:
        """Return what became of the files since this was asked last, in sentences."""
        with self._lock:
            news, self._database.news = self._database.news, []
            return news

    def _follow(self) -> None:
        """Have visit and presence follow the database to another file."""
        number = self._database.renumbered.pop(self._visit, self._visit)
        if number != self._visit or self._openings != self._database.openings:
            self._openings, self._visit = self._database.openings, number
            self._presence.close()
            if number:
                self._presence.show(number)

    def changed_elsewhere(self) -> bool:
        """Return whether another process wrote since the last time this was asked."""
        if self._database.is_held:
            self._seen = -1
            return False
        before, self._seen = self._seen, self._data_version()
        return self._seen != before

    def problems(self) -> list[tuple[str, str]]:
        """Check the whole database and return what is wrong with it, each with what to do."""
        try:
            found = [] if self.keeps else [("cannot be written, marks are not being kept", _WRITE)]
            verdicts = [row[0] for row in self._rows("PRAGMA integrity_check")]
            damage = [(verdict, _KEEP) for verdict in verdicts if verdict != "ok"]
            found += damage or [(what, _AGAIN) for what in self._differing()]
        except RecordError as error:
            found.append((error.message, error.advice))
        return [(f"{self.path}: {what}", advice) for what, advice in found]

    def set_aside(self) -> int:
        """Return how many events of the log were set aside because they are unsound."""
        with self._errors():
            return repair.set_aside(self._connection)

    def _differing(self) -> list[str]:
        with self._errors():
            differing = projections.differences(self._connection)
        if differing:
            sqlite_errors.suspect(self.path)
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
                if sqlite_errors.is_damage(error):
                    self._database.suspect()
                failure = sqlite_errors.in_words(error, self.path)
                if failure is None:
                    raise
                raise failure from error

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._errors():
            try:
                self._database.begin()
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _deed(self) -> Iterator[Transaction]:
        with self._lock:
            self._refuse_unkept()
            self._database.check()
            with self._transaction():
                transaction = Transaction(self._connection, self._machine, self._visit)
                yield transaction
                repair.note(self._connection)
            self._database.confirm(transaction.done)
            self._follow()

    def _refuse_unkept(self) -> None:
        if not self.keeps:
            message = "marks are not being kept"
            advice = "Make room, and the file writable, then start again"
            raise RecordError(message, where=str(self.path), advice=advice)

    @property
    def _machine(self) -> str:
        """The id under which is written; another session may have taken a new one."""
        return events.meta(self._connection, "machine") or ""
