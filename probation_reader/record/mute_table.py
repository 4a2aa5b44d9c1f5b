"""What the reader mutes: the rules that hold, and which passages of a library they mute.

A rule that has ended by the clock stays in its table and mutes nothing. The two
functions that fold return whether they changed anything. Which passages a rule
mutes is no fold: it depends on what the library holds, is found by `muted_passages` and
only kept here, with how far the library's change feed was looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from probation_reader.mutes import Rule
    from probation_reader.record.events import Event

#: The actions that are about mutes.
ACTIONS = ("mute", "unmute")
NAMES = ("mute", "mute_reach", "muted", "muted_count")
SCHEMA = (
    """CREATE TABLE mute (target TEXT PRIMARY KEY, until INTEGER, at INTEGER NOT NULL)
        WITHOUT ROWID""",
    "CREATE TABLE mute_reach (target TEXT PRIMARY KEY, reached TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE muted (
        post TEXT NOT NULL,
        passage TEXT NOT NULL,
        target TEXT NOT NULL,
        PRIMARY KEY (post, passage, target)
    ) WITHOUT ROWID""",
    "CREATE TABLE muted_count (post TEXT PRIMARY KEY, unread INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE INDEX muted_by ON muted (target)",
)


class Mute(NamedTuple):
    """A rule that is in the record.

    Args:
        rule: what is muted.
        until: when that ends, in UTC; None for never.
    """

    rule: Rule
    until: datetime | None = None


def keep(connection: sqlite3.Connection, event: Event) -> bool:
    """Fold ``mute``: payload ``until``, in milliseconds since 1970; without it for good."""
    kept = connection.execute(
        "INSERT INTO mute VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
        " SET until = excluded.until, at = excluded.at WHERE until IS NOT excluded.until",
        (event.target, event.payload.get("until"), event.at),
    )
    return kept.rowcount > 0


def drop(connection: sqlite3.Connection, event: Event) -> bool:
    """Fold ``unmute``."""
    dropped = connection.execute("DELETE FROM mute WHERE target = ?", (event.target,))
    return dropped.rowcount > 0
