"""When passages first came into the library, and how many came since a moment.

Each passage knows its own time; how many of a post came at one time and are not gone
is also kept as a counter, so that a list of all posts need not look at passages. Times
are milliseconds since 1970 UTC. A library of an older version that cannot be
written knows of no arrivals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.library.schema import version_of

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

_FIRST_VERSION = 2


def time(moment: datetime) -> int:
    """Return a moment as it is stored."""
    return int(moment.timestamp() * 1000)


def note(connection: sqlite3.Connection, post: int, at: int, passages: int) -> None:
    """Write down that a post got passages the library did not hold, if it got any.

    Args:
        connection: inside a write transaction.
        post: the key of the post.
        at: when.
        passages: how many.
    """
    if passages:
        connection.execute(
            "INSERT INTO arrival VALUES (?, ?, ?) ON CONFLICT (post, at)"
            " DO UPDATE SET passages = passages + excluded.passages",
            (post, at, passages),
        )


def count_anew(connection: sqlite3.Connection, post: int) -> None:
    """Count once more what came in when, after something went or came back."""
    connection.execute(
        "UPDATE arrival SET passages = (SELECT count(*) FROM passage"
        " WHERE post = arrival.post AND arrived = arrival.at AND gone IS NULL) WHERE post = ?",
        (post,),
    )


def are_known(connection: sqlite3.Connection) -> bool:
    """Return whether this library writes down what came in when."""
    return version_of(connection) >= _FIRST_VERSION


def counts(connection: sqlite3.Connection, since: int) -> dict[str, int]:
    """Return how many passages came in after a time and stayed, for each post that got any."""
    if not are_known(connection):
        return {}
    rows = connection.execute(
        "SELECT post.id, sum(arrival.passages) FROM arrival JOIN post ON post.key = arrival.post"
        " WHERE arrival.at > ? GROUP BY arrival.post",
        (since,),
    )
    return dict(rows.fetchall())


def ids(connection: sqlite3.Connection, post_id: str, since: int) -> frozenset[str]:
    """Return the ids of the passages of a post that came in after a time and are not gone."""
    if not are_known(connection):
        return frozenset()
    rows = connection.execute(
        "SELECT passage.id FROM passage JOIN post ON post.key = passage.post"
        " WHERE post.id = ? AND arrived > ? AND gone IS NULL",
        (post_id, since),
    )
    return frozenset(id_ for (id_,) in rows)
