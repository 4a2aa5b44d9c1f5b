"""export: what is written, where, and what is refused."""

from __future__ import annotations

import mailbox
import os
import stat
import subprocess
from pathlib import Path

import pytest

from tests.cli.program import PAGE, Home


def subjects(file: Path) -> list[str]:
    box = mailbox.mbox(file, create=False)
    found = [str(message["X-Passage"]).partition(":")[2] for message in box]
    box.close()
    return found


def test_a_post_is_written_with_its_marks(reader: Home) -> None:
    post = reader.post()
    reader.run("mark", "read", f"{post}:1")
    reader.run("bookmark", f"{post}:2.1")
    file = reader.folder / "out.mbox"
    done = reader.run("export", post, "--format", "mbox", "-o", file)
    assert done.stdout == ""
    assert done.stderr == f"{file}: 1 post, 5 messages\n"
    box = mailbox.mbox(file, create=False)
    flags = {str(m["X-Passage"]).partition(":")[2]: m.get_flags() for m in box}
    box.close()
    assert flags == {"s1": "", "1": "RO", "2": "", "2.1": "F", "2.2": ""}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_passage_is_written_with_its_replies_and_nothing_twice(reader: Home) -> None:
    post, file = reader.post(), reader.folder / "out.mbox"
    reader.run("export", f"{post}:2", f"{post}:2.1", "-o", file)
    assert subjects(file) == ["2", "2.1", "2.2"]
    reader.run("export", f"{post}:2", post, "-o", file)
    assert subjects(file) == ["s1", "1", "2", "2.1", "2.2"]


def test_standard_output_is_the_same_mailbox(reader: Home) -> None:
    file = reader.folder / "out.mbox"
    reader.run("export", "--all", "-o", file)
    assert reader.run("export", "--all").stdout == file.read_text(encoding="utf-8")


def test_a_dash_is_standard_output(reader: Home) -> None:
    plainly = reader.run("export", "--all").stdout
    assert reader.run("export", "--all", "-o", "-").stdout == plainly != ""


def test_the_whole_library_is_written_oldest_first(reader: Home) -> None:
    older = PAGE.replace("2025", "2019").replace("Waiting", "Older")
    reader.run("import", reader.write(older, "b.txt"))
    written = reader.run("export", "--all").stdout
    assert written.count("\nMessage-ID: ") == 10
    assert written.index("Subject: The Older Room") < written.index("Subject: The Waiting Room")


def test_a_terminal_is_no_mailbox(reader: Home) -> None:
    code, sent = reader.in_terminal("export", "--all")
    assert code == 1
    assert " ".join(sent.split()) == (
        "probation-reader: a mailbox is for programs, and this is a terminal."
        " -o FILE writes it to a file."
    )
    file = reader.folder / "out.mbox"
    assert reader.in_terminal("export", "--all", "-o", str(file))[0] == 0
    assert len(subjects(file)) == 5


@pytest.mark.parametrize("words", [[], ["ID", "--all"], ["ID", "--format", "maildir"]])
def test_wrong_usage_is_refused(reader: Home, words: list[str]) -> None:
    given = [reader.post() if word == "ID" else word for word in words]
    assert reader.run("export", *given, code=2).stderr


def test_an_id_that_is_not_there_writes_nothing(reader: Home) -> None:
    file = reader.folder / "out.mbox"
    reader.run("export", reader.post(), "ffffffff", "-o", file, code=1)
    assert not file.exists()


def test_an_empty_library_says_so(home: Home) -> None:
    done = home.run("export", "--all")
    assert done.stdout == ""
    assert "the library is empty" in done.stderr


def test_a_file_that_cannot_be_written_is_named(reader: Home) -> None:
    file = reader.folder / "nowhere" / "out.mbox"
    said = reader.run("export", "--all", "-o", file, code=1).stderr
    assert said == (
        f"probation-reader: {file}: the file cannot be written: No such file or directory.\n"
    )


def test_an_older_file_stays_until_the_new_one_is_whole(reader: Home) -> None:
    file = reader.folder / "out.mbox"
    reader.run("export", "--all", "-o", file)
    whole = file.read_bytes()
    limited = [
        "bash",
        "-c",
        'ulimit -f 0; exec "$@"',
        "-",
        *reader.command("export", "--all", "-o", file),
    ]
    done = subprocess.run(limited, capture_output=True, check=False, env=reader.environment())
    assert done.returncode != 0
    assert file.read_bytes() == whole
    assert [path.name for path in reader.folder.glob(".*out*")] == []


def test_a_pipe_is_written_to_as_it_is(reader: Home) -> None:
    pipe = reader.folder / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as cat:
        reader.run("export", "--all", "-o", pipe)
        written, _ = cat.communicate()
    assert written.count(b"\nMessage-ID: ") == 5
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_what_steers_a_terminal_is_made_safe(home: Home) -> None:
    page = PAGE.replace("A chair", "A \x1b]52;c;SGVsbG8=\x07chair").replace(
        "The Wait", "\x1b[2JWait"
    )
    home.run("import", home.write(page))
    written = home.run("export", "--all").stdout
    assert not set(written) & {"\x1b", "\x07"}
    assert "␛]52;c" in written
