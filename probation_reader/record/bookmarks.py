"""Bookmarks: a commonplace book of quoted words, with a note, tags and a time.

The words are kept with the bookmark, so it outlives its passage. The functions
here fold the four actions that concern bookmarks and list what they come to;
each fold returns whether it changed anything.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from probation_reader.identity import post_of
from probation_reader.record.events import packed, sound_time

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from probation_reader.record.events import Event

#: `details` is JSON because quotes and notes may hold lone surrogates.
SCHEMA = (
    """CREATE TABLE bookmark (
        id TEXT PRIMARY KEY,
        post TEXT NOT NULL,
        at INTEGER NOT NULL,
        details TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX bookmark_post ON bookmark (post)",
)


class Bookmark(NamedTuple):
    """Something the reader wanted to keep.

    Args:
        id: the passage's (or post's) id.
        quote: its words when it was kept.
        note: what the reader wrote beside it, None if nothing.
        tags: the reader's words for it, in the order they were given.
        at: when it was first kept, in UTC.
    """

    id: str
    quote: str
    note: str | None
    tags: tuple[str, ...]
    at: datetime

    @property
    def post_id(self) -> str:
        """The id of the post it belongs to."""
        return post_of(self.id)


def find(connection: sqlite3.Connection, target: str) -> Bookmark | None:
    """Return the bookmark on a passage, None if it has none."""
    row = connection.execute(
        "SELECT id, at, details FROM bookmark WHERE id = ?", (target,)
    ).fetchone()
    return None if row is None else _bookmark(*row)


def newest_first(connection: sqlite3.Connection) -> list[Bookmark]:
    """Return every bookmark, the one kept last first."""
    rows = connection.execute("SELECT id, at, details FROM bookmark ORDER BY at DESC, id")
    return [_bookmark(*row) for row in rows]


def noted(connection: sqlite3.Connection, post: str) -> frozenset[str]:
    """Return the ids of the bookmarks in a post that have a note or tags."""
    rows = connection.execute("SELECT id, at, details FROM bookmark WHERE post = ?", (post,))
    kept = [_bookmark(*row) for row in rows]
    return frozenset(each.id for each in kept if each.note or each.tags)


def _bookmark(target: str, at: int, details: str) -> Bookmark:
    kept = json.loads(details)
    when = datetime.fromtimestamp(at / 1000, UTC)
    return Bookmark(target, kept["quote"], kept["note"] or None, tuple(kept["tags"]), when)


def payload(kept: Bookmark) -> dict[str, object]:
    """Return what an event that keeps a bookmark as it is says."""
    return {
        "quote": kept.quote,
        "note": kept.note,
        "tags": list(kept.tags),
        "kept": sound_time(round(kept.at.timestamp() * 1000)),
    }


def keep(connection: sqlite3.Connection, event: Event) -> bool:
    """Fold ``bookmark``: payload ``quote``, ``note``, ``tags``, each where given.

    ``kept`` is when it was kept first, where that was not at the event.
    """
    given = dict(event.payload)
    kept = given.pop("kept", event.at)
    if _edit(connection, event.target, given):
        return True
    details = {"quote": "", "note": None, "tags": [], **given}
    added = connection.execute(
        "INSERT OR IGNORE INTO bookmark VALUES (?, ?, ?, ?)",
        (event.target, post_of(event.target), kept, packed(details)),
    )
    return added.rowcount > 0


def drop(connection: sqlite3.Connection, event: Event) -> bool:
    """Fold ``unbookmark``."""
    return connection.execute("DELETE FROM bookmark WHERE id = ?", (event.target,)).rowcount > 0


def annotate(connection: sqlite3.Connection, event: Event) -> bool:
    """Fold ``note`` (payload ``note``) and ``tag`` (payload ``tags``): edits of what is kept."""
    return _edit(connection, event.target, event.payload)


def _edit(connection: sqlite3.Connection, target: str, given: Mapping[str, object]) -> bool:
    row = connection.execute("SELECT details FROM bookmark WHERE id = ?", (target,)).fetchone()
    if row is None:
        return False
    details = packed({**json.loads(row[0]), **given})
    if details == row[0]:
        return False
    connection.execute("UPDATE bookmark SET details = ? WHERE id = ?", (details, target))
    return True
