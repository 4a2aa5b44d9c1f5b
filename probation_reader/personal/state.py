"""What the log comes to: state tables beside it, a cache of its fold.

The last event per target and aspect wins, as if the steps that were undone had
never been (see `steps`). `apply` folds one event when it happens. What comes in
between older ones, or makes them count again, is folded by `refold`: everything
that was ever done to the targets concerned. Both come to what `fold` makes of the
whole log. Actions this version does not know, and events that are not of their
shape, change nothing and stay in the log. Raise `VERSION` whenever a table or a
fold changes: the tables are then made anew.

`read_mark.live` and the counters made from it by triggers are not a fold: they
also depend on what the library holds, and are brought up to date by `recount`.
A passage counts as living from its mark until a recount says otherwise.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from probation_reader.personal import events, shapes, steps, tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from probation_reader.personal.events import Event

VERSION = "9"

_BEGUN = "SELECT machine, min(at), sum(action IN ('undo', 'redo')) FROM "
_TOUCHED = "CREATE TEMP TABLE IF NOT EXISTS touched (target TEXT PRIMARY KEY, read) WITHOUT ROWID"
_TOUCH = "INSERT OR IGNORE INTO touched (target) SELECT target FROM "
_OF_TOUCHED = f"""
    SELECT {events.COLUMNS} FROM touched CROSS JOIN event USING (target)
    WHERE action NOT IN {tables.MARKS + tables.VISITS}
    AND (action NOT IN {steps.ACTIONS} OR {steps.COUNTS})
    ORDER BY at, machine, number"""  # noqa: S608 - constants
_REFOLD_MARKS = (
    f"""UPDATE touched SET read = (
        SELECT action = 'read' FROM event
        WHERE event.target = touched.target AND action IN {tables.MARKS} AND {steps.COUNTS}
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
    if event.action in steps.TURNS:
        deed = event.payload["deed"]
        turned = steps.turn(connection, event.action, event.machine, deed)
        if turned:
            refold(connection, [(event.machine, deed)])
        return turned
    changed = tables.ACTIONS[event.action](connection, event)
    if changed and event.action in steps.ACTIONS:
        steps.begin(connection, event.machine, event.at, event.payload)
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
    for table, column in tables.BY_TARGET.items():
        connection.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT target FROM touched)")  # noqa: S608 - ours
    for event in map(events.unrowed, connection.execute(_OF_TOUCHED).fetchall()):
        _fold_one(connection, event)


def _fold_one(connection: sqlite3.Connection, event: Event) -> None:
    known = tables.ACTIONS.get(event.action)
    if known and not shapes.fault(event.action, event.target, event.payload):
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
        machine: at if steps.is_settled(connection, machine, at, turns) else 0
        for machine, at, turns in begun
    }
    steps.add(connection, came)
    turned: list[tuple[str, int]] = []
    for machine, at in since.items():
        turned += [(machine, deed) for deed in steps.settle(connection, machine, at)]
    visited = f"SELECT {events.COLUMNS} FROM {came} WHERE action IN {tables.VISITS}"  # noqa: S608 - ours
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
    for name in tables.NAMES:
        if name in found:  # others may have put a view in the place of a table
            connection.execute(f"DROP {found[name]} {name}")
    for statement in tables.SCHEMA:
        connection.execute(statement)
    take(connection, "event")
    connection.execute("INSERT INTO read_count SELECT post, count(*) FROM read_mark GROUP BY post")
    for statement in tables.TRIGGERS:
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
