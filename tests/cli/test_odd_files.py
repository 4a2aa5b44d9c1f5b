"""Files of the program that are not what they should be: said, and nothing hangs or breaks."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.program import PAGE, PATIENCE, Home

COMMANDS = (
    ("list",),
    ("unread",),
    ("search", "chair"),
    ("bookmarks",),
    ("mutes",),
    ("searches",),
    ("personal", "log"),
    ("export", "--all", "-o", "/dev/null"),
)
DEEP = "[" * 50_000


def changed(file: str, statement: str) -> Callable[[Path], None]:
    """Return what runs statements of SQL on a database."""

    def change(home: Path) -> None:
        with closing(sqlite3.connect(home / "data" / file)) as database:
            database.executescript(
                "PRAGMA writable_schema = ON; PRAGMA ignore_check_constraints = ON;" + statement
            )

    return change


def replaced(file: str, make: Callable[[Path], object]) -> Callable[[Path], None]:
    """Return what puts something else in the place of a file."""

    def replace(home: Path) -> None:
        place = home / file
        if place.exists():
            place.unlink()
        place.parent.mkdir(parents=True, exist_ok=True)
        make(place)

    return replace


def a_socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(place))


def deep(place: Path) -> None:
    place.write_text(DEEP)


def empty(place: Path) -> None:
    place.write_bytes(b"")


def junk(place: Path) -> None:
    place.write_bytes(bytes(range(256)) * 40)


DATA = {"library": "data/library.sqlite3", "record": "data/personal.sqlite3"}
#: What doctor has one line of advice for.
WRONG = {
    **{
        f"library: {statement}": changed("library.sqlite3", statement)
        for statement in (
            "UPDATE post SET published = 'junk'",
            "UPDATE post SET published = x'ff00'",
            "UPDATE post SET labels = '{'",
            "UPDATE post SET labels = '[1, 2]'",
            "UPDATE post SET labels = 7",
            f"UPDATE post SET labels = '{DEEP}'",  # noqa: S608 - a test
            "UPDATE post SET title = x'80ff'",
            "UPDATE post SET comments = 'many'",
            "UPDATE post SET passages = x'00'",
            "UPDATE post SET announced = 'few'",
            "UPDATE passage SET published = '2024-13-45'",
            "UPDATE passage SET gone = 'yes'",
            "UPDATE passage SET spans = '[[1]]'",
            "UPDATE passage SET depth = 'deep'",
            "UPDATE passage SET parent = 'nobody' WHERE depth",
            "DROP TABLE passage",
            "DROP TABLE arrival",
            "DROP TABLE change",
            "DROP TABLE meta",
            "DELETE FROM meta",
            "ALTER TABLE post RENAME COLUMN title TO heading",
            "CREATE VIEW round AS SELECT * FROM round",
            "DROP TABLE arrival; CREATE VIEW arrival AS SELECT * FROM arrival",
            "PRAGMA user_version = 99",
            "PRAGMA application_id = 1",
        )
    },
    **{
        f"{name}: {make.__name__}": replaced(file, make)
        for name, file in DATA.items()
        for make in (empty, os.mkfifo, Path.mkdir, a_socket)
    },
    "library: junk": replaced("data/library.sqlite3", junk),
}
#: What the program makes anew by itself, or does without.
MENDED = {
    **{
        f"{file}: {make.__name__}": replaced(file, make)
        for file in (
            "cache/index/state.json",
            "cache/last-screen.json",
            "cache/hits.json",
            "data/visits.lock",
            "log/probation-reader.log",
        )
        for make in (os.mkfifo, Path.mkdir, a_socket, empty, junk, deep)
    },
    **{
        f"record: {statement}": changed("personal.sqlite3", statement)
        for statement in (
            "DROP TABLE event",
            "DROP TABLE bookmark",
            "CREATE VIEW round AS SELECT * FROM round",
            "DROP TABLE bookmark; CREATE VIEW bookmark AS SELECT * FROM bookmark",
        )
    },
    "record: junk": replaced("data/personal.sqlite3", junk),
    "record: newer": changed("personal.sqlite3", "PRAGMA user_version = 99"),
}


def spoil(home: Home, change: Callable[[Path], None]) -> None:
    home.run("bookmark", f"{home.post()}:1", "--note", "ours", "--tag", "law")
    home.run("search", "chair")
    change(home.folder / "home")


@pytest.mark.slow
@pytest.mark.parametrize("name", WRONG)
def test_doctor_gives_advice_and_no_command_breaks(reader: Home, name: str) -> None:
    spoil(reader, WRONG[name])
    found = reader.json("doctor", code=1)
    assert all(problem["what"] and problem["advice"] for problem in found["problems"])
    for command in COMMANDS:
        done = subprocess.run(
            reader.command(*command),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=reader.environment(),
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode in {0, 1}, (command, done.stderr)
        assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", MENDED)
def test_what_can_be_made_anew_is(reader: Home, name: str) -> None:
    spoil(reader, MENDED[name])
    lost = name in {"record: junk", "record: newer", "record: DROP TABLE event"}
    found = reader.json("doctor", code=int(lost))
    assert not lost or "is set aside as" in str(found["problems"])
    assert reader.json("search", "stairs")["total"] == 1
    assert reader.run("list").stdout


@pytest.mark.parametrize(
    ("make", "kind"),
    [(os.mkfifo, "a named pipe"), (a_socket, "a socket")],
)
@pytest.mark.parametrize(
    "command", [("import",), ("bookmarks", "--import"), ("personal", "merge")], ids=" ".join
)
def test_what_is_no_file_is_refused_at_once(
    home: Home, command: tuple[str, ...], make: Callable[[Path], None], kind: str
) -> None:
    place = home.folder / "odd"
    make(place)
    assert f"it is {kind}" in home.run(*command, place, code=1).stderr


@pytest.mark.parametrize(
    "command", [("import",), ("bookmarks", "--import"), ("personal", "merge")], ids=" ".join
)
def test_closed_standard_input_is_said_to_be_closed(home: Home, command: tuple[str, ...]) -> None:
    line = home.command(*command, "-")
    run = subprocess.run(
        ["/bin/sh", "-c", '"$@" <&-', "sh", *line],
        env=home.environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert (run.returncode, "standard input is closed" in run.stderr) == (1, True), run.stderr


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/full", "/dev/tty"])
@pytest.mark.parametrize(
    "command", [("import",), ("bookmarks", "--import"), ("personal", "merge")], ids=" ".join
)
def test_a_device_is_refused_at_once(home: Home, command: tuple[str, ...], device: str) -> None:
    assert "device" in home.run(*command, device, code=1).stderr


def test_standard_input_is_imported(home: Home) -> None:
    assert "4 new" in home.run("import", "-", stdin=PAGE).stdout
    assert "already here" in home.run("import", "/dev/stdin", stdin=PAGE).stdout
    assert "the file is empty" in home.run("import", "-", stdin="", code=1).stderr


def test_a_process_substitution_is_imported(home: Home) -> None:
    page = home.write(PAGE)
    words = " ".join(home.command("import"))
    line = f"{words} <(cat {page}) && {words} - < {page}"
    code, said = home.in_terminal_of(line)
    assert code == 0, said
    assert "4 new" in said
    assert "already here" in said


def test_what_never_ends_is_refused(home: Home) -> None:
    words = " ".join(home.command("personal", "merge", "-"))
    code, said = home.in_terminal_of(f"yes | {words}")
    assert code == 1
    assert "not a line of an exported record" in said.replace("\n", " ")


def test_bookmarks_and_records_come_by_standard_input(reader: Home) -> None:
    reader.run("bookmark", f"{reader.post()}:1")
    listed = reader.run("bookmarks", "--json").stdout
    record = reader.run("personal", "export", "-").stdout
    assert "1 there already" in reader.run("bookmarks", "--import", "-", stdin=listed).stdout
    assert "known already" in reader.run("personal", "merge", "-", stdin=record).stdout


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_whatever_the_umask_files_are_for_their_owner_alone(home: Home, mask: int) -> None:
    before = os.umask(mask)
    try:
        page = home.write(PAGE)
        home.run("import", page)
        home.run("search", "chair")
        home.run("bookmark", f"{home.post()}:1")
        home.run("export", home.post(), "-o", home.folder / "out.mbox")
        home.run("personal", "export", home.folder / "record.jsonl")
        home.in_terminal(keys="bQ", after="Waiting")
    finally:
        os.umask(before)
    made = [*(home.folder / "home").rglob("*"), *home.folder.glob("[or]*.*")]
    assert len(made) > 8
    wide = {path: oct(path.stat().st_mode) for path in made if path.stat().st_mode & 0o077}
    assert not wide
