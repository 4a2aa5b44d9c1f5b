"""Files and folders into the library: each whole, each reported, none in another's way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from probation_reader import identity, ingest, paths
from probation_reader.errors import LibraryError
from probation_reader.importers import VERSION, import_source
from probation_reader.importers.source import read_source
from probation_reader.ingest import FileReport, find_files, import_files
from probation_reader.library import SourceRecord
from probation_reader.mutes import Rule
from probation_reader.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

CAPTURES = Path(__file__).parents[2] / "shared" / "captures"

PAGE = """\
Saturday, 27 April 2024

{title}

The office shuts at noon from Monday. Nobody has said where the files will go.

{count} comments:

{comments}"""
COMMENT = """\
  {number}. {words}

    ReplyDelete
"""


def page(*comments: str, title: str = "Half Days") -> str:
    """Return a capture of the numbered layout."""
    said = (COMMENT.format(number=n, words=words) for n, words in enumerate(comments, 1))
    return PAGE.format(title=title, count=len(comments), comments="".join(said))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(paths.resolve(tmp_path / "home")) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "pages"
    made.mkdir()
    return made


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def run(workspace: Workspace, *places: Path, dry_run: bool = False) -> list[FileReport]:
    return list(import_files(workspace, find_files(places), dry_run=dry_run))


class TestFindFiles:
    def test_folders_are_searched_and_sorted_as_people_count(self, folder: Path) -> None:
        for name in ("page 10.txt", "page 2.txt", "sub/page 1.txt", "Page 3.txt", "²3.txt"):
            write(folder, name, "x")
        found = [file.relative_to(folder).as_posix() for file in find_files([folder])]
        assert found == ["page 2.txt", "Page 3.txt", "page 10.txt", "²3.txt", "sub/page 1.txt"]

    def test_hidden_files_in_folders_are_passed_over_but_not_when_named(self, folder: Path) -> None:
        hidden = write(folder, ".hidden.txt", "x")
        write(folder, ".git/page.txt", "x")
        assert find_files([folder]) == []
        assert find_files([hidden]) == [hidden]

    def test_each_file_once_in_the_order_given(self, folder: Path) -> None:
        one, two = write(folder, "1.txt", "x"), write(folder, "2.txt", "x")
        (folder / "3.txt").symlink_to(two)
        assert find_files([two, folder, one, folder / "." / "1.txt"]) == [two, one]

    def test_links_to_folders_are_not_followed_below_a_folder(self, folder: Path) -> None:
        write(folder, "sub/1.txt", "x")
        (folder / "loop").symlink_to(folder)
        (folder / "other").symlink_to(folder / "sub")
        assert find_files([folder]) == [folder / "sub" / "1.txt"]
        assert find_files([folder / "other"]) == [folder / "other" / "1.txt"]

    def test_what_is_not_there_stays_to_be_refused(
        self, workspace: Workspace, folder: Path
    ) -> None:
        (report,) = run(workspace, folder / "missing.txt")
        assert report.layout is None
        assert report.error is not None
        assert report.error.startswith(str(folder / "missing.txt"))

    def test_names_that_are_no_text_are_found(self, folder: Path) -> None:
        name = os.fsdecode(b"caf\xe9.txt")
        write(folder, name, page("One"))
        assert [file.name for file in find_files([folder])] == [name]

    def test_ten_thousand_files(self, folder: Path) -> None:
        for number in range(10_000):
            (folder / f"{number}.txt").touch()
        assert [int(file.stem) for file in find_files([folder])] == list(range(10_000))


def test_report_of_a_page(workspace: Workspace, folder: Path) -> None:
    file = write(folder, "page.txt", page("One remark", "Another remark"))
    (report,) = run(workspace, file)
    assert report == FileReport(
        str(file),
        file.stat().st_size,
        layout="numbered",
        posts=1,
        added=1,
        comments=2,
        announced=2,
        new=2,
    )
    (row,) = workspace.library.posts()
    assert (row.post.title, row.comments, row.source) == ("Half Days", 2, str(file))


def test_same_file_again_is_held(workspace: Workspace, folder: Path) -> None:
    file = write(folder, "page.txt", page("One remark", "Another remark"))
    run(workspace, file)
    reached = workspace.library.last_change()
    (report,) = run(workspace, file)
    assert report == FileReport(
        str(file),
        file.stat().st_size,
        layout="numbered",
        posts=1,
        comments=2,
        announced=2,
        held=True,
    )
    assert workspace.library.last_change() == reached


def test_later_capture_says_what_changed(workspace: Workspace, folder: Path) -> None:
    write(folder, "1.txt", page("First of all remarks", "The second remark here", "A third one"))
    later = ("New at the top", "First of all remarks", "The second remark here, edited", "At last")
    write(folder, "2.txt", page(*later))
    reports = run(workspace, folder)
    assert [(r.new, r.changed, r.gone) for r in reports] == [(3, 0, 0), (2, 1, 1)]


def test_a_refused_file_does_not_keep_the_others_out(workspace: Workspace, folder: Path) -> None:
    write(folder, "1.txt", page("One", title="First Page"))
    (folder / "2.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    write(folder, "3.txt", "")
    write(folder, "4.txt", page("Two", title="Fourth Page"))
    reports = run(workspace, folder)
    assert [report.error is None for report in reports] == [True, False, False, True]
    assert workspace.library.counts().posts == 2


def test_dry_run_tells_the_same_and_keeps_nothing(workspace: Workspace, folder: Path) -> None:
    write(folder, "1.txt", page("First of all remarks", "The second remark here"))
    write(folder, "2.txt", page("First of all remarks", "The second remark here", "A third one"))
    rehearsed = run(workspace, folder, dry_run=True)
    assert [(r.new, r.changed, r.gone) for r in rehearsed] == [(2, 0, 0), (1, 0, 0)]
    assert workspace.library.counts().posts == 0
    assert run(workspace, folder) == rehearsed


def test_stopping_between_files_keeps_those_before(workspace: Workspace, folder: Path) -> None:
    for number in range(3):
        write(folder, f"{number}.txt", page("One", title=f"Page {number}"))
    reports = import_files(workspace, find_files([folder]))
    assert next(reports).error is None
    with pytest.raises(KeyboardInterrupt):
        reports.throw(KeyboardInterrupt())  # type: ignore[attr-defined] # it is a generator
    assert [row.post.title for row in workspace.library.posts()] == ["Page 0"]


INTERRUPTED = """
import sys
from pathlib import Path
from probation_reader import ingest, paths
from probation_reader.workspace import Workspace

