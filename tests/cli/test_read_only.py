"""A home that cannot be written: everything in it can still be read, and that is said."""

from __future__ import annotations

import ctypes
import json
import os
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import PAGE, PATIENCE, Home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOBODY = 65534
#: What lets root write where it must not, by the numbers of `prctl` and of capabilities.
DROP, OVERRIDE, OWNER = 24, 1, 3
#: The last comment of the page.
_LAST = "    2. Then who mends the stairs?\n\n      Delete\n"
UNCHANGED = "The library can be read but not changed: "


def _without_rights() -> None:
    if os.geteuid() == 0:
        for right in (OVERRIDE, OWNER):
            ctypes.CDLL(None).prctl(DROP, right, 0, 0, 0)


class ReadOnly:
    """A filled home in which nobody may write, and the program run as somebody without rights."""

    def __init__(self, home: Home) -> None:
        self.home = home

    def run(self, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            self.home.command(*arguments),
            capture_output=True,
            check=False,
            encoding="utf-8",
            env=self.home.environment(),
            timeout=PATIENCE,
            preexec_fn=_without_rights,
        )
        assert done.returncode == code, f"{arguments}: {done.returncode}\n{done.stderr}"
        return done


def _lock(folder: Path, *, locked: bool) -> None:
    for path in (folder, *folder.rglob("*")):
        writing = 0 if locked else 0o200
        path.chmod((0o555 if path.is_dir() else 0o444) | writing)
        if os.geteuid() == 0:
            os.chown(path, NOBODY if locked else 0, -1)


@pytest.fixture
def locked(home: Home) -> Iterator[ReadOnly]:
    home.run("import", home.write(PAGE))
    home.run("mark", "read", home.post() + ":1")
    _lock(home.folder, locked=True)
    yield ReadOnly(home)
    _lock(home.folder, locked=False)


def test_everything_can_be_read(locked: ReadOnly) -> None:
    listed = locked.run("list")
    assert listed.stdout.splitlines()[1].endswith("4       4  The Waiting Room")
    post = listed.stdout.splitlines()[1].split()[0]
    assert "Then who mends the stairs?" in locked.run("show", post).stdout
    assert "stairs" in locked.run("search", "stairs").stdout
    assert locked.run("unread", "--count").stdout == "4\n"


@pytest.mark.parametrize("version", [1, 2])
def test_a_library_of_an_earlier_version_counts_nothing_that_is_gone(
    home: Home, version: int
) -> None:
    home.run("import", home.write(PAGE))
    home.run("import", home.write(PAGE.replace(_LAST, "")))
    counts = home.json("list")[0]
    with closing(sqlite3.connect(home.folder / "home" / "data" / "library.sqlite3")) as connection:
        connection.executescript(
            "PRAGMA journal_mode = DELETE; DROP INDEX passage_gone;"
            "UPDATE post SET comments = comments + 1, passages = passages + 1;"
        )
        connection.execute(f"PRAGMA user_version = {version}")
        if version == 1:
            connection.executescript(
                "DROP TABLE arrival; ALTER TABLE passage DROP COLUMN arrived; VACUUM"
            )
    _lock(home.folder, locked=True)
    try:
        listed = json.loads(ReadOnly(home).run("list", "--json").stdout)
        assert listed[0] == counts
        assert ReadOnly(home).run("unread", "--count").stdout == f"{counts['unread']}\n"
    finally:
        _lock(home.folder, locked=False)


def test_it_is_said_that_nothing_can_be_changed(locked: ReadOnly) -> None:
    said = locked.run("list").stderr
    assert UNCHANGED in said
    assert "Marks are not being kept" in said


def test_what_would_change_something_is_refused(locked: ReadOnly) -> None:
    post = locked.run("list").stdout.splitlines()[1].split()[0]
    for deed in (["remove", post], ["sample"], ["mark", "read", post], ["reindex"]):
        assert "cannot be" in locked.run(*deed, code=1).stderr, deed
    assert len(locked.run("list").stdout.splitlines()) == 2


def test_the_record_can_be_carried_away_but_takes_nothing_in(
    locked: ReadOnly, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sent = locked.run("personal", "export", "-").stdout
    assert sent.startswith('{"events":1,')
    file = tmp_path_factory.mktemp("carried") / "record.jsonl"
    file.write_text(sent, encoding="ascii")
    for command in (["personal", "merge", str(file)], ["personal", "undo"]):
        assert "arks are not being kept" in locked.run(*command, code=1).stderr
    assert "comment 1 of The Waiting Room marked read" in locked.run("personal", "log").stdout


def test_doctor_says_what_to_do(locked: ReadOnly) -> None:
    said = locked.run("doctor", code=1).stdout
    assert "bring back a backup" not in said
    assert "Make the file and its folder writable" in said
    assert UNCHANGED in said


def test_where_the_index_is_behind_the_rest_of_it_is_searched(locked: ReadOnly) -> None:
    home = locked.home
    _lock(home.folder, locked=False)
    other = home.write(PAGE.replace("Waiting Room", "Boiler House"), "other.txt")
    index = home.folder / "home" / "cache" / "index"
    before = {file: file.read_bytes() for file in index.rglob("*") if file.is_file()}
    home.run("import", other)
    for file in set(index.rglob("*")) - set(before):
        if file.is_file():
            file.unlink()
    for file, content in before.items():
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
    _lock(home.folder, locked=True)
    done = locked.run("search", "stairs")
    assert "stairs" in done.stdout
    assert "some posts are not in the search index yet" in done.stderr


def test_where_memory_cannot_be_shared_it_is_said_and_all_can_be_read(home: Home) -> None:
    """On some network drives SQLite cannot make the file by which processes share its log."""
    home.run("import", home.write(PAGE))
    post = home.post()
    home.run("bookmark", f"{post}:1", "--tag", "chairs")
    for database in home.folder.rglob("*.sqlite3"):
        database.with_name(f"{database.name}-shm").mkdir()
    done = home.run("list")
    assert "Marks are not being kept" in done.stderr
    assert UNCHANGED in done.stderr
    assert "The Waiting Room" in done.stdout
    assert "Then who mends the stairs?" in home.run("show", post).stdout
    assert "stairs" in home.run("search", "stairs").stdout
    assert home.json("bookmarks")[0]["tags"] == ["chairs"]
    assert "marks are not being kept" in home.run("mark", "read", post, code=1).stderr
