"""personal export, merge, log, undo and redo; bookmarks --import."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import PAGE, Home


@pytest.fixture
def other(tmp_path: Path) -> Home:
    """Another machine of the same reader, with the same page."""
    folder = tmp_path / "other"
    folder.mkdir()
    home = Home(folder)
    home.run("import", home.write(PAGE))
    return home


def _export(home: Home, name: str = "record.jsonl") -> Path:
    file = home.folder / name
    home.run("personal", "export", file)
    return file


def test_what_is_exported_is_private_and_always_the_same(reader: Home) -> None:
    post = reader.post()
    reader.run("mark", "read", post)
    reader.run("bookmark", f"{post}:1", "--note", "\x1b[2J why")
    file = _export(reader)
    assert file.stat().st_mode & 0o777 == 0o600
    done = reader.run("personal", "export", file)
    assert done.stderr == f"{file}: 6 events\n"
    assert reader.run("personal", "export", "-").stdout == file.read_text("ascii")
    assert file.read_text("ascii").isprintable() is False  # it has lines
    assert all(line.isprintable() for line in file.read_text("ascii").splitlines())


def test_a_file_that_cannot_be_written_is_named(reader: Home) -> None:
    said = reader.run("personal", "export", reader.folder / "no" / "where", code=1).stderr
    assert "where: the file cannot be written: No such file or directory" in said


def test_two_machines_come_to_the_same(reader: Home, other: Home) -> None:
    post = reader.post()
    reader.run("mark", "read", f"{post}:1", f"{post}:2")
    other.run("bookmark", f"{post}:2", "--note", "why")
    said = other.run("personal", "merge", _export(reader)).stdout
    assert said.endswith("record.jsonl: 2 new events, 0 known already.\n")
    said = reader.run("personal", "merge", _export(other), _export(reader, "own")).stdout
    assert "1 new event, 2 known already." in said
    assert "own: 0 new events, 2 known already." in said
    assert _export(reader).read_bytes() == _export(other).read_bytes()
    for home in (reader, other):
        assert home.run("unread", "--count").stdout == "3\n"
        assert home.json("bookmarks")[0]["note"] == "why"


def test_a_stream_can_be_merged(reader: Home, other: Home) -> None:
    reader.run("mark", "read", reader.post())
    sent = reader.run("personal", "export", "-").stdout
    said = other.run("personal", "merge", "-", stdin=sent).stdout
    assert said == "-: 5 new events, 0 known already.\n"


def test_only_what_was_done_since_a_day_is_exported(reader: Home) -> None:
    reader.run("mark", "read", reader.post())
    assert '"events":5' in reader.run("personal", "export", "-", "--since", "2001-02-03").stdout
    assert '"events":0' in reader.run("personal", "export", "-", "--since", "2999-01-01").stdout
    reader.run("personal", "export", "-", "--since", "yesterday", code=2)


def test_nothing_of_a_damaged_file_is_taken(reader: Home, other: Home) -> None:
    reader.run("mark", "read", reader.post())
    sound = _export(reader)
    lines = sound.read_text("ascii").splitlines(keepends=True)
    damaged = other.write("".join([*lines[:3], "<<<<<<< HEAD\n", *lines[4:]]), "damaged.jsonl")
    done = other.run("personal", "merge", damaged, "nowhere.jsonl", sound, code=1)
    assert "damaged.jsonl:4: this is not a line of an exported record. Make and" in done.stderr
    assert f"{damaged}: nothing was taken" in done.stderr
    assert "nowhere.jsonl: No such file or directory" in done.stderr
    assert done.stdout == f"{sound}: 5 new events, 0 known already.\n"


def test_the_sound_lines_are_taken_where_that_is_asked_for(reader: Home, other: Home) -> None:
    reader.run("mark", "read", reader.post())
    lines = _export(reader).read_text("ascii").splitlines(keepends=True)
    damaged = other.write("".join([*lines[:3], "\x1b[2J\n", lines[4]]), "damaged.jsonl")
    done = other.run("personal", "merge", "--lenient", damaged, code=1)
    assert "damaged.jsonl:4: this is not a line" in done.stderr
    assert "damaged.jsonl:5: the file ends early: of 5 events 3 are there" in done.stderr
    assert "\x1b" not in done.stderr
    assert done.stdout == f"{damaged}: 3 new events, 0 known already.\n"


def test_two_copies_of_a_home_part(reader: Home, other: Home) -> None:
    post = reader.post()
    reader.run("mark", "read", f"{post}:1")
    here, there = (home.folder / "home/data/personal.sqlite3" for home in (reader, other))
    there.write_bytes(here.read_bytes())
    other.run("mark", "read", f"{post}:2")
    done = reader.run("personal", "merge", _export(other))
    assert "copies of one another" in done.stderr
    assert reader.run("personal", "merge", _export(other)).stderr == ""
    assert "nothing to undo" in reader.run("personal", "undo", code=1).stderr


def test_undo_and_redo_say_what_they_did(reader: Home) -> None:
    post = reader.post()
    reader.run("mark", "read", post)
    reader.run("bookmark", f"{post}:2.1")
    done = reader.run("personal", "undo", "5")
    assert done.stdout == (
        "undone: comment 2.1 of The Waiting Room kept\n"
        "undone: 5 passages of The Waiting Room marked read\n"
    )
    assert done.stderr == "probation-reader: nothing more to undo.\n"
    assert reader.run("unread", "--count").stdout == "5\n"
    said = reader.run("personal", "redo").stdout
    assert said == "redone: 5 passages of The Waiting Room marked read\n"
    assert reader.run("unread", "--count").stdout == "0\n"
    assert "nothing to undo" in Home(reader.folder / "x").run("personal", "undo", code=1).stderr


def test_the_log_says_what_when_and_where(reader: Home, other: Home) -> None:
    post = reader.post()
    reader.run("mark", "read", post)
    other.run("bookmark", f"{post}:1")
    other.run("personal", "undo")
    reader.run("personal", "merge", _export(other))
    undone, kept, read = reader.run("personal", "log").stdout.splitlines()
    assert undone[21:].startswith("undone: comment 1 of The Waiting Room kept  (on ")
    assert kept[21:].startswith("comment 1 of The Waiting Room kept  (undone)  (on ")
    assert read[21:] == "5 passages of The Waiting Room marked read"
    (newest,) = reader.json("personal", "log", "-n", "1")
    assert (newest["here"], newest["undone"], len(newest["events"])) == (False, False, 1)
    assert reader.run("personal", "log", "-n", "1").stdout[21:].startswith("undone  (on ")
    assert Home(reader.folder / "x").run("personal", "log").stderr == "Nothing was done yet.\n"


def test_bookmarks_are_brought_back_from_what_was_listed(reader: Home, other: Home) -> None:
    post = reader.post()
    reader.run("bookmark", f"{post}:1", "--note", "why", "--tag", "a")
    reader.run("bookmark", f"{post}:2")
    listed = reader.json("bookmarks")
    file = other.write(reader.run("bookmarks", "--json").stdout, "kept.json")
    assert other.run("bookmarks", "--import", file).stdout == "2 new bookmarks, 0 there already.\n"
    assert other.json("bookmarks") == listed
    assert other.run("bookmarks", "--import", file).stdout == "0 new bookmarks, 2 there already.\n"
    assert other.json("bookmarks") == listed
    other.run("personal", "undo")
    assert other.json("bookmarks") == []
    other.run("bookmarks", "--import", file, "--json", code=2)


def test_a_bookmark_that_is_damaged_is_named_by_its_line(reader: Home, other: Home) -> None:
    for number in ("1", "2", "2.1"):
        reader.run("bookmark", f"{reader.post()}:{number}")
    lines = reader.run("bookmarks", "--json").stdout.splitlines()
    lines[1] = lines[1].replace('"tags": []', '"tags": [5]')
    file = other.write("\n".join(lines), "kept.json")
    assert "kept.json:2: 'tags' of this" in other.run("bookmarks", "--import", file, code=1).stderr
    assert other.json("bookmarks") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"id":"p.a",\n oops', "kept.json:2: this is not JSON"),
        ("[\n\ud800]", "kept.json:2: this is not JSON"),
        ("[" * 100_000, "kept.json: this is not JSON"),
        ("{}", "kept.json:1: this is not a list of bookmarks"),
        ("[5]", "kept.json:1: this is not a bookmark"),
        (
            '[\n{"id":"p.a","quote":"],[","tags":[],"at":"2024-01-01"}\n,\n\n{"id":"../x"}]',
            "json:5: 'id' is",
        ),
        ('[{"id":"p.a","quote":5,"tags":[]}]', "'quote' of this 'bookmark' is not sound"),
        ('[{"id":"p.a","quote":"","tags":[],"at":"soon"}]', "'at' is not a time"),
        ('[{"id":"p.a","quote":"","tags":[],"at":"9999-12-31T23:59"}]', "'at' is not a time"),
    ],
)
def test_a_damaged_list_of_bookmarks_is_refused_whole(home: Home, text: str, said: str) -> None:
    file = home.write(text, "kept.json")
    assert said in home.run("bookmarks", "--import", file, code=1).stderr
    assert home.json("bookmarks") == []
