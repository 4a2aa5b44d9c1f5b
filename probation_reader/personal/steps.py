"""Steps: which deeds can be undone, which were, which may be done again.

A step is one deed of one machine that marked, kept or saved something. An ``undo`` or
``redo`` event names it by the deed's time (payload ``deed``) and is of the same
machine. What an undone step's events say does not count until it is redone. A
new deed after undos gives up what could have been redone, for good; but not
what counts as read in passing: the reader only went on reading.

Which events count must be known before any other state is folded: `fold` goes
through a whole log first, `begin` and `turn` take one event as it happens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from probation_reader.personal import events, saved

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

Turn = Literal["undo", "redo"]

#: The actions whose deeds are steps: what a reader does on purpose or by reading on.
ACTIONS = (
    *("read", "unread", "bookmark", "unbookmark", "note", "tag"),
    *saved.ACTIONS,
)

#: Of each turn: the status a step must have and the one it gets. 0 is done, 1 is
#: undone, 2 is undone and given up.
TURNS: dict[str, tuple[int, int]] = {"undo": (0, 1), "redo": (1, 0)}

SCHEMA = (
    """CREATE TABLE step (
        machine TEXT NOT NULL,
        at INTEGER NOT NULL,
        status INTEGER NOT NULL,
        PRIMARY KEY (machine, at)
    ) WITHOUT ROWID""",
    # What can be redone is never much: this finds it without a look at all the others.
    "CREATE INDEX step_undone ON step (machine, at) WHERE status = 1",
)

_NEXT: dict[Turn, str] = {
    "undo": "SELECT at FROM step WHERE machine = ? AND status = 0 ORDER BY at DESC LIMIT 1",
    "redo": "SELECT at FROM step WHERE machine = ? AND status = 1 ORDER BY at LIMIT 1",
}
_LOG = (
    "SELECT machine, at, action, payload FROM event"  # noqa: S608 - constants
    f" WHERE action IN {(*ACTIONS, *TURNS)} ORDER BY at, machine, number"
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
    begun = connection.execute("INSERT OR IGNORE INTO step VALUES (?, ?, 0)", (machine, at))
    if begun.rowcount and not payload.get("passing"):
        connection.execute(
            "UPDATE step SET status = 2 WHERE machine = ? AND status = 1", (machine,)
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
    """Return the time of the deed that a machine's next undo or redo is about."""
    row = connection.execute(_NEXT[action], (machine,)).fetchone()
    return None if row is None else int(row[0])


def fold(connection: sqlite3.Connection, log: sqlite3.Connection) -> frozenset[tuple[str, int]]:
    """Fold the steps of a whole log.

    Args:
        connection: where the empty table is, inside a transaction.
        log: where the log is.

    Returns:
        Machine and time of the deeds that do not count.
    """
    for machine, at, action, payload in log.execute(_LOG):
        details = events.unpacked(payload)
        if action in TURNS:
            turn(connection, action, machine, details["deed"])
        else:
            begin(connection, machine, at, details)
    rows = connection.execute("SELECT machine, at FROM step WHERE status != 0")
    return frozenset((machine, at) for machine, at in rows)
