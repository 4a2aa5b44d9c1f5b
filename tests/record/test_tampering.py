"""Files of the record that are removed, replaced or overwritten while it is open.

After each deed either it was refused, or a fresh process finds it in the record.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from probation_reader.errors import RecordError
from probation_reader.mutes import Rule
from probation_reader.record import Record, connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_LOOK = """
import sys
from pathlib import Path
from probation_reader.mutes import Rule
from probation_reader.record import Record
with Record.open(Path(sys.argv[1])) as record:
    kept = record.kept("p.b")
    print(sorted(record.read_in("p")), kept and kept.note, [m.rule.target for m in record.mutes()])
    print(record.problems(), sorted(b.id for b in record.bookmarks()))
"""
_SECOND = """
import sys
from pathlib import Path
from probation_reader.record import Record
with Record.open(Path(sys.argv[1])) as record:
    for line in sys.stdin:
        print(eval(line), flush=True)
"""
#: Holds the record for writing until its standard input ends.
HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
connection.execute("ROLLBACK")
"""


def _found(path: Path) -> str:
    """Return what a fresh process finds."""
    command = [sys.executable, "-c", _LOOK, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout


@contextmanager
def held(path: Path) -> Iterator[None]:
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield
        holder.communicate("")


def _wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _shm(path: Path) -> Path:
    return path.with_name(path.name + "-shm")


def _other(path: Path) -> Path:
    """Return another record, closed, in a folder of its own."""
    other = path.parent.parent / "other" / path.name
    with Record.open(other) as record:
        record.bookmark("q.theirs", "their words")
        for number in range(30):
            record.mark_read([f"q.{number}"])
    return other


def _remove_all(path: Path) -> None:
    for each in (path, _wal(path), _shm(path)):
        each.unlink()


def _truncate(size: int) -> Callable[[Path], None]:
    return lambda path: os.truncate(path, size)


def _replace_alone(path: Path) -> None:
    _other(path).replace(path)


def _replace_all(path: Path) -> None:
    for each in (_wal(path), _shm(path)):
        each.unlink()
    _other(path).replace(path)


def _replace_log(path: Path) -> None:
    log = _wal(path).read_bytes()
    _wal(path).unlink()
    _wal(path).write_bytes(log[: len(log) // 2])


def _remove_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


def _rename_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))


HARMS: dict[str, Callable[[Path], object]] = {
    "deleted": lambda path: path.unlink(),
    "all deleted": _remove_all,
    "log deleted": lambda path: _wal(path).unlink(),
    "index deleted": lambda path: _shm(path).unlink(),
    "folder deleted": _remove_folder,
    "renamed": lambda path: path.rename(path.with_name("mine.sqlite3")),
    "folder renamed": _rename_folder,
    "replaced": _replace_alone,
    "all replaced": _replace_all,
    "log replaced": _replace_log,
    "copied over": lambda path: shutil.copyfile(_other(path), path),
    "garbage": lambda path: path.write_bytes(b"no database" * 1000),
    "emptied": _truncate(0),
    "cut in a page": _truncate(5000),
    "cut between pages": _truncate(8192),
}
#: What was in the file before is gone for good, and may be missing afterwards.
OVERWRITTEN = {"copied over", "garbage", "emptied", "cut in a page", "cut between pages"}
DEEDS: dict[str, Callable[[Record], object]] = {
    "mark": lambda record: record.mark_read(["p.c"]),
    "bookmark": lambda record: record.bookmark("p.d", "words"),
    "note": lambda record: record.bookmark("p.b", note="second thoughts"),
    "undo": lambda record: record.undo(),
    "mute": lambda record: record.mute(Rule.word("pay")),
}
_EXPECTED = {
    "mark": ("['p.a', 'p.c'] why []", "'p.b'"),
    "bookmark": ("['p.a'] why []", "'p.b', 'p.d'"),
    "note": ("['p.a'] second thoughts []", "'p.b'"),
    "undo": ("['p.a'] None []", ""),
    "mute": ("['p.a'] why ['mute:word::pay']", "'p.b'"),
}
_SIGN = {"mark": "'p.c'", "bookmark": "'p.d'", "note": "second thoughts", "mute": "word::pay"}


def _fill(path: Path, *, checkpointed: bool) -> Record:
    """Return a record with a mark and a noted bookmark, in the file or only in its log."""
    if checkpointed:
        with Record.open(path) as record:
            record.mark_read(["p.a"])
            record.bookmark("p.b", "words", note="why")
        return Record.open(path)
    record = Record.open(path)
    record.mark_read(["p.a"])
    record.bookmark("p.b", "words", note="why")
    return record


@pytest.mark.slow
@pytest.mark.parametrize("checkpointed", [True, False], ids=["in the file", "in the log"])
@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("harm", HARMS)
def test_what_was_done_is_there_or_was_refused(
    path: Path, harm: str, deed: str, *, checkpointed: bool
) -> None:
    with _fill(path, checkpointed=checkpointed) as record:
        HARMS[harm](path)
        DEEDS[deed](record)
        assert record.keeps
        there = _found(path)
        state, bookmarks = _EXPECTED[deed]
        if harm in OVERWRITTEN:
            assert _SIGN.get(deed, "") in there
            assert deed != "undo" or "why" not in there
        else:
            assert record.news()
            assert there.splitlines()[0] == state
            assert bookmarks in there
        assert "\n[] [" in there
        if harm in {"replaced", "all replaced", "copied over"}:
            assert "q.theirs" in there
        DEEDS["mark"](record)
    assert "'p.c'" in _found(path)


@pytest.mark.parametrize("harm", HARMS)
def test_it_is_noticed_without_a_deed(path: Path, harm: str) -> None:
    with _fill(path, checkpointed=True) as record:
        record.mark_read(["p.c"])
        assert record.settle()
        assert record.news() == []
        HARMS[harm](path)
        assert record.settle()
        (*_, said) = record.news()
        assert "The personal record was" in said
        assert record.settle()
        assert record.news() == []
    with Record.open(path) as record:
        assert record.problems() == []
        assert record.read_in("p") == {"p.a", "p.c"}


class _Second:
    """Another process that has the record open and does what it is told."""

    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-c", _SECOND, str(path)]
        self._process = subprocess.Popen(command, stdin=-1, stdout=-1, text=True)

    def does(self, words: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(words, file=self._process.stdin, flush=True)
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        self._process.communicate("")


@pytest.mark.slow
@pytest.mark.parametrize("harm", HARMS)
def test_two_sessions_lose_nothing_of_either(path: Path, harm: str) -> None:
    with _fill(path, checkpointed=True) as record, closing(_Second(path)) as second:
        record.mark_read(["p.c"])
        second.does("record.mark_read(['p.d'])")
        record.read_in("p")
        HARMS[harm](path)
        for _ in range(3):
            record.settle()
            second.does("record.settle()")
        record.mark_read(["p.e"])
        second.does("record.mark_read(['p.f'])")
        expected = {"p.c", "p.d", "p.e", "p.f"} | (set() if harm in OVERWRITTEN else {"p.a"})
        assert record.read_in("p") >= expected
        assert record.problems() == []
        assert second.does("record.problems()") == "[]"
        assert second.does("sorted(record.read_in('p'))") == str(sorted(record.read_in("p")))
    with Record.open(path) as record:
        assert record.read_in("p") >= expected


@pytest.mark.slow
@pytest.mark.parametrize("deed", DEEDS)
def test_what_is_done_while_another_program_holds_it_is_pending(path: Path, deed: str) -> None:
    with _fill(path, checkpointed=True) as record:
        record.defer()
        with held(path):
            begun = time.monotonic()
            DEEDS[deed](record)
            assert not record.settle()
            assert time.monotonic() - begun < 0.1
            assert record.pending == 1
            assert record.is_held
            assert record.unsaved().endswith("(another program held the record)")
            assert _found(path).startswith("['p.a'] why []\n[] ['p.b']")
        assert record.settle()
        assert record.pending == 0
        assert record.unsaved() == ""
        state, bookmarks = _EXPECTED[deed]
        assert _found(path).splitlines()[0] == state
        assert bookmarks in _found(path)
        assert record.problems() == []


@pytest.mark.slow
def test_pending_undos_are_about_what_was_done_before_them(path: Path) -> None:
    with _fill(path, checkpointed=True) as record:
        record.defer()
        with held(path):
            record.mark_read(["p.c"])
            record.mark_read(["p.d"])
            record.undo()
            record.undo()
            record.redo()
        with Record.open(path) as other:
            other.mark_read(["p.e"])
        assert record.settle()
        assert record.read_in("p") == {"p.a", "p.c", "p.e"}
        assert record.redo() is not None
        assert record.read_in("p") == {"p.a", "p.c", "p.d", "p.e"}
        assert record.problems() == []


@pytest.mark.slow
def test_what_is_pending_survives_the_file(path: Path) -> None:
    with _fill(path, checkpointed=True) as record:
        record.defer()
        with held(path):
            record.mark_read(["p.c"])
            _remove_all(path)
            assert record.settle()
            assert "['p.a', 'p.c'] why" in _found(path)
    assert "['p.a', 'p.c'] why" in _found(path)


@pytest.mark.slow
def test_who_does_not_defer_waits_and_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.2)
    with _fill(path, checkpointed=True) as record, held(path):
        for deed in DEEDS.values():
            with pytest.raises(RecordError, match="another program holds"):
                deed(record)
        assert record.pending == 0
        with pytest.raises(RecordError, match="another program holds"):
            record.forget_searches()
        record.defer()
        with pytest.raises(RecordError, match="not forgotten"):
            record.forget_searches()


@pytest.mark.parametrize("deed", DEEDS)
def test_a_folder_that_cannot_be_made_again_refuses_or_holds(path: Path, deed: str) -> None:
    for defers in (True, False):
        with _fill(path, checkpointed=True) as record:
            if defers:
                record.defer()
            shutil.rmtree(path.parent)
            path.parent.touch()
            if not defers:
                with pytest.raises(RecordError, match="not kept"):
                    DEEDS[deed](record)
            else:
                DEEDS[deed](record)
                assert record.pending == 1
                assert not record.settle()
            assert any("Marks are not being kept" in sentence for sentence in record.news())
            path.parent.unlink()
            assert record.settle()
            expected = _EXPECTED[deed][0] if defers else "['p.a'] why []"
            assert _found(path).splitlines()[0] == expected
        shutil.rmtree(path.parent)


def test_numbers_that_counted_on_from_an_earlier_log_count_anew(path: Path) -> None:
    with _fill(path, checkpointed=True) as record:
        revision = record.revision()
        _replace_all(path)
        assert record.settle()
        assert record.posts_marked_after(revision) is None
        assert record.posts_marked_after(record.revision()) == frozenset()


def test_what_was_searched_for_survives_the_file(path: Path) -> None:
    with _fill(path, checkpointed=True) as record:
        record.remember_search("caseload")
        _remove_all(path)
        assert record.settle()
    with Record.open(path) as record:
        assert record.searched() == ["caseload"]
