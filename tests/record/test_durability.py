"""Whatever happens to process, disk or file: nothing confirmed is lost or overwritten."""

from __future__ import annotations

import fcntl
import os
import random
import sqlite3
import subprocess
import sys
import threading
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from probation_reader.errors import RecordError
from probation_reader.record import Record, connection
from tests.record import ends

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.slow
def test_every_confirmed_mark_outlives_being_killed(path: Path) -> None:
    chance = random.Random(20240427)  # noqa: S311 - moments to be killed at, not secrets
    assert sum(ends.killed(path, life, chance) for life in range(15)) > 0


def test_every_confirmed_mark_outlives_a_full_disk(path: Path) -> None:
    for life, room in enumerate((0, 5_000, 60_000, 150_000)):
        ends.disk_full(path, life, room)


@pytest.mark.slow
def test_two_that_mark_at_once_see_what_the_other_marked(path: Path) -> None:
    ours, theirs, delay = ends.two_at_once(path, seconds=3)
    assert ours > 0
    assert theirs > 0
    assert delay < 2


def test_every_commit_waits_for_the_disk(path: Path) -> None:
    full = 2
    with Record.open(path) as record:
        assert record._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert record._connection.execute("PRAGMA synchronous").fetchone() == (full,)


def _fill(path: Path) -> bytes:
    with Record.open(path) as record:
        for number in range(40):
            record.mark_read([f"p.{number}-{part}" for part in range(40)])
        record.bookmark("p.1-1", "words")
    return path.read_bytes()


def _set_aside(path: Path) -> list[Path]:
    return [each for each in path.parent.iterdir() if each.name.startswith(path.name + ".")]


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name)")


@pytest.mark.parametrize(
    ("harm", "name", "said"),
    [
        (lambda path: path.write_bytes(b"not a database at all" * 99), "damaged", "is damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:9000]), "damaged", "is damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:50]), "damaged", "is damaged"),
        (_newer, "other", "was written by a newer version"),
        (_foreign, "other", "is not a personal record"),
    ],
    ids=["garbage", "cut", "stump", "newer", "foreign"],
)
def test_a_database_that_cannot_be_used_is_set_aside_untouched(
    path: Path, harm: Callable[[Path], object], name: str, said: str
) -> None:
    _fill(path)
    harm(path)
    before = path.read_bytes()
    with Record.open(path) as record:
        (aside,) = _set_aside(path)
        (notice,) = record.notices
        assert said in notice
        assert str(aside) in notice
        assert record.keeps
        assert record.read_counts() == {}
        record.mark_read(["p.a"])
    assert aside.read_bytes() == before
    assert aside.name.startswith(f"{path.name}.{name}-")
    assert aside.stat().st_mode & 0o777 == 0o600
    with Record.open(path) as record:
        assert record.notices == []
        assert record.read_counts() == {"p": 1}


def test_two_set_aside_in_one_second_have_two_names(path: Path) -> None:
    for words in (b"first garbage", b"second garbage"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(words)
        Record.open(path).close()
    assert {each.read_bytes() for each in _set_aside(path)} == {b"first garbage", b"second garbage"}


@pytest.mark.parametrize("left", [b"garbage", b""])
def test_the_page_log_goes_aside_with_its_database(path: Path, left: bytes) -> None:
    _fill(path)
    path.write_bytes(left)
    log = path.with_name(path.name + "-wal")
    log.write_bytes(b"the log beside it")
    Record.open(path).close()
    assert sorted(each.read_bytes() for each in _set_aside(path)) == [
        left,
        b"the log beside it",
    ]


def test_an_empty_file_is_a_fresh_record_and_it_is_said(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with Record.open(path) as record:
        assert record.mark_read(["p.a"]) == 1
        (notice,) = record.notices
        assert notice.startswith("The personal record was empty")
    with Record.open(path) as record:
        assert record.notices == []


def test_a_database_cut_short_anywhere_never_stops_the_program(path: Path) -> None:
    whole = _fill(path)
    chance = random.Random(97)  # noqa: S311 - places to cut at, not secrets
    for size in [
        0,
        1,
        99,
        100,
        4096,
        len(whole) - 1,
        *(chance.randrange(len(whole)) for _ in range(20)),
    ]:
        ends.cut_short(path, whole, size)


def test_damage_found_while_reading_is_set_aside_at_the_next_start(path: Path) -> None:
    whole = bytearray(_fill(path))
    with closing(sqlite3.connect(path)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'bookmark'"
        page = connection.execute(query).fetchone()[0]
    whole[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(whole)
    with Record.open(path) as record:
        assert record.notices == []
        with pytest.raises(RecordError, match="is damaged") as caught:
            record.bookmarks()
        assert "Start again" in caught.value.advice
        assert len(record.read_in("p")) == 1600
        assert record.problems() == [
            (f"{path}: the personal record is damaged", caught.value.advice)
        ]
    with Record.open(path) as record:
        (notice,) = record.notices
        (aside,) = _set_aside(path)
        assert str(aside) in notice
        assert record.bookmarks() == []
    assert aside.read_bytes() == whole


def test_a_sound_database_under_suspicion_stays(path: Path) -> None:
    _fill(path)
    path.with_name(path.name + ".suspect").touch()
    with Record.open(path) as record:
        assert record.notices == []
        assert len(record.read_in("p")) == 1600
    assert _set_aside(path) == []


_OPENING = """
import sys
from pathlib import Path
from probation_reader.record import Record
sys.stdin.read()
with Record.open(Path(sys.argv[1])) as record:
    record.mark_read([f"p.{sys.argv[2]}"])
    print(len(record.notices))
"""


@pytest.mark.parametrize("left", [None, b"garbage"])
def test_many_that_open_at_once_share_one_record(path: Path, left: bytes | None) -> None:
    if left is not None:
        path.parent.mkdir()
        path.write_bytes(left)
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", _OPENING, str(path), str(number)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                )
            )
            for number in range(8)
        ]
        for process in processes:  # all wait for this and open at the same moment
            assert process.stdin is not None
            process.stdin.close()
        said = [process.stdout.read() for process in processes if process.stdout is not None]
    assert sorted(map(int, said)) == [0] * 7 + [0 if left is None else 1]
    assert len(_set_aside(path)) == (0 if left is None else 1)
    with Record.open(path) as record:
        assert record.read_in("p") == {f"p.{number}" for number in range(8)}


def test_who_opens_waits_for_another_that_is_opening(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"garbage that the other one is just setting aside")
    opened: list[Record] = []
    opening = threading.Thread(target=lambda: opened.append(Record.open(path)))
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        opening.start()
        opening.join(0.2)
        assert opening.is_alive()
        path.unlink()
    finally:
        os.close(folder)
        opening.join()
    with opened[0] as record:
        assert record.notices == []
        assert _set_aside(path) == []


_FULL_DISK = """
import resource, sys
from pathlib import Path
from probation_reader.errors import RecordError
from probation_reader.record import Record
path = Path(sys.argv[1])
with Record.open(path) as record:
    limit = path.with_name(path.name + "-wal").stat().st_size + 100_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    number = 0
    try:
        while True:
            record.mark_read([f"full.{number}"])
            number += 1
    except RecordError as error:
        assert record.read_in("full") == {f"full.{n}" for n in range(number)}
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        record.mark_read(["after.0"])
        print(number)
        print(error)
"""


def test_on_a_full_disk_a_mark_is_refused_and_reading_goes_on(path: Path) -> None:
    _fill(path)
    said = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(path)], check=True, capture_output=True, text=True
    ).stdout
    number, error = said.splitlines()
    assert error.startswith(f"{path}: ")
    assert "not kept" in error
    assert "Free some space" in error
    with Record.open(path) as record:
        assert record.read_in("full") == {f"full.{n}" for n in range(int(number))}
        assert record.read_in("after") == {"after.0"}
        assert int(number) > 0
        assert record.problems() == []


