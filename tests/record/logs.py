"""Logs and deeds as nobody would think of them, and what a log comes to."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from probation_reader.mutes import Rule
from probation_reader.record import ThreadViewState, events, projections
from probation_reader.record.events import Event

TARGETS = st.sampled_from(["p.a", "p.b", "p.a-2", "q.a", "pq.a"])
MUTES = st.sampled_from(["mute:branch:p:p.a", "mute:word::pss", "mute:by:q:x:y"])
SEARCHES = st.sampled_from(["search:a", "search:b", "search:p.a"])
#: What some actions are about instead.
ABOUT = {
    "position": st.sampled_from(["p", "q"]),
    **dict.fromkeys(("mute", "unmute"), MUTES),
    **dict.fromkeys(("save-search", "drop-search"), SEARCHES),
}
WORDS = st.text(st.characters(), max_size=5)
PAYLOADS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "read": st.sampled_from([{}, {"passing": True}]),
    "unread": st.just({}),
    "bookmark": st.fixed_dictionaries(
        {},
        optional={
            "quote": WORDS,
            "note": WORDS,
            "tags": st.lists(WORDS, max_size=2),
            "kept": st.integers(1, 12),
        },
    ),
    "unbookmark": st.just({}),
    "note": st.fixed_dictionaries({"note": st.none() | WORDS}),
    "tag": st.fixed_dictionaries({"tags": st.lists(WORDS, max_size=2)}),
    "position": st.fixed_dictionaries(
        {"passage": TARGETS, "line": st.integers(0, 9)},
        optional={"view": st.fixed_dictionaries({}, optional={"depth": st.integers(0, 3)})},
    ),
    "visit-begin": st.just({}),
    "visit-end": st.fixed_dictionaries({}, optional={"ended": st.integers(1, 12)}),
    "save-search": st.fixed_dictionaries({"words": WORDS}),
    "drop-search": st.just({}),
    "mute": st.fixed_dictionaries({}, optional={"until": st.integers(1, 12)}),
    "unmute": st.just({}),
    "undo": st.fixed_dictionaries({"deed": st.integers(1, 12)}),
    "redo": st.fixed_dictionaries({"deed": st.integers(1, 12)}),
    "of-a-later-version": st.just({}),
}


@st.composite
def logs(draw: st.DrawFn, *, first: int = 0, copies: bool = False) -> list[Event]:
    """Events of three machines in any order of time, some at the same moment.

    Args:
        draw: given by hypothesis.
        first: the number of the first event.
        copies: True for some whose identity is that of others.
    """
    log = []
    for number in range(first, first + draw(st.integers(0, 25))):
        action = draw(st.sampled_from(sorted(PAYLOADS)))
        target = draw(ABOUT.get(action, TARGETS))
        machine, at = draw(st.sampled_from("abc")), draw(st.integers(1, 12))
        visit = draw(st.integers(0, number))
        if copies:
            number = draw(st.integers(first, first + 9))  # noqa: PLW2901 - as if it was another
        log.append(Event(machine, number, at, visit, action, target, draw(PAYLOADS[action])))
    return log


STEPS = (
    *("read", "unread", "bookmark", "unbookmark", "note", "tag"),
    *("save-search", "drop-search", "mute", "unmute"),
)


def _steps(log: list[Event]) -> dict[tuple[str, int], int]:
    """Return the status of every step: 0 done, 1 undone, 2 given up."""
    done = [event for event in log if event.action in STEPS]
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
    return [e for e in log if e.action not in STEPS or not steps[e.machine, e.at]]


def _searches(counting: list[Event]) -> list[tuple[object, ...]]:
    saved: dict[str, str | None] = {}
    for event in counting:
        if event.action in ("save-search", "drop-search"):
            saved[event.target] = event.payload.get("words")
    return sorted((target, words) for target, words in saved.items() if words is not None)


def _mutes(counting: list[Event]) -> list[tuple[object, ...]]:
    mutes: dict[str, tuple[int | None, int]] = {}
    for event in counting:
        if event.action == "unmute":
            mutes.pop(event.target, None)
        elif event.action == "mute":
            until = event.payload.get("until")
            if event.target not in mutes or mutes[event.target][0] != until:
                mutes[event.target] = (until, event.at)
    return [(target, *mute) for target, mute in sorted(mutes.items())]


def expected(log: list[Event]) -> dict[str, list[tuple[object, ...]]]:
    """Return what a log comes to, worked out the slow and obvious way."""
    read: dict[str, bool] = {}
    kept: dict[str, tuple[int, dict[str, Any]]] = {}
    positions: dict[str, tuple[str, int, str]] = {}
    visits: dict[tuple[str, int], int | None] = {}
    log = sorted(log, key=lambda e: (e.at, e.machine, e.number))
    counting = _counting(log)
    for event in counting:
        visit, given = (event.machine, event.visit), dict(event.payload)
        if event.action in ("read", "unread"):
            read[event.target] = event.action == "read"
        elif event.action == "unbookmark":
            kept.pop(event.target, None)
        elif event.action == "bookmark" and event.target not in kept:
            blank: dict[str, Any] = {"quote": "", "note": None, "tags": []}
            kept[event.target] = (given.pop("kept", event.at), blank | given)
        elif event.action in ("bookmark", "note", "tag") and event.target in kept:
            given.pop("kept", None)
            kept[event.target][1].update(given)
        elif event.action == "position":
            *_, before = positions.pop(event.target, ("", 0, "{}"))
            if "view" in event.payload:
                view = event.payload["view"]
                before = json.dumps(view, separators=(",", ":"), sort_keys=True)
            positions[event.target] = (event.payload["passage"], event.payload["line"], before)
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
        "mutes": _mutes(counting),
        "positions": [(post, *left) for post, left in positions.items()],
        "steps": [(*deed, status) for deed, status in sorted(_steps(log).items())],
        "visits": [(*visit, ended) for visit, ended in sorted(visits.items())],
    }


def folded(log: list[Event]) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        events.create(connection)
        for event in log:
            events.append(connection, event)
        projections.fold(connection)
        contents = projections.contents(connection)
    contents["bookmarks"] = [(*row[:3], json.loads(str(row[3]))) for row in contents["bookmarks"]]
    contents["saved searches"] = [
        (target, json.loads(str(words))) for target, words in contents["saved searches"]
    ]
    return contents


#: One is also the id of a passage: the two must not be taken for each other.
NAMES = st.sampled_from(["PSS", "p.a", "a name"])
_VIEWS = st.none() | st.builds(
    ThreadViewState,
    st.sampled_from(["tree", "time"]),
    st.none() | st.integers(0, 3),
    st.tuples(WORDS),
)
_RULES = MUTES.map(Rule.of)
_MOMENTS = st.integers(1, 12).map(lambda at: datetime.fromtimestamp(at, UTC))
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("mark_read"), st.tuples(st.lists(TARGETS, max_size=4))),
        st.tuples(st.just("mark_unread"), st.tuples(st.lists(TARGETS, max_size=4))),
        st.tuples(
            st.just("bookmark"),
            st.tuples(
                TARGETS,
                st.none() | WORDS,
                st.none() | WORDS,
                st.none() | st.lists(WORDS, max_size=3),
            ),
        ),
        st.tuples(st.just("remove_bookmark"), st.tuples(TARGETS)),
        st.tuples(st.just("save_search"), st.tuples(NAMES, WORDS, st.just("") | NAMES)),
        st.tuples(st.just("drop_search"), st.tuples(NAMES)),
        st.tuples(st.just("mute"), st.tuples(_RULES, st.none() | _MOMENTS)),
        st.tuples(st.just("unmute"), st.tuples(_RULES)),
        st.tuples(
            st.just("set_position"),
            st.tuples(st.sampled_from(["p", "q"]), TARGETS, st.integers(0, 9), _VIEWS),
        ),
        st.tuples(st.sampled_from(["begin_visit", "end_visit", "undo", "redo"]), st.just(())),
    ),
    max_size=20,
)