with Workspace.open(paths.resolve(Path(sys.argv[1]))) as workspace:
    for report in ingest.import_files(workspace, ingest.find_files([Path(sys.argv[2])])):
        print(report.path, flush=True)
"""


def test_an_interrupt_at_any_moment_leaves_whole_files(tmp_path: Path, folder: Path) -> None:
    remarks = [f"Remark {number} of a long page" for number in range(300)]
    for number in range(200):
        write(folder, f"{number}.txt", page(*remarks, title=f"Page {number}"))
    home = tmp_path / "home"
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, home, folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdout is not None
        program.stdout.readline()
        program.send_signal(signal.SIGINT)
        told = 1 + len(program.communicate()[0].splitlines())
    with Workspace.open(paths.resolve(home)) as workspace:
        rows = workspace.library.posts()
        assert told <= len(rows) < 200
        assert {row.comments for row in rows} == {300}
        assert workspace.library.problems() == []
        reports = run(workspace, folder)
        assert sum(report.held for report in reports) == len(rows)
        assert sum(report.added for report in reports) == 200 - len(rows)


def test_stopping_a_dry_run_keeps_nothing(workspace: Workspace, folder: Path) -> None:
    write(folder, "1.txt", page("One"))
    reports = import_files(workspace, find_files([folder]), dry_run=True)
    assert next(reports).new == 1
    reports.close()  # type: ignore[attr-defined] # it is a generator
    assert workspace.library.counts().posts == 0


def test_removed_posts_come_back_with_their_file(workspace: Workspace, folder: Path) -> None:
    file = write(folder, "1.txt", page("One"))
    run(workspace, file)
    workspace.library.remove([row.post.id for row in workspace.library.posts()])
    (report,) = run(workspace, file)
    assert (report.held, report.added, report.new) == (False, 1, 1)


def test_a_library_that_cannot_be_written_stops_the_import(
    workspace: Workspace, folder: Path
) -> None:
    write(folder, "1.txt", page("One"))
    workspace.library.close()
    with pytest.raises(LibraryError):
        run(workspace, folder)


def test_sizes_are_for_a_progress_bar(folder: Path) -> None:
    files = [write(folder, "1.txt", "four"), write(folder, "2.txt", "sixsix")]
    assert ingest.total_size([*files, folder / "missing.txt"]) == 10


class TestSample:
    @pytest.fixture
    def corpus(self, tmp_path: Path) -> Path:
        made = tmp_path / "corpus"
        write(made, "a.txt", page("One", title="Sample A"))
        write(made, "a.expected.txt", "Sample A\n  1 One\n")
        write(made, "b.txt", page("Two", title="Sample B"))
        return made

    def test_is_labelled(self, workspace: Workspace, corpus: Path) -> None:
        reports = ingest.bring_sample(workspace, corpus)
        assert [report.error for report in reports] == [None, None]
        assert [row.sample for row in workspace.library.posts()] == [True, True]

    def test_steps_aside_for_the_first_own_page(
        self, workspace: Workspace, corpus: Path, folder: Path
    ) -> None:
        ingest.bring_sample(workspace, corpus)
        bad = write(folder, "0.txt", "")
        run(workspace, bad)
        assert workspace.library.counts().posts == 2
        run(workspace, write(folder, "1.txt", page("One")))
        assert [row.post.title for row in workspace.library.posts()] == ["Half Days"]
        assert len(workspace.library.sample_ids()) == 2

    def test_brought_back_it_stays_beside_pages_held_already(
        self, workspace: Workspace, corpus: Path, folder: Path
    ) -> None:
        own = write(folder, "1.txt", page("One"))
        run(workspace, own)
        ingest.bring_sample(workspace, corpus)
        run(workspace, own)
        assert workspace.library.counts().posts == 3

    def test_a_dry_run_leaves_it_alone(
        self, workspace: Workspace, corpus: Path, folder: Path
    ) -> None:
        ingest.bring_sample(workspace, corpus)
        run(workspace, write(folder, "1.txt", page("One")), dry_run=True)
        assert workspace.library.counts().posts == 2

    def test_imported_as_own_pages_it_is_theirs(self, workspace: Workspace, corpus: Path) -> None:
        ingest.bring_sample(workspace, corpus)
        run(workspace, corpus / "a.txt", corpus / "b.txt")
        assert [row.sample for row in workspace.library.posts()] == [False, False]

    def test_the_one_that_is_shipped(self, workspace: Workspace) -> None:
        folder = paths.corpus()
        assert folder is not None
        reports = ingest.bring_sample(workspace, folder)
        assert [report.error for report in reports if report.error] == []
        counts = workspace.library.counts()
        assert counts.posts >= 7
        assert counts.comments >= 100
        assert workspace.library.problems() == []


def test_imported_pages_can_be_searched(workspace: Workspace, folder: Path) -> None:
    run(workspace, write(folder, "1.txt", page("A remark about stairwells")))
    steps: list[tuple[int, int]] = []
    assert ingest.update_index(workspace, lambda done, all_: steps.append((done, all_))) == 1
    assert workspace.index.search("stairwells").total == 1
    assert steps


@pytest.mark.skipif(not CAPTURES.is_dir(), reason="the real captures are not on this machine")
def test_the_real_captures(workspace: Workspace) -> None:
    files = [file for file in find_files([CAPTURES]) if file.suffix == ".txt"]
    reports = run(workspace, *files)
    assert [report.error for report in reports] == [None] * 5
    assert sum(report.comments for report in reports) == 194
    assert sum(report.added for report in reports) == 10
    assert [report.held for report in run(workspace, *files)] == [True] * 5
    assert workspace.library.problems() == []


class TestAnOlderImporter:
    """It took a whole thread for one comment; the same bytes are read again."""

    @pytest.fixture
    def file(self, folder: Path) -> Path:
        return write(folder, "1.txt", page(*THREAD))

    @pytest.fixture
    def wrong(self, workspace: Workspace, file: Path) -> str:
        """Return the id of the one comment that holds the whole thread."""
        return misread(workspace, file)

    def test_is_named_at_start_and_by_doctor(
        self, workspace: Workspace, file: Path, wrong: str
    ) -> None:
        said = f"'Half Days': 4 announced, 1 captured: import {file} again"
        assert wrong
        assert ingest.misread_notice(workspace.library) == said
        assert ingest.importer_notices(workspace.library) == [said]

    def test_without_a_gap_is_counted_by_doctor_alone(
        self, workspace: Workspace, file: Path
    ) -> None:
        source = read_source(file)
        record = SourceRecord(str(file), source.digest, "numbered", VERSION - 1)
        workspace.library.store(record, import_source(source).threads)
        assert not ingest.misread_notice(workspace.library)
        assert ingest.importer_notices(workspace.library)[0].startswith("1 file ")

    def test_is_replaced_and_nothing_is_new_or_gone(
        self, workspace: Workspace, file: Path, wrong: str
    ) -> None:
        before = datetime.now(UTC)
        [report] = run(workspace, file)
        assert (report.was, report.comments) == (1, 4)
        assert (report.new, report.changed, report.gone) == (0, 0, 0)
        [row] = workspace.library.posts()
        comments = workspace.library.thread(row.post.id).comments
        assert [comment.text for comment in comments] == list(THREAD)
        assert not any(comment.gone for comment in comments)
        assert wrong not in workspace.library.passage_ids(row.post.id)
        assert workspace.library.arrivals(before) == {}
        assert workspace.library.problems() == []
        assert not ingest.importer_notices(workspace.library)
        [report] = run(workspace, file)
        assert report.held

    def test_a_dry_run_says_it_and_keeps_all_as_it_was(
        self, workspace: Workspace, file: Path, wrong: str
    ) -> None:
        workspace.record.mark_read([wrong])
        [report] = run(workspace, file, dry_run=True)
        assert (report.was, report.comments) == (1, 4)
        assert workspace.record.all_read() == {wrong}
        assert workspace.library.passage(wrong)

    @pytest.mark.parametrize("moved", [False, True])
    def test_marks_go_to_what_holds_the_lines(
        self, workspace: Workspace, file: Path, wrong: str, *, moved: bool
    ) -> None:
        record, post = workspace.record, wrong.partition(".")[0]
        mark_all(workspace, wrong)
        if moved:
            file = file.rename(file.with_name("moved.txt"))
        run(workspace, file)
        ids = [comment.id for comment in workspace.library.thread(post).comments]
        assert record.read_in(post) == set(ids)
        [kept] = record.bookmarks()
        assert (kept.id, kept.quote, kept.note, kept.tags) == (ids[0], THREAD[0], "why", ("x",))
        assert {mute.rule for mute in record.mutes()} == {Rule.branch(ids[0])}
        position = record.position(post)
        assert position is not None
        assert position.passage == ids[0]
        assert record.problems() == []

    def test_moving_marks_can_be_undone(self, workspace: Workspace, file: Path, wrong: str) -> None:
        mark_all(workspace, wrong)
        run(workspace, file)
        step = workspace.record.undo()
        assert step is not None
        assert wrong in step.ids
        assert [kept.id for kept in workspace.record.bookmarks()] == [wrong]
        assert workspace.record.all_read() == {wrong}

    def test_marks_that_cannot_be_moved_keep_the_file_unread(
        self, workspace: Workspace, file: Path, wrong: str
    ) -> None:
        workspace.record.mark_read([wrong])
        workspace.record.keeps = False
        [report] = run(workspace, file)
        assert report.error
        assert workspace.library.passage(wrong)

    def test_search_finds_the_right_comments(
        self, workspace: Workspace, file: Path, wrong: str
    ) -> None:
        ingest.update_index(workspace)
        run(workspace, file)
        ingest.update_index(workspace)
        found = workspace.index.search("kettle").hits
        assert len(found) == 1
        assert found[0].id != wrong

    def test_a_later_capture_replaces_it_too(
        self, workspace: Workspace, folder: Path, wrong: str
    ) -> None:
        workspace.record.mark_read([wrong])
        post = wrong.partition(".")[0]
        added = "And one that came in a week after all the others"
        [report] = run(workspace, write(folder, "2.txt", page(*THREAD, added)))
        comments = workspace.library.thread(post).comments
        assert [comment.text for comment in comments] == [*THREAD, added]
        assert not any(comment.gone for comment in comments)
        assert (report.new, report.gone) == (1, 0)
        assert workspace.record.read_in(post) == {comment.id for comment in comments[:4]}

    def test_what_another_capture_brought_stays(
        self, workspace: Workspace, folder: Path, file: Path, wrong: str
    ) -> None:
        added = "And one that came in a week after all the others"
        run(workspace, write(folder, "2.txt", page(*THREAD, added)))
        run(workspace, file)
        comments = workspace.library.thread(wrong.partition(".")[0]).comments
        assert [comment.text for comment in comments] == [*THREAD, added]
        assert not any(comment.gone for comment in comments)

    def test_the_sample_is_read_again_silently(self, workspace: Workspace, folder: Path) -> None:
        file = write(folder, "1.txt", page(*THREAD))
        misread(workspace, file, sample=True)
        assert not ingest.misread_notice(workspace.library)
        assert ingest.refresh_sample(workspace, folder)
        assert [row.comments for row in workspace.library.posts()] == [4]
        assert [row.sample for row in workspace.library.posts()] == [True]
        assert not ingest.refresh_sample(workspace, folder)


THREAD = (
    "Somebody has moved the files into the corridor again",
    "The kettle on the second floor is broken as well",
    "I was told that the corridor is to be painted soon",
    "Painted or not, it leads to the same stairs and door",
)


def misread(workspace: Workspace, file: Path, *, sample: bool = False) -> str:
    """Store a page as an older importer read it: all its comments as one."""
    source = read_source(file)
    [thread] = import_source(source).threads
    comments = thread.comments
    text = "\n\nReplyDelete\n".join(comment.text for comment in comments)
    span = replace(comments[0].source, last_line=comments[-1].source.last_line)
    id_ = identity.PassageIds(thread.post.id).comment(None, text)
    one = replace(comments[0], id=id_, text=text, source=span)
    sections = tuple(p for p in thread.passages if p not in comments)
    record = SourceRecord(str(file), source.digest, "numbered", VERSION - 1, sample)
    workspace.library.store(record, [replace(thread, passages=(*sections, one))])
    return id_


def mark_all(workspace: Workspace, id_: str) -> None:
    """Put every kind of mark on a passage."""
    record = workspace.record
    record.bookmark(id_, workspace.library.passage(id_).text, "why", ["x"])
    record.mute(Rule.branch(id_))
    record.set_position(id_.partition(".")[0], id_, 3)
    record.mark_read([id_])
