"""The state tables are the fold of the log, whatever is in the log."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from probation_reader.personal import Record, connection, events, state
from probation_reader.personal.events import Event

_TARGETS = st.sampled_from(["p.a", "p.b", "p.a-2", "q.a", "pq.a"])
_WORDS = st.text(st.characters(), max_size=5)
_PAYLOADS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "read": st.sampled_from([{}, {"passing": True}]),
    "unread": st.just({}),
    "bookmark": st.fixed_dictionaries(
        {}, optional={"quote": _WORDS, "note": _WORDS, "tags": st.lists(_WORDS, max_size=2)}
    ),
    "unbookmark": st.just({}),
    "note": st.fixed_dictionaries({"note": st.none() | _WORDS}),
    "tag": st.fixed_dictionaries({"tags": st.lists(_WORDS, max_size=2)}),
    "position": st.fixed_dictionaries({"passage": _TARGETS, "line": st.integers(0, 9)}),
    "visit-begin": st.just({}),
    "visit-end": st.fixed_dictionaries({}, optional={"ended": st.integers(1, 12)}),
    "save-search": st.fixed_dictionaries({"words": _WORDS}),
    "drop-search": st.just({}),
    "undo": st.fixed_dictionaries({"deed": st.integers(1, 12)}),
    "redo": st.fixed_dictionaries({"deed": st.integers(1, 12)}),
    "an action of a later version": st.just({}),
}


@st.composite
def _logs(draw: st.DrawFn) -> list[Event]:
    """Events of three machines in any order of time, some at the same moment."""
    log = []
    for number in range(draw(st.integers(0, 25))):
        action = draw(st.sampled_from(sorted(_PAYLOADS)))
        target = draw(st.sampled_from(["p", "q"]) if action == "position" else _TARGETS)
        machine, at = draw(st.sampled_from("abc")), draw(st.integers(1, 12))
        visit = draw(st.integers(0, number))
        log.append(Event(machine, number, at, visit, action, target, draw(_PAYLOADS[action])))
    return log


_STEPS = (
    *("read", "unread", "bookmark", "unbookmark", "note", "tag"),
    *("save-search", "drop-search"),
)


def _steps(log: list[Event]) -> dict[tuple[str, int], int]:
    """Return the status of every step: 0 done, 1 undone, 2 given up."""
    done = [event for event in log if event.action in _STEPS]
    deeds = dict.fromkeys((event.machine, event.at) for event in done)
    deliberate = {(e.machine, e.at) for e in done if not e.payload.get("passing")}
    turns = [event for event in log if event.action in ("undo", "redo")]
    steps: dict[tuple[str, int], int] = {}
    for machine, at in sorted({*deliberate, *((turn.machine, turn.at) for turn in turns)}):
        if (machine, at) in deliberate:
            steps.update({d: 2 for d, s in steps.items() if d[0] == machine and s == 1})
        for turn in turns:
            deed = (machine, turn.payload.get("deed", 0))
            if (turn.machine, turn.at) != (machine, at) or deed[1] >= at:
                continue
            if steps.get(deed, 0) == (0 if turn.action == "undo" else 1):
                steps[deed] = 1 if turn.action == "undo" else 0
    return {deed: steps.get(deed, 0) for deed in deeds}


def _counting(log: list[Event]) -> list[Event]:
    """Return the events of steps that hold, and those of no step, in the order they count in."""
    log = sorted(log, key=lambda e: (e.at, e.machine, e.number))
    steps = _steps(log)
    return [e for e in log if e.action not in _STEPS or not steps[e.machine, e.at]]


def _searches(counting: list[Event]) -> list[tuple[object, ...]]:
    saved: dict[str, str | None] = {}
    for event in counting:
        if event.action in ("save-search", "drop-search"):
            saved[event.target] = event.payload.get("words")
    return sorted((target, words) for target, words in saved.items() if words is not None)


def _expected(log: list[Event]) -> dict[str, list[tuple[object, ...]]]:
    """Return what a log comes to, worked out the slow and obvious way."""
    read: dict[str, bool] = {}
    kept: dict[str, tuple[int, dict[str, Any]]] = {}
    positions: dict[str, tuple[str, int]] = {}
    visits: dict[tuple[str, int], int | None] = {}
    log = sorted(log, key=lambda e: (e.at, e.machine, e.number))
    counting = _counting(log)
    for event in counting:
        visit = (event.machine, event.visit)
        if event.action in ("read", "unread"):
            read[event.target] = event.action == "read"
        elif event.action == "unbookmark":
            kept.pop(event.target, None)
        elif event.action == "bookmark" and event.target not in kept:
            blank: dict[str, Any] = {"quote": "", "note": None, "tags": []}
            kept[event.target] = (event.at, blank | dict(event.payload))
        elif event.action in ("bookmark", "note", "tag") and event.target in kept:
            kept[event.target][1].update(event.payload)
        elif event.action == "position":
            positions.pop(event.target, None)
            positions[event.target] = (event.payload["passage"], event.payload["line"])
        elif event.action == "visit-begin":
            visits.setdefault((event.machine, event.number))
        elif event.action == "visit-end":
            visits[visit] = max(visits.get(visit) or 0, event.payload.get("ended", event.at))
    return {
        "reading marks": sorted(tuple(target.split(".")) for target in read if read[target]),
        "bookmarks": [
            (target, target.split(".")[0], at, details)
            for target, (at, details) in sorted(kept.items())
        ],
        "saved searches": _searches(counting),
        "positions": [(post, *left) for post, left in positions.items()],
        "steps": [(*deed, status) for deed, status in sorted(_steps(log).items())],
        "visits": [(*visit, ended) for visit, ended in sorted(visits.items())],
    }


def _folded(log: list[Event]) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        events.create(connection)
        for event in log:
            events.append(connection, event)
        state.fold(connection)
        contents = state.contents(connection)
    contents["bookmarks"] = [(*row[:3], json.loads(str(row[3]))) for row in contents["bookmarks"]]
    contents["saved searches"] = [
        (target, json.loads(str(words))) for target, words in contents["saved searches"]
    ]
    return contents


@settings(deadline=None)
@given(_logs(), st.randoms(use_true_random=False))
def test_the_last_writer_wins_in_whatever_order_events_arrived(
    log: list[Event], chance: random.Random
) -> None:
    shuffled = list(log)
    chance.shuffle(shuffled)
    assert _folded(shuffled) == _folded(log) == _expected(log)


#: One is also the id of a passage: the two must not be taken for each other.
_NAMES = st.sampled_from(["PSS", "p.a", "a name"])
_DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("mark_read"), st.tuples(st.lists(_TARGETS, max_size=4))),
        st.tuples(st.just("mark_unread"), st.tuples(st.lists(_TARGETS, max_size=4))),
        st.tuples(
            st.just("bookmark"),
            st.tuples(
                _TARGETS,
                st.none() | _WORDS,
                st.none() | _WORDS,
                st.none() | st.lists(_WORDS, max_size=3),
            ),
        ),
        st.tuples(st.just("remove_bookmark"), st.tuples(_TARGETS)),
        st.tuples(st.just("save_search"), st.tuples(_NAMES, _WORDS, st.just("") | _NAMES)),
        st.tuples(st.just("drop_search"), st.tuples(_NAMES)),
        st.tuples(
            st.just("set_position"),
            st.tuples(st.sampled_from(["p", "q"]), _TARGETS, st.integers(0, 9)),
        ),
        st.tuples(st.sampled_from(["begin_visit", "end_visit", "undo", "redo"]), st.just(())),
    ),
    max_size=20,
)


@settings(max_examples=60, deadline=None)
@given(_DEEDS)
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
        assert _folded(log) == _expected(log)
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
        assert state.contents(opened)["reading marks"] == [("p", "a"), ("p", "b")]
    assert path.read_bytes() == before


def test_a_state_that_differs_from_its_log_is_a_problem(tmp_path: Path) -> None:
    with Record.open(tmp_path / "personal.sqlite3") as record:
        record.mark_read(["p.a"])
        record._connection.execute("DELETE FROM read_mark")
        (problem,) = record.problems()
    assert problem == f"{tmp_path / 'personal.sqlite3'}: reading marks are not what the log says"


def _visible(record: Record) -> list[object]:
    """Return what undo is about, without what the turns themselves leave in the tables."""
    contents = state.contents(record._connection)
    undone = [contents[what] for what in ("reading marks", "bookmarks", "saved searches")]
    return [*undone, record.read_counts()]


@settings(max_examples=60, deadline=None)
@given(_DEEDS)
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
