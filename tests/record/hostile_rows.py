"""Rows of the log, and lines of an exported record, as other programs and ill will make them.

The same seed makes the same. What must hold whatever they are is checked by `checked`: no
command ends but by itself or with a sentence, and what is done afterwards is taken elsewhere.
"""

from __future__ import annotations

import io
import json
import os
import random
import sqlite3
import sys
from contextlib import closing, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING
from unittest.mock import patch

from probation_reader.cli import main
from probation_reader.record import Record, events, projections

if TYPE_CHECKING:
    from pathlib import Path

ACTIONS = (
    *projections.ACTIONS,
    "undo",
    "redo",
    "set-aside",
    "of-a-later-version",
    "",
    "\x1b[2J",
    " ",
    "read\0x",
)
COMMANDS = (
    *(["list"], ["unread"], ["mutes"], ["bookmarks"], ["bookmarks", "--json"], ["searches"]),
    *(["doctor"], ["personal", "log"], ["personal", "log", "--json"], ["personal", "export", "-"]),
)
_NAMES = (
    *("quote", "note", "tags", "kept", "passage", "line", "view", "words"),
    *("until", "ended", "deed", "passing", "of-a-later-version"),
)
_VALUES: tuple[object, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**53, -(2**53), 2**63, 2**64, 10**400, 1.5, 1e308),
    *(float("nan"), float("inf"), "", " ", "x", "\ud800", "\x1b[2J", "a\0b", "é" * 99, "\u202e"),
    *([], ["a"], [1], [None], ["\udfff"], [["a"]], {}, {"a": 1}, {"way": 1}, {"depth": "x"}),
    *({"way": "tree", "depth": 2**70}, {"but": "ab"}, {"but": [1]}, {"way": "\x1b", "but": ["\0"]}),
    *(events.HORIZON, events.LATEST - 1, events.LATEST, 253_402_300_800_000),
)
_TEXTS = (
    *("", " ", "{}", "[]", "null", "NaN", "1", '"x"', "{", '{"deed": NaN}', '{"line": 1e999}'),
    *("[" * 5000, '{"a":' * 5000, '{"deed": ' + "9" * 5000 + "}", '{"tags": ["\\ud800"]}', "\0"),
)
_TARGETS = (
    *("", " ", ".", "..", "p", "p.a", "p.", ".a", "\ud800", "a\0b", "\x1b[2J.x", "x" * 100_000),
    *("mute:word:: ", "mute:word::law", "mute:word::\x1b", "mute:by::", "mute:", "mute:x::y"),
    *(
        "mute:branch:p:p.a",
        "mute:branch:q:p.a",
        f"mute:word::{'x' * 1_000_000}",
        "mute:word::\u2028",
    ),
    *(
        "search:",
        "search:a",
        "search: a ",
        "search:\x1b",
        f"search:{'n' * 100_000}",
        "search:\u202e",
    ),
)
_NUMBERS = (
    *(-(2**63), -1, 0, 1, 2, 1_780_000_000_000, events.HORIZON - 1, events.HORIZON),
    *(events.LATEST - 1, events.LATEST, 2**53, 2**62, 2**63 - 1),
)
_ODD = (b"", b"\xff\xfe", b"{}", 1.5, float("inf"), "x", "", 7, -1)
_SOMETIMES = 0.1


def _number(rng: random.Random) -> object:
    return rng.choice((rng.choice(_NUMBERS), rng.randrange(1, 10**13), rng.randrange(1, 50)))


def payload(rng: random.Random) -> str:
    """Return what may stand where a payload should."""
    if rng.random() < 3 * _SOMETIMES:
        return rng.choice(_TEXTS)
    names = rng.sample(_NAMES, rng.randrange(5))
    return json.dumps({name: rng.choice(_VALUES) for name in names})


def row(rng: random.Random, targets: tuple[str, ...], machine: str) -> list[object]:
    """Return the columns of an event.

    Args:
        rng: where chance comes from.
        targets: ids that the library has.
        machine: the id of the record.
    """
    values: list[object] = [
        rng.choice((machine, machine, "other", "m", "", "\x1b", "\ud800")),
        _number(rng),
        _number(rng),
        rng.choice((0, 0, _number(rng))),
        rng.choice(ACTIONS),
        rng.choice((*_TARGETS, *targets * 3)),
        payload(rng),
    ]
    if rng.random() < 2 * _SOMETIMES:
        values[rng.randrange(len(values))] = rng.choice(_ODD)
    return values


