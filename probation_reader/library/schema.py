"""The tables of the library, and how a database of another make is refused.

``PRAGMA application_id`` says that a database is a library, ``user_version`` of
which version. A library is made from the person's own files and can always be
made again, so a database that cannot be used is refused with that advice and
never overwritten.

A passage's parent and source are plain columns, not foreign keys: a key would
cost an index on every insert, and both are only ever written together with
what they point to. `integrity` checks them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from probation_reader.errors import LibraryError

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

VERSION = 3
#: What says that a database is one of these: "prlb".
_APPLICATION = 0x70726C62

#: What to do with a database that cannot be used.
REBUILD = (
    "move the file away and import your pages again: the library is made from them, "
    "and what you read and kept is stored elsewhere"
)

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE source (
    key INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    layout TEXT NOT NULL,
    importer_version INTEGER NOT NULL,
    imported_at TEXT NOT NULL,
    sample INTEGER NOT NULL,
    whole INTEGER NOT NULL DEFAULT 1,
    posts INTEGER NOT NULL,
    comments INTEGER NOT NULL,
    announced INTEGER
);

CREATE TABLE post (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    title_made_up INTEGER NOT NULL,
    published TEXT,
    author TEXT,
    labels TEXT NOT NULL,
    url TEXT,
    announced INTEGER,
    comments INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    source INTEGER NOT NULL REFERENCES source,
    sample INTEGER NOT NULL
);
CREATE INDEX newest_first ON post (published DESC);

CREATE TABLE post_key (
    name TEXT NOT NULL,
    post INTEGER NOT NULL REFERENCES post ON DELETE CASCADE,
    PRIMARY KEY (name, post)
) WITHOUT ROWID;
CREATE INDEX post_key_of ON post_key (post);

CREATE TABLE source_post (
    source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    post INTEGER NOT NULL REFERENCES post ON DELETE CASCADE,
    PRIMARY KEY (source, post)
) WITHOUT ROWID;
CREATE INDEX source_of ON source_post (post);

CREATE TABLE passage (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    post INTEGER NOT NULL REFERENCES post ON DELETE CASCADE,
    position INTEGER NOT NULL,
    comment INTEGER NOT NULL,
    parent TEXT,
    depth INTEGER NOT NULL,
    number TEXT NOT NULL,
    author TEXT,
    signed INTEGER NOT NULL,
    published TEXT,
    text TEXT NOT NULL,
    spans TEXT,
    gone TEXT,
    source INTEGER NOT NULL,
    first_line INTEGER NOT NULL,
    last_line INTEGER NOT NULL,
    arrived INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX passage_order ON passage (post, position);

CREATE TABLE passage_version (
    key INTEGER PRIMARY KEY,
    passage TEXT NOT NULL REFERENCES passage (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    source TEXT NOT NULL,
    replaced TEXT NOT NULL
);
CREATE INDEX version_of ON passage_version (passage);

CREATE TABLE sample_post (id TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE change (seq INTEGER PRIMARY KEY AUTOINCREMENT, post TEXT NOT NULL UNIQUE);
"""

_ARRIVALS = """
CREATE TABLE arrival (
    post INTEGER NOT NULL REFERENCES post ON DELETE CASCADE,
    at INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    PRIMARY KEY (post, at)
) WITHOUT ROWID;
CREATE INDEX arrival_at ON arrival (at);
"""

_GONE = "CREATE INDEX passage_gone ON passage (id) WHERE gone IS NOT NULL"

_COUNT_POSTS = """
UPDATE post SET
    comments = (SELECT count(*) FROM passage
        WHERE post = post.key AND comment AND gone IS NULL),
    passages = (SELECT count(*) FROM passage WHERE post = post.key AND gone IS NULL)
WHERE key IN (SELECT post FROM passage WHERE gone IS NOT NULL)
"""

_COUNT_ARRIVALS = """
UPDATE arrival SET passages = (SELECT count(*) FROM passage
    WHERE post = arrival.post AND arrived = arrival.at AND gone IS NULL)
WHERE post IN (SELECT post FROM passage WHERE gone IS NOT NULL)
"""

_TELL_OF_GONE = """
INSERT OR REPLACE INTO change (post) SELECT DISTINCT post.id
    FROM passage JOIN post ON post.key = passage.post WHERE gone IS NOT NULL
"""

#: What makes of each older version the next. What came in before arrivals were
#: written down came in at an unknown time, 0. Since version 3 what is gone from its
#: page counts no more, so such posts are told as changed.
_UPGRADES = {
    1: "ALTER TABLE passage ADD COLUMN arrived INTEGER NOT NULL DEFAULT 0;" + _ARRIVALS,
    2: f"{_GONE};{_COUNT_POSTS};{_COUNT_ARRIVALS};{_TELL_OF_GONE}",
}


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables of a new database, or bring those of an older version up to date.

    Call it inside a write transaction, so that two programs that open a new
    library at once make it once.

    Raises:
        LibraryError: if the database is of a newer version or not a library.
    """
    if holds_library(connection, path):
        for version in range(version_of(connection), VERSION):
            _run(connection, _UPGRADES[version])
    else:
        create(connection)
        connection.execute("INSERT INTO meta VALUES ('uuid', ?), ('edition', '')", (_random(),))
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    if version_of(connection) != VERSION:  # else opening would change the file
        connection.execute(f"PRAGMA user_version = {VERSION}")


def create(connection: sqlite3.Connection) -> None:
    """Make the empty tables of this version."""
    _run(connection, _TABLES + _ARRIVALS + _GONE)


def count_without_gone(connection: sqlite3.Connection) -> None:
    """Let an older library that cannot be written count as one of this version does.

    The corrected tables stand before those of the file, for this connection alone.
    """
    version = version_of(connection)
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == _APPLICATION
    if not ours or version >= VERSION:
        return
    connection.execute("PRAGMA temp_store = MEMORY")
    for table, counting in (("post", _COUNT_POSTS), ("arrival", _COUNT_ARRIVALS))[:version]:
        connection.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table}")  # noqa: S608 - ours
        connection.execute(counting)
    for column in ("key", "id"):
        connection.execute(f"CREATE INDEX temp.post_of_{column} ON post ({column})")


def _run(connection: sqlite3.Connection, script: str) -> None:
    for statement in script.split(";"):
        connection.execute(statement)


def version_of(connection: sqlite3.Connection) -> int:
    """Return which version a library is of; an older one is read as it is where it must be."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def holds_library(connection: sqlite3.Connection, path: Path) -> bool:
    """Tell whether a database is a library that can be used; False if it is empty.

    Raises:
        LibraryError: if the database is of a newer version or not a library.
    """
    version = version_of(connection)
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application == _APPLICATION and version > VERSION:
        message = f"the library is of version {version}, this program knows version {VERSION}"
        advice = f"use a newer probation-reader, or {REBUILD}"
        raise LibraryError(message, where=str(path), advice=advice)
    if application == _APPLICATION and version > 0:
        return True
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        message = "this database is not a library of probation-reader"
        raise LibraryError(message, where=str(path), advice=REBUILD)
    return False


def edition(connection: sqlite3.Connection) -> str:
    """Return what is the same only as long as nothing was written."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'edition'").fetchone()
    return str(row[0])


def new_edition(connection: sqlite3.Connection) -> None:
    """Say that something was written. At random, since a rehearsal is taken back."""
    connection.execute("UPDATE meta SET value = ? WHERE name = 'edition'", (_random(),))


def _random() -> str:
    return os.urandom(16).hex()
