"""Whatever stands in the log, or in a file that is merged, all commands and the screen go on."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from probation_reader.errors import RecordError
from probation_reader.record import Record, event_schema, events, exchange
from tests.cli.program import PAGE
from tests.record.hostile_rows import checked, put, row
from tests.ui.workspaces import GUEST, open_workspace, opened, press, screen_text

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("seed", range(12))
def test_no_row_and_no_merged_line_stops_a_command(tmp_path: Path, seed: int) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    assert checked(tmp_path, page, f"test-{seed}") == []


@pytest.mark.parametrize("anew", [True, False])
async def test_the_screen_opens_on_any_rows(tmp_path: Path, *, anew: bool) -> None:
    passages = tuple(passage.id for passage in GUEST.passages)
    with open_workspace(tmp_path) as workspace:
        path, machine = workspace.paths.record, workspace.record._machine
    rng = random.Random(f"screen {anew}")  # noqa: S311 - no secrets
    put(path, [row(rng, (GUEST.post.id, *passages), machine) for _ in range(60)], anew=anew)
    with open_workspace(tmp_path) as workspace:
        async with opened(workspace, open_id=GUEST.post.id) as (pilot, _reader):
            await press(pilot, "b", "j", "u", "B")
            assert screen_text(pilot.app.screen).strip()


def _text_of(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.parametrize(
    ("column", "value"),
    [("payload", b"\xff"), ("at", -1), ("at", "x"), ("number", 0), ("machine", ""), ("visit", -2)],
)
def test_an_event_that_cannot_be_read_is_set_aside_with_a_notice(
    path: Path, column: str, value: object
) -> None:
    with Record.open(path) as record:
        record.bookmark("p.a", "words")
    names = events.COLUMNS.split(", ")
    values: list[object] = ["other", 1, 1_780_000_000_000, 0, "read", "p.b", "{}"]
    values[names.index(column)] = value
    put(path, [values], anew=False)
    with Record.open(path) as record:
        assert record.notices == ["Set aside from the personal record, because unsound: 1 event."]
        assert [kept.id for kept in record.bookmarks()] == ["p.a"]
        assert record.problems() == []
    with Record.open(path) as record:
        assert record.notices == []
    ((kept,),) = _text_of(path, f"SELECT {column} FROM aside")  # noqa: S608 - ours
    assert kept == value


def test_a_number_that_leaves_no_room_for_others_costs_no_mark(path: Path) -> None:
    with Record.open(path) as record:
        machine = record._machine
    put(path, [[machine, 2**53, 35, 0, "visit-end", "", "{}"]], anew=False)
    with Record.open(path) as record:
        record.bookmark("p.a", "words")
    with Record.open(path) as record:
        assert record.notices == []
        assert [kept.id for kept in record.bookmarks()] == ["p.a"]


def test_a_sound_log_is_looked_at_once(path: Path) -> None:
    with Record.open(path) as record:
        record.mark_read(f"p.{number}" for number in range(600))
    assert _text_of(path, "SELECT value FROM meta WHERE key = 'looked at'") == [("600",)]
    assert _text_of(path, "SELECT name FROM sqlite_master WHERE name = 'aside'") == []


@pytest.mark.parametrize("sign", ["x", "\x7f", "é", "😀"])
def test_what_is_too_long_to_be_carried_elsewhere_is_refused_at_once(
    path: Path, tmp_path: Path, sign: str
) -> None:
    with Record.open(path) as record, Record.open(tmp_path / "elsewhere" / "r") as other:
        with pytest.raises(RecordError, match="longer than 15,900,000 bytes"):
            record.bookmark("p.a", sign * 15_900_000)
        assert record.bookmarks() == []
        longest = sign * ((event_schema.LARGEST - 100) // len(_carried(sign)))
        assert record.bookmark("p.a", longest)
        lines = [line.encode() for line in record.exported()]
        faults: list[RecordError] = []
        other.merge(exchange.read(lines, "file", faults.append))
        assert faults == []
        assert other.bookmarks()[0].quote == longest


def _carried(sign: str) -> str:
    return "\\u007f" if sign == "\x7f" else json.dumps(sign)[1:-1]
