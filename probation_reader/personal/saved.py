"""Saved searches: words to search for, under a name the reader gave them.

A search is known by its name, on every machine: what was saved last under a name
holds. A new name is the old one dropped and the new one saved in one deed. The
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

    from probation_reader.personal.events import Event

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
