"""Two records made one: in whatever order, however often, by whatever way."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probation_reader.errors import RecordError
from probation_reader.record import (
    MergeResult,
    Position,
    Record,
    UndoEntry,
    events,
    exchange,
    merge,
    projections,
)
from tests.record.logs import DEEDS, expected, logs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from probation_reader.record.events import Event


def _refuse(error: RecordError) -> None:
    raise error


def _read(lines: list[str]) -> list[Event]:
    return list(exchange.read([line.encode() for line in lines], "file", _refuse))


def _bring(source: Record, target: Record) -> MergeResult:
    return target.merge(_read(list(source.exported())))


def _contents(record: Record) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = dict(projections.contents(record._connection))
    found["bookmarks"] = [(*row[:3], json.loads(row[3])) for row in found["bookmarks"]]
    found["saved searches"] = [(row[0], json.loads(row[1])) for row in found["saved searches"]]
    return found


def _union(*of: list[Event]) -> list[Event]:
    """Return every event once; of two with one identity the one with the greater content."""
    rows = sorted(events.row(event) for log in of for event in log)
    known = {(at, machine, number): row for row in rows for machine, number, at, *_ in [row]}
    return [events.unrowed(known[identity]) for identity in sorted(known)]


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Callable[[], Record]]:
    """Opens records that are gone after the test, none with anything in it."""
    with ExitStack() as stack:
        names = iter(range(1000))
        yield lambda: stack.enter_context(Record.open(tmp_path / str(next(names)) / "p.sqlite3"))


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(st.lists(logs(first=1, copies=True), min_size=3, max_size=3), st.permutations([0, 1, 2]))
def test_merging_has_no_order_and_no_number(sources: list[list[Event]], order: list[int]) -> None:
    union = _union(*sources)
    with TemporaryDirectory() as folder, ExitStack() as stack:
        patched = stack.enter_context(pytest.MonkeyPatch.context())
        patched.setattr(merge, "_NEXT", merge._NEXT.replace(str(merge._PORTION), "4"))
        one, other, third = (
            stack.enter_context(Record.open(Path(folder) / name / "p.sqlite3")) for name in "123"
        )
        for source in sources:
            one.merge(source)
        for number in order:
            other.merge(sources[number])
        third.merge(sources[2])
        _bring(third, other)
        third.merge(sources[1] + sources[0])
        _bring(one, third)
        before = list(one.exported())
        assert one.merge(union) == MergeResult(len(union), 0, renewed=False)
        assert before == list(one.exported()) == list(other.exported()) == list(third.exported())
        assert _read(before) == union
        assert _contents(one) == _contents(other) == _contents(third) == expected(union)
        for record in (one, other, third):
            assert record.problems() == []
            assert record.read_counts() == {
                post: n for post in ["p", "q", "pq"] if (n := len(record.read_in(post)))
            }


_ACTS = st.lists(
    st.tuples(
        st.sampled_from([0, 1]),
        st.just(("merge", ())) | DEEDS.filter(bool).map(lambda deeds: deeds[0]),
    ),
    max_size=25,
)


def _steps_of(record: Record, machine: str) -> list[object]:
    steps = projections.contents(record._connection)["steps"]
    return [step for step in steps if step[0] == machine]


@settings(deadline=None, max_examples=50)
@given(_ACTS)
def test_undo_between_merges_is_about_what_was_done_here(
    acts: list[tuple[int, tuple[str, tuple[Any, ...]]]],
) -> None:
    with TemporaryDirectory() as folder, ExitStack() as stack:
        both = [stack.enter_context(Record.open(Path(folder) / n / "p.sqlite3")) for n in "ab"]
        for which, (act, arguments) in acts:
            here, there = both[which], both[1 - which]
            if act == "merge":
                assert not _bring(there, here).renewed
                continue
            before = _steps_of(here, there._machine)
            getattr(here, act)(*arguments)
            assert _steps_of(here, there._machine) == before
        for here, there in (both, both[::-1]):
            theirs, known = _steps_of(here, there._machine), _contents(here)
            turns = 0
            while here.undo() is not None:
                turns += 1
            assert _steps_of(here, there._machine) == theirs
            while turns:
                assert here.redo() is not None
                turns -= 1
            kept = ("reading marks", "bookmarks", "saved searches", "mutes", "positions")
            assert [_contents(here)[name] for name in kept] == [known[name] for name in kept]
        for here, there in (both, both[::-1]):
            _bring(there, here)
        assert _contents(both[0]) == _contents(both[1])
        assert list(both[0].exported()) == list(both[1].exported())
        assert both[0].problems() == both[1].problems() == []


def test_what_two_machines_did_comes_together(fresh: Callable[[], Record]) -> None:
    laptop, server = fresh(), fresh()
    laptop.mark_read(["p.a", "p.b"])
    laptop.bookmark("p.a", "words", note="why")
    server.mark_read(["p.b", "q.a"])
    server.set_position("q", "q.a", 3)
    assert _bring(laptop, server) == MergeResult(3, 3, renewed=False)
    server.mark_unread(["p.a"])
    assert _bring(server, laptop) == MergeResult(7, 4, renewed=False)
    for record in (laptop, server):
        assert record.read_in("p") == {"p.b"}
        assert record.read_counts() == {"p": 1, "q": 1}
        assert [kept.note for kept in record.bookmarks()] == ["why"]
        assert record.position("q") == Position("q.a", 3)
        assert record.last_post() == "q"


def test_undo_takes_back_only_what_was_done_on_this_machine(fresh: Callable[[], Record]) -> None:
    laptop, server = fresh(), fresh()
    laptop.mark_read(["p.a"])
    server.mark_read(["p.a", "p.b"])
    _bring(server, laptop)
    assert laptop.undo() == UndoEntry("read", ("p.a",))
    assert laptop.undo() is None
    assert laptop.read_in("p") == {"p.a", "p.b"}
    _bring(laptop, server)
    assert server.undo() == UndoEntry("read", ("p.a", "p.b"))
    assert server.read_in("p") == frozenset()
    _bring(server, laptop)
    assert laptop.redo() == UndoEntry("read", ("p.a",))
    assert laptop.read_in("p") == {"p.a"}


def test_what_is_done_after_a_merge_holds_although_the_other_clock_is_ahead(
    fresh: Callable[[], Record],
) -> None:
    here = fresh()
    ahead = events.Event("fast", 1, 4_000_000_000_000, 0, "read", "p.a", {})
    here.merge([ahead])
    here.mark_unread(["p.a"])
    assert here.read_in("p") == frozenset()
    assert [event.action for event in events.in_order(here._connection)] == ["read", "unread"]


def test_marks_of_a_merge_await_a_recount(fresh: Callable[[], Record]) -> None:
    here, there = fresh(), fresh()
    here.mark_read(["p.gone"])
    here.recount({"p": {"p.a"}}, library="one", reached=1)
    there.mark_read(["p.a", "p.not-here", "p.gone"])
    _bring(there, here)
    assert here.counted_to("one") is None
    here.recount({"p": {"p.a"}}, library="one", reached=1)
    assert here.read_counts() == {"p": 1}


def _copied(source: Record, target: Record) -> None:
    """Make a record one that was copied with the home it is in."""
    for table in ("event", "meta"):
        target._connection.execute(f"DELETE FROM {table}")  # noqa: S608 - ours
    events.copy(source._connection, target._connection)
    events.set_meta(target._connection, "machine", source._machine)
    projections.fold(target._connection)


def _let_a_millisecond_pass() -> None:
    begun = time.time()
    while time.time() < begun + 0.001:
        pass


def test_copies_of_one_record_part_when_they_meet(fresh: Callable[[], Record]) -> None:
    one, other = fresh(), fresh()
    one.begin_visit()
    one.mark_read(["p.a"])
    one.end_visit()
    _copied(one, other)
    assert other._machine == one._machine
    one.mark_read(["p.b"])
    _let_a_millisecond_pass()  # else both deeds would have one identity
    other.mark_read(["p.c", "p.d"])
    visit = other.last_visit
    assert _bring(one, other).renewed
    assert other._machine != one._machine
    assert other.last_visit == visit
    assert other.read_in("p") == {"p.a", "p.b", "p.c", "p.d"}
    assert other.undo() is None
    other.mark_read(["p.e"])
    assert other.undo() == UndoEntry("read", ("p.e",))
    assert _bring(other, one).renewed
    assert not _bring(one, other).renewed
    assert not _bring(other, one).renewed
    assert list(one.exported()) == list(other.exported())
    assert one.problems() == other.problems() == []


def test_what_the_same_record_exported_earlier_is_all_known(fresh: Callable[[], Record]) -> None:
    record = fresh()
    record.mark_read(["p.a"])
    before = _read(list(record.exported()))
    record.mark_read(["p.b"])
    assert record.merge(before) == MergeResult(1, 0, renewed=False)


def test_a_session_that_is_open_goes_on_under_the_new_id(
    path: Path, record: Record, fresh: Callable[[], Record]
) -> None:
    record.mark_read(["p.a"])
    other = fresh()
    _copied(record, other)
    other.mark_read(["p.b"])
    with Record.open(path) as merging_:
        assert _bring(other, merging_).renewed
    record.mark_read(["p.c"])
    assert record.undo() == UndoEntry("read", ("p.c",))
    assert record.undo() is None


def test_a_session_that_marks_during_a_merge_waits_only_shortly(
    path: Path, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge, "_NEXT", merge._NEXT.replace(str(merge._PORTION), "10"))
    source = [events.Event("far", n, n, 0, "read", f"p.{n}", {}) for n in range(1, 101)]
    with Record.open(path) as other:
        marked = []

        def advance(done: int, total: int) -> None:
            assert total == 100
            marked.append(other.mark_read([f"q.{done}"]))

        assert record.merge(source, advance) == MergeResult(100, 100, renewed=False)
        assert marked == [1] * 10
        assert other.changed_elsewhere()
        assert other.read_counts() == {"p": 100, "q": 10}
        assert other.problems() == []


def test_nothing_is_taken_of_a_source_that_fails(record: Record) -> None:
    def failing() -> Iterator[Event]:
        yield events.Event("far", 1, 1, 0, "read", "p.a", {})
        raise RuntimeError

    with pytest.raises(RuntimeError):
        record.merge(failing())
    assert record.read_counts() == {}
    assert record.merge([events.Event("far", 1, 1, 0, "read", "p.a", {})]).new == 1


def test_only_what_was_done_since_is_written(record: Record) -> None:
    record.mark_read(["p.a"])
    (first,) = record.deeds(1)
    record.mark_read(["p.b"])
    (second,) = record.deeds(1)
    moment = datetime.fromtimestamp(second.at / 1000, UTC)
    assert [event.target for event in _read(list(record.exported(moment)))] == ["p.b"]
    before = datetime.fromtimestamp(first.at / 1000, UTC)
    assert [event.target for event in _read(list(record.exported(before)))] == ["p.a", "p.b"]
    assert _read(list(record.exported(datetime(2999, 1, 1, tzinfo=UTC)))) == []


def test_the_log_is_told_deed_by_deed(fresh: Callable[[], Record]) -> None:
    here, there = fresh(), fresh()
    there.mark_read(["p.a", "p.b"])
    _bring(there, here)
    here.bookmark("p.a", "words")
    here.undo()
    undo, kept, read = here.deeds(10)
    assert [event.action for event in undo.events] == ["undo"]
    assert (kept.ours, kept.undone, read.ours, read.undone) == (True, True, False, False)
    assert [event.target for event in read.events] == ["p.a", "p.b"]
    assert here.deeds(1) == [undo]


def test_bookmarks_that_are_restored_keep_their_time_and_replace_nothing(
    fresh: Callable[[], Record],
) -> None:
    here, there = fresh(), fresh()
    there.bookmark("p.a", "words", note="mine", tags=["law"])
    there.bookmark("p.b", "others", note="why", tags=["law", "pss"])
    listed = there.bookmarks()
    here.bookmark("p.b", "the words here", tags=["pss"])
    assert here.restore(listed) == (1, 1)
    a, b = here.kept("p.a"), here.kept("p.b")
    assert a == there.kept("p.a")
    assert b is not None
    assert (b.quote, b.note, b.tags) == ("the words here", "why", ("pss", "law"))
    assert here.restore(listed) == (0, 0)
    step = here.undo()
    assert step is not None
    assert set(step.ids) == {"p.a", "p.b"}
    assert [kept.id for kept in here.bookmarks()] == ["p.b"]
    assert here.problems() == []
