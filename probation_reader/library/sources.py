"""The source files whose posts the library holds.

A file is known by the digest of its bytes. It counts as held while everything
it brought is still here: once one of its posts is removed, it can be imported
again.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from probation_reader.library.passage_rows import from_db, to_db
from probation_reader.library.records import HeldSource, Shortfall, SourceRecord

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from probation_reader.model import Thread

#: Fewer than half of the comments announced: not what an extractor drops.
_SHORT = "announced >= 3 AND announced > 2 * comments"


class Reread(NamedTuple):
    """What an older importer made of a file that is read again.

    Args:
        key: the key of the source.
        comments: how many comments it found.
        at: when it was first imported.
    """

    key: int
    comments: int
    at: datetime


_REMEMBER = """
INSERT INTO source
    (digest, path, layout, importer_version, imported_at, sample, posts, comments, announced)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (digest) DO UPDATE SET
    path = excluded.path, layout = excluded.layout,
    importer_version = excluded.importer_version,
    imported_at = CASE WHEN whole AND importer_version < excluded.importer_version
        THEN imported_at ELSE excluded.imported_at END,
    sample = min(sample, excluded.sample), whole = 1,
    posts = excluded.posts, comments = excluded.comments, announced = excluded.announced
RETURNING key
"""


def remember(
    connection: sqlite3.Connection, source: SourceRecord, threads: Sequence[Thread], now: datetime
) -> int:
    """Write down a source file and return its key.

    Args:
        connection: inside a write transaction.
        source: the file.
        threads: everything it holds.
        now: when it is imported.
    """
    said = [t.post.announced for t in threads if t.post.announced is not None]
    values = (
        source.digest,
        to_db(source.path),
        source.layout,
        source.importer_version,
        now.isoformat(),
        int(source.sample),
        len(threads),
        sum(len(thread.comments) for thread in threads),
        sum(said) if said else None,
    )
    key: int = connection.execute(_REMEMBER, values).fetchone()[0]
    return key


def held(
    connection: sqlite3.Connection, digest: str, importer_version: int, *, sample: bool
) -> HeldSource | None:
    """Return what a file brought if all of it is here, else None.

    A file held as a sample is not held as one of the person's own.
    """
    row = connection.execute(
        "SELECT path, layout, sample, posts, comments, announced FROM source"
        " WHERE digest = ? AND importer_version = ? AND whole AND sample <= ?",
        (digest, importer_version, sample),
    ).fetchone()
    if row is None:
        return None
    path, layout, is_sample, posts, comments, announced = row
    record = SourceRecord(from_db(path), digest, layout, importer_version, is_sample == 1)
    return HeldSource(record, posts, comments, announced)


def reread(connection: sqlite3.Connection, digest: str, importer_version: int) -> Reread | None:
    """Return what an older importer made of a file all of which is here, else None."""
    row = connection.execute(
        "SELECT key, comments, imported_at FROM source"
        " WHERE digest = ? AND importer_version < ? AND whole",
        (digest, importer_version),
    ).fetchone()
    return None if row is None else Reread(row[0], row[1], datetime.fromisoformat(row[2]))


def links(connection: sqlite3.Connection, post: int) -> frozenset[int]:
    """Return the keys of the sources that hold a post."""
    rows = connection.execute("SELECT source FROM source_post WHERE post = ?", (post,))
    return frozenset(key for (key,) in rows)


def short_in(connection: sqlite3.Connection, post: int, importer_version: int) -> frozenset[int]:
    """Return the keys of a post's sources that an older importer clearly read short."""
    rows = connection.execute(
        "SELECT key FROM source JOIN source_post ON source = key"  # noqa: S608 - constants
        f" WHERE post = ? AND importer_version < ? AND {_SHORT}",
        (post, importer_version),
    )
    return frozenset(key for (key,) in rows)


def shortfalls(
    connection: sqlite3.Connection, importer_version: int, limit: int
) -> tuple[list[Shortfall], int]:
    """Return some sources that older importers clearly read short, and how many there are.

    Those of the person's own pages only.
    """
    rows = connection.execute(
        "SELECT path, announced, comments, key FROM source"  # noqa: S608 - constants
        f" WHERE {_SHORT} AND importer_version < ? AND whole AND NOT sample"
        " ORDER BY announced - comments DESC, path",
        (importer_version,),
    ).fetchall()
    found = []
    for path, announced, comments, key in rows[:limit]:
        title = connection.execute(
            "SELECT title FROM post JOIN source_post ON post.key = post"
            " WHERE source_post.source = ? ORDER BY announced IS NULL, post.key LIMIT 1",
            (key,),
        ).fetchone()
        name = from_db(title[0]) if title else ""
        found.append(Shortfall(from_db(path), name, announced, comments))
    return found, len(rows)


def count_older(connection: sqlite3.Connection, importer_version: int, *, sample: bool) -> int:
    """Return how many whole sources an older importer read: samples, or the person's own."""
    row = connection.execute(
        "SELECT count(*) FROM source WHERE importer_version < ? AND whole AND sample = ?",
        (importer_version, sample),
    ).fetchone()
    return int(row[0])


def link(connection: sqlite3.Connection, source: int, post: int) -> None:
    """Write down that a source holds a post."""
    connection.execute("INSERT OR IGNORE INTO source_post VALUES (?, ?)", (source, post))


def loosen(connection: sqlite3.Connection, post: int) -> None:
    """Write down that the sources of a post no longer have all they brought here."""
    connection.execute(
        "UPDATE source SET whole = 0 WHERE key IN (SELECT source FROM source_post WHERE post = ?)",
        (post,),
    )


def forget_empty(connection: sqlite3.Connection) -> None:
    """Forget the sources none of whose posts are here."""
    connection.execute("DELETE FROM source WHERE key NOT IN (SELECT source FROM source_post)")


class SourcePaths(dict[int, str]):
    """The paths of sources by their keys, each looked up when it is first needed.

    Args:
        connection: for reading, as long as this is used.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._connection = connection

    def __missing__(self, key: int) -> str:
        """Look up and keep the path of a source."""
        row = self._connection.execute("SELECT path FROM source WHERE key = ?", (key,)).fetchone()
        self[key] = from_db(row[0])
        return self[key]
