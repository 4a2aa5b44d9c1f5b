"""The state tables beside the log, a cache of its fold, and what each action does to them.

The last event per target and aspect wins, as if the entries that were undone had
never been (see `undo_table`). `apply` folds one event when it happens. What comes in
between older ones, or makes them count again, is folded by `refold`: everything
that was ever done to the targets concerned. Both come to what `fold` makes of the
whole log. Actions this version does not know, and events that are not of their
shape, change nothing and stay in the log. Raise `VERSION` whenever a table or a
fold changes: the tables are then made anew.

`read_mark.live` and the counters made from it by triggers are not a fold: they
also depend on what the library holds, and are brought up to date by `recount`.
A passage counts as living from its mark until a recount says otherwise. Nor are what
a library holds of what is muted, and the latest searches.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from probation_reader.record import (
    bookmarks,
    event_schema,
    events,
    mute_table,
    search_table,
    undo_table,
    visits,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from probation_reader.record.events import Event


NAMES = (
    *("read_mark", "read_count", "bookmark", "position", "saved_search", "step", "visit"),
    *mute_table.NAMES,
)

SCHEMA = (
    """CREATE TABLE read_mark (
        post TEXT NOT NULL,
        passage TEXT NOT NULL,
        live INTEGER NOT NULL DEFAULT 1,
        PRIMARY KEY (post, passage)
    ) WITHOUT ROWID""",
    "CREATE TABLE read_count (post TEXT PRIMARY KEY, read INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TABLE position (
        post TEXT PRIMARY KEY,
        passage TEXT NOT NULL,
        line INTEGER NOT NULL,
        view TEXT NOT NULL,
        at INTEGER NOT NULL,
        machine TEXT NOT NULL,
        number INTEGER NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX position_order ON position (at, machine, number)",
    *bookmarks.SCHEMA,
    *mute_table.SCHEMA,
    *search_table.SCHEMA,
    search_table.LATEST_SCHEMA,
    *undo_table.SCHEMA,
    *visits.SCHEMA,
)

#: Keep the counters true; made after a fold, which counts once at its end.
TRIGGERS = (
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
    """Fold ``position``: how the thread is shown stays as it was where nothing is said of it."""
    passage, line, view = (event.payload.get(name) for name in ("passage", "line", "view"))
    kept = json.dumps(view or {}, separators=(",", ":"), sort_keys=True)
    here = (event.target, passage, line, kept)
    connection.execute(
        """INSERT INTO position VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (post) DO UPDATE SET passage = ?2, line = ?3, at = ?5, machine = ?6,
        number = ?7, view = CASE WHEN ?8 THEN ?4 ELSE view END""",
        (*here, event.at, event.machine, event.number, view is not None),
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
    "mute": mute_table.keep,
    "unmute": mute_table.drop,
    "save-search": search_table.keep,
    "drop-search": search_table.drop,
    "visit-begin": visits.begin,
    "visit-end": visits.end,
}

#: Where the rows of the tables that an event of a target is folded into are found.
BY_TARGET = {"bookmark": "id", "position": "post", "saved_search": "target", "mute": "target"}

MARKS, VISITS = ("read", "unread"), ("visit-begin", "visit-end")

VERSION = "9"

_BEGUN = "SELECT machine, min(at), sum(action IN ('undo', 'redo')) FROM "

_TOUCHED = "CREATE TEMP TABLE IF NOT EXISTS touched (target TEXT PRIMARY KEY, read) WITHOUT ROWID"

_TOUCH = "INSERT OR IGNORE INTO touched (target) SELECT target FROM "

_OF_TOUCHED = f"""
    SELECT {events.COLUMNS} FROM touched CROSS JOIN event USING (target)
    WHERE action NOT IN {MARKS + VISITS}
    AND (action NOT IN {undo_table.ACTIONS} OR {undo_table.COUNTS})
    ORDER BY at, machine, number"""  # noqa: S608 - constants

_REFOLD_MARKS = (
    f"""UPDATE touched SET read = (
        SELECT action = 'read' FROM event
        WHERE event.target = touched.target AND action IN {MARKS} AND {undo_table.COUNTS}
        ORDER BY at DESC, machine DESC, number DESC LIMIT 1)""",  # noqa: S608 - constants
    """CREATE TEMP VIEW IF NOT EXISTS touched_mark AS
        SELECT read, substr(target, 1, instr(target, '.') - 1) AS post,
        substr(target, instr(target, '.') + 1) AS passage
        FROM touched WHERE instr(target, '.')""",
    # What stays read keeps its row, and with it whether the passage exists.
    """DELETE FROM read_mark WHERE (post, passage) IN
        (SELECT post, passage FROM touched_mark WHERE read IS NOT 1)""",
    """INSERT OR IGNORE INTO read_mark (post, passage)
        SELECT post, passage FROM touched_mark WHERE read = 1""",
)

#: The questions whose answers are a fold of the log.
_CONTENTS = {
    "reading marks": "SELECT post, passage FROM read_mark ORDER BY post, passage",
    "bookmarks": "SELECT id, post, at, details FROM bookmark ORDER BY id",
    "saved searches": "SELECT target, words FROM saved_search ORDER BY target",
    "mutes": "SELECT target, until, at FROM mute ORDER BY target",
    "positions": "SELECT post, passage, line, view FROM position ORDER BY at, machine, number",
    "steps": "SELECT machine, at, status FROM step ORDER BY machine, at",
    "visits": "SELECT machine, number, ended FROM visit ORDER BY machine, number",
}


def apply(connection: sqlite3.Connection, event: Event) -> bool:
    """Fold one event that has just happened and return whether it changed anything."""
    if event.action in undo_table.TURNS:
        deed = event.payload["deed"]
        turned = undo_table.turn(connection, event.action, event.machine, deed)
        if turned:
            refold(connection, [(event.machine, deed)])
        return turned
    changed = ACTIONS[event.action](connection, event)
    if changed and event.action in undo_table.ACTIONS:
        undo_table.begin(connection, event.machine, event.at, event.payload)
    return changed


def refold(
    connection: sqlite3.Connection, deeds: Iterable[tuple[str, int]], came: str | None = None
) -> None:
    """Fold again what counts of all that was ever done to some targets.

    Args:
        connection: where log and tables are, inside a transaction.
        deeds: machine and time of the deeds whose targets are meant.
        came: a table whose events' targets are meant as well.
    """
    connection.execute(_TOUCHED)
    connection.execute("DELETE FROM touched")
    connection.executemany(_TOUCH + "event WHERE machine = ? AND at = ?", deeds)
    if came is not None:
        connection.execute(_TOUCH + came)
    connection.execute("DELETE FROM touched WHERE target = ''")  # visits and turns have none
    for statement in _REFOLD_MARKS:
        connection.execute(statement)
    for table, column in BY_TARGET.items():
        connection.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT target FROM touched)")  # noqa: S608 - ours
    for event in map(events.unrowed, connection.execute(_OF_TOUCHED).fetchall()):
        _fold_one(connection, event)


def _fold_one(connection: sqlite3.Connection, event: Event) -> None:
    known = ACTIONS.get(event.action)
    if known and not event_schema.validate(event.action, event.target, event.payload):
        known(connection, event)


def take(connection: sqlite3.Connection, came: str) -> None:
    """Fold events that have come into the log from elsewhere; the counters await a recount.

    Args:
        connection: where log and tables are, inside a transaction.
        came: the table in which only they stand; it has the columns of the log.
    """
    begun = connection.execute(_BEGUN + came + " GROUP BY machine").fetchall()
    # What comes after all that is known of a machine changes nothing of that.
    since = {
        machine: at if undo_table.is_settled(connection, machine, at, turns) else 0
        for machine, at, turns in begun
    }
    undo_table.add(connection, came)
    turned: list[tuple[str, int]] = []
    for machine, at in since.items():
        turned += [(machine, deed) for deed in undo_table.settle(connection, machine, at)]
    visited = f"SELECT {events.COLUMNS} FROM {came} WHERE action IN {VISITS}"  # noqa: S608 - ours
    for event in map(events.unrowed, connection.execute(visited).fetchall()):
        _fold_one(connection, event)
    refold(connection, turned, came)
    forget_counts(connection)


def forget_counts(connection: sqlite3.Connection) -> None:
    """Have the counters made anew: marks came in of which nobody knows whether they count."""
    connection.execute("DELETE FROM meta WHERE key IN ('counted', 'muted_counts')")


def fold(connection: sqlite3.Connection) -> None:
    """Make the state tables anew from the log; the counters await a recount.

    Args:
        connection: where log and tables are, inside a transaction.
    """
    found = dict(connection.execute("SELECT name, type FROM sqlite_master").fetchall())
    for name in NAMES:
        if name in found:  # others may have put a view in the place of a table
            connection.execute(f"DROP {found[name]} {name}")
    for statement in SCHEMA:
        connection.execute(statement)
    take(connection, "event")
    connection.execute("INSERT INTO read_count SELECT post, count(*) FROM read_mark GROUP BY post")
    for statement in TRIGGERS:
        connection.execute(statement)
    events.set_meta(connection, "state", VERSION)


def contents(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return everything in the state tables that is a fold of the log."""
    return {name: connection.execute(query).fetchall() for name, query in _CONTENTS.items()}


def is_whole(connection: sqlite3.Connection) -> bool:
    """Return whether the state tables are there and can be read, whatever they hold."""
    try:
        for query in (*_CONTENTS.values(), "SELECT post, read FROM read_count"):
            connection.execute(f"{query} LIMIT 0")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        return False
    return True


def differences(connection: sqlite3.Connection) -> list[str]:
    """Fold the log anew, in memory, and name what differs in the state tables."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as afresh:
        events.create(afresh)
        afresh.execute("BEGIN")
        events.copy(connection, afresh)
        fold(afresh)
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
