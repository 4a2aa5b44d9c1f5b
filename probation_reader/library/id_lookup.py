"""From what a person types as an id to the one it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.errors import UnknownIdError
from probation_reader.library.passage_rows import from_db, to_db

if TYPE_CHECKING:
    import sqlite3

#: A prefix of fewer characters is taken for a slip.
_SHORTEST = 4
_SHOWN = 5
_LIST = "'probation-reader list' shows the ids of all posts"


def resolve(connection: sqlite3.Connection, text: str) -> str:
    """Return the id of the one post or passage that a text means.

    Args:
        connection: for reading.
        text: an id, or the beginning of one; a passage may also be named by
            the beginnings of both its parts, ``2fb7.03``.

    Raises:
        UnknownIdError: if nothing has that id, or more than one thing does.
    """
    wanted = text.strip().lower()
    post, dot, passage = wanted.partition(".")
    if _exists(connection, "post", post):
        posts = [post]
    elif len(post) < _SHORTEST:
        message = f"'{text}' is too short for an id"
        raise UnknownIdError(message, advice=f"give at least {_SHORTEST} characters")
    else:
        posts = _beginning(connection, "post", post)
    if not dot:
        return _only(connection, text, posts)
    passages = []
    for id_ in posts:
        if _exists(connection, "passage", f"{id_}.{passage}"):
            return f"{id_}.{passage}"
        passages += _beginning(connection, "passage", f"{id_}.{passage}")
    return _only(connection, text, passages)


def _exists(connection: sqlite3.Connection, table: str, id_: str) -> bool:
    query = f"SELECT 1 FROM {table} WHERE id = ?"  # noqa: S608 - the table is ours
    return connection.execute(query, (to_db(id_),)).fetchone() is not None


def _beginning(connection: sqlite3.Connection, table: str, prefix: str) -> list[str]:
    """Return some ids with a prefix, in order: one more than are ever shown."""
    query = f"SELECT id FROM {table} WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"  # noqa: S608 - the table is ours
    bounds = (to_db(prefix), to_db(prefix + "\U0010ffff"), _SHOWN + 1)
    return [id_ for (id_,) in connection.execute(query, bounds)]


def _only(connection: sqlite3.Connection, text: str, ids: list[str]) -> str:
    if len(ids) == 1:
        return ids[0]
    if ids:
        shown = [_named(connection, id_) for id_ in ids[:_SHOWN]]
        more = " and others" if len(ids) > _SHOWN else ""
        message = f"'{text}' could be {', '.join(shown)}{more}"
        raise UnknownIdError(message, advice="give more characters of the id")
    message = f"the library has no post or passage '{text}'"
    raise UnknownIdError(message, advice=_near(connection, text.strip().lower()))


def _named(connection: sqlite3.Connection, id_: str) -> str:
    """Return an id with what a person knows the thing by."""
    row = connection.execute(
        "SELECT title FROM post WHERE id = ? UNION ALL SELECT number FROM passage WHERE id = ?",
        (id_, id_),
    ).fetchone()
    return f"{id_} ({from_db(row[0])})"


def _near(connection: sqlite3.Connection, text: str) -> str:
    """Return advice that names the posts called so, else the ids which begin most alike."""
    titled = connection.execute(
        "SELECT id FROM post WHERE instr(lower(title), ?) ORDER BY published DESC LIMIT ?",
        (to_db(text), _SHOWN),
    ).fetchall()
    if titled:
        shown = ", ".join(_named(connection, id_) for (id_,) in titled)
        return f"Titled so: {shown}; an id is wanted"
    for length in range(len(text) - 1, 1, -1):
        table = "passage" if "." in text[:length] else "post"
        ids = _beginning(connection, table, text[:length])
        if ids:
            shown = ", ".join(_named(connection, id_) for id_ in ids[:_SHOWN])
            return f"Near it: {shown}; {_LIST}"
    return _LIST
