"""What the log comes to: state tables beside it, a cache of its fold.

Whatever changes state does it by folding an event, the same way when it happens
and when everything is folded again; the last event per target and aspect wins,
as if the steps that were undone had never been (see `steps`). Actions this
version does not know change nothing and stay in the log. Raise `VERSION`
whenever a table or a fold changes: the tables are then made anew.

`read_mark.live` and the counters made from it by triggers are not a fold: they
also depend on what the library holds, and are brought up to date by `recount`.
A passage counts as living from its mark until a recount says otherwise.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from probation_reader.personal import bookmarks, events, saved, searched, steps, visits

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from probation_reader.personal.events import Event

VERSION = "3"

_TABLES = ("read_mark", "read_count", "bookmark", "position", "saved_search", "step", "visit")

_SCHEMA = (
    """CREATE TABLE read_mark (
        post TEXT NOT NULL,
        passage TEXT NOT NULL,
        live INTEGER NOT NULL DEFAULT 1,
        PRIMARY KEY (post, passage)
    ) WITHOUT ROWID""",
    "CREATE TABLE read_count (post TEXT PRIMARY KEY, read INTEGER NOT NULL) WITHOUT ROWID",
    # A post's row is replaced at the end: the highest `place` is where the reader was last.
    """CREATE TABLE position (
        place INTEGER PRIMARY KEY,
        post TEXT NOT NULL UNIQUE,
        passage TEXT NOT NULL,
        line INTEGER NOT NULL
    )""",
    *saved.SCHEMA,
    *steps.SCHEMA,
    *visits.SCHEMA,
)

#: Keep the counters true; made after a fold, which counts once at its end.
_TRIGGERS = (
    """CREATE TRIGGER mark_made AFTER INSERT ON read_mark BEGIN
        INSERT INTO read_count VALUES (NEW.post, NEW.live)
            ON CONFLICT (post) DO UPDATE SET read = read + NEW.live;
    END""",
    """CREATE TRIGGER mark_taken AFTER DELETE ON read_mark BEGIN
        UPDATE read_count SET read = read - OLD.live WHERE post = OLD.post;
    END""",
    """CREATE TRIGGER mark_moved AFTER UPDATE OF live ON read_mark BEGIN
        UPDATE read_count SET read = read + NEW.live - OLD.live WHERE post = NEW.post;
    END""",
)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a thread was left.

    Args:
        passage: the id of the passage the cursor was on.
        line: the line at the top of the pane, counted from the head of that passage;
            below 0 where it is above the head.
    """

    passage: str
    line: int


def _read(connection: sqlite3.Connection, event: Event) -> bool:
    post, _, passage = event.target.partition(".")
    made = connection.execute(
        "INSERT INTO read_mark (post, passage) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (post, passage),
    )
    return made.rowcount > 0


def _unread(connection: sqlite3.Connection, event: Event) -> bool:
    post, _, passage = event.target.partition(".")
    taken = connection.execute(
        "DELETE FROM read_mark WHERE post = ? AND passage = ?", (post, passage)
    )
    return taken.rowcount > 0


def _position(connection: sqlite3.Connection, event: Event) -> bool:
    here = (event.target, event.payload["passage"], event.payload["line"])
    last = connection.execute(
        "SELECT post, passage, line FROM position ORDER BY place DESC LIMIT 1"
    ).fetchone()
    if last == here:
        return False
    connection.execute(
        "INSERT OR REPLACE INTO position (post, passage, line) VALUES (?, ?, ?)", here
    )
    return True


#: What each action does to the state tables, and whether it changed anything.
ACTIONS: Mapping[str, Callable[[sqlite3.Connection, Event], bool]] = {
    "read": _read,
    "unread": _unread,
    "bookmark": bookmarks.keep,
    "unbookmark": bookmarks.drop,
    "note": bookmarks.annotate,
    "tag": bookmarks.annotate,
    "position": _position,
    "save-search": saved.keep,
    "drop-search": saved.drop,
    "visit-begin": visits.begin,
    "visit-end": visits.end,
}