_READING_ONLY = """
import resource, sys
from pathlib import Path
from probation_reader.errors import RecordError
from probation_reader.record import Record
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
with Record.open(Path(sys.argv[1])) as record:
    assert not record.keeps
    record.begin_visit()
    record.set_position("p", "p.1-1", 0)
    record.recount({"p": ()}, library="one", reached=1)
    for refused in (record.mark_read, record.mark_unread):
        try:
            refused(["p.1-1"])
        except RecordError as error:
            assert "marks are not being kept" in str(error), error
        else:
            raise AssertionError
    assert record.last_post() is None
    print(len(record.read_in("p")), len(record.bookmarks()))
    for sentence in record.notices + [what for what, _ in record.problems()]:
        print(sentence, file=sys.stderr)
"""


def _read_without_writing(path: Path) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", _READING_ONLY, str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip(), done.stderr


def test_where_nothing_can_be_written_what_is_there_can_be_read(path: Path) -> None:
    before = _fill(path)
    found, said = _read_without_writing(path)
    assert found == "1600 1"
    assert said.count("arks are not being kept") == 2
    assert str(path) in said
    assert path.read_bytes() == before


def test_where_nothing_can_be_written_and_nothing_is_the_record_is_empty(path: Path) -> None:
    path.parent.mkdir()
    found, said = _read_without_writing(path)
    assert found == "0 0"
    assert "Marks are not being kept" in said


_WITHOUT_RIGHTS = """
import os, sys
from pathlib import Path
from probation_reader.record import Record
import urllib.parse  # pathlib loads it late, and nobody may not see where Python is installed
nobody = 65534
if os.geteuid() == 0:
    os.setgid(nobody)
    os.setuid(nobody)
path = Path(sys.argv[1])
record = Record.open(path)
record.mark_read(["p.a", "p.b"])
path.parent.chmod(0o500)
for file in path.parent.iterdir():
    file.chmod(0o400)
with Record.open(path) as reading:
    print(reading.keeps, sorted(reading.read_in("p")), len(reading.notices))
path.parent.chmod(0o700)
"""


def test_in_a_home_without_write_permission_even_the_newest_marks_are_shown() -> None:
    with TemporaryDirectory() as folder:  # one that another user can be let into
        if os.geteuid() == 0:
            os.chown(folder, 65534, 65534)
        path = Path(folder) / "data" / "personal.sqlite3"
        done = subprocess.run(
            [sys.executable, "-c", _WITHOUT_RIGHTS, str(path)],
            check=True,
            capture_output=True,
            text=True,
        )
    assert done.stdout == "False ['p.a', 'p.b'] 1\n"


def test_a_folder_that_is_a_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    with Record.open(tmp_path / "data" / "personal.sqlite3") as record:
        assert not record.keeps
        assert "Marks are not being kept" in record.notices[0]
        assert record.bookmarks() == []
        assert record.changed_elsewhere() is False
        with pytest.raises(RecordError, match="marks are not being kept"):
            record.bookmark("p.a", "words")
    assert (tmp_path / "data").read_text() == "in the way"


def test_a_database_that_is_a_folder_is_left_alone(path: Path) -> None:
    path.mkdir(parents=True)
    with Record.open(path) as record:
        assert not record.keeps
        assert record.read_counts() == {}
    assert path.is_dir()


def test_a_record_held_by_another_program_is_named_in_the_refusal(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.01)
    with Record.open(path) as record, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordError, match="another program holds"):
            record.mark_read(["p.a"])
        other.rollback()
        assert record.mark_read(["p.a"]) == 1
