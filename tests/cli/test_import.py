"""import and sample: what comes in, what is said about it, what stays out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from probation_reader import paths
from probation_reader.workspace import Workspace
from tests.cli.program import PAGE, PATIENCE, Home
from tests.test_ingest import THREAD, misread, page

CAPTURES = Path(__file__).resolve().parents[3] / "shared" / "captures"


def test_import_says_what_came(home: Home) -> None:
    file = home.write(PAGE)
    said = home.run("import", file).stdout.splitlines()
    assert said[0] == f"{file}: numbered, 1 post, 5 announced, 4 captured, 4 new"
    assert said[-1] == "1 file: 1 post, 4 comments"


def test_import_again_changes_nothing_and_says_so(reader: Home) -> None:
    said = reader.run("import", reader.folder / "page.txt").stdout
    assert "already here, unchanged" in said
    assert reader.json("list")[0]["comments"] == 4


def test_a_later_capture_says_what_is_different(reader: Home) -> None:
    first, last = PAGE.index("  1. The chair"), PAGE.index("  2. Ours")
    later = PAGE[:first] + PAGE[last:].replace("  2. Ours", "  1. Ours")
    later += "    3. The caretaker does, when there is one.\n\n      Delete\n"
    said = reader.run("import", reader.write(later, "later.txt")).stdout
    assert "4 captured, 1 new, 1 gone" in said
    assert said.endswith("1 file: 1 post, 4 comments: 1 new, 1 gone\n")
    shown = reader.run("show", reader.post()).stdout
    assert "gone from the capture of" in shown
    assert "The caretaker does" in shown


def test_import_as_json(home: Home) -> None:
    good, bad = home.write(PAGE), home.write("", "empty.txt")
    answer = home.json("import", good, bad, code=1)
    assert answer["totals"] == {"posts": 1, "comments": 4}
    taken, refused = sorted(answer["files"], key=lambda file: file["error"] is not None)
    notes = taken.pop("notes")
    assert all(set(note) == {"line", "message"} for note in notes)
    assert taken == {
        "path": str(good),
        "layout": "numbered",
        "posts": 1,
        "comments": 4,
        "announced": 5,
        "new": 4,
        "changed": 0,
        "gone": 0,
        "was": None,
        "error": None,
    }
    assert refused["path"] == str(bad)
    assert "empty.txt" in refused["error"]
    assert set(refused) == {*taken, "notes"}


def test_a_file_that_an_older_importer_misread_is_read_again(home: Home) -> None:
    file = home.write(page(*THREAD))
    with Workspace.open(paths.resolve(home.folder / "home")) as workspace:
        misread(workspace, file)
    said = f"'Half Days': 4 announced, 1 captured: import {file} again"
    assert home.json("doctor")["notices"][0] == said
    dry = home.run("import", "--dry-run", file).stdout
    assert "read again: 4 comments, was 1" in dry
    assert "nothing was kept" in dry
    [told] = home.json("import", file)["files"]
    assert (told["comments"], told["was"], told["new"], told["gone"]) == (4, 1, 0, 0)
    assert "already here, unchanged" in home.run("import", file).stdout
    assert home.json("doctor")["notices"] == []


def test_what_is_refused_keeps_nothing_else_out(home: Home) -> None:
    folder = home.folder / "pages"
    folder.mkdir()
    home.write(PAGE, "pages/good.txt")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 20)
    done = home.run("import", folder, code=1)
    assert "picture.txt" in done.stderr
    assert done.stdout.endswith("2 files: 1 post, 4 comments; 1 refused\n")
    assert len(home.json("list")) == 1


def test_a_report_fits_a_terminal_and_ends_with_what_was_refused(home: Home) -> None:
    (home.folder / "pages").mkdir()
    for name in ("a", "c"):
        home.write("Not a page at all.\n", f"pages/{name}.txt")
    home.write(PAGE, "pages/b.txt")
    command = f"cd {home.folder} && {' '.join(home.command('import', 'pages'))}"
    code, screen = home.in_terminal_of(command, size="80x24", NO_COLOR="1")
    rows = screen.splitlines()
    assert code == 1
    assert max(map(len, rows)) <= 80
    assert rows[0] == "pages/b.txt: numbered, 1 post, 5 announced, 4 captured, 4 new"
    assert rows[1].startswith("Refused pages/a.txt:1: no layout fits; looked for ")
    assert rows[-2:] == [
        "Refused pages/c.txt:1: no layout fits, as above.",
        "3 files: 1 post, 4 comments; 2 refused",
    ]
    assert len(rows) <= 6


def test_a_page_is_known_by_its_whole_path_wherever_it_was_imported_from(home: Home) -> None:
    file = home.write(PAGE)
    near = Path(os.path.relpath(file))
    assert home.run("import", near).stdout.startswith(f"{near}: numbered")
    assert home.json("list")[0]["source"] == str(file)


def test_what_is_here_already_is_counted_not_listed(reader: Home) -> None:
    folder = reader.folder / "pages"
    folder.mkdir()
    for name in ("the same", "the same again"):
        reader.write(PAGE, f"pages/{name}.txt")
    reader.write(PAGE.replace("Waiting Room", "Boiler House"), "pages/other.txt")
    said = reader.run("import", folder).stdout.splitlines()
    assert [row.partition(": ")[0] for row in said] == [str(folder / "other.txt"), "3 files"]
    assert said[-1].endswith("; 2 already here, unchanged")


def test_a_folder_without_files_is_no_error(home: Home) -> None:
    (home.folder / "pages").mkdir()
    said = home.run("import", home.folder / "pages").stdout
    assert said == "There is no file to import.\n"


def test_new_posts_of_a_page_with_several_are_counted(home: Home) -> None:
    def listing(*days: int) -> str:
        posts = (f"Monday, {day} March 2025\n\nDay {day}\n\nWhat {day} brought.\n" for day in days)
        return "Showing posts with label X. Show all posts\n\n" + "\n".join(posts)

    home.run("import", home.write(listing(3, 10), "first.txt"))
    said = home.run("import", home.write(listing(3, 10, 17, 24), "later.txt")).stdout
    assert "listing, 4 posts, 0 comments, 2 new posts" in said


def test_a_path_that_is_not_there_is_refused(home: Home) -> None:
    done = home.run("import", home.folder / "nowhere", code=1)
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_import_without_a_path_is_wrong_usage(home: Home) -> None:
    done = home.run("import", code=2)
    assert done.stderr.startswith("probation-reader: Missing argument 'PATH...'.")


def test_a_dry_run_keeps_nothing(home: Home) -> None:
    said = home.run("import", "--dry-run", home.write(PAGE)).stdout
    assert "5 announced, 4 captured" in said
    assert "nothing was kept" in said
    assert home.json("list") == []


def test_no_progress_bar_in_a_pipe(home: Home) -> None:
    assert home.run("import", home.write(PAGE)).stderr == ""


def test_what_is_imported_can_be_searched_at_once(reader: Home) -> None:
    assert reader.json("search", "caretaker", code=1)["total"] == 0
    text = PAGE.replace("Waiting Room", "Boiler House").replace("The chair", "The caretaker")
    reader.run("import", reader.write(text, "other.txt"))
    assert reader.json("search", "caretaker")["total"] == 1


def test_an_index_that_cannot_be_written_does_not_make_an_import_fail(home: Home) -> None:
    cache = home.folder / "home" / "cache"
    cache.parent.mkdir()
    cache.write_text("a file where the folder should be")
    done = home.run("import", home.write(PAGE))
    assert "everything is imported, but not all of it indexed yet" in done.stderr
    cache.unlink()
    assert home.json("search", "stairs")["total"] == 1


def test_ctrl_c_keeps_whole_files(home: Home) -> None:
    folder = home.folder / "pages"
    folder.mkdir()
    body = "".join(f"  {n}. Comment {n} of many.\n\n    ReplyDelete\n" for n in range(1, 301))
    for number in range(400):
        page = (
            f"Tuesday, 4 March 2025\n\nPage {number}\n\nBody {number}.\n\n300 comments:\n\n{body}"
        )
        (folder / f"{number:03}.txt").write_text(page)
    command = home.command("import", folder, "--json")
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=home.environment()
    ) as importing:
        library = home.folder / "home" / "data" / "library.sqlite3-wal"
        while importing.poll() is None and not (library.exists() and library.stat().st_size > 2e6):
            pass
        importing.send_signal(signal.SIGINT)
        out, err = importing.communicate(timeout=PATIENCE)
    assert importing.returncode == 130, err
    report = json.loads(out)
    assert 0 < len(report["files"]) < 400
    assert b"imported whole" in err
    assert err.count(b"stopped") == 1
    assert b"Traceback" not in err
    rows = home.json("list")
    assert len(rows) >= len(report["files"])
    assert {row["comments"] for row in rows} == {300}


def test_the_sample_comes_and_goes(reader: Home) -> None:
    assert "of the sample in the library" in reader.run("sample").stdout
    assert len(reader.json("list")) >= 8
    assert "(sample)" in reader.run("list").stdout
    assert "put aside" in reader.run("sample", "--aside").stdout
    assert len(reader.json("list")) == 1


def test_the_sample_steps_aside_and_says_so(home: Home) -> None:
    home.run("sample")
    done = home.run("import", home.write(PAGE))
    assert done.stderr == ("The sample stepped aside; 'probation-reader sample' brings it back.\n")
    assert len(home.json("list")) == 1


def test_marks_in_the_sample_come_back_with_it(home: Home) -> None:
    home.run("sample")
    post = home.json("list")[0]["id"]
    home.run("mark", "read", post)
    home.run("sample", "--aside")
    home.run("sample")
    assert {row["id"]: row["unread"] for row in home.json("list")}[post] == 0


@pytest.mark.skipif(not CAPTURES.is_dir(), reason="the real captures are not on this machine")
def test_the_real_captures(home: Home) -> None:
    answer = home.json("import", *sorted(CAPTURES.glob("*.txt")))
    assert [(file["layout"], file["posts"], file["comments"]) for file in answer["files"]] == [
        ("numbered", 1, 42),
        ("glued", 1, 38),
        ("listing", 6, 0),
        ("bare", 1, 0),
        ("numbered", 1, 114),
    ]
    last = answer["files"][-1]
    assert (last["announced"], last["new"]) == (115, 114)