_OF_STEP = (
    "WHERE target IN (SELECT target FROM event WHERE machine = ? AND at = ?)"  # noqa: S608 - constants
    f" AND action IN {steps.ACTIONS} AND {steps.COUNTS}"
)


def apply(connection: sqlite3.Connection, event: Event) -> bool:
    """Fold one event that has just happened and return whether it changed anything."""
    if event.action in steps.TURNS:
        deed = event.payload["deed"]
        turned = steps.turn(connection, event.action, event.machine, deed)
        if turned:
            _fold_again(connection, event.machine, deed)
        return turned
    changed = ACTIONS[event.action](connection, event)
    if changed and event.action in steps.ACTIONS:
        steps.begin(connection, event.machine, event.at, event.payload)
    return changed


def _fold_again(connection: sqlite3.Connection, machine: str, deed: int) -> None:
    """Fold again what counts of all that was ever done to the targets of a step."""
    counting = list(events.chosen(connection, _OF_STEP, (machine, deed)))
    targets = connection.execute(
        "SELECT DISTINCT target FROM event WHERE machine = ? AND at = ?", (machine, deed)
    )
    touched = targets.fetchall()
    marks = [target.partition(".")[::2] for (target,) in touched]
    connection.executemany("DELETE FROM bookmark WHERE id = ?", touched)
    connection.executemany("DELETE FROM saved_search WHERE target = ?", touched)
    connection.executemany("DELETE FROM read_mark WHERE post = ? AND passage = ?", marks)
    for event in counting:
        ACTIONS[event.action](connection, event)


def fold(connection: sqlite3.Connection, log: sqlite3.Connection) -> None:
    """Make the state tables anew from a log; the counters await a recount.

    Args:
        connection: where the tables are, inside a transaction.
        log: where the log is; the same connection or another one.
    """
    for table in _TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in (*_SCHEMA, *bookmarks.SCHEMA.split(";"), searched.SCHEMA):
        connection.execute(statement)
    undone = steps.fold(connection, log)
    for event in events.in_order(log):
        if event.action in steps.ACTIONS and (event.machine, event.at) in undone:
            continue
        if folded := ACTIONS.get(event.action):
            folded(connection, event)
    connection.execute("INSERT INTO read_count SELECT post, count(*) FROM read_mark GROUP BY post")
    for statement in _TRIGGERS:
        connection.execute(statement)
    connection.execute("DELETE FROM meta WHERE key = 'counted'")
    events.set_meta(connection, "state", VERSION)


def contents(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return everything in the state tables that is a fold of the log."""
    queries = {
        "reading marks": "SELECT post, passage FROM read_mark ORDER BY post, passage",
        "bookmarks": "SELECT id, post, at, details FROM bookmark ORDER BY id",
        "saved searches": "SELECT target, words FROM saved_search ORDER BY target",
        "positions": "SELECT post, passage, line FROM position ORDER BY place",
        "steps": "SELECT machine, at, status FROM step ORDER BY machine, at",
        "visits": "SELECT machine, number, ended FROM visit ORDER BY machine, number",
    }
    return {name: connection.execute(query).fetchall() for name, query in queries.items()}


def differences(connection: sqlite3.Connection) -> list[str]:
    """Fold the log anew, in memory, and name what differs in the state tables."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as afresh:
        events.create(afresh)
        afresh.execute("BEGIN")
        fold(afresh, connection)
        expected = contents(afresh)
    kept = contents(connection)
    return [name for name, rows in expected.items() if kept[name] != rows]


def recount(connection: sqlite3.Connection, post: str, live: Collection[str]) -> None:
    """Say which passages of a post exist, so that only those are counted as read.

    Args:
        connection: inside a transaction.
        post: the post's id.
        live: the ids of its passages in the library, none if it is gone.
    """
    marks = connection.execute("SELECT passage, live FROM read_mark WHERE post = ?", (post,))
    moved = [
        (exists, post, passage)
        for passage, counted in marks.fetchall()
        if (exists := int(f"{post}.{passage}" in live)) != counted
    ]
    connection.executemany("UPDATE read_mark SET live = ? WHERE post = ? AND passage = ?", moved)
