"""What undo and redo give back, step by step, and what they leave alone."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from probation_reader.errors import RecordError
from probation_reader.record import Position, Record, UndoEntry, events

if TYPE_CHECKING:
    from pathlib import Path


def test_one_call_is_one_step_however_many_passages_it_marks(record: Record) -> None:
    record.mark_read(["p.a"])
    record.mark_read(["p.b", "p.a", "p.c"])
    undone = record.undo()
    assert undone == UndoEntry("read", ("p.b", "p.c"))
    assert undone.posts == ("p",)
    assert record.read_in("p") == {"p.a"}
    assert record.undo() == UndoEntry("read", ("p.a",))
    assert record.read_counts() == {}
    assert record.undo() is None


def test_what_reading_on_marked_comes_back_comment_by_comment(record: Record) -> None:
    for name in ("p.a", "p.b", "p.c"):
        record.mark_read([name], passing=True)
    record.undo()
    assert record.read_in("p") == {"p.a", "p.b"}


def test_what_was_turned_last_is_turned_back_first(record: Record) -> None:
    record.bookmark("p.a", "the words")
    record.undo()
    record.mark_read(["p.b"], passing=True)
    record.mark_read(["p.c"], passing=True)
    record.undo()
    assert record.redo() == UndoEntry("read", ("p.c",))
    assert record.redo() == UndoEntry("bookmark", ("p.a",))
    assert record.redo() is None
    assert record.undo() == UndoEntry("bookmark", ("p.a",))
    assert record.undo() == UndoEntry("read", ("p.c",))
    assert record.undo() == UndoEntry("read", ("p.b",))
    assert record.undo() is None


def test_each_kind_of_deed_is_undone_and_redone(record: Record) -> None:
    record.mark_read(["p.a"])
    record.mark_unread(["p.a"])
    record.bookmark("p.a", "the words", note="why", tags=["law"])
    record.bookmark("p.a", note="because", tags=["pss"])
    record.remove_bookmark("p.a")
    before = record._connection.execute("SELECT count(*) FROM event").fetchone()
    assert record.kept("p.a") is None

    assert record.undo() == UndoEntry("unbookmark", ("p.a",))
    kept = record.kept("p.a")
    assert kept is not None
    assert (kept.quote, kept.note, kept.tags) == ("the words", "because", ("pss",))
    assert record.undo() == UndoEntry("note", ("p.a",))
    first = record.kept("p.a")
    assert first is not None
    assert (first.note, first.tags, first.at) == ("why", ("law",), kept.at)
    assert record.undo() == UndoEntry("bookmark", ("p.a",))
    assert record.bookmarks() == []
    assert record.undo() == UndoEntry("unread", ("p.a",))
    assert record.read_in("p") == {"p.a"}
    assert record.undo() == UndoEntry("read", ("p.a",))
    assert record.undo() is None

    turned = [record.redo() for _ in range(5)]
    assert [step.what for step in turned if step] == [
        *("read", "unread", "bookmark", "note", "unbookmark")
    ]
    assert record.redo() is None
    assert record.read_in("p") == frozenset()
    assert record.bookmarks() == []
    assert record.problems() == []
    # Every turn is one more event; none is ever taken out of the log.
    after = record._connection.execute("SELECT count(*) FROM event").fetchone()
    assert after[0] == before[0] + 10


def test_a_new_deed_gives_up_what_could_be_redone_for_good(record: Record) -> None:
    record.mark_read(["p.a"])
    record.mark_read(["p.b"])
    record.undo()
    record.mark_read(["p.c"])
    assert record.redo() is None
    assert record.undo() == UndoEntry("read", ("p.c",))
    assert record.undo() == UndoEntry("read", ("p.a",))
    assert record.undo() is None
    assert record.redo() == UndoEntry("read", ("p.a",))
    assert record.redo() == UndoEntry("read", ("p.c",))
    assert record.redo() is None
    assert record.read_in("p") == {"p.a", "p.c"}


def test_reading_on_and_moving_about_give_nothing_up(record: Record) -> None:
    record.bookmark("p.a", "words")
    record.undo()
    record.mark_read(["p.b"], passing=True)
    record.set_position("p", "p.b", 2)
    assert record.redo() == UndoEntry("bookmark", ("p.a",))
    assert record.bookmarked_in("p") == {"p.a"}
    assert record.read_in("p") == {"p.b"}


def test_positions_and_visits_are_not_undone(record: Record) -> None:
    record.begin_visit()
    record.set_position("p", "p.b", 2)
    record.end_visit()
    assert record.undo() is None
    assert record.position("p") == Position("p.b", 2)


def test_steps_are_undone_after_a_restart_and_redone_after_another(path: Path) -> None:
    with Record.open(path) as record:
        record.mark_read(["p.a", "p.b"])
        record.bookmark("p.a", "words", note="why")
    with Record.open(path) as record:
        assert record.undo() == UndoEntry("bookmark", ("p.a",))
        assert record.undo() == UndoEntry("read", ("p.a", "p.b"))
    with Record.open(path) as record:
        assert record.read_counts() == {}
        assert record.redo() == UndoEntry("read", ("p.a", "p.b"))
    with Record.open(path) as record:
        assert record.read_in("p") == {"p.a", "p.b"}
        assert record.redo() == UndoEntry("bookmark", ("p.a",))
        assert record.problems() == []


def test_two_sessions_share_their_steps(path: Path, record: Record) -> None:
    with Record.open(path) as other:
        record.mark_read(["p.a"])
        other.mark_read(["p.b"])
        assert record.undo() == UndoEntry("read", ("p.b",))
        assert other.read_in("p") == {"p.a"}
        assert other.redo() == UndoEntry("read", ("p.b",))
        assert record.read_in("p") == {"p.a", "p.b"}


def test_what_another_machine_did_is_neither_undone_nor_lost(record: Record) -> None:
    record.mark_read(["p.a", "p.b"])
    at = events.next_time(record._connection)
    events.append(record._connection, events.Event("other", 1, at, 0, "read", "p.a", {}))
    events.append(record._connection, events.Event("other", 2, at, 0, "read", "p.c", {}))
    assert record.undo() == UndoEntry("read", ("p.a", "p.b"))
    assert record.undo() is None
    assert record.read_in("p") == {"p.a"}


def test_marks_of_passages_that_are_gone_stay_out_of_the_counts(record: Record) -> None:
    record.mark_read(["p.a", "p.gone"])
    record.recount({"p": {"p.a", "p.b"}}, library="one", reached=1)
    record.mark_read(["p.b"])
    record.undo()
    record.redo()
    assert record.read_counts() == {"p": 2}


def test_a_record_that_keeps_nothing_refuses_to_undo(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Record.open(path) as record:
        record.mark_read(["p.a"])
    with Record.open(path) as record:
        monkeypatch.setattr(record, "keeps", False)
        with pytest.raises(RecordError, match="not being kept"):
            record.undo()
        assert record.read_in("p") == {"p.a"}


_UNDOING = """
import sys
from pathlib import Path
from probation_reader.record import Record
with Record.open(Path(sys.argv[1])) as record:
    record.mark_read([f"p.{part}" for part in range(500)])
    record.bookmark("p.0", "words", note="why")
    while True:
        for turn in (record.undo, record.undo, record.redo, record.redo):
            print(turn().what, flush=True)
"""


@pytest.mark.parametrize("turns", [1, 2, 3, 4, 7, 10])
def test_killed_while_undoing_each_step_is_whole_and_what_was_said_holds(
    path: Path, turns: int
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _UNDOING, str(path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(turns)]
        process.kill()
        said += process.stdout.read().splitlines()
    with Record.open(path) as record:
        assert record.notices == []
        assert record.problems() == []
        read, kept = len(record.read_in("p")), len(record.bookmarks())
        # What was said last holds, or one turn more that was not said any more.
        cycle = [(500, 1), (500, 0), (0, 0), (500, 0)]
        assert (read, kept) in {cycle[len(said) % 4], cycle[(len(said) + 1) % 4]}
        while record.redo() is not None:
            pass
        assert len(record.read_in("p")) == 500
        assert record.bookmarked_in("p") == {"p.0"}
