"""The file a record travels in: the same bytes for the same events, and nothing believed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from probation_reader.record import exchange
from probation_reader.record.events import Event
from tests.record.logs import logs

if TYPE_CHECKING:
    from probation_reader.record import Record

_SOUND: dict[str, Any] = {
    "at": 1_700_000_000_000,
    "machine": "c0ffee",
    "number": 1,
    "visit": 0,
    "action": "read",
    "target": "p.a",
    "payload": {},
}


def _read(*lines: bytes) -> tuple[list[Event], list[str]]:
    """Return the events of a file and the faults that were left out."""
    faults: list[str] = []
    found = exchange.read(lines, "file", lambda error: faults.append(str(error).split(". ")[0]))
    return list(found), faults


def _head(count: int) -> bytes:
    return exchange.head(count).encode()


def _line(**other: object) -> bytes:
    return json.dumps({**_SOUND, **other}).encode()


@settings(deadline=None)
@given(logs(first=1))
def test_what_is_written_is_read_again_and_is_plain(log: list[Event]) -> None:
    lines = [exchange.head(len(log)), *map(exchange.line, log)]
    assert all(line.isascii() and line.isprintable() for line in lines)
    assert _read(*(line.encode() for line in lines)) == (log, [])


def test_the_parts_of_a_line_stand_in_one_order() -> None:
    event = Event("m", 2, 5, 0, "bookmark", "p.a", {"tags": [], "quote": "\x1b]\x7f\ud800"})
    assert exchange.line(event) == (
        '{"action":"bookmark","at":5,"machine":"m","number":2,'
        '"payload":{"quote":"\\u001b]\\u007f\\ud800","tags":[]},"target":"p.a","visit":0}'
    )
    assert exchange.head(7) == (
        '{"events":7,"format":"probation-reader personal record","version":1}'
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"", "this is not a line of an exported record"),
        (b"\x1b[2J", "this is not a line of an exported record"),
        (b"\xff\xfe{}", "this is not a line of an exported record"),
        (b"[" * 100_000, "this is not a line of an exported record"),
        (b"[1]", "this is not a line of an exported record"),
        (_line()[:-5], "this is not a line of an exported record"),
        (b'{"at":1}', "the event has no 'machine'"),
        (b" " * (exchange.LONGEST + 1), "the line is too long"),
        (_line(at=-1), "'at' of the event is not sound"),
        (_line(at=1.5), "'at' of the event is not sound"),
        (_line(at=10**30), "'at' of the event is not sound"),
        (_line(at=True), "'at' of the event is not sound"),
        (_line(number=0), "'number' of the event is not sound"),
        (_line(number="1"), "'number' of the event is not sound"),
        (_line(visit=2**63), "'visit' of the event is not sound"),
        (_line(machine="\x1b]52;c;"), "'machine' of the event is not sound"),
        (_line(machine="a" * 65), "'machine' of the event is not sound"),
        (_line(machine=None), "'machine' of the event is not sound"),
        (_line(action="Read it"), "'action' of the event is not sound"),
        (_line(action=["read"]), "'action' of the event is not sound"),
        (_line(payload=[]), "'payload' of the event is not sound"),
        (_line(payload={"x": float("nan")}), "'payload' of the event is not sound"),
        (_line(payload={"x": json.loads("[" * 40 + "]" * 40)}), "'payload' of the event is not"),
        (_line(target=7), "'target' of the event is not sound"),
        (_line(target="p.\ud800"), "the target is not text that can be kept"),
        (_line(target="p.\0"), "the target is not text that can be kept"),
        (_line(target="p"), "'read' needs the id of a passage"),
        (_line(action="position", payload={"passage": "p.a"}), "'position' needs a sound 'line'"),
        (_line(action="undo", payload={"deed": "all"}), "'undo' needs a sound 'deed'"),
        (_line(action="bookmark", payload={"tags": [1]}), "'tags' of this 'bookmark' is not"),
        (
            _line(action="save-search", target="search:x", payload={}),
            "'save-search' needs a sound 'words'",
        ),
        (
            _line(action="save-search", target="x", payload={"words": "x"}),
            "'save-search' needs the name of a saved search",
        ),
        (
            _line(action="drop-search", target="search:"),
            "'drop-search' needs the name of a saved search",
        ),
    ],
)
def test_a_damaged_line_is_named_and_left_out(line: bytes, said: str) -> None:
    found, faults = _read(_head(2), _line(), line)
    assert len(found) == 1
    assert faults[0].startswith(f"file:3: {said}")
    assert len(faults) == 2
    assert faults[1] == "file:3: the file ends early: of 2 events 1 are there"


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"{}", "file:1: this is not an exported record"),
        (b"SQLite format 3", "file:1: this is not a line of an exported record"),
        (_head(1).replace(b":1,", b':"1",'), "file:1: this is not an exported record"),
        (
            _head(1).replace(b'"version":1', b'"version":2'),
            "file:1: this was written by a newer version of this program",
        ),
    ],
)
def test_what_is_no_export_is_told_by_its_head(head: bytes, said: str) -> None:
    assert _read(head, _line())[1] == [said]


def test_an_empty_file_and_one_cut_short_between_lines_are_named() -> None:
    assert _read() == ([], ["file: the file is empty"])
    assert _read(_head(3), _line())[1] == ["file:2: the file ends early: of 3 events 1 are there"]
    assert _read(_head(0)) == ([], [])


def test_what_a_later_version_did_is_kept_for_it(record: Record) -> None:
    later = _line(action="of-a-later-version", payload={"deep": [[{"er": None}]]}, target="")
    found, faults = _read(_head(1), later)
    assert faults == []
    assert record.merge(found).new == 1
    assert list(record.exported())[1] == exchange.line(found[0])
    assert record.problems() == []


def test_what_got_into_the_log_unsound_changes_nothing(record: Record) -> None:
    record.merge(
        [
            Event("old", 1, 1, 0, "save-search", "search:x", {"words": 5}),
            Event("old", 2, 2, 0, "position", "p", {"passage": None}),
            Event("old", 3, 3, 0, "undo", "", {}),
            Event("old", 4, 4, 0, "bookmark", "p.a", {"tags": "law"}),
            Event("old", 5, 5, 0, "visit-end", "", {"ended": "now"}),
            Event("old", 6, 6, 0, "read", "p", {}),
            Event("old", 7, 7, 0, "save-search", "x", {"words": "x"}),
        ]
    )
    assert record.saved_searches() == []
    assert record.bookmarks() == []
    assert record.last_post() is None
    assert record.read_counts() == {}
    assert record.problems() == []
