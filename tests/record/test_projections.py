"""The state tables are the fold of the log, whatever is in the log."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from probation_reader.record import Record, connection, events, projections
from tests.record.logs import DEEDS, expected, folded, logs

if TYPE_CHECKING:
    from probation_reader.record.events import Event


@settings(deadline=None)
@given(logs(), st.randoms(use_true_random=False))
def test_the_last_writer_wins_in_whatever_order_events_arrived(
    log: list[Event], chance: random.Random
) -> None:
    shuffled = list(log)
    chance.shuffle(shuffled)
    assert folded(shuffled) == folded(log) == expected(log)


@settings(max_examples=60, deadline=None)
@given(DEEDS)
def test_the_state_after_any_deeds_is_the_fold_of_their_log(
    deeds: list[tuple[str, tuple[Any, ...]]],
) -> None:
    with TemporaryDirectory() as folder, Record.open(Path(folder) / "personal.sqlite3") as record:
        for name, arguments in deeds:
            getattr(record, name)(*arguments)
        log = list(events.in_order(record._connection))
        counts = record.read_counts()
        assert record.problems() == []
        assert counts == {post: n for post in ["p", "q", "pq"] if (n := len(record.read_in(post)))}
        assert folded(log) == expected(log)
        assert [(event.at, event.number) for event in log] == sorted(
            (event.at, event.number) for event in log
        )


def test_state_tables_of_another_version_are_made_anew_from_the_log(tmp_path: Path) -> None:
    path = tmp_path / "personal.sqlite3"
    with Record.open(path) as record:
        record.mark_read(["p.a", "p.b"])
        record.bookmark("p.a", "words")
        record.recount({"p": {"p.a"}}, library="one", reached=1)
        record._connection.execute("DROP TABLE bookmark")
        record._connection.execute("DELETE FROM read_mark")
        events.set_meta(record._connection, "state", "of another version")
    with Record.open(path) as record:
        assert record.read_in("p") == {"p.a", "p.b"}
        assert [kept.id for kept in record.bookmarks()] == ["p.a"]
        assert record.counted_to("one") is None
        assert record.problems() == []


def test_state_tables_of_another_version_are_made_anew_in_memory_where_nothing_can_be_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "personal.sqlite3"
    with Record.open(path) as record:
        record.mark_read(["p.a", "p.b"])
        record._connection.execute("DROP TABLE visit")
        events.set_meta(record._connection, "state", "of another version")
    before = path.read_bytes()
    opened = connection._open_for_reading(path)
    with closing(opened):
        assert projections.contents(opened)["reading marks"] == [("p", "a"), ("p", "b")]
    assert path.read_bytes() == before


def test_a_state_that_differs_from_its_log_is_a_problem_until_the_next_opening(
    tmp_path: Path,
) -> None:
    with Record.open(tmp_path / "personal.sqlite3") as record:
        record.mark_read(["p.a"])
        record._connection.execute("DELETE FROM read_mark")
        ((problem, advice),) = record.problems()
    assert problem == f"{tmp_path / 'personal.sqlite3'}: reading marks are not what the log says"
    assert "Start again" in advice
    with Record.open(tmp_path / "personal.sqlite3") as record:
        assert record.problems() == []
        assert record.read_in("p") == {"p.a"}


def _visible(record: Record) -> list[object]:
    """Return what undo is about, without what the turns themselves leave in the tables."""
    contents = projections.contents(record._connection)
    kept = ("reading marks", "bookmarks", "saved searches", "mutes")
    return [*(contents[what] for what in kept), record.read_counts()]


@settings(max_examples=60, deadline=None)
@given(DEEDS)
def test_undone_one_by_one_and_redone_after_a_restart_all_is_as_it_was(
    deeds: list[tuple[str, tuple[Any, ...]]],
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "personal.sqlite3"
        with Record.open(path) as record:
            for name, arguments in deeds:
                getattr(record, name)(*arguments)
            states = [_visible(record)]
            while record.undo() is not None:
                states.append(_visible(record))
            assert not any(states[-1])
        with Record.open(path) as record:
            for state_before in reversed(states[:-1]):
                assert record.redo() is not None
                assert _visible(record) == state_before
            assert record.problems() == []
