"""Steps: which deeds can be undone, which were, which may be done again.

A step is one deed of one machine that marked, kept or saved something. An ``undo`` or
``redo`` event names it by the deed's time (payload ``deed``) and is of the same
machine. What an undone step's events say does not count until it is redone. A
new deed after undos gives up what could have been redone, for good; but not
what counts as read in passing: the reader only went on reading.

Which events count must be known before any other state is folded: `add` and
`settle` take events as a log holds them, in whatever order they came into it;
`begin` and `turn` take one event as it happens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from probation_reader.record import event_schema, events, mute_table, search_table

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

Turn = Literal["undo", "redo"]

#: The actions whose deeds are steps: what a reader does on purpose or by reading on.
ACTIONS = (
    *("read", "unread", "bookmark", "unbookmark", "note", "tag"),
    *mute_table.ACTIONS,
    *search_table.ACTIONS,
)

#: Of each turn: the status a step must have and the one it gets. 0 is done, 1 is
#: undone, 2 is undone and given up.
TURNS: dict[str, tuple[int, int]] = {"undo": (0, 1), "redo": (1, 0)}

SCHEMA = (
    """CREATE TABLE step (
        machine TEXT NOT NULL,
        at INTEGER NOT NULL,
        status INTEGER NOT NULL,
        passing INTEGER NOT NULL,
        PRIMARY KEY (machine, at)
    ) WITHOUT ROWID""",
    # What can be redone is never much: these find it without a look at all the others,
    # if SQLite is told; of itself it takes the primary key.
    "CREATE INDEX step_undone ON step (machine, at) WHERE status = 1",
    "CREATE INDEX step_turned ON step (machine, at) WHERE status != 0",
    "CREATE INDEX step_deliberate ON step (machine, at) WHERE NOT passing",
)

_NEXT: dict[Turn, str] = {
    "undo": "SELECT at FROM step WHERE machine = ? AND status = 0 ORDER BY at DESC LIMIT 1",
    "redo": "SELECT at FROM step INDEXED BY step_undone WHERE machine = ? AND status = 1"
    " ORDER BY at LIMIT 1",
}
_ADD = f"""
    INSERT INTO step SELECT machine, at, 0, min(instr(payload, '"passing":true') > 0)
    FROM {{events}} WHERE action IN {ACTIONS} GROUP BY machine, at
    ON CONFLICT DO UPDATE SET passing = min(passing, excluded.passing)"""  # noqa: S608 - constants
_TURNS = (
    "SELECT at, action, payload FROM event WHERE machine = ? AND at >= ?"
    " AND action IN ('undo', 'redo') ORDER BY at, number"
)
_STATUS = "SELECT status FROM step WHERE machine = ? AND at = ?"
_TURNED_LAST = (
    "SELECT payload FROM event WHERE machine = ? AND at > ?"
    " AND action IN ('undo', 'redo') AND action = ? ORDER BY at DESC, number DESC"
)
_DELIBERATE = (
    "SELECT 1 FROM step INDEXED BY step_deliberate"
    " WHERE machine = ? AND at > ? AND at <= ? AND NOT passing LIMIT 1"
)

#: For a `WHERE` over `event`: what an action that makes steps says counts.
COUNTS = (
    "NOT EXISTS (SELECT 1 FROM step WHERE step.machine = event.machine AND step.at = event.at"
    " AND status != 0)"
)


def begin(
    connection: sqlite3.Connection, machine: str, at: int, payload: Mapping[str, object]
) -> None:
    """Take note of an event of a deed that is a step, the first or a further one.

    Args:
        connection: where the tables are, inside a transaction.
        machine: whose deed it is.
        at: the time of the deed.
        payload: of the event; ``passing`` says that reading on made it.
    """
    passing = payload.get("passing") is True
    begun = connection.execute(
        "INSERT OR IGNORE INTO step VALUES (?, ?, 0, ?)", (machine, at, passing)
    )
    if begun.rowcount and not passing:
        connection.execute(
            "UPDATE step INDEXED BY step_undone SET status = 2 WHERE machine = ? AND status = 1",
            (machine,),
        )


def turn(connection: sqlite3.Connection, action: str, machine: str, deed: int) -> bool:
    """Undo or redo a step and return whether that changed it.

    Args:
        connection: where the tables are, inside a transaction.
        action: a key of `TURNS`.
        machine: whose step it is.
        deed: the time of the deed.
    """
    needed, given = TURNS[action]
    turned = connection.execute(
        "UPDATE step SET status = ? WHERE machine = ? AND at = ? AND status = ?",
        (given, machine, deed, needed),
    )
    return turned.rowcount > 0


def following(connection: sqlite3.Connection, machine: str, action: Turn) -> int | None:
    """Return the time of the deed that a machine's next undo or redo is about.

    What was turned last is turned back first, though it may have been done before
    what was read meanwhile.
    """
    row = connection.execute(_NEXT[action], (machine,)).fetchone()
    if row is None:
        return None
    opposite, since = ("redo", row[0]) if action == "undo" else ("undo", 0)
    for (payload,) in connection.execute(_TURNED_LAST, (machine, since, opposite)):
        deed = events.unpacked(payload).get("deed")
        status = connection.execute(_STATUS, (machine, deed)).fetchone()
        if isinstance(deed, int) and status == TURNS[action][:1]:
            return deed
    return int(row[0])


def is_undone(connection: sqlite3.Connection, machine: str, at: int) -> bool:
    """Return whether a deed is a step that does not count."""
    query = "SELECT 1 FROM step WHERE machine = ? AND at = ? AND status != 0"
    return connection.execute(query, (machine, at)).fetchone() is not None


def add(connection: sqlite3.Connection, events_: str) -> None:
    """Take note of the steps that some events make, as done.

    Args:
        connection: where the tables are, inside a transaction.
        events_: the table they stand in.
    """
    connection.execute(_ADD.format(events=events_))


def is_settled(connection: sqlite3.Connection, machine: str, at: int, turns: int) -> bool:
    """Return whether nothing in the log turns what a machine does from a time on.

    Args:
        connection: where log and tables are.
        machine: whose deeds are meant.
        at: the time; of what is in the log from then on no step has been added.
        turns: how many undos and redos of that are new, and so do not count here.
    """
    later = connection.execute("SELECT 1 FROM step WHERE machine = ? AND at >= ?", (machine, at))
    if later.fetchone():
        return False
    return len(connection.execute(_TURNS, (machine, at)).fetchall()) == turns


def settle(connection: sqlite3.Connection, machine: str, since: int = 0) -> list[int]:
    """Turn the steps of a machine as its undos and redos in the log say.

    Args:
        connection: where log and tables are, inside a transaction.
        machine: whose steps.
        since: up to this time the steps are turned as the log says.

    Returns:
        The times of the deeds for which that changes something.
    """
    rows = connection.execute(
        "SELECT at, status FROM step INDEXED BY step_turned WHERE machine = ? AND status != 0",
        (machine,),
    )
    before = dict(rows.fetchall())
    now = dict(before) if since else {}
    _turn_all(connection, machine, since, now)
    changed = [at for at in before.keys() | now.keys() if before.get(at, 0) != now.get(at, 0)]
    connection.executemany(
        "UPDATE step SET status = ? WHERE machine = ? AND at = ?",
        [(now.get(at, 0), machine, at) for at in changed],
    )
    return changed


def _turn_all(
    connection: sqlite3.Connection, machine: str, since: int, status: dict[int, int]
) -> None:
    """Bring the status of every deed of a machine that a turn is about up to the end of the log.

    Args:
        connection: where log and tables are.
        machine: whose deeds.
        since: from when on the log is gone through.
        status: of the deeds of which it was not 0 by then; changed.
    """
    undone = {deed for deed, known in status.items() if known == 1}
    last = since - 1
    turns = connection.execute(_TURNS, (machine, since)).fetchall()
    for at, action, payload in [*turns, (event_schema.MOST, "", "{}")]:
        if undone and connection.execute(_DELIBERATE, (machine, last, at)).fetchone():
            status.update(dict.fromkeys(undone, 2))
            undone.clear()
        last = at
        deed = events.unpacked(payload).get("deed")
        if isinstance(deed, int) and deed < at:
            needed, given = TURNS[action]
            if status.get(deed, 0) == needed:
                status[deed] = given
                undone ^= {deed}