def put(path: Path, rows: list[list[object]], *, anew: bool) -> None:
    """Write rows into the log of a record, past all that the program checks.

    Args:
        path: the database.
        rows: what `row` gives; text that is no UTF-8 is written as its bytes.
        anew: whether the state tables are made anew when it is opened next.
    """
    with closing(sqlite3.connect(path)) as connection, connection:
        for values in rows:
            places = ", ".join("CAST(? AS TEXT)" if _is_no_utf8(v) else "?" for v in values)
            kept = [
                v.encode("utf-8", "surrogatepass") if isinstance(v, str) and _is_no_utf8(v) else v
                for v in values
            ]
            insert = f"INSERT OR IGNORE INTO event ({events.COLUMNS}) VALUES ({places})"  # noqa: S608 - ours
            connection.execute(insert, kept)
        if anew:
            events.set_meta(connection, "state", "8")


def _is_no_utf8(value: object) -> bool:
    return isinstance(value, str) and any("\ud800" <= sign <= "\udfff" for sign in value)


def lines(rng: random.Random, rows: list[list[object]]) -> bytes:
    """Return a file for ``personal merge`` that holds such rows, and some that are no lines."""
    names = events.COLUMNS.split(", ")
    made = [
        json.dumps(
            {"events": len(rows), "format": "probation-reader personal record", "version": 1}
        ).encode()
    ]
    for values in rows:
        data: dict[str, object] = dict(zip(names, values, strict=True))
        try:
            data["payload"] = json.loads(str(values[-1]))
        except (ValueError, RecursionError):
            data["payload"] = values[-1]
        text = json.dumps(data, default=repr)
        damage = rng.random()
        if damage < _SOMETIMES:
            text = text[: rng.randrange(len(text))]
        made.append(text.encode() if damage < 1 - _SOMETIMES else b"\xff" + text.encode())
    return b"\n".join(made) + b"\n"


def run(home: Path, *arguments: str) -> tuple[int, str, str]:
    """Run the program in this process; return exit code, output and complaints."""
    out, errors = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    ours = {"PROBATION_READER_HOME": str(home), "PROBATION_READER_DEBUG": "1", "COLUMNS": "80"}
    with (
        patch.dict(os.environ, ours),
        patch.object(sys, "argv", ["probation-reader", *arguments]),
        redirect_stdout(out),
        redirect_stderr(errors),
    ):
        code = main.main()
    out.flush()
    errors.flush()
    return code, _written(out), _written(errors)


def _written(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8", "replace")


def checked(folder: Path, page: Path, seed: str) -> list[str]:
    """Put such rows into a record and a file, and return what went wrong afterwards, in words.

    Args:
        folder: an empty one.
        page: a capture to read.
        seed: what chance begins with.
    """
    rng = random.Random(seed)  # noqa: S311 - no secrets
    home, other = folder / "home", folder / "other"
    run(home, "import", str(page))
    (post,) = (each["id"] for each in json.loads(run(home, "list", "--json")[1]))
    targets = (post, *_ids(json.loads(run(home, "show", post, "--json")[1])))
    record = next(home.rglob("personal.sqlite3"))
    machine = _machine(record)
    rows = [row(rng, targets, machine) for _ in range(rng.randrange(1, 12))]
    way = rng.choice(("anew", "beside", "merged"))
    faults = []
    if way == "merged":
        file = folder / "file.jsonl"
        file.write_bytes(lines(rng, rows))
        faults += _fault(home, "personal", "merge", "--lenient", str(file))
    else:
        put(record, rows, anew=way == "anew")
    for command in (
        *COMMANDS,
        ["show", post],
        ["personal", "undo"],
        ["bookmark", targets[-1], "--tag", "x"],
    ):
        faults += _fault(home, *command)
    code, exported, _ = run(home, "personal", "export", "-")
    file = folder / "own.jsonl"
    file.write_text(exported, "utf-8")
    if code == 0:
        faults += _fault(other, "personal", "merge", str(file), codes=(0,))
        with Record.open(next(other.rglob("personal.sqlite3"))) as merged:
            kept = {each.id: each.tags for each in merged.bookmarks()}
        if "x" not in kept.get(targets[-1], ()):
            faults.append("the bookmark is not there elsewhere")
    else:
        faults.append("nothing is exported")
    return [f"{way}: {fault}" for fault in faults]


def _machine(record: Path) -> str:
    with closing(sqlite3.connect(record)) as connection:
        return events.meta(connection, "machine") or ""


def _ids(listed: object) -> list[str]:
    if isinstance(listed, list):
        return [id_ for each in listed for id_ in _ids(each)]
    if isinstance(listed, dict):
        own = [listed["id"]] if isinstance(listed.get("id"), str) else []
        return own + [id_ for each in listed.values() for id_ in _ids(each)]
    return []


def _fault(home: Path, *arguments: str, codes: tuple[int, ...] = (0, 1)) -> list[str]:
    try:
        code, _, errors = run(home, *arguments)
    except Exception as error:  # noqa: BLE001 - any is a fault
        return [f"{' '.join(arguments)}: {error!r}"]
    if code in codes and "Traceback" not in errors:
        return []
    return [f"{' '.join(arguments)}: {code}: {errors[-700:]}"]
