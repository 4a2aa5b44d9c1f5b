"""Library, record and index opened together, and what is unread in each post."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from probation_reader import paths
from probation_reader.errors import LibraryError
from probation_reader.library import Entry, SourceRecord
from probation_reader.model import Comment, Passage, Post, Section, SourceSpan, Thread
from probation_reader.mutes import Rule
from probation_reader.record import Record, connection
from probation_reader.record.events import Event
from probation_reader.workspace import PostSummary, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> paths.Paths:
    return paths.resolve(tmp_path / "home")


@pytest.fixture
def workspace(home: paths.Paths) -> Iterator[Workspace]:
    with Workspace.open(home) as opened:
        yield opened


def _passage(kind: type[Passage], id_: str, number: str) -> Passage:
    return kind(
        id_,
        parent=None,
        depth=0,
        number=number,
        author=None,
        signed=False,
        published=None,
        text=f"The words of {id_}.",
        source=SourceSpan("page.txt", 1, 1),
    )


def _thread(post: str, *comments: str) -> Thread:
    """A post of one section, with comments that all stand at the top level."""
    passages = [_passage(Section, f"{post}.body", "§1")]
    for number, name in enumerate(comments, start=1):
        passages.append(_passage(Comment, f"{post}.{name}", str(number)))
    return Thread(Post(post, f"Title of {post}"), tuple(passages))


def _store(workspace: Workspace, thread: Thread, *, digest: str = "", sample: bool = False) -> None:
    source = SourceRecord("page.txt", digest or thread.post.id, "numbered", 1, sample=sample)
    workspace.library.store(source, [thread])


def _unread(workspace: Workspace) -> dict[str, int]:
    unread = {
        post_summary.row.post.id: post_summary.unread for post_summary in _summaries(workspace)
    }
    assert workspace.unread() == sum(unread.values())
    return unread


def _summaries(workspace: Workspace) -> list[PostSummary]:
    """Return the summaries, which say of every post what the shorter list says."""
    post_summaries = workspace.post_summaries()
    assert list(workspace.entries()) == [
        (
            Entry(
                one.row.post.id,
                one.row.post.title,
                one.row.post.published.isoformat()[:10] if one.row.post.published else "",
                one.row.post.labels,
                one.row.comments,
                one.row.passages,
                one.row.sample,
            ),
            one.unread,
            one.new,
        )
        for one in post_summaries
    ]
    return post_summaries


def test_unread_counts_the_sections_and_comments_that_are_not_marked(workspace: Workspace) -> None:
    _store(workspace, _thread("post1", "a", "b"))
    _store(workspace, _thread("post2"))
    assert _unread(workspace) == {"post1": 3, "post2": 1}
    workspace.record.mark_read(["post1.body", "post1.b", "post2.body"])
    assert _unread(workspace) == {"post1": 1, "post2": 0}
    workspace.record.mark_unread(["post1.b"])
    assert _unread(workspace) == {"post1": 2, "post2": 0}


def test_new_comments_are_unread_and_marks_stay(workspace: Workspace) -> None:
    _store(workspace, _thread("post1", "a"))
    workspace.record.mark_read(["post1.body", "post1.a"])
    _store(workspace, _thread("post1", "a", "b", "c"), digest="later")
    assert _unread(workspace) == {"post1": 2}


def test_marks_of_a_removed_post_wait_for_it_to_come_back(workspace: Workspace) -> None:
    _store(workspace, _thread("post1", "a"))
    workspace.record.mark_read(["post1.a"])
    assert _unread(workspace) == {"post1": 1}
    workspace.library.remove(["post1"])
    assert _unread(workspace) == {}
    assert workspace.record.read_counts() == {}
    assert workspace.record.read_in("post1") == {"post1.a"}
    _store(workspace, _thread("post1", "b", "c"))
    assert _unread(workspace) == {"post1": 3}
    workspace.library.remove(["post1"])
    _store(workspace, _thread("post1", "a"))
    assert _unread(workspace) == {"post1": 1}


def test_only_posts_that_the_change_feed_names_are_counted_anew(workspace: Workspace) -> None:
    for post in ("post1", "post2"):
        _store(workspace, _thread(post, "a"))
        workspace.record.mark_read([f"{post}.a"])
    workspace.refresh_counts()
    before = workspace.library.last_change()
    assert workspace.record.counted_to(workspace.library.uuid) == before
    workspace.record._connection.execute("UPDATE read_mark SET live = 0")
    written = workspace.record._connection.total_changes
    workspace.refresh_counts()
    assert workspace.record._connection.total_changes == written
    assert workspace.record.read_counts() == {}
    _store(workspace, _thread("post2", "a", "b"), digest="later")
    workspace.refresh_counts()
    assert workspace.record.read_counts() == {"post2": 1}
    assert workspace.library.last_change() > before
    assert workspace.record.counted_to(workspace.library.uuid) == workspace.library.last_change()


def test_another_library_is_counted_from_the_start(home: paths.Paths) -> None:
    with Workspace.open(home) as workspace:
        _store(workspace, _thread("post1", "a", "b"))
        workspace.record.mark_read(["post1.a", "post1.b"])
        assert _unread(workspace) == {"post1": 1}
    for file in home.data.glob("library*"):
        file.unlink()
    with Workspace.open(home) as workspace:
        assert _unread(workspace) == {}
        assert workspace.record.read_counts() == {}
        _store(workspace, _thread("post1", "b"))
        assert _unread(workspace) == {"post1": 1}


def test_an_older_state_of_the_library_is_counted_from_the_start(home: paths.Paths) -> None:
    with Workspace.open(home) as workspace:
        _store(workspace, _thread("post1", "a"))
    older = home.library.read_bytes()
    with Workspace.open(home) as workspace:
        _store(workspace, _thread("post1", "a", "b"), digest="later")
        workspace.record.mark_read(["post1.a", "post1.b"])
        assert _unread(workspace) == {"post1": 1}
    home.library.write_bytes(older)
    with Workspace.open(home) as workspace:
        assert _unread(workspace) == {"post1": 1}
        assert workspace.record.read_counts() == {"post1": 1}


def _visit(home: paths.Paths) -> None:
    """Open the reader and close it again; what comes in next comes in later."""
    with Workspace.open(home) as workspace:
        workspace.record.begin_visit()
    _pause()


def _pause() -> None:
    """Let the clock that times are kept by go on."""
    until = time.monotonic() + 0.005
    while time.monotonic() < until:
        pass


def _new(workspace: Workspace) -> dict[str, int]:
    return {post_summary.row.post.id: post_summary.new for post_summary in _summaries(workspace)}


def test_nothing_is_new_at_the_very_first_visit(workspace: Workspace) -> None:
    _store(workspace, _thread("post1", "a"))
    workspace.record.begin_visit()
    assert _new(workspace) == {"post1": 0}
    assert workspace.new_in("post1") == frozenset()


def test_new_is_what_came_in_after_the_last_visit(home: paths.Paths) -> None:
    with Workspace.open(home) as workspace:
        _store(workspace, _thread("post1", "a"))
        _store(workspace, _thread("post2", "a"))
    _visit(home)
    with Workspace.open(home) as workspace:
        _store(workspace, _thread("post1", "a", "b", "c"), digest="later")
        _store(workspace, _thread("post3"))
        workspace.record.begin_visit()
        assert _new(workspace) == {"post1": 2, "post2": 0, "post3": 1}
        assert workspace.new_in("post1") == {"post1.b", "post1.c"}
        assert _unread(workspace) == {"post1": 4, "post2": 2, "post3": 1}
    with Workspace.open(home) as workspace:
        workspace.record.begin_visit()
        assert _new(workspace) == {"post1": 0, "post2": 0, "post3": 0}


def test_the_new_that_were_read_are_counted_no_more(home: paths.Paths) -> None:
    with Workspace.open(home) as workspace:
        _store(workspace, _thread("post1", "a"))
    _visit(home)
    with Workspace.open(home) as workspace:
        _store(workspace, _thread("post1", "a", "b", "c"), digest="later")
        workspace.record.begin_visit()
        workspace.record.mark_read(["post1.a", "post1.b"])
        assert _new(workspace) == {"post1": 1}
        assert workspace.post_summary("post1") == workspace.post_summaries()[0]
        assert workspace.new_in("post1") == {"post1.b", "post1.c"}
        workspace.record.undo()
        assert _new(workspace) == {"post1": 2}


def test_the_new_that_were_read_elsewhere_before_the_last_visit_are_not_new(
    home: paths.Paths,
) -> None:
    with Workspace.open(home) as workspace:
        _store(workspace, _thread("post1", "a"))
    _visit(home)
    with Workspace.open(home) as workspace:
        _store(workspace, _thread("post1", "a", "b", "c"), digest="later")
        workspace.record.begin_visit()
        assert _new(workspace) == {"post1": 2}
        before = Event("elsewhere", 1, 1_000, 0, "read", "post1.b", {})
        assert workspace.record.merge([before]).new == 1
        assert _new(workspace) == {"post1": 1}
        assert _unread(workspace) == {"post1": 3}


def test_what_comes_in_while_one_reads_is_new(home: paths.Paths) -> None:
    with Workspace.open(home) as workspace:
        _store(workspace, _thread("post1", "a"))
    _visit(home)
    with Workspace.open(home) as workspace:
        workspace.record.begin_visit()
        assert _new(workspace) == {"post1": 0}
        with Workspace.open(home) as elsewhere:
            _store(elsewhere, _thread("post1", "a", "b"), digest="later")
        assert _new(workspace) == {"post1": 1}


def test_a_post_that_was_read_went_and_came_back_has_nothing_new_to_read(
    home: paths.Paths,
) -> None:
    with Workspace.open(home) as workspace:
        _store(workspace, _thread("post1", "a"))
        workspace.record.mark_read(["post1.body", "post1.a"])
    _visit(home)
    with Workspace.open(home) as workspace:
        workspace.library.remove(["post1"])
        _store(workspace, _thread("post1", "a"), digest="again")
        workspace.record.begin_visit()
        assert _new(workspace) == {"post1": 0}


def test_bookmarks_of_a_sample_that_stepped_aside_step_aside_with_it(workspace: Workspace) -> None:
    _store(workspace, _thread("sample", "a"), sample=True)
    _store(workspace, _thread("post1", "a"))
    for post in ("sample", "post1", "removed"):
        workspace.record.bookmark(f"{post}.a", "words")
    assert [kept.post_id for kept in workspace.bookmarks()] == ["removed", "post1", "sample"]
    workspace.library.drop_sample()
    assert [kept.post_id for kept in workspace.bookmarks()] == ["removed", "post1"]
    assert len(workspace.record.bookmarks()) == 3
    _store(workspace, _thread("sample", "a"), sample=True, digest="again")
    assert len(workspace.bookmarks()) == 3


@pytest.mark.slow
def test_counters_that_cannot_be_written_now_are_written_later(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.01)
    _store(workspace, _thread("post1", "a"))
    workspace.record.mark_read(["post1.a", "post1.gone", "post1.gone too"])
    with closing(sqlite3.connect(workspace.paths.record)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert _unread(workspace) == {"post1": 0}
        other.rollback()
    assert _unread(workspace) == {"post1": 1}


def test_everything_is_made_private_and_closed(home: paths.Paths) -> None:
    with Workspace.open(home) as workspace:
        assert workspace.paths is home
        assert workspace.index is workspace.index
    made = [home.data.parent, home.data, home.index]
    assert {folder.stat().st_mode & 0o777 for folder in made} == {0o700}
    assert home.record.stat().st_mode & 0o777 == 0o600
    assert not list(home.data.glob("*-wal"))


def test_a_library_that_cannot_be_opened_closes_the_record(home: paths.Paths) -> None:
    home.library.mkdir(parents=True)
    with pytest.raises(LibraryError):
        Workspace.open(home)
    assert not list(home.data.glob("*-wal"))
    with Record.open(home.record) as record:
        assert record.notices == []


_SHELF = """
import sys
from pathlib import Path
from probation_reader import paths
from probation_reader.workspace import Workspace
with Workspace.open(paths.resolve(Path(sys.argv[1]))) as workspace:
    workspace.post_summaries()
    workspace.bookmarks()
    workspace.record.mark_read(["post1.a"])
