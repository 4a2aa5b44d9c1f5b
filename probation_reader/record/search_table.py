"""Searches in the record: those saved under a name, and the latest searches.

A saved search is known by its name, on every machine: what was saved last under a name
holds. A new name is the old one dropped and the new one saved in one transaction. The
functions here fold the two actions and list what they come to; each fold returns
whether it changed anything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from probation_reader.sanitize import safe_line

if TYPE_CHECKING:
    import sqlite3

    from probation_reader.record.events import Event


#: `words` is JSON because what is typed may hold lone surrogates.
SCHEMA = ("CREATE TABLE saved_search (target TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID",)

_BEFORE_NAME = "search:"

#: The actions that are about saved searches.
ACTIONS = ("save-search", "drop-search")


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """Words under a name.

    Args:
        name: what the reader calls it; one line.
        words: what is searched for, as it was typed.
    """

    name: str
    words: str


def as_name(typed: str) -> str:
    """Return a name as it is kept: one safe line without white space around it.

    Raises:
        ValueError: if nothing is left of it.
    """
    name = " ".join(safe_line(typed).split())
    if not name:
        message = "a saved search needs a name"
        raise ValueError(message)
    return name


def is_name(name: str) -> bool:
    """Return whether a name from elsewhere is one: something is left of it.

    It may hold what `as_name` of this version would write otherwise.
    """
    return bool(safe_line(name).split())


def target(name: str) -> str:
    """Return what events call the search of this name."""
    return _BEFORE_NAME + name


def name_of(target: str) -> str:
    """Return the name of the search that an event is about, empty if it is about none."""
    return target.removeprefix(_BEFORE_NAME) if target.startswith(_BEFORE_NAME) else ""


def keep(connection: sqlite3.Connection, event: Event) -> bool:
    """Fold ``save-search``: payload ``words``."""
    kept = connection.execute(
        "INSERT INTO saved_search VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET words = excluded.words WHERE words != excluded.words",
        (event.target, json.dumps(event.payload["words"])),
    )
    return kept.rowcount > 0


def drop(connection: sqlite3.Connection, event: Event) -> bool:
    """Fold ``drop-search``."""
    dropped = connection.execute("DELETE FROM saved_search WHERE target = ?", (event.target,))
    return dropped.rowcount > 0


def by_name(connection: sqlite3.Connection) -> list[SavedSearch]:
    """Return every saved search, in the order of their names, whatever their case."""
    rows = connection.execute("SELECT target, words FROM saved_search").fetchall()
    searches = [SavedSearch(name_of(target), json.loads(words)) for target, words in rows]
    return sorted(searches, key=lambda search: (search.name.casefold(), search.name))


#: More than these are not kept, the oldest go.
MOST = 500

#: The highest `place` is the newest; the words are safe lines.
LATEST_SCHEMA = "CREATE TABLE IF NOT EXISTS searched (place INTEGER PRIMARY KEY, words TEXT UNIQUE)"


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
