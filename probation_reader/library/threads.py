"""The threads: merging a capture into a post, writing what differs, loading."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from probation_reader.identity import post_of, squeeze
from probation_reader.library import arrivals, changes, posts, sources
from probation_reader.library.passage_rows import (
    CONTENT,
    GONE,
    PASSAGE_COLUMNS,
    SOURCE,
    TEXT,
    from_db,
    passage_from_row,
    passage_to_row,
    to_db,
)
from probation_reader.library.records import Changes, PostRow, SourceRecord, Version
from probation_reader.model import Comment, Thread

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from probation_reader.library.misreadings import Earlier
    from probation_reader.library.passage_rows import Row
    from probation_reader.library.thread_merge import MergedThread
    from probation_reader.model import Passage

_COLUMNS = ", ".join(PASSAGE_COLUMNS)
_SELECT = f"SELECT {_COLUMNS} FROM passage WHERE post = ? ORDER BY position"  # noqa: S608 - constants
_INSERT = (
    f"INSERT INTO passage ({_COLUMNS}, post, arrived)"  # noqa: S608 - constants
    f" VALUES ({', '.join('?' * (len(PASSAGE_COLUMNS) + 2))})"
)
_UPDATE = (
    f"UPDATE passage SET {', '.join(f'{column} = ?' for column in PASSAGE_COLUMNS[1:])}"  # noqa: S608 - constants
    " WHERE id = ?"
)
#: How many passages one query asks for.
_AT_ONCE = 500
#: What stands below a passage ends before the first that is no deeper, or with the thread.
_REPLIES = """
SELECT id, coalesce(
    (SELECT position FROM passage AS after WHERE after.post = passage.post
        AND after.position > passage.position AND after.depth <= passage.depth
        ORDER BY position LIMIT 1),
    (SELECT max(position) + 1 FROM passage AS last WHERE last.post = passage.post)
) - position - 1
FROM passage WHERE id IN ({})
"""
_KEEP_VERSION = """
INSERT INTO passage_version (passage, text, source, replaced)
SELECT id, text, (SELECT path FROM source WHERE key = passage.source), ?
FROM passage WHERE id = ? AND NOT EXISTS (
    SELECT 1 FROM passage_version AS version
    WHERE version.passage = passage.id AND version.text = passage.text)
"""


def store(
    connection: sqlite3.Connection,
    source: SourceRecord,
    key: int,
    thread: Thread,
    *,
    now: datetime,
    reread: sources.Reread | None = None,
) -> Changes:
    """Merge a thread of a source into the library.

    Args:
        connection: inside a write transaction.
        source: the file it stands in.
        key: the key of that file.
        thread: the thread.
        now: when it is imported.
        reread: what an older importer made of the same file.
    """
    names = posts.keys_of(thread)
    post = posts.find(connection, names)
    is_new = post is None
    if post is None:
        heading = replace(thread.post, id=posts.free_id(connection, thread.post.id))
        post = posts.insert(connection, heading, key, sample=source.sample)
    before = posts.one(connection, post)
    if source.sample and not before.sample:
        return Changes()
    posts.mark_sample(connection, before.post.id, sample=source.sample)
    linked = sources.links(connection, post)
    again = reread if key in linked else None
    sources.link(connection, key, post)
    posts.learn(connection, post, names)
    rows = connection.execute(_SELECT, (post,)).fetchall()
    if again:
        suspects = frozenset((key,))
    else:
        suspects = sources.short_in(connection, post, source.importer_version) - {key}
    misread = frozenset(row[0] for row in rows if row[SOURCE] in suspects)
    from probation_reader.library.misreadings import Earlier  # noqa: PLC0415 - as in `_merge`

    earlier = Earlier(again is not None, misread, linked == {key})
    merged = _merge(connection, before.post.id, rows, thread, now=now, earlier=earlier)
    first = now if again is None else again.at
    changed = _write(connection, post, key, rows, merged, now=first, again=again is not None)
    after = _row_after(before, source, thread, merged)
    if after != before:
        posts.update(connection, post, after, key)
    if changed or after.post != before.post or is_new:
        changes.note(connection, before.post.id)
    if is_new:
        return Changes(new=merged.changes.new, posts=1)
    return replace(merged.changes, moved=merged.moved)


def load(connection: sqlite3.Connection, post: int) -> Thread:
    """Return the thread of a post by its key."""
    rows = connection.execute(_SELECT, (post,)).fetchall()
    paths = sources.SourcePaths(connection)
    heading = posts.one(connection, post).post
    edits = _edits(connection, heading.id)
    passages = [passage_from_row(row, paths) for row in rows]
    return Thread(heading, tuple(_with_edits(passages, edits) if edits else passages))


def _edits(connection: sqlite3.Connection, post_id: str) -> dict[str, datetime]:
    """Return when passages of a post were last found in other words, by their ids."""
    rows = connection.execute(
        "SELECT passage, max(replaced) FROM passage_version"
        " WHERE passage > ? AND passage < ? GROUP BY passage",
        (f"{post_id}.", f"{post_id}/"),  # as in `gone`
    )
    return {id_: datetime.fromisoformat(replaced) for id_, replaced in rows}


def _with_edits(passages: Iterable[Passage], edits: dict[str, datetime]) -> list[Passage]:
    return [
        replace(passage, edited=edits[passage.id]) if passage.id in edits else passage
        for passage in passages
    ]


def ids(connection: sqlite3.Connection, post_id: str) -> frozenset[str]:
    """Return the ids of a post's passages, none if the post is not here."""
    rows = connection.execute(
        "SELECT passage.id FROM passage JOIN post ON post.key = passage.post WHERE post.id = ?",
        (to_db(post_id),),
    )
    return frozenset(id_ for (id_,) in rows)


