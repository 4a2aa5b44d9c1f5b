"""What was searched for: words that led somewhere, the newest first, none twice.

This is no part of the log: it stays on this machine, is not undone, and what is
forgotten is gone from the disk as well. So its table is no fold; it is made where
it is missing and left alone when state is folded anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.sanitize import safe_line

if TYPE_CHECKING:
    import sqlite3

#: More than these are not kept, the oldest go.
MOST = 500

#: The highest `place` is the newest; the words are safe lines.
SCHEMA = "CREATE TABLE IF NOT EXISTS searched (place INTEGER PRIMARY KEY, words TEXT UNIQUE)"


def remember(connection: sqlite3.Connection, words: str) -> None:
    """Put words at the newest place."""
    connection.execute("INSERT OR REPLACE INTO searched (words) VALUES (?)", (words,))
    connection.execute(
        "DELETE FROM searched WHERE place <="
        " (SELECT place FROM searched ORDER BY place DESC LIMIT 1 OFFSET ?)",
        (MOST,),
    )


def newest_first(connection: sqlite3.Connection) -> list[str]:
    """Return all that is remembered."""
    rows = connection.execute("SELECT words FROM searched ORDER BY place DESC")
    return [words for (words,) in rows]


def forget(connection: sqlite3.Connection, words: str | None) -> int:
    """Take words away and return how many there were.

    Args:
        connection: where the table is, inside a transaction.
        words: which, as they are shown; None for all.
    """
    if words is None:
        return connection.execute("DELETE FROM searched").rowcount
    meant = [(each,) for each in newest_first(connection) if safe_line(each).strip() == words]
    return connection.executemany("DELETE FROM searched WHERE words = ?", meant).rowcount
