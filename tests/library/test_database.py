"""The file: who may read it, what is refused, several threads and programs at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from probation_reader.errors import LibraryError
from probation_reader.library import Library
from tests.library.pages import source, thread

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import sys
from pathlib import Path
from probation_reader.library import Library
from tests.library.pages import source, thread

name = sys.argv[2]
with Library.open(Path(sys.argv[1])) as library:
    for number in range(30):
        title = f"{name} {number}"
        page = thread(f"Comment {number} of {name}", title=title, body=(title,))
        library.store(source(f"{name}-{number}"), [page])
"""


def modify(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def stored(path: Path) -> None:
    with Library.open(path) as library:
        library.store(source("1"), [thread("One\n  Two\nThree")])


def test_only_the_owner_can_read(path: Path) -> None:
    with Library.open(path) as library:
        library.store(source("1"), [thread("One")])
        files = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert set(files.values()) == {0o600}
    assert path.name in files


def test_reopened_it_is_the_same_library(path: Path) -> None:
    with Library.open(path) as library:
        library.store(source("1"), [thread("One")])
        uuid, posts = library.uuid, library.posts()
    with Library.open(path) as library:
        assert (library.uuid, library.posts()) == (uuid, posts)


def test_newer_version_is_refused_and_left_alone(path: Path) -> None:
    stored(path)
    modify(path, "PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="version 99") as caught:
        Library.open(path)
    assert caught.value.where == str(path)
    assert "import your pages again" in caught.value.advice
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"no database at all " * 100, b"SQLite format 3\x00" * 500])
def test_damaged_file_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(LibraryError, match="import your pages again"):
        Library.open(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("version", [0, 1, 99])
def test_database_of_another_program_is_refused(path: Path, version: int) -> None:
    path.parent.mkdir()
    modify(path, "CREATE TABLE recipes (name TEXT)", f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="not a library"):
        Library.open(path)
    assert path.read_bytes() == before


def test_damage_found_while_reading_says_what_to_do(path: Path) -> None:
    with Library.open(path) as library:
        wide = [(0, f"Comment {n} " + "x" * 2000) for n in range(300)]
        library.store(source("1"), [thread(wide)])
        post = library.posts()[0].post.id
    content = bytearray(path.read_bytes())
    content[40_000:400_000] = b"\xff" * 360_000
    path.write_bytes(content)
    with Library.open(path) as library, pytest.raises(LibraryError, match="is damaged"):
        library.thread(post)


def test_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryError, match="cannot be opened"):
        Library.open(tmp_path / "file" / "library.sqlite3")


def test_closed_library_says_so(path: Path) -> None:
    library = Library.open(path)
    library.close()
    library.close()
    with pytest.raises(LibraryError, match="is closed"):
        library.posts()


def test_closing_breaks_off_what_other_threads_do(path: Path) -> None:
    library = Library.open(path)
    library.store(source("1"), [thread([(0, f"Comment {n}") for n in range(3_000)], title="One")])
    ids = [post.post.id for post in library.posts()]
    begun = threading.Barrier(4)
    ended: list[str] = []

    def read() -> None:
        library.thread(ids[0])
        begun.wait()
        try:
            while True:
                library.thread(ids[0])
        except LibraryError as error:
            ended.append(error.message)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    begun.wait()
    library.close()
    for reader in readers:
        reader.join()
    assert len(ended) == 3
    assert {message.partition("closed")[0] for message in ended} <= {
        "the library is ",
        "the library was ",
    }


def test_threads_read_while_another_writes(library: Library) -> None:
    pages = [
        thread([(0, f"Comment {n}") for n in range(200)], title=str(i), body=(str(i),))
        for i in range(20)
    ]
    seen: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            ids = [row.post.id for row in library.posts()]
            seen.extend(len(library.thread(id_).comments) for id_ in ids)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number, page in enumerate(pages):
        library.store(source(str(number)), [page])
    done.set()
    for reader in readers:
        reader.join()
    assert set(seen) <= {200}
    assert len(library.posts()) == 20


def test_connections_of_ended_threads_are_closed(library: Library) -> None:
    for _ in range(20):
        worker = threading.Thread(target=library.posts)
        worker.start()
        worker.join()
    assert len(library._connections._open) <= 2


def test_two_programs_import_at_once(path: Path) -> None:
    programs = [
        subprocess.Popen([sys.executable, "-c", PROGRAM, path, name], stderr=subprocess.PIPE)
        for name in ("first", "second", "third")
    ]
    assert [program.communicate()[1] for program in programs] == [b"", b"", b""]
    with Library.open(path) as library:
        assert library.counts().posts == 90
        assert library.problems() == []


def test_writing_while_locked_too_long_is_an_error(
    library: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("probation_reader.library.connection._PATIENCE", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    refused: list[LibraryError] = []

    def write() -> None:
        with pytest.raises(LibraryError, match="locked") as caught:
            library.store(source("1"), [thread("One")])
        refused.append(caught.value)

    writer = threading.Thread(target=write)
    writer.start()
    writer.join()
    other.close()
    assert len(refused) == 1


def test_sound_library_has_no_problems(library: Library) -> None:
    library.store(source("1"), [thread("One two three\n  Four")])
    library.store(source("2"), [thread("Zero\nOne two three five\n  Four\n  Six")])
    assert library.problems() == []


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE post SET comments = 7", "counts its passages wrongly"),
        ("UPDATE passage SET parent = 'nobody' WHERE depth = 1", "without its parent"),
        ("UPDATE passage SET depth = 5 WHERE depth = 1", "without its parent"),
        ("UPDATE passage SET source = 99", "unknown source"),
        ("DELETE FROM post_key", "cannot be recognised"),
        ("UPDATE post SET source = 99", "points to a row of source"),
    ],
)
def test_problems_are_named(path: Path, harm: str, said: str) -> None:
    stored(path)
    modify(path, harm)
    with Library.open(path) as library:
        (problem,) = library.problems()
        assert said in problem


def test_stored_thread_that_is_none_is_an_error_with_advice(path: Path) -> None:
    stored(path)
    modify(path, "UPDATE passage SET depth = 5 WHERE depth = 1")
    with Library.open(path) as library, pytest.raises(LibraryError, match="is damaged"):
        library.thread(library.posts()[0].post.id)