heavy = {"whoosh", "textual", "rich", "probation_reader.importers"}
print(sorted(heavy & set(sys.modules)))
"""


def test_a_workspace_without_search_imports_none_of_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SHELF, str(tmp_path)], check=True, capture_output=True, text=True
    )
    assert done.stdout == "[]\n"


def test_searches_know_what_is_read_new_bookmarked_and_tagged(home: paths.Paths) -> None:
    with Workspace.open(home) as first:
        _store(first, _thread("aa", "old"))
    _visit(home)
    with Workspace.open(home) as workspace:
        _store(workspace, _thread("bb", "late", "later"))
        workspace.index.sync()
        workspace.record.mark_read(["aa.old", "bb.late"])
        workspace.record.bookmark("bb.later", "words", tags=["Pay"])

        def found(query: str) -> set[str]:
            return {hit.id for hit in workspace.index.search(query).hits}

        assert found("is:read") == {"aa.old", "bb.late"}
        assert found("is:unread is:comment") == {"bb.later"}
        assert found("is:new") == {"bb.body", "bb.late", "bb.later"}
        assert found("is:bookmarked") == found("tag:pay") == found("tag:PAY") == {"bb.later"}
        assert found("tag:other") == set()

        workspace.record.undo()
        workspace.record.mark_unread(["aa.old"])
        assert found("is:bookmarked") == set()
        assert found("is:read") == {"bb.late"}


def test_what_is_muted_is_neither_unread_nor_new_until_it_is_lifted(workspace: Workspace) -> None:
    _store(workspace, _thread("post1", "a", "b"))
    _store(workspace, _thread("post2", "a"))
    rule = Rule.branch("post1.a")
    assert workspace.record.mute(rule)
    assert _unread(workspace) == {"post1": 2, "post2": 2}
    assert workspace.post_summary("post1").unread == 2
    workspace.record.mark_read(["post1.a", "post1.b"])
    assert _unread(workspace) == {"post1": 1, "post2": 2}
    assert workspace.record.unmute(rule)
    assert _unread(workspace) == {"post1": 1, "post2": 2}


def test_what_came_in_and_is_muted_is_not_new(home: paths.Paths) -> None:
    with Workspace.open(home) as workspace:
        workspace.record.begin_visit()
        _store(workspace, _thread("post1", "a"))
    with Workspace.open(home) as workspace:
        workspace.record.begin_visit()
        workspace.record.mute(Rule.word("post1.c"))
        _store(workspace, _thread("post1", "a", "b", "c"), digest="later")
        assert [(one.unread, one.new) for one in _summaries(workspace)] == [(3, 1)]
        post_summary = workspace.post_summary("post1")
        assert (post_summary.unread, post_summary.new) == (3, 1)


def test_two_rules_on_one_passage_count_it_once_and_the_longer_one_is_said(
    workspace: Workspace,
) -> None:
    _store(workspace, _thread("post1", "a", "b"))
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    workspace.record.mute(Rule.branch("post1.a"))
    workspace.record.mute(Rule.word("post1.a"), tomorrow)
    assert _unread(workspace) == {"post1": 2}
    (held,) = workspace.record.muted_in("post1").values()
    assert held.rule == Rule.branch("post1.a")


def test_a_mute_ends_by_the_clock_without_an_event(workspace: Workspace) -> None:
    _store(workspace, _thread("post1", "a"))
    ends = datetime.now(UTC) + timedelta(seconds=2)
    workspace.record.mute(Rule.branch("post1.a"), ends)
    assert _unread(workspace) == {"post1": 1}
    before, muted = workspace.record.revision(), workspace.record.muted_state()
    while datetime.now(UTC) <= ends + timedelta(milliseconds=5):  # it is kept in milliseconds
        pass
    assert _unread(workspace) == {"post1": 2}
    assert workspace.record.mutes() == []
    assert workspace.record.revision() == before
    assert workspace.record.muted_state() != muted


def test_only_posts_that_changed_are_looked_at_again(workspace: Workspace) -> None:
    for post in ("post1", "post2"):
        _store(workspace, _thread(post, "a"))
    workspace.record.mute(Rule.word("words"))
    assert _unread(workspace) == {"post1": 1, "post2": 1}
    workspace.record._connection.execute("DELETE FROM muted")
    _store(workspace, _thread("post2", "a", "b"), digest="later")
    assert workspace.muted.is_behind()
    assert _unread(workspace) == {"post1": 2, "post2": 1}
    assert not workspace.muted.is_behind()
    workspace.library.remove(["post2"])
    assert _unread(workspace) == {"post1": 2}
    assert workspace.record.mutes_of(Rule.word("words")) == 0


def test_what_is_gone_from_its_page_is_neither_unread_nor_new(workspace: Workspace) -> None:
    _store(workspace, _thread("post", "a", "b", "c"))
    workspace.record.mark_read(["post.a"])
    _store(workspace, _thread("post", "c"), digest="later")
    assert _unread(workspace) == {"post": 2}
    assert workspace.post_summary("post").unread == 2
    assert workspace.done_in("post") == {"post.a", "post.b"}
    _store(workspace, _thread("post", "a", "b", "c"), digest="again")
    assert _unread(workspace) == {"post": 3}


def test_what_is_muted_and_gone_is_left_out_of_counts_once(workspace: Workspace) -> None:
    _store(workspace, _thread("post", "a", "b", "c"))
    workspace.record.mute(Rule.word("post.a"))
    _store(workspace, _thread("post", "b", "c"), digest="later")
    assert _unread(workspace) == {"post": 3}
    assert workspace.post_summary("post").unread == 3
