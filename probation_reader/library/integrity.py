"""What is wrong with a library: for `doctor`, and where something stored cannot be read.

SQLite keeps any value in any column, and others may have written to the file. So
what is stored is checked against what belongs there: tables, types, dates, lists.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from probation_reader.library.passage_rows import from_db
from probation_reader.library.schema import REBUILD, VERSION, create, version_of
from probation_reader.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Questions whose every answer is a post with a problem.
_CHECKS = (
    (
        "has a passage without its parent",
        """
        SELECT DISTINCT post.id FROM passage JOIN post ON post.key = passage.post
        LEFT JOIN passage AS above ON above.id = passage.parent AND above.post = passage.post
            AND above.position < passage.position AND above.depth + 1 = passage.depth
        WHERE CASE WHEN passage.parent IS NULL THEN passage.depth != 0 ELSE above.id IS NULL END
        """,
    ),
    (
        "has passages of an unknown source",
        """
        SELECT DISTINCT post.id FROM passage JOIN post ON post.key = passage.post
        LEFT JOIN source_post AS held
            ON held.source = passage.source AND held.post = passage.post
        WHERE held.source IS NULL
        """,
    ),
    (
        "cannot be recognised in another capture",
        "SELECT id FROM post WHERE key NOT IN (SELECT post FROM post_key)",
    ),
)
#: For a library that counts as this version does.
_COUNTS = (
    (
        "counts its passages wrongly",
        """
        SELECT id FROM post
        WHERE passages != (SELECT count(*) FROM passage WHERE post = post.key AND gone IS NULL)
           OR comments != (
                SELECT count(*) FROM passage WHERE post = post.key AND comment AND gone IS NULL)
        """,
    ),
    (
        "counts wrongly what came in when",
        """
        SELECT id FROM post WHERE (SELECT total(passages) FROM arrival WHERE post = post.key)
            != (SELECT count(*) FROM passage WHERE post = post.key AND arrived AND gone IS NULL)
        """,
    ),
)
_SOUND = "ok"
#: SQLite's codes where a query does not fit what is stored.
_WRONG = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_VALUES = ("edition", "uuid")
_META = f"SELECT count(*) FROM meta WHERE name IN {_VALUES}"  # noqa: S608 - ours
#: The storage classes that a column may hold, by the type it was declared with.
_CLASSES = {"INTEGER": {"integer"}, "TEXT": {"text", "blob"}}


def fault(connection: sqlite3.Connection) -> str:
    """Return the first thing that is not what belongs into a library.

    Args:
        connection: outside a transaction.

    Returns:
        A sentence without a final full stop, empty if everything is as it should be.
    """
    try:
        ours = version_of(connection) == VERSION  # an older one is read as it is
        return next(_faults(connection), "") if ours else ""
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) not in _WRONG:
            raise  # broken off, or the disk: nothing is known of the library
        return str(error)


def _faults(connection: sqlite3.Connection) -> Iterator[str]:
    with closing(sqlite3.connect(":memory:")) as fresh:
        create(fresh)
        tables = _tables(fresh)
    found = _tables(connection)
    for name, columns in tables.items():
        if found.get(name) != columns:
            yield f"table {name} is missing or has other columns"
    for view in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'"):
        yield f"the view {view[0]} does not belong there"
    for table, columns in tables.items():
        for column, declared in columns.items():
            yield from _confused(connection, table, column, _CLASSES[declared])
    if connection.execute(_META).fetchone()[0] != len(_VALUES):
        yield "table meta lacks a value"
    for (table, column), read in _FORMATS.items():
        query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"  # noqa: S608 - ours
        for (value,) in connection.execute(query):
            try:
                read(value)
            except (ValueError, TypeError, RecursionError):
                yield f"column {column} of {table} holds {str(value)[:40]!r}"


def _confused(
    connection: sqlite3.Connection, table: str, column: str, classes: set[str]
) -> Iterator[str]:
    """Yield a sentence for each storage class of a column that it may not hold."""
    query = f"SELECT DISTINCT typeof({column}) FROM {table}"  # noqa: S608 - ours
    for (found,) in connection.execute(query):
        if found != "null" and found not in classes:
            yield f"column {column} of {table} holds a value of type {found}"
    query = f"SELECT {column} FROM {table} WHERE typeof({column}) = 'blob'"  # noqa: S608 - ours
    if not all(_is_text(blob) for (blob,) in connection.execute(query)):
        yield f"column {column} of {table} holds bytes that are no text"


def _is_text(blob: bytes) -> bool:
    try:
        from_db(blob)
    except UnicodeDecodeError:
        return False
    return True


def _tables(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Return the columns of each table with their declared types."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {
        name: dict(connection.execute("SELECT name, type FROM pragma_table_info(?)", (name,)))
        for (name,) in names
    }


def _words(value: Any) -> None:  # noqa: ANN401 - whatever is stored
    """Raise ValueError unless a value is a JSON list of texts."""
    found = json.loads(value)
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise ValueError(value)


def _spans(value: Any) -> None:  # noqa: ANN401 - whatever is stored
    """Raise ValueError unless a value is a JSON list of the parts of spans."""
    if any(len(span) != len(Span.__slots__) for span in json.loads(value)):
        raise ValueError(value)


def _day(value: Any) -> object:  # noqa: ANN401 - whatever is stored
    return (
        date.fromisoformat(value) if len(value) == _DATE_LENGTH else datetime.fromisoformat(value)
    )


_DATE_LENGTH = len("2025-03-04")
#: What reads the columns whose text has a form.
_FORMATS: dict[tuple[str, str], Callable[[Any], object]] = {
    ("post", "published"): _day,
    ("post", "labels"): _words,
    ("passage", "published"): datetime.fromisoformat,
    ("passage", "gone"): datetime.fromisoformat,
    ("passage", "spans"): _spans,
    ("passage_version", "replaced"): datetime.fromisoformat,
}


def problems(connection: sqlite3.Connection) -> list[str]:
    """Return what is wrong, one sentence each without a final full stop; empty if nothing."""
    found = [
        f"the database is damaged: {line}; {REBUILD}"
        for (line,) in connection.execute("PRAGMA integrity_check")
        if line != _SOUND
    ]
    if not found and (wrong := fault(connection)):
        found = [f"the library is damaged: {wrong}; {REBUILD}"]
    if found:
        return found
    found += [
        f"table {table} points to a row of {parent} that is not there; {REBUILD}"
        for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check")
    ]
    checks = (*_CHECKS, *_COUNTS) if version_of(connection) == VERSION else _CHECKS
    for words, query in checks:
        found += [
            f"post {id_} {words}; remove it and import its page again"
            for (id_,) in connection.execute(query)
        ]
    return found
