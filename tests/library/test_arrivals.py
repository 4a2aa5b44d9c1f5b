"""The library knows when each passage first came in, also one of an older version."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from probation_reader.library import Library
from probation_reader.library.connection import Connections
from tests.library.pages import source, thread

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def _now() -> datetime:
    """Return a moment later than all that came in and earlier than all that will."""
    for _ in range(2):
        moment = datetime.now(UTC)
        while datetime.now(UTC) - moment < timedelta(milliseconds=2):
            pass
    return moment


def _texts(library: Library, ids: frozenset[str]) -> set[str]:
    return {passage.text for _, passage in library.passages(ids)}


def test_what_a_later_capture_adds_came_in_with_it(library: Library) -> None:
    library.store(source("1"), [thread("One\n  Two\nThree")])
    (post,) = [row.post.id for row in library.posts()]
    assert library.arrivals(_LONG_AGO) == {post: 4}
    between = _now()
    assert library.arrivals(between) == {}
    assert library.arrived_in(post, between) == frozenset()
    library.store(source("2"), [thread("Zero\nOne\n  Two\n  Between\nThree")])
    assert library.arrivals(between) == {post: 2}
    assert _texts(library, library.arrived_in(post, between)) == {"Zero", "Between"}
    assert library.arrivals(_LONG_AGO) == {post: 6}
    assert library.problems() == []


def test_an_older_capture_of_more_comments_brings_them_now(library: Library) -> None:
    library.store(source("later"), [thread("One")])
    between = _now()
    library.store(source("earlier"), [thread("One\nTwo")])
    (post,) = library.arrivals(between)
    assert _texts(library, library.arrived_in(post, between)) == {"Two"}


def test_an_edited_or_returning_comment_did_not_come_in_again(library: Library) -> None:
    library.store(source("1"), [thread("One of a few words\nTwo of some more words")])
    between = _now()
    library.store(source("2"), [thread("One of a few words, edited")])
    library.store(source("3"), [thread("One of a few words, edited\nTwo of some more words")])
    assert library.arrivals(between) == {}


def test_a_post_that_was_removed_takes_its_arrivals_along(library: Library) -> None:
    library.store(source("1"), [thread("One")])
    (post,) = [row.post.id for row in library.posts()]
    library.remove([post])
    assert library.arrivals(_LONG_AGO) == {}
    between = _now()
    library.store(source("1"), [thread("One")])
    assert library.arrivals(between) == {post: 2}
    assert library.problems() == []


def _make_older(path: Path) -> None:
    """Give a library the make of version 1."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "DROP TABLE arrival; DROP INDEX passage_gone; "
            "ALTER TABLE passage DROP COLUMN arrived; PRAGMA user_version = 1"
        )


def test_a_library_of_version_1_is_brought_up_to_date_and_loses_nothing(path: Path) -> None:
    with Library.open(path) as library:
        library.store(source("1"), [thread("One\n  Two\nThree")])
        posts = library.posts()
        before = library.thread(posts[0].post.id)
        uuid, change = library.uuid, library.last_change()
    _make_older(path)
    with Library.open(path) as library:
        assert (library.uuid, library.last_change()) == (uuid, change)
        assert library.posts() == posts
        assert library.thread(posts[0].post.id) == before
        assert library.arrivals(_LONG_AGO) == {}
        assert library.problems() == []
        library.store(source("2"), [thread("One\n  Two\nThree\nFour")])
        assert library.arrivals(_LONG_AGO) == {posts[0].post.id: 1}
        assert library.problems() == []
    with Library.open(path) as library:
        assert library.arrivals(_LONG_AGO) == {posts[0].post.id: 1}


def test_a_library_of_version_1_that_cannot_be_written_is_read_as_it_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(path) as library:
        library.store(source("1"), [thread("One")])
    _make_older(path)

    def refuse(connections: Connections) -> None:
        with connections.explaining():
            error = sqlite3.OperationalError("attempt to write a readonly database")
            error.sqlite_errorcode = sqlite3.SQLITE_READONLY
            raise error

    monkeypatch.setattr(Connections, "_open_for_writing", refuse)
    with Library.open(path) as library:
        (row,) = library.posts()
        assert len(library.thread(row.post.id).comments) == 1
        assert library.arrivals(_LONG_AGO) == {}
        assert library.arrived_in(row.post.id, _LONG_AGO) == frozenset()
        assert library.problems() == []
