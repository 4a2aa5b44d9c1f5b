"""The change feed: which posts changed, in order, for whatever is derived from the library.

A post stands in the feed once, at its last change; a post that was removed
stays in it. Whoever follows the feed keeps the last ``seq`` seen and asks for
what came after. The numbers belong to one library (`Library.uuid`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.library.records import Change

if TYPE_CHECKING:
    import sqlite3


def note(connection: sqlite3.Connection, post_id: str) -> None:
    """Put a post at the end of the feed."""
    connection.execute("INSERT OR REPLACE INTO change (post) VALUES (?)", (post_id,))


def last(connection: sqlite3.Connection) -> int:
    """Return the number of the last change, 0 if there was none."""
    newest: int = connection.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()[0]
    return newest


def since(connection: sqlite3.Connection, after: int) -> list[Change]:
    """Return the changes after a number, the oldest first."""
    rows = connection.execute("SELECT seq, post FROM change WHERE seq > ? ORDER BY seq", (after,))
    return [Change(seq, post) for seq, post in rows]
