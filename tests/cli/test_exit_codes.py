"""How runs end: exit codes, one-line errors, closed pipes, the log, no colour."""

from __future__ import annotations

import stat
import subprocess
import sys

import pytest

from tests.cli.program import PAGE, PATIENCE, Home

#: A command of this test's own that meets an error nobody expected.
BOOM = """
import sys
import click
from probation_reader.cli import main

@main.program.command()
def boom():
    raise ZeroDivisionError("split \\x1b[2Jby nothing")

sys.exit(main.main())
"""


def boom(home: Home, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BOOM, *options, "boom"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=home.environment(PROBATION_READER_DEBUG="0"),
        timeout=PATIENCE,
    )


def test_an_unexpected_error_is_logged(home: Home) -> None:
    done = boom(home)
    log = home.folder / "home" / "log" / "probation-reader.log"
    assert done.returncode == 70
    assert done.stderr.count("\n") == 1
    assert f"The details are in {log}" in done.stderr
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    story = log.read_text()
    assert "ZeroDivisionError: split ␛[2Jby nothing" in story
    assert "\x1b" not in story + done.stderr
    boom(home)
    assert log.read_text().count("Traceback") == 2


def test_an_unexpected_error_where_no_log_can_be_written(home: Home) -> None:
    (home.folder / "home").write_text("a file where the folder should be")
    done = boom(home)
    assert done.returncode == 70
    assert "cannot be written" in done.stderr
    assert "ZeroDivisionError" in done.stderr


def test_debug_shows_the_whole_story(home: Home) -> None:
    done = boom(home, "--debug")
    assert done.returncode == 70
    assert "Traceback (most recent call last)" in done.stderr
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize(
    "wrong",
    [["nonsense"], ["list", "--nonsense"], ["show"], ["mark", "red", "x"], ["search", "--limit=x"]],
)
def test_wrong_usage_is_one_line_and_2(home: Home, wrong: list[str]) -> None:
    done = home.run(*wrong, code=2)
    assert done.stdout == ""
    assert done.stderr.startswith("probation-reader: ")
    assert done.stderr.count("\n") == 1
    assert done.stderr.rstrip().endswith("--help'.")


@pytest.mark.parametrize(("typed", "meant"), [("lsit", "list"), ("imprt", "import")])
def test_a_slip_in_a_command_is_told_what_is_near(home: Home, typed: str, meant: str) -> None:
    said = home.run(typed, code=2).stderr
    assert said.startswith(f"probation-reader: No such command '{typed}', perhaps '{meant}'. Try")


def test_wrong_usage_is_said_safely(home: Home) -> None:
    done = home.run("list", "--a\x1b]0;x\x07b", code=2)
    assert "\x1b" not in done.stderr
    assert "]0;x" in done.stderr


def test_a_data_folder_that_is_a_file_is_an_error_in_words(home: Home) -> None:
    file = home.write("text", "file")
    done = home.run("--data-dir", file, "list", code=2)
    assert "is a file" in done.stderr
    done = home.run("list", code=1, PROBATION_READER_HOME=str(file))
    assert done.stderr.startswith("probation-reader: ")
    assert "Traceback" not in done.stderr


def test_data_dir_puts_everything_under_one_folder(home: Home) -> None:
    folder = home.folder / "elsewhere"
    home.run("--data-dir", folder, "import", home.write(PAGE))
    assert {entry.name for entry in folder.iterdir()} == {"data", "cache"}
    folders = [folder, *(entry for entry in folder.rglob("*") if entry.is_dir())]
    assert {stat.S_IMODE(entry.stat().st_mode) for entry in folders} == {0o700}
    assert not (home.folder / "home").exists()


def big(home: Home) -> str:
    comments = "".join(
        f"  {n}. {'Words upon words. ' * 40}{n}\n\n    ReplyDelete\n" for n in range(1, 401)
    )
    home.run("import", home.write(f"{PAGE.split('5 comments')[0]}400 comments:\n\n{comments}"))
    return home.post()


def test_a_closed_pipe_is_no_error(home: Home) -> None:
    post = big(home)
    for command in (["show", post], ["show", post, "--json"], ["--help"], ["list"]):
        with subprocess.Popen(
            home.command(*command),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=home.environment(),
        ) as writing:
            assert writing.stdout
            assert writing.stderr
            writing.stdout.read(1)
            writing.stdout.close()
            said = writing.stderr.read()
            assert (writing.wait(PATIENCE), said) == (0, b""), command


def test_a_pipe_nobody_ever_reads_is_no_error(reader: Home) -> None:
    command = " ".join(reader.command("list"))
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{{ sleep 0; {command}; }} | true"],
        capture_output=True,
        check=False,
        env=reader.environment(),
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_closed_pipe_does_not_stop_an_import(home: Home) -> None:
    files = [home.write(PAGE.replace("Waiting", f"Room {n}"), f"{n}.txt") for n in range(5)]
    with subprocess.Popen(
        home.command("import", *files),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=home.environment(),
    ) as importing:
        assert importing.stdout
        importing.stdout.close()
        assert importing.wait(PATIENCE) == 0
    assert len(home.json("list")) == 5


def test_standard_output_may_be_closed(reader: Home) -> None:
    command = " ".join(reader.command("list"))
    done = subprocess.run(
        ["bash", "-c", f"{command} >&-"],
        capture_output=True,
        check=False,
        env=reader.environment(),
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/dev/full is of Linux")
def test_a_full_disk_is_an_error_in_words(reader: Home) -> None:
    command = " ".join(reader.command("list"))
    done = subprocess.run(
        ["bash", "-c", f"{command} >/dev/full"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=reader.environment(),
    )
    assert done.returncode == 1
    assert done.stderr == "probation-reader: No space left on device.\n"


def test_an_encoding_that_lacks_a_character_shows_the_nearest(home: Home) -> None:
    home.run("import", home.write(PAGE.replace("Waiting", "“Waiting”")))
    said = home.run("list", PYTHONUTF8="0", PYTHONIOENCODING="ascii").stdout
    assert 'The "Waiting" Room' in said


def test_python_m_is_the_program(home: Home) -> None:
    assert "probation-reader" in home.run("--help").stdout.splitlines()[0]
