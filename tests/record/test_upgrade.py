"""A record that an older version wrote keeps everything when this one opens it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from probation_reader.record import Position, Record, UndoEntry, connection, events, projections

if TYPE_CHECKING:
    from pathlib import Path

#: A record as version 1 wrote it, with some of what can be done in it.
_FIRST = """
PRAGMA journal_mode = WAL;
PRAGMA application_id = 1348620900;
PRAGMA user_version = 1;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    machine TEXT NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    visit INTEGER NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    payload TEXT NOT NULL,
    UNIQUE (machine, number)
);
CREATE INDEX event_order ON event (at, machine, number);
CREATE INDEX event_target ON event (target);
CREATE TABLE read_mark (post TEXT NOT NULL, passage TEXT NOT NULL,
    live INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (post, passage)) WITHOUT ROWID;
CREATE TABLE read_count (post TEXT PRIMARY KEY, read INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE position (place INTEGER PRIMARY KEY, post TEXT NOT NULL UNIQUE,
    passage TEXT NOT NULL, line INTEGER NOT NULL);
CREATE TABLE step (machine TEXT NOT NULL, at INTEGER NOT NULL, status INTEGER NOT NULL,
    PRIMARY KEY (machine, at)) WITHOUT ROWID;
CREATE INDEX step_undone ON step (machine, at) WHERE status = 1;
CREATE TABLE visit (machine TEXT NOT NULL, number INTEGER NOT NULL, ended INTEGER,
    PRIMARY KEY (machine, number)) WITHOUT ROWID;
CREATE INDEX visit_ended ON visit (machine, ended);
CREATE TABLE bookmark (id TEXT PRIMARY KEY, post TEXT NOT NULL, at INTEGER NOT NULL,
    details TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX bookmark_post ON bookmark (post);
CREATE TRIGGER mark_made AFTER INSERT ON read_mark BEGIN
    INSERT INTO read_count VALUES (NEW.post, NEW.live)
        ON CONFLICT (post) DO UPDATE SET read = read + NEW.live;
END;
INSERT INTO meta VALUES ('machine', 'c0ffee'), ('state', '2'), ('counted', 'one 7');
INSERT INTO event VALUES
    (1, 'c0ffee', 1, 1000, 1, 'visit-begin', '', '{}'),
    (2, 'c0ffee', 2, 1001, 1, 'read', 'p.a', '{"passing":true}'),
    (3, 'c0ffee', 3, 1002, 1, 'bookmark', 'p.a', '{"note":"why","quote":"w\\ud800","tags":["l"]}'),
    (4, 'c0ffee', 4, 1003, 1, 'read', 'p.b', '{}'),
    (5, 'c0ffee', 5, 1003, 1, 'read', 'q.a', '{}'),
    (6, 'c0ffee', 6, 1004, 1, 'unread', 'p.a', '{}'),
    (7, 'c0ffee', 7, 1005, 1, 'undo', '', '{"deed":1004}'),
    (8, 'c0ffee', 8, 1006, 1, 'position', 'p', '{"line":-2,"passage":"p.b"}'),
    (9, 'c0ffee', 9, 1007, 1, 'later', 'p.z', '{"what":[1]}'),
    (10, 'c0ffee', 10, 1008, 1, 'visit-end', '', '{}');
"""


@pytest.fixture
def older(path: Path) -> Path:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as first:
        first.executescript(_FIRST)
    return path


def _log(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as looking:
        query = f"SELECT seq, {events.COLUMNS} FROM event ORDER BY seq"  # noqa: S608 - ours
        return looking.execute(query).fetchall()


def test_everything_in_a_record_of_version_1_is_kept(older: Path) -> None:
    before = _log(older)
    with Record.open(older) as record:
        assert record.notices == []
        assert record.keeps
        assert record.problems() == []
        assert record.read_in("p") == {"p.a", "p.b"}
        assert record.read_counts() == {"p": 2, "q": 1}
        assert record.counted_to("one") is None
        (kept,) = record.bookmarks()
        assert (kept.quote, kept.note, kept.tags) == ("w\ud800", "why", ("l",))
        assert record.position("p") == Position("p.b", -2)
        assert record.last_post() == "p"
        assert record.last_visit is not None
        assert record.last_visit.timestamp() == 1.008
        assert record.redo() == UndoEntry("unread", ("p.a",))
        assert record.undo() == UndoEntry("unread", ("p.a",))
        assert record.undo() == UndoEntry("read", ("p.b", "q.a"))
    after = _log(older)
    assert after[: len(before)] == before
    assert [row[1:3] for row in after[len(before) :]] == [("c0ffee", n) for n in (11, 12, 13)]


def test_a_record_of_version_1_that_cannot_be_written_is_read_as_it_is(older: Path) -> None:
    before = older.read_bytes()
    opened = connection._open_for_reading(older)
    with closing(opened):
        assert projections.contents(opened)["reading marks"] == [("p", "a"), ("p", "b"), ("q", "a")]
    assert older.read_bytes() == before


def test_a_record_of_version_1_in_which_nothing_was_done_is_kept(older: Path) -> None:
    with closing(sqlite3.connect(older)) as first:
        first.execute("DELETE FROM event")
        first.commit()
    with Record.open(older) as record:
        assert record.notices == []
        assert record.mark_read(["p.a"]) == 1
    with Record.open(older) as record:
        assert record.read_in("p") == {"p.a"}
        assert record.problems() == []
