"""Two records made one: what is written out for another machine, and taken in from it.

Merging is the union of events. Nothing of a source is taken before all of it has
been read; then it goes into the log in portions, each folded in the transaction
that brings it, so that another session waits only shortly to mark something. Cut
short in between, what is there is sound, and merging again brings the rest.

A record that meets events of its own id that it never wrote is one of two copies
(a copied home, a backup brought back): from then on it has an id of its own. So
what was done in the other copy is never undone here; nor is what was done here before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from probation_reader.record import bookmarks, events, projections, repair, undo_table, visits
from probation_reader.record.events import Event
from probation_reader.record.searches import Searches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from probation_reader.record.bookmarks import Bookmark

#: How many events are written out, or taken in, at a time: well under a second's work.
_PORTION = 4_000
#: Kilobytes of the database that stay in memory while others are taken in, and else:
#: with the usual few, every other page would be written and read again.
_ROOMY, _USUAL = 64_000, 2_000

_EMPTY = """CREATE TEMP TABLE {} (
    machine TEXT, number INTEGER, at INTEGER, visit INTEGER, action TEXT, target TEXT,
    payload TEXT, PRIMARY KEY (at, machine, number)) WITHOUT ROWID"""
_GATHER = "INSERT INTO incoming VALUES (?, ?, ?, ?, ?, ?, ?)" + events.TAKE  # noqa: S608 - constants
_DROP_KNOWN = """DELETE FROM incoming WHERE EXISTS (
    SELECT 1 FROM event WHERE event.at = incoming.at AND event.machine = incoming.machine
    AND event.number = incoming.number
    AND (event.visit, event.action, event.target, event.payload)
    >= (incoming.visit, incoming.action, incoming.target, incoming.payload))"""
_NEXT = f"""INSERT INTO came SELECT {events.COLUMNS} FROM incoming
    WHERE (at, machine, number) > (?, ?, ?) ORDER BY at, machine, number LIMIT {_PORTION}"""  # noqa: S608 - constants
_CLASHES = "SELECT EXISTS (SELECT 1 FROM came JOIN event USING (at, machine, number))"
_TAKE = f"""INSERT INTO event ({events.COLUMNS}) SELECT {events.COLUMNS} FROM came
    WHERE true ORDER BY at, machine, number"""  # noqa: S608 - constants
_LAST = """SELECT at, machine, number FROM came
    ORDER BY at DESC, machine DESC, number DESC LIMIT 1"""
_PAGE = f"""SELECT {events.COLUMNS} FROM event WHERE seq <= ? AND (at, machine, number) > (?, ?, ?)
    ORDER BY at, machine, number LIMIT {_PORTION}"""  # noqa: S608 - constants
_BEFORE_ALL = (-1, "", 0)


class MergeResult(NamedTuple):  # quicker to make than a dataclass, and every start makes it
    """What became of a source.

    Args:
        events: how many events it held, each counted once.
        new: how many of them were not known yet.
        renewed: whether this record has turned out to be a copy and got a new id.
    """

    events: int
    new: int
    renewed: bool


class LogEntry(NamedTuple):  # as above
    """What was done in one go, on any machine.

    Args:
        at: when, in milliseconds since 1970 UTC.
        machine: the id of the record it was written to first.
        ours: whether that is this one.
        events: what it was, in order; at least one.
        undone: whether it was taken back and does not count.
    """

    at: int
    machine: str
    ours: bool
    events: tuple[Event, ...]
    undone: bool


class Merge(Searches):
    """An open record that can be written out and take others in. Made by `open`."""

    def exported(self, since: datetime | None = None) -> Iterator[str]:
        """Yield the lines of a file that `merge` understands, without their ends.

        Args:
            since: only what was done at this moment or later; all without it.

        Raises:
            RecordError: if the record cannot be read.
        """
        from probation_reader.record import exchange  # noqa: PLC0415 - seldom needed

        # What lies past the horizon is read only without a gap.
        first = min(round(since.timestamp() * 1000), events.HORIZON) if since else -1
        newest = self.revision()
        count = "SELECT count(*) FROM event WHERE seq <= ? AND at >= ?"
        yield exchange.head(self._rows(count, newest, first)[0][0])
        last: tuple[int, str, int] = (first, "", 0)
        while page := self._rows(_PAGE, newest, *last):
            for event in map(events.unrowed, page):
                yield exchange.line(event)
            last = (event.at, event.machine, event.number)

    def revision(self) -> int:
        """Return a number that grows with everything that is written down, by any process."""
        return int(self._rows("SELECT coalesce(max(seq), 0) FROM event")[0][0])

    def merge(
        self, source: Iterable[Event], advance: Callable[[int, int], None] | None = None
    ) -> MergeResult:
        """Take in the events of another record, as `exchange.read` gives them.

        Args:
            source: the events, in any order; what it raises ends the merging
                before anything was taken.
            advance: is told how many of the new events are taken, and of how many.

        Raises:
            RecordError: if they cannot be kept.
        """
        self._refuse_unkept()
        with self._errors():
            self._connection.execute(f"PRAGMA cache_size = -{_ROOMY}")
            for table in ("incoming", "came"):
                self._connection.execute(_EMPTY.format(table))
            try:
                self._gather(source)
                return self._take_all(advance or (lambda _done, _total: None))
            finally:
                for table in ("incoming", "came"):
                    self._connection.execute(f"DROP TABLE temp.{table}")
                self._connection.execute(f"PRAGMA cache_size = -{_USUAL}")

    def _gather(self, source: Iterable[Event]) -> None:
        """Write down beside the record what a source holds: the record itself is free."""
        self._connection.execute("BEGIN")
        try:
            self._connection.executemany(_GATHER, map(events.row, source))
        finally:
            if self._connection.in_transaction:
                self._connection.execute("COMMIT")

    def _take_all(self, advance: Callable[[int, int], None]) -> MergeResult:
        held = self._rows("SELECT count(*) FROM incoming")[0][0]
        new = held - self._connection.execute(_DROP_KNOWN).rowcount
        done, renewed = 0, False
        last: tuple[int, str, int] = _BEFORE_ALL
        while done < new:
            with self._transaction():
                self._connection.execute("DELETE FROM came")
                done += self._connection.execute(_NEXT, last).rowcount
                renewed |= self._take()
            last = self._rows(_LAST)[0]
            advance(done, new)
        return MergeResult(held, new, renewed)

    def _take(self) -> bool:
        """Bring what came into log and state; return whether that called for a new id."""
        clashes = self._connection.execute(_CLASHES).fetchone()[0]
        self._connection.execute(_TAKE + events.TAKE)
        if clashes:  # what an event said before may be in the state
            projections.fold(self._connection)
        else:
            projections.take(self._connection, "came")
        repair.note(self._connection)
        ours = "SELECT EXISTS (SELECT 1 FROM came WHERE machine = ?)"
        if not self._connection.execute(ours, (self._machine,)).fetchone()[0]:
            return False
        self._renew()
        return True

    def _renew(self) -> None:
        """Go on under an id of its own, at which the last visit ended when it did."""
        ended = visits.last_end(self._connection, self._machine)
        machine = events.begin_machine(self._connection)
        if ended is not None:
            at = events.next_time(self._connection)
            said = Event(machine, 1, at, 0, "visit-end", "", {"ended": ended})
            projections.apply(self._connection, said)
            events.append(self._connection, said)

    def restore(self, kept: Iterable[Bookmark]) -> tuple[int, int]:
        """Take in bookmarks that were listed elsewhere, all in one deed.

        One that is there already keeps its words and its note, and gets the tags it
        lacks, and the note if it has none.

        Args:
            kept: the bookmarks; those that are new keep the time at which they were kept.

        Returns:
            How many are new, and how many of those there already changed.

        Raises:
            RecordError: if they cannot be kept; then none is.
        """
        new = changed = 0
        with self._deed() as deed:
            for each in kept:
                known = bookmarks.find(self._connection, each.id)
                if known is None:
                    new += deed.does("bookmark", each.id, bookmarks.payload(each))
                    continue
                noted = known.note is None and each.note is not None
                if noted:
                    deed.does("note", each.id, {"note": each.note})
                tags = list(dict.fromkeys(known.tags + each.tags))
                changed += deed.does("tag", each.id, {"tags": tags}) or noted
        return new, changed

    def deeds(self, most: int) -> list[LogEntry]:
        """Return what was done last, on all machines, the newest first.

        Args:
            most: how many of them.
        """
        rows = self._rows(
            "SELECT DISTINCT at, machine FROM event ORDER BY at DESC, machine DESC LIMIT ?", most
        )
        return [self._done(at, machine) for at, machine in rows]

    def _done(self, at: int, machine: str) -> LogEntry:
        with self._errors():
            of_it = events.chosen(self._connection, "WHERE at = ? AND machine = ?", (at, machine))
            undone = undo_table.is_undone(self._connection, machine, at)
            return LogEntry(at, machine, machine == self._machine, tuple(of_it), undone)
