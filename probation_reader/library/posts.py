"""The posts: which of them a capture shows, their headings, their removal.

A post is recognised by any of its keys (`identity.post_keys`). Two posts that
both have an address, or both have a title and date, are different when these
differ, even if their texts begin alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from probation_reader.errors import UnknownIdError
from probation_reader.identity import post_keys
from probation_reader.library import changes, sources
from probation_reader.library.passage_rows import (
    POST_COLUMNS,
    from_db,
    labels_from_db,
    post_from_row,
    post_to_row,
    to_db,
)
from probation_reader.library.records import Entry, PostRow

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from probation_reader.library.passage_rows import Row
    from probation_reader.model import Post, Thread

#: The kinds of key that decide on their own, the surest first.
_DECIDING = ("url:", "title:")

_HEADING = ", ".join(f"post.{column}" for column in POST_COLUMNS)
_ROWS = (
    f"SELECT {_HEADING}, post.comments, passages, layout, path, post.sample"  # noqa: S608 - constants
    " FROM post JOIN source ON source.key = post.source"
)
#: SQLite puts what has no date last when it sorts downwards.
_NEWEST_FIRST = " ORDER BY published DESC, post.key"
_ENTRIES = (
    "SELECT id, title, coalesce(substr(published, 1, 10), ''), labels, comments, passages, sample"
    " FROM post"
)
_INSERT = (
    f"INSERT INTO post ({', '.join(POST_COLUMNS)}, comments, passages, source, sample)"  # noqa: S608 - constants
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE = (
    f"UPDATE post SET {', '.join(f'{column} = ?' for column in POST_COLUMNS)},"  # noqa: S608 - constants
    " comments = ?, passages = ?, source = ?, sample = ? WHERE key = ?"
)


def keys_of(thread: Thread) -> tuple[str, ...]:
    """Return everything the post of a thread can be recognised by.

    A post without a body is known by its first comment, as in the importers.
    """
    post = thread.post
    body = "\n".join(p.text for p in thread.sections or thread.passages[:1])
    title = None if post.title_made_up else post.title
    return post_keys(post.url, title, post.published, body)


def find(connection: sqlite3.Connection, keys: Sequence[str]) -> int | None:
    """Return the key of the post that is recognised by these, or None."""
    for key in keys:
        rows = connection.execute(
            "SELECT post FROM post_key WHERE name = ? ORDER BY post", (to_db(key),)
        )
        for (post,) in rows.fetchall():
            if _agree(keys, _names(connection, post)):
                return int(post)
    return None


def learn(connection: sqlite3.Connection, post: int, keys: Iterable[str]) -> None:
    """Write down what else a post can be recognised by."""
    connection.executemany(
        "INSERT OR IGNORE INTO post_key VALUES (?, ?)", [(to_db(key), post) for key in keys]
    )


def _names(connection: sqlite3.Connection, post: int) -> set[str]:
    rows = connection.execute("SELECT name FROM post_key WHERE post = ?", (post,))
    return {from_db(name) for (name,) in rows}


def _agree(keys: Sequence[str], known: set[str]) -> bool:
    """Tell whether keys that share one mean the same post."""
    for kind in _DECIDING:
        mine = {key for key in keys if key.startswith(kind)}
        theirs = {key for key in known if key.startswith(kind)}
        if mine and theirs:
            return bool(mine & theirs)
    return True


def free_id(connection: sqlite3.Connection, wanted: str) -> str:
    """Return an id for a new post: the wanted one, with an ordinal if it is taken."""
    id_, ordinal = wanted, 1
    while connection.execute("SELECT 1 FROM post WHERE id = ?", (id_,)).fetchone():
        ordinal += 1
        id_ = f"{wanted}-{ordinal}"
    return id_


def insert(connection: sqlite3.Connection, post: Post, source: int, *, sample: bool) -> int:
    """Write a post without passages and return its key."""
    key = connection.execute(_INSERT, (*post_to_row(post), 0, 0, source, sample)).lastrowid
    return cast("int", key)


def mark_sample(connection: sqlite3.Connection, post_id: str, *, sample: bool) -> None:
    """Write down whether a post came with the program; this outlasts its removal."""
    if sample:
        connection.execute("INSERT OR IGNORE INTO sample_post VALUES (?)", (post_id,))
    else:
        connection.execute("DELETE FROM sample_post WHERE id = ?", (post_id,))


def update(connection: sqlite3.Connection, key: int, row: PostRow, source: int) -> None:
    """Write a post's heading, counters and source."""
    values = (*post_to_row(row.post), row.comments, row.passages, source, row.sample, key)
    connection.execute(_UPDATE, values)


def key_of(connection: sqlite3.Connection, post_id: str) -> int:
    """Return the key of a post.

    Raises:
        UnknownIdError: if there is no such post.
    """
    row = connection.execute("SELECT key FROM post WHERE id = ?", (to_db(post_id),)).fetchone()
    if row is None:
        message = f"the library has no post {post_id}"
        raise UnknownIdError(message, advice="'probation-reader list' shows the ids")
    return int(row[0])


def keys_here(connection: sqlite3.Connection, post_ids: Iterable[str]) -> list[int]:
    """Return the keys of posts; those that are not here are passed over."""
    keys: list[int] = []
    for id_ in dict.fromkeys(post_ids):
        keys += connection.execute("SELECT key FROM post WHERE id = ?", (id_,)).fetchone() or ()
    return keys


def one(connection: sqlite3.Connection, key: int) -> PostRow:
    """Return a post by its key."""
    return _post_row(connection.execute(f"{_ROWS} WHERE post.key = ?", (key,)).fetchone())


def newest_first(connection: sqlite3.Connection) -> list[PostRow]:
    """Return all posts, those without a date last."""
    return [_post_row(row) for row in connection.execute(_ROWS + _NEWEST_FIRST)]


def entries(connection: sqlite3.Connection) -> list[Entry]:
    """Return all posts in the same order, with what the list of the screen shows."""
    return [
        Entry(
            id_,
            title if type(title) is str else from_db(title),
            published,
            labels_from_db(labels),
            int(comments),
            int(passages),
            sample == 1,
        )
        for id_, title, published, labels, comments, passages, sample in connection.execute(
            _ENTRIES + _NEWEST_FIRST
        )
    ]


def _post_row(row: Row) -> PostRow:
    comments, passages, layout, path, sample = row[-5:]
    path = path if type(path) is str else from_db(path)
    return PostRow(post_from_row(row), int(comments), int(passages), layout, path, sample == 1)


def remove(connection: sqlite3.Connection, keys: Iterable[int]) -> int:
    """Take posts out with all that belongs to them; return how many."""
    removed = 0
    for key in keys:
        row = connection.execute("SELECT id FROM post WHERE key = ?", (key,)).fetchone()
        sources.loosen(connection, key)
        connection.execute("DELETE FROM post WHERE key = ?", (key,))
        changes.note(connection, row[0])
        removed += 1
    sources.forget_empty(connection)
    return removed
