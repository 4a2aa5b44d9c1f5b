"""What is wrong with a library, for `doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.library.schema import REBUILD, VERSION, version_of

if TYPE_CHECKING:
    import sqlite3

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


def problems(connection: sqlite3.Connection) -> list[str]:
    """Return what is wrong, one sentence each without a final full stop; empty if nothing."""
    found = [
        f"the database is damaged: {line}; {REBUILD}"
        for (line,) in connection.execute("PRAGMA integrity_check")
        if line != _SOUND
    ]
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
