"""The database of a record while it is open: its file, or a copy in memory meanwhile.

Before and after each transaction it is looked whether the files are still those
that were opened; where they are not, what was in them is united with what stands
at the path now (see `recovery`). With `defer`, a transaction that would have to
wait for another program goes to a copy in memory, as does everything after it:
its events are pending until `settle` has written them to the file.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from probation_reader.errors import RecordError
from probation_reader.record import (
    connection,
    event_schema,
    events,
    projections,
    recovery,
    sqlite_errors,
    undo_table,
)
from probation_reader.record.events import Event

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: So many seconds another program is waited for where events can be pending.
_BRIEFLY = 0.03

_REPLACED = "The personal record was removed or replaced: what was kept is written there again"
_DAMAGED = "The personal record was overwritten: what this session kept is written again"
_AGAIN = "The personal record can be written again: all marks are kept"
#: Why a file is made again the first time.
_TOLD = (_REPLACED, _DAMAGED)
_COUNTED = frozenset((*undo_table.ACTIONS, *undo_table.TURNS))
_LOST = "the personal record is gone"


class Transaction:
    """One transaction's events: each is folded, and logged if it changed something.

    Args:
        database: where log and tables are.
        machine: the id under which is written.
        visit: the number of the visit, 0 outside visits.

    Attributes:
        done: the events that were logged.
    """

    def __init__(self, database: sqlite3.Connection, machine: str, visit: int) -> None:
        self.visit = visit
        self.number = events.next_number(database, machine)
        self.done: list[Event] = []
        self._database = database
        self._machine = machine
        self.at = events.next_time(database)

    def does(self, action: str, target: str, payload: Mapping[str, object] | None = None) -> bool:
        """Do one thing and return whether it changed anything.

        Raises:
            RecordError: if another machine would not take the event; then nothing is done.
        """
        said = payload or {}
        if wrong := event_schema.validate(action, target, said) or event_schema.excess(
            target, said
        ):
            message = f"this cannot be recorded: {wrong}"
            raise RecordError(message)
        event = Event(
            self._machine, self.number, self.at, self.visit, action, target, payload or {}
        )
        if not projections.apply(self._database, event):
            return False
        events.append(self._database, event)
        self.done.append(event)
        self.number += 1
        return True


class Database:
    """What a record is read from and written to; used under the lock of the record.

    Args:
        path: the database.
        opened: its connection, and whether it can be written.

    Attributes:
        current: the connection to read from and write to now.
        keeps: False where marks cannot be written, and cannot be pending either.
        reason: why events are pending, in words; empty when none are.
        reset_at: what is in the log since an earlier revision than this is unknown.
        openings: how often a file was opened.
        renumbered: visits that were pending, and the numbers they have in the file.
        news: what became of the files, in sentences not yet shown.
    """

    def __init__(self, path: Path, opened: connection.OpenedDatabase) -> None:
        self.path = path
        self.current = opened.connection
        self.keeps = opened.keeps
        self.reason = ""
        self.reset_at = 0
        self.openings = 1
        self.renumbered: dict[int, int] = {}
        self.news: list[str] = []
        #: None while it is gone and cannot be made again.
        self._file: sqlite3.Connection | None = opened.connection
        self._files = recovery.Files(path, opened.connection)
        self._patience = connection.PATIENCE
        self._defers = False
        self._confirmed: list[Event] = []
        self._pending: list[Event] = []
        self._searched = 0
        self._damaged = False
        self._machine = events.meta(opened.connection, "machine") or ""

    def close(self) -> None:
        """Close everything; what is pending is lost."""
        self.current.close()
        if self._file is not None:
            self._file.close()

    def defer(self) -> None:
        """From now on let events be pending that would have to wait for another program."""
        self._defers, self._patience = True, _BRIEFLY
        self.current.execute(f"PRAGMA busy_timeout = {_BRIEFLY * 1000:.0f}")

    @property
    def is_held(self) -> bool:
        """Whether what is written now stays in memory until it can be settled."""
        return self.current is not self._file

    @property
    def pending(self) -> int:
        """How many transactions that can be undone, or undo, are not on disk yet."""
        return len({event.at for event in tuple(self._pending) if event.action in _COUNTED})

    def pending_targets(self) -> frozenset[str]:
        """Return what that is about."""
        pending = tuple(self._pending)
        return frozenset(event.target for event in pending if event.action in _COUNTED)

    def pending_actions(self) -> list[tuple[str, int]]:
        """Return what of it was done how often, by action."""
        actions = Counter(event.action for event in self._pending if event.action in _COUNTED)
        return list(actions.items())

    def suspect(self) -> None:
        """Take the file for damaged: the next `check` begins anew."""
        self._damaged = True

    def begin(self) -> None:
        """Begin to write; in a copy in memory where the file is held and that is wanted.

        Raises:
            sqlite3.Error: if neither can be written.
        """
        try:
            connection.begin(self.current, self._patience)
        except sqlite3.OperationalError as error:
            if not self._defers or not sqlite_errors.is_busy(error) or self.is_held:
                raise
            self.current = recovery.in_memory(self.current)
            last = "SELECT coalesce(max(place), 0) FROM searched"
            self._searched = int(self.current.execute(last).fetchone()[0])
            self.reason = sqlite_errors.HELD
            self.current.execute("BEGIN IMMEDIATE")

    def confirm(self, done: Sequence[Event]) -> None:
        """Take note of events that were written, and look once more where that was.

        Raises:
            RecordError: if they went to a file that is gone, and cannot be pending.
        """
        if self.is_held:
            self._pending += done
        else:
            self._confirmed += done
            self.check(done)

    def check(self, latest: Sequence[Event] | None = None) -> None:
        """Notice that the files are no longer those that were opened; go on with what is there.

        Args:
            latest: what has just been written to them.

        Raises:
            RecordError: if nothing can be written there now, and cannot be pending.
        """
        if self._file is None or not self.keeps:
            return
        if not self._damaged and self._files.are_as_left():
            return
        if not self._damaged and self._files.are_there():
            if not self._files.were_written():
                return
            if latest is not None or (
                self._files.are_of(self._machine) and recovery.is_sound(self.path, self._file)
            ):
                self._files.accept()
                return
            self._damaged = True
        self._recover(self._file, latest or ())

    def settle(self, patience: float = 0.0) -> bool:
        """Write what is pending to the file, in the order in which it was done.

        Args:
            patience: how many seconds another program that is writing is waited for.

        Returns:
            Whether all is on disk; `reason` says why not.
        """
        try:
            self.check()
            if self._file is None:
                self._restore(())
            elif self.is_held:
                self._write_pending(self._file, patience)
        except sqlite3.Error as error:
            self.reason = self._words(error)
        except RecordError as error:
            self.reason = error.message
        return not self.is_held

    def _words(self, error: sqlite3.Error) -> str:
        """Return why nothing can be written; a mistake of the program is raised."""
        failure = sqlite_errors.in_words(error, self.path)
        if failure is None:
            raise error
        return sqlite_errors.HELD if sqlite_errors.is_busy(error) else failure.message

    def _write_pending(self, file: sqlite3.Connection, patience: float) -> None:
        connection.begin(file, patience)
        try:
            done = self._replayed(file)
            recovery.recall(self.current, file, self._searched)
            file.execute("COMMIT")
        except BaseException:
            if file.in_transaction:
                file.execute("ROLLBACK")
            raise
        self._confirmed += done
        self._use(file)

    def _replayed(self, file: sqlite3.Connection) -> list[Event]:
        """Do in the file what is pending, each transaction at a time of its own."""
        done: list[Event] = []
        times: dict[int, int] = {}
        machine = events.meta(file, "machine") or ""
        for at, group in groupby(self._pending, key=lambda event: event.at):
            transaction = Transaction(file, machine, 0)
            for event in group:
                if event.action == "visit-begin":
                    self.renumbered[event.visit] = transaction.number
                transaction.visit = self.renumbered.get(event.visit, event.visit)
                payload = dict(event.payload)
                if "deed" in payload:
                    payload["deed"] = times.get(payload["deed"], payload["deed"])
                transaction.does(event.action, event.target, payload)
            times[at] = transaction.at
            done += transaction.done
        return done

    def _use(self, file: sqlite3.Connection) -> None:
        """Read from and write to a file from now on."""
        if self.is_held:
            self.current.close()
        self.current = self._file = file
        file.execute(f"PRAGMA busy_timeout = {self._patience * 1000:.0f}")
        self._pending.clear()
        self.reason = ""
        self.reset_at = int(file.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0])
        self._machine = events.meta(file, "machine") or ""
        self._files.accept()

    def _recover(self, file: sqlite3.Connection, latest: Sequence[Event]) -> None:
        with connection.alone(self.path.parent):
            if not self._damaged and self._files.are_there():
                return  # another session had them under other names for a moment
            copy = recovery.saved(file, self._confirmed, self._machine, damaged=self._damaged)
            self._files.detach(file)
        if self._damaged:
            sqlite_errors.suspect(self.path)
        self.reason = _DAMAGED if self._damaged else _REPLACED
        self._damaged, self._file = False, None
        if self.current is file:
            self.current = copy
        else:  # there is what is pending as well
            copy.close()
        self._restore(latest)

    def _restore(self, latest: Sequence[Event]) -> None:
        """Open what stands at the path now, and write there what is in memory."""
        opened = connection.open_database(self.path, self._patience)
        try:
            if opened.keeps:
                self._unite(opened.connection)
        except sqlite3.Error as error:
            opened.notices.append(f"Marks are not being kept: {self._words(error)}")
            opened.keeps = False
        if not opened.keeps:
            opened.connection.close()
            self._lose(opened.notices[-1], latest)
            return
        self.news += [*opened.notices, self.reason if self.reason in _TOLD else _AGAIN]
        self._files.clear()
        self._confirmed += self._pending
        self._files = recovery.Files(self.path, opened.connection)
        self.openings += 1
        self.keeps = True
        self._use(opened.connection)

    def _unite(self, file: sqlite3.Connection) -> None:
        connection.begin(file, self._patience)
        try:
            recovery.unite(self.current, file)
            file.execute("COMMIT")
        except BaseException:
            if file.in_transaction:
                file.execute("ROLLBACK")
            raise

    def _lose(self, why: str, latest: Sequence[Event]) -> None:
        """Go on in memory as long as the record cannot be written at its path."""
        if self.reason in _TOLD:
            self.news.append(why)
        self.reason = _LOST
        self._pending += latest
        self._confirmed = [event for event in self._confirmed if event not in latest]
        if not self._defers:
            self.keeps = False
            message = f"not kept: {_LOST} and cannot be written again"
            raise RecordError(message, where=str(self.path), advice="Make room, then start again")
