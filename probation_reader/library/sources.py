"""The source files whose posts the library holds.

A file is known by the digest of its bytes. It counts as held while everything
it brought is still here: once one of its posts is removed, it can be imported
again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.library.records import HeldSource, SourceRecord
from probation_reader.library.rows import from_db, to_db

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from probation_reader.model import Thread

_REMEMBER = """
INSERT INTO source
    (digest, path, layout, importer_version, imported_at, sample, posts, comments, announced)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (digest) DO UPDATE SET
    path = excluded.path, layout = excluded.layout,
    importer_version = excluded.importer_version, imported_at = excluded.imported_at,
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


class Paths(dict[int, str]):
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
