"""Whatever the clock says: what is written has a sound time, and is taken elsewhere."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probation_reader.mutes import Rule
from probation_reader.record import Record, event_schema, events, exchange, projections
from probation_reader.record.events import Event

if TYPE_CHECKING:
    from pathlib import Path

    from probation_reader.errors import RecordError

_YEAR = 31_556_952_000
_CLOCKS = {
    "1901": -69 * _YEAR,
    "1969": -1000,
    "1970": 0,
    "2026": 1_780_000_000_000,
    "2038": 2**31 * 1000,
    "2050": 2_524_608_000_000,
    "2100": 4_102_444_800_000,
    "just before the horizon": events.HORIZON - 1,
    "at the horizon": events.HORIZON,
    "2999": events.LATEST - 2,
    "3000": events.LATEST,
    "9999": 253_402_300_799_999,
}


class _Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = 0
        monkeypatch.setattr(time, "time_ns", lambda: self.at * 1_000_000)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    return _Clock(monkeypatch)


def _raise(error: RecordError) -> None:
    raise error


def _carry(source: Record, target: Record) -> None:
    lines = [line.encode() for line in source.exported()]
    target.merge(exchange.read(lines, "file", _raise))


def _contents(record: Record) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(record.path)) as connection:
        return projections.contents(connection)


def _until(at: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(at / 1000, UTC) + timedelta(days=1)
    except (OverflowError, ValueError):
        return None


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(times=st.lists(st.tuples(st.sampled_from(sorted(_CLOCKS)), st.integers(0, 6)), max_size=12))
def test_what_is_written_under_any_clock_is_taken_elsewhere(
    tmp_path_factory: pytest.TempPathFactory, times: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("clocks")
    with pytest.MonkeyPatch.context() as patch:
        clock = _Clock(patch)
        with Record.open(folder / "a/r") as one, Record.open(folder / "b/r") as other:
            for turn, (name, deed) in enumerate(times):
                clock.at = _CLOCKS[name]
                record = (one, other)[turn % 2]
                _do(record, deed, turn, clock.at)
                if turn % 3 == 2:
                    _carry(one, other)
            _carry(one, other)
            _carry(other, one)
            assert _contents(one) == _contents(other)
            assert one.problems() == other.problems() == []


def _do(record: Record, deed: int, turn: int, at: int) -> None:
    if deed == 0:
        record.mark_read([f"p.{turn}"])
    elif deed == 1:
        record.bookmark("p.a", note=str(turn))
    elif deed == 2:
        record.mute(Rule.word("law"), _until(at))
    elif deed == 3:
        record.undo()
    elif deed == 4:
        record.begin_visit()
    elif deed == 5:
        record.end_visit()
    else:
        record.remove_bookmark("p.a")


@pytest.mark.parametrize("name", _CLOCKS)
def test_a_deed_after_the_clock_was_wrong_counts_as_the_last(
    record: Record, clock: _Clock, name: str
) -> None:
    clock.at = _CLOCKS[name]
    record.bookmark("p.a", "words")
    clock.at = _CLOCKS["2026"]
    assert record.remove_bookmark("p.a")
    assert record.bookmarks() == []
    assert record.undo() is not None
    assert len(record.bookmarks()) == 1
    assert record.problems() == []


@pytest.mark.parametrize("name", _CLOCKS)
def test_a_mute_for_a_day_holds_under_a_wrong_clock(
    record: Record, clock: _Clock, name: str
) -> None:
    clock.at = _CLOCKS[name]
    record.mute(Rule.word("law"), _until(clock.at))
    assert [mute.rule for mute in record.mutes()] == [Rule.word("law")]
    (line,) = list(record.exported())[1:]
    assert json.loads(line)["payload"].get("until", 0) >= 0


def test_a_visit_in_the_future_hides_nothing_once_the_clock_is_right(
    record: Record, clock: _Clock
) -> None:
    now = _CLOCKS["2026"]
    for at in (now, _CLOCKS["2050"], now + 60_000, now + 120_000):
        clock.at = at
        record.begin_visit()
        record.mark_read([f"p.{at}"])
        record.end_visit()
        # In 2100 the clock was believed; afterwards that visit does not count.
        assert record.last_visit is not None
        assert abs(record.last_visit.timestamp() * 1000 - at) < 1000
    clock.at = now + 180_000
    record.begin_visit()
    assert record.last_visit is not None
    assert abs(record.last_visit.timestamp() * 1000 - now - 120_000) < 1000


def test_a_first_visit_in_the_future_is_none(record: Record, clock: _Clock) -> None:
    clock.at = _CLOCKS["2050"]
    record.begin_visit()
    record.end_visit()
    clock.at = _CLOCKS["2026"]
    record.begin_visit()
    assert record.last_visit is None


def test_what_is_done_after_a_clock_was_set_back_is_undone_and_listed_in_order(
    record: Record, clock: _Clock
) -> None:
    clock.at = _CLOCKS["2050"]
    record.mute(Rule.word("pay"), _until(clock.at))
    clock.at = _CLOCKS["2026"]
    record.mute(Rule.word("law"), _until(clock.at))
    record.bookmark("p.a")
    assert [deed.events[0].target for deed in record.deeds(9)] == [
        "p.a",
        Rule.word("law").target,
        Rule.word("pay").target,
    ]
    # A rule ends by the clock of the one who made it.
    assert record.next_unmuted() == _until(clock.at)
    clock.at += 2 * 24 * 3_600_000
    assert [mute.rule for mute in record.mutes()] == [Rule.word("pay")]
    for what in ("bookmark", "mute", "mute"):
        step = record.undo()
        assert step
        assert step.what == what
    assert record.undo() is None
    assert record.mutes() == []
    assert record.bookmarks() == []


def _file(*log: Event) -> list[bytes]:
    return [line.encode() for line in (exchange.head(len(log)), *map(exchange.line, log))]


def test_an_event_from_the_far_future_is_refused_and_all_others_are_taken(record: Record) -> None:
    poison = Event("other", 2, events.LATEST - 2, 0, "bookmark", "p.b", {})
    sound = Event("other", 1, 1_780_000_000_000, 0, "bookmark", "p.a", {})
    faults: list[RecordError] = []
    record.merge(exchange.read(_file(sound, poison), "file", faults.append))
    assert [kept.id for kept in record.bookmarks()] == ["p.a"]
    assert str(faults[0]).startswith("file:3: the event is from the far future")


def test_what_follows_the_horizon_without_a_gap_is_taken(record: Record, tmp_path: Path) -> None:
    last = Event("other", 1, events.HORIZON - 1, 0, "bookmark", "p.a", {})
    record.merge(exchange.read(_file(last), "file", _raise))
    for number in range(3):
        record.bookmark(f"p.{number}")
    with Record.open(tmp_path / "elsewhere" / "r") as other:
        _carry(record, other)
        assert len(other.bookmarks()) == 4
        lines = [line.encode() for line in record.exported(datetime(2500, 1, 1, tzinfo=UTC))]
        other.merge(exchange.read(lines, "file", _raise))


def test_a_record_that_was_poisoned_is_repaired_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "home" / "r"
    with Record.open(path) as record:
        machine = record._machine
    late = events.LATEST
    log = [
        Event("other", 1, late - 2, 0, "bookmark", "p.b", {"quote": "b"}),
        Event(machine, 1, late - 1, 0, "bookmark", "p.a", {"quote": "a", "kept": late + 5}),
        Event(machine, 2, late, 0, "read", "p.c", {}),
        Event(machine, 3, late + 1, 0, "undo", "", {"deed": late}),
        Event(machine, 4, late + 2, 0, "mute", "mute:word::law", {"until": -5}),
        Event(machine, 5, late + 3, 0, "mute", "mute:word:: ", {}),
        Event(machine, 6, late + 4, 0, "mute", f"mute:word::{'x' * 1_000_000}", {}),
    ]
    with closing(sqlite3.connect(path)) as connection, connection:
        for event in log:
            events.append(connection, event)
        events.set_meta(connection, "state", "8")
    with Record.open(path) as record, Record.open(tmp_path / "elsewhere" / "r") as other:
        assert record.notices == ["Set aside from the personal record, because unsound: 2 events."]
        assert record.all_read() == frozenset()
        assert record.bookmark("p.d")
        _carry(record, other)
        assert {kept.id for kept in other.bookmarks()} == {"p.a", "p.b", "p.d"}
        assert _contents(record) == _contents(other)
        assert record.problems() == []
    with Record.open(path) as record:
        assert record.notices == []


@pytest.mark.parametrize(
    "target", ["mute:word:: ", "mute:word::", "mute:by::'", f"mute:word::{'x' * 1000}"]
)
def test_a_rule_that_cannot_be_typed_is_not_merged(target: str) -> None:
    assert event_schema.validate("mute", target, {})
    assert not event_schema.validate("mute", Rule.word("it's LAW").target, {})


def test_an_empty_file_in_the_place_of_the_record_is_named(tmp_path: Path) -> None:
    path = tmp_path / "personal.sqlite3"
    path.touch()
    path.with_name("personal.sqlite3.damaged-20260101-000000").touch()
    with Record.open(path) as record:
        (notice,) = record.notices
    assert notice.startswith("The personal record was empty: a fresh one was begun. An older one")


_JUNK = ["", "x", "[1]", "null", "[" * 5000, '{"deed": 1e999}', '{"until": NaN}', '{"tags": {}}']
_JUNK += ['{"passage": "\\ud800", "line": 1}', '{"note": 5}', '{"deed": ' + "9" * 5000 + "}"]


def test_the_fold_survives_whatever_the_log_holds(tmp_path: Path) -> None:
    path = tmp_path / "home" / "r"
    with Record.open(path):
        pass
    actions = [*projections.ACTIONS, "undo", "redo", "junk"]
    number = 0
    with closing(sqlite3.connect(path)) as connection, connection:
        for action in actions:
            for payload in _JUNK:
                for target in ("", "p.a", "mute:word:: ", "search:\x1b", "p"):
                    number += 1
                    values = ("m", number, number, 0, action, target, payload)
                    connection.execute(events.INSERT, values)
        events.set_meta(connection, "state", "8")
    with Record.open(path) as record:
        assert record.keeps
        record.mutes()
        record.bookmarks()
        record.saved_searches()
        record.undo()
        assert record.bookmark("p.z")
        assert record.problems() == []
