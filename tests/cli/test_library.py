"""remove, reindex, doctor, completion and the help of every command."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from probation_reader import __version__
from probation_reader.cli.main import COMMANDS
from tests.cli.program import Home


def test_remove_takes_posts_out(reader: Home) -> None:
    assert reader.run("remove", reader.post(), "--yes").stdout == "1 post removed.\n"
    assert reader.json("list") == []


def test_remove_does_not_ask_in_a_pipe(reader: Home) -> None:
    assert reader.run("remove", reader.post()).stdout == "1 post removed.\n"


def test_only_whole_posts_are_removed(reader: Home) -> None:
    done = reader.run("remove", reader.post() + ":1", "--yes", code=1)
    assert "only whole posts" in done.stderr


def test_marks_of_a_removed_post_come_back_with_it(reader: Home) -> None:
    post = reader.post()
    reader.run("mark", "read", f"{post}:1")
    reader.run("remove", post, "--yes")
    reader.run("import", reader.folder / "page.txt")
    assert reader.json("list")[0]["unread"] == 4


def test_reindex_builds_the_index_anew(reader: Home) -> None:
    shutil.rmtree(reader.folder / "home" / "cache")
    assert reader.run("reindex").stdout == "The index holds 1 post.\n"
    assert reader.json("search", "stairs")["total"] == 1


def test_doctor_finds_nothing_wrong(reader: Home) -> None:
    said = reader.run("doctor").stdout
    assert said.endswith("Nothing is wrong.\n")
    found = reader.json("doctor")
    assert found["problems"] == []
    assert found["counts"] == {
        "posts": 1,
        "comments": 4,
        "passages": 5,
        "unread": 5,
        "bookmarks": 0,
    }
    assert found["versions"]["probation-reader"] == __version__
    assert str(reader.folder / "home" / "data") in found["paths"]["data"]


def test_doctor_finds_a_damaged_library(reader: Home) -> None:
    library = reader.folder / "home" / "data" / "library.sqlite3"
    whole = library.read_bytes()
    library.write_bytes(whole[:100] + b"\x5a" * (len(whole) - 100))
    found = reader.json("doctor", code=1)
    assert found["problems"]
    assert all(problem["what"] and problem["advice"] for problem in found["problems"])
    said = reader.run("doctor", code=1).stdout
    assert "Wrong: " in said


def test_doctor_gives_the_advice_that_fits_the_problem(reader: Home) -> None:
    with closing(sqlite3.connect(reader.folder / "home" / "data" / "library.sqlite3")) as library:
        library.execute("UPDATE post SET comments = comments + 1")
        library.commit()
    (problem,) = reader.json("doctor", code=1)["problems"]
    assert problem["what"] == f"post {reader.post()} counts its passages wrongly"
    assert problem["advice"] == "remove it and import its page again"


def test_doctor_names_a_record_that_was_set_aside(reader: Home) -> None:
    record = reader.folder / "home" / "data" / "personal.sqlite3"
    record.write_bytes(b"no database at all")
    assert "is set aside as" in reader.run("list").stderr
    (aside,) = record.parent.glob("personal.sqlite3.damaged-*")
    (notice,) = reader.json("doctor")["notices"]
    assert notice.startswith(f"An earlier personal record was set aside as {aside}; it is not read")


@pytest.mark.parametrize(
    ("change", "differing"),
    [
        ("UPDATE bookmark SET details = '['", "bookmarks"),
        ("UPDATE bookmark SET at = 'zz'", "bookmarks"),
        ("UPDATE step SET status = 1e300", "steps"),
        ("INSERT INTO mute VALUES ('mute:word:: ', NULL, 5)", "mutes"),
        ("UPDATE position SET view = x'ff'", "positions"),
        ("DELETE FROM read_mark", "reading marks"),
    ],
)
def test_tables_that_others_changed_are_made_anew_after_doctor(
    reader: Home, change: str, differing: str
) -> None:
    passage = f"{reader.post()}:1"
    reader.run("bookmark", passage, "--note", "mine")
    reader.run("mark", "read", passage)
    before = reader.run("bookmarks").stdout, reader.json("list")
    path = reader.folder / "home" / "data" / "personal.sqlite3"
    with closing(sqlite3.connect(path)) as record, record:
        left = '{"passage":"p.a","line":0}'
        row = (99, "m", 1, 5, 0, "position", "p", left)
        record.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        record.execute("INSERT INTO position VALUES ('p', 'p.a', 0, '{}', 5, 'm', 1)")
        record.execute(change)
    problems = reader.json("doctor", code=1)["problems"]
    assert f"{path}: {differing} are not what the log says" in [each["what"] for each in problems]
    assert all("Start again" in each["advice"] for each in problems)
    assert (reader.run("bookmarks").stdout, reader.json("list")) == before
    assert reader.json("doctor")["problems"] == []


def test_doctor_says_how_many_events_were_set_aside(reader: Home) -> None:
    reader.run("mark", "read", f"{reader.post()}:1")
    path = reader.folder / "home" / "data" / "personal.sqlite3"
    with closing(sqlite3.connect(path)) as record, record:
        record.execute("INSERT INTO event VALUES (99, 'm', 1, 5, 0, 'mute', 'mute:word:: ', '{}')")
    assert "unsound: 1 event" in reader.run("list").stderr
    (notice,) = reader.json("doctor")["notices"]
    assert notice.startswith("1 event of the personal record could not be used")
    assert "aside" not in reader.run("list").stderr


def test_doctor_speaks_of_an_empty_library(home: Home) -> None:
    assert "the library is empty" in home.run("doctor").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_printed(home: Home, shell: str) -> None:
    script = home.run("completion", shell).stdout
    assert f"_PROBATION_READER_COMPLETE={shell}_complete" in script
    if path := shutil.which(shell):
        subprocess.run([path, "-n"], input=script, text=True, check=True)


def test_completion_says_how_to_have_it_line_by_line(home: Home) -> None:
    said = home.run("completion", "--help").stdout
    lines = [line.strip() for line in said.splitlines()]
    assert """bash  echo 'eval "$(probation-reader completion bash)"' >> ~/.bashrc""" in lines
    assert "> ~/.config/fish/completions/probation-reader.fish" in lines
    assert "\b" not in said
    assert "\\b" not in said


def test_completion_knows_only_its_shells(home: Home) -> None:
    assert "bash" in home.run("completion", "tcsh", code=2).stderr


def complete(home: Home, *words: str) -> list[tuple[str, str]]:
    done = home.run(
        _PROBATION_READER_COMPLETE="zsh_complete",
        COMP_WORDS=" ".join(["probation-reader", *words]),
        COMP_CWORD=str(len(words)),
    )
    lines = done.stdout.rstrip("\n").split("\n")
    return list(zip(lines[1::3], lines[2::3], strict=True))


def test_ids_complete_with_titles(reader: Home) -> None:
    post = reader.post()
    assert complete(reader, "show", post[:2]) == [(post, "The Waiting Room")]
    assert complete(reader, "mark", "read", post[:2]) == [(post, "The Waiting Room")]
    assert complete(reader, "show", "zz") == []


def test_passages_complete_with_their_words(reader: Home) -> None:
    post = reader.post()
    named = complete(reader, "bookmark", post + ".")
    assert len(named) == 5
    assert named[-1][1] == "2.2 Then who mends the stairs?"


def test_ids_complete_under_the_folder_that_is_named(reader: Home) -> None:
    folder, post = str(reader.folder / "home"), reader.post()
    words = ("--data-dir", folder, "show", post[:3])
    done = reader.run(
        _PROBATION_READER_COMPLETE="bash_complete",
        COMP_WORDS=" ".join(["probation-reader", *words]),
        COMP_CWORD=str(len(words)),
        PROBATION_READER_HOME=str(reader.folder / "elsewhere"),
    )
    assert done.stdout.split() == [f"plain,{post}"]


def test_bash_completes(reader: Home) -> None:
    post, path = reader.post(), f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    lines = (
        'eval "$(probation-reader completion bash)"',
        f"COMP_WORDS=(probation-reader show {post[:2]}) COMP_CWORD=2",
        "_probation_reader_completion probation-reader",
        'echo "${COMPREPLY[@]}"',
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", "\n".join(lines)],
        capture_output=True,
        text=True,
        check=True,
        env=reader.environment(PATH=path),
    )
    assert done.stdout.strip() == post


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
def test_fish_completes_with_titles(reader: Home) -> None:
    post, path = reader.post(), f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    line = (
        f'probation-reader completion fish | source; complete -C "probation-reader show {post[:2]}"'
    )
    done = subprocess.run(
        ["fish", "--no-config", "-c", line],
        capture_output=True,
        text=True,
        check=True,
        env=reader.environment(PATH=path),
    )
    assert done.stdout == f"{post}\tThe Waiting Room\n"


def test_completing_makes_no_library(home: Home) -> None:
    assert complete(home, "show", "a") == []
    assert not (home.folder / "home").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(home: Home, command: str) -> None:
    said = home.run(command, "--help").stdout
    assert said.startswith(f"Usage: probation-reader {command}")
    assert len(said.splitlines()) > 4
    assert max(map(len, said.splitlines())) <= 88


def test_the_program_has_help_and_a_version(home: Home) -> None:
    said = home.run("--help").stdout
    for command in COMMANDS:
        assert f"\n  {command} " in said
    assert home.run("--version").stdout == f"probation-reader {__version__}\n"