def gone(connection: sqlite3.Connection, post_id: str = "") -> frozenset[str]:
    """Return the ids of the passages that are gone from their page: of one post, or all."""
    rows = connection.execute(
        "SELECT id FROM passage WHERE gone IS NOT NULL AND id > ? AND id < ?",
        (f"{post_id}.", f"{post_id}/") if post_id else ("", "~"),  # "/" comes after "."
    )
    return frozenset(id_ for (id_,) in rows)


def some(connection: sqlite3.Connection, ids: Sequence[str]) -> list[tuple[str, Passage]]:
    """Return passages with the ids of their posts, in the order asked for."""
    paths = sources.SourcePaths(connection)
    rows: dict[str, Row] = {}
    for start in range(0, len(ids), _AT_ONCE):
        part = [to_db(id_) for id_ in ids[start : start + _AT_ONCE]]
        query = f"SELECT {_COLUMNS} FROM passage WHERE id IN ({', '.join('?' * len(part))})"  # noqa: S608 - constants
        rows.update((row[0], row) for row in connection.execute(query, part))
    return [(post_of(id_), passage_from_row(rows[id_], paths)) for id_ in ids if id_ in rows]


def replies(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, int]:
    """Return how many passages stand below each of these; those that are not here are left out."""
    found: dict[str, int] = {}
    for start in range(0, len(ids), _AT_ONCE):
        part = [to_db(id_) for id_ in ids[start : start + _AT_ONCE]]
        found.update(connection.execute(_REPLIES.format(", ".join("?" * len(part))), part))
    return found


def versions(connection: sqlite3.Connection, passage_id: str) -> list[Version]:
    """Return the texts a passage had before, the oldest first."""
    rows = connection.execute(
        "SELECT text, source, replaced FROM passage_version WHERE passage = ? ORDER BY key",
        (passage_id,),
    )
    return [
        Version(from_db(text), from_db(source), datetime.fromisoformat(replaced))
        for text, source, replaced in rows
    ]


def _merge(
    connection: sqlite3.Connection,
    post_id: str,
    rows: Sequence[Row],
    thread: Thread,
    *,
    now: datetime,
    earlier: Earlier,
) -> MergedThread:
    from probation_reader.library.thread_merge import merge  # noqa: PLC0415 - reading never merges

    paths = sources.SourcePaths(connection)
    known = [passage_from_row(row, paths) for row in rows]
    shows_comments = bool(thread.comments) or thread.post.announced == 0
    return merge(post_id, known, thread.passages, comments=shows_comments, now=now, earlier=earlier)


def _row_after(
    before: PostRow, source: SourceRecord, thread: Thread, merged: MergedThread
) -> PostRow:
    from probation_reader.library.thread_merge import merge_heading  # noqa: PLC0415 - as in `_merge`

    return PostRow(
        post=merge_heading(before.post, thread.post),
        comments=sum(isinstance(p, Comment) and not p.gone for p in merged.passages),
        passages=sum(not p.gone for p in merged.passages),
        layout=source.layout,
        source=source.path,
        sample=before.sample and source.sample,
    )


def _write(
    connection: sqlite3.Connection,
    post: int,
    key: int,
    rows: Iterable[Row],
    merged: MergedThread,
    *,
    now: datetime,
    again: bool,
) -> bool:
    """Write the passages that differ from the rows; tell whether any reads otherwise."""
    old = {row[0]: row for row in rows}
    inserts, updates, edited = [], [], []
    arrived = arrivals.time(now)
    changed = went = bool(merged.moved)
    came = _drop(connection, merged)
    for position, passage in enumerate(merged.passages):
        was = old.get(passage.id)
        found_in = key if was is None or passage.id in merged.found else was[SOURCE]
        row = passage_to_row(passage, position, found_in)
        if was is None:
            inserts.append((*row, post, came.get(passage.id, arrived)))
        elif row != was:
            updates.append((*row[1:], passage.id))
            changed = changed or row[:CONTENT] != was[:CONTENT]
            went = went or row[GONE] != was[GONE]
            if not again and _edited(was, row):
                edited.append((now.isoformat(), passage.id))
    connection.executemany(_KEEP_VERSION, edited)
    connection.executemany(_UPDATE, updates)
    connection.executemany(_INSERT, inserts)
    for moment, number in Counter(row[-1] for row in inserts).items():
        arrivals.note(connection, post, moment, number)
    if went:
        arrivals.count_anew(connection, post)
    return changed or bool(inserts)


def _drop(connection: sqlite3.Connection, merged: MergedThread) -> dict[str, int]:
    """Delete misread passages; return when the ids that take their place came in."""
    came: dict[str, int] = {}
    for old, ids in merged.moved:
        query = "DELETE FROM passage WHERE id = ? RETURNING arrived"
        for (arrived,) in connection.execute(query, (old,)).fetchall():
            came.update(dict.fromkeys(ids, arrived))
    return came


def _edited(was: Row, row: Row) -> bool:
    """Tell whether the words differ, not only the white space between them."""
    return was[TEXT] != row[TEXT] and squeeze(from_db(was[TEXT])) != squeeze(from_db(row[TEXT]))
