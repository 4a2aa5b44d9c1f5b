"""The state tables and what each action does to them. Which events count is not asked here.

Each fold takes an event and returns whether it changed anything. No fold are
`read_mark.live`, the counters that triggers make from it (see `state`), what a
library holds of what is muted, and what was searched for of late.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from probation_reader.personal import bookmarks, mutes, saved, searched, steps, visits

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

    from probation_reader.personal.events import Event

NAMES = (
    *("read_mark", "read_count", "bookmark", "position", "saved_search", "step", "visit"),
    *mutes.NAMES,
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
    *mutes.SCHEMA,
    *saved.SCHEMA,
    searched.SCHEMA,
    *steps.SCHEMA,
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
    "mute": mutes.keep,
    "unmute": mutes.drop,
    "save-search": saved.keep,
    "drop-search": saved.drop,
    "visit-begin": visits.begin,
    "visit-end": visits.end,
}

#: Where the rows of the tables that an event of a target is folded into are found.
BY_TARGET = {"bookmark": "id", "position": "post", "saved_search": "target", "mute": "target"}
MARKS, VISITS = ("read", "unread"), ("visit-begin", "visit-end")
