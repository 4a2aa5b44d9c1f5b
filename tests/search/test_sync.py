"""The index follows the library: after any history it equals one made afresh."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from probation_reader.errors import SearchError
from probation_reader.search import Index
from probation_reader.search import sync as sync_room
from tests.search.search_fixture import Marked, SearchFixture, thread

if TYPE_CHECKING:
    from probation_reader.model import Thread


def _guest(*comments: str) -> Thread:
    return thread("Guest", ["A guest wrote this.", *comments], published=date(2024, 4, 27))


_QUERIES = (
    *("NOT nothing", "licence", '"a licence"', "=licence", "lic*", "license~", "licence -other"),
    *("title:guest", "in:two", "label:pay", "by:jim", "date:2024", "before:2024", "depth:1"),
    *("has:reply", "is:post", "is:unread licence", "is:read", "tag:pay"),
)


def _everything(index: Index) -> list[tuple[str, int, list[str]]]:
    """Return what an index answers to queries that reach every part of it."""
    answers = []
    for query in _QUERIES:
        answer = index.search(query, limit=10_000)
        answers.append((query, answer.total, sorted(hit.id for hit in answer.hits)))
    return answers


def _afresh(fixture: SearchFixture, folder: Path) -> list[tuple[str, int, list[str]]]:
    index = Index.open(folder, fixture.library, fixture.marks)
    index.rebuild()
    answers = _everything(index)
    index.close()
    return answers


def test_nothing_is_pending_after_a_sync(fixture: SearchFixture) -> None:
    assert fixture.index.pending() == 0
    fixture.put(_guest("a licence"), thread("Other", ["Words."]))

    assert fixture.index.pending() == 2
    assert fixture.index.search("licence").notes == ("some posts are not in the search index yet",)
    assert fixture.index.sync() == 2
    assert fixture.index.pending() == 0
    assert fixture.index.search("licence").notes == ()
    assert fixture.index.sync() == 0


def test_what_is_added_edited_and_removed_is_followed(
    fixture: SearchFixture, tmp_path: Path
) -> None:
    fixture.put(_guest("a licence", "old words"), thread("Other", ["Licence too."]))
    fixture.index.sync()
    fixture.put(_guest("a licence", "new words", "one more"))
    fixture.index.sync()
    assert fixture.found("new words") == ["new words"]
    assert fixture.found("more") == ["one more"]

    fixture.library.remove([thread("Other", ["Licence too."]).post.id])
    fixture.index.sync()

    assert fixture.found("licence") == ["a licence"]
    assert _everything(fixture.index) == _afresh(fixture, tmp_path / "afresh")


def test_a_hit_that_is_gone_from_the_library_is_left_out_before_the_next_sync(
    fixture: SearchFixture,
) -> None:
    fixture.put(_guest("a licence"), thread("Other", ["Licence too."]))
    fixture.index.sync()
    fixture.library.remove([_guest().post.id])

    results = fixture.index.search("licence")

    assert [hit.title for hit in results.hits] == ["Other"]
    assert results.notes == ("some posts are not in the search index yet",)


def test_progress_tells_every_post(fixture: SearchFixture) -> None:
    fixture.put(*(thread(f"Post {place}", [f"text {place}"]) for place in range(3)))
    told: list[tuple[int, int, bool]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total, fixture.index.search("text").behind))

    fixture.index.sync(tell)
    fixture.index.rebuild(tell)

    assert told == [(1, 3, True), (2, 3, True), (3, 3, False), *[(n, 3, False) for n in (1, 2, 3)]]


def test_many_small_syncs_leave_few_segments(fixture: SearchFixture) -> None:
    for place in range(40):
        fixture.put(thread(f"Post {place}", [f"licence {place}", "a", "b"]))
        fixture.index.sync()

    assert fixture.index.search("licence").total == 40
    assert len(list(fixture.folder.glob("b*/*.seg"))) <= 6


@pytest.mark.parametrize("afresh", [False, True])
def test_an_interruption_leaves_the_old_index_valid(
    fixture: SearchFixture, *, afresh: bool
) -> None:
    fixture.put(_guest("a licence"))
    fixture.index.sync()
    fixture.put(*(thread(f"Post {place}", [f"licence {place}"]) for place in range(5)))

    def interrupt(done: int, _total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        (fixture.index.rebuild if afresh else fixture.index.sync)(interrupt)

    assert fixture.found("licence") == ["a licence"]
    assert fixture.reopen().pending() == 5
    assert fixture.index.sync() == 5
    assert len(fixture.found("licence")) == 6
    assert len([path for path in fixture.folder.iterdir() if path.is_dir()]) == 1


def test_a_first_build_keeps_the_batches_it_finished(
    fixture: SearchFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_room, "BATCH", 2)
    fixture.put(*(thread(f"Post {place}", [f"licence {place}"]) for place in range(5)))

    def interrupt(done: int, _total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fixture.index.sync(interrupt)

    assert len(fixture.found("licence")) == 2
    assert fixture.index.pending() == 3
    assert fixture.reopen().sync() == 3
    assert len(fixture.found("licence")) == 5


def test_a_rebuild_is_published_when_it_is_complete(
    fixture: SearchFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_room, "BATCH", 1)
    fixture.put(*(thread(f"Post {place}", [f"licence {place}"]) for place in range(5)))
    fixture.index.sync()
    totals: list[int] = []

    fixture.index.rebuild(
        lambda _done, _total: totals.append(fixture.index.search("licence").total)
    )

    assert totals == [5] * 5
    assert fixture.index.search("licence").total == 5


def test_another_copy_that_is_indexing_is_named_and_searching_goes_on(
    fixture: SearchFixture, tmp_path: Path
) -> None:
    fixture.put(_guest("a licence"))
    fixture.index.sync()
    fixture.put(thread("Other", ["More."]))
    program = f"""
import pathlib, sys
from probation_reader.library import Library
from probation_reader.search import Index

def wait(done, total):
    print("indexing", flush=True)
    sys.stdin.read()

with Library.open(pathlib.Path({str(tmp_path / "library.sqlite3")!r})) as library:
    index = Index.open(pathlib.Path({str(fixture.folder)!r}), library)
    index.sync(wait)
    index.close()
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "indexing\n"

        with pytest.raises(SearchError, match="another copy") as refusal:
            fixture.index.sync()
        assert "searched meanwhile" in refusal.value.advice
        assert fixture.found("licence") == ["a licence"]

        other.communicate()
    assert other.returncode == 0
    assert fixture.index.pending() == 0
    assert fixture.found("more") == ["More."]


def test_a_killed_writer_leaves_the_old_index_valid(fixture: SearchFixture, tmp_path: Path) -> None:
    fixture.put(_guest("a licence"))
    fixture.index.sync()
    fixture.put(thread("Other", ["More."]), thread("Third", ["Even so."]))
    program = f"""
import os, pathlib, signal
from probation_reader.library import Library
from probation_reader.search import Index

def die(done, total):
    os.kill(os.getpid(), signal.SIGKILL)

with Library.open(pathlib.Path({str(tmp_path / "library.sqlite3")!r})) as library:
    Index.open(pathlib.Path({str(fixture.folder)!r}), library).sync(die)
"""
    subprocess.run([sys.executable, "-c", program], check=False)

    assert fixture.reopen().search("licence").total == 1
    assert fixture.index.sync() == 2
    assert fixture.found("more") == ["More."]


def test_a_writer_that_died_between_commit_and_state_costs_nothing(fixture: SearchFixture) -> None:
    fixture.put(_guest("a licence"))
    fixture.index.sync()
    before = (fixture.folder / "state.json").read_bytes()
    fixture.put(thread("Other", ["More."]))
    fixture.index.sync()
    builds = list(fixture.folder.glob("b*"))
    (fixture.folder / "state.json").write_bytes(before)

    fixture.reopen()

    assert fixture.index.pending() == 1
    assert fixture.found("more") == ["More."]
    assert fixture.index.sync() == 1
    assert fixture.found("more") == ["More."]
    assert list(fixture.folder.glob("b*")) == builds


def test_closing_ends_a_running_sync_between_two_posts(fixture: SearchFixture) -> None:
    fixture.put(*(thread(f"Post {place}", [f"licence {place}"]) for place in range(5)))
    told: list[int] = []

    def close(done: int, _total: int) -> None:
        told.append(done)
        fixture.index._closed.set()

    assert fixture.index.sync(close) == 0
    assert told == [1]


@pytest.mark.slow
def test_a_post_of_50_000_comments_is_indexed(fixture: SearchFixture) -> None:
    texts = [f"comment number{place} on licence conditions" for place in range(50_001)]
    fixture.put(thread("Huge", texts))

    assert fixture.index.sync() == 1
    assert fixture.index.search("licence").total == 50_001
    assert fixture.found("number49999") == [texts[49_999]]


class History(RuleBasedStateMachine):
    """Any order of imports, edits, removals, syncs, rebuilds and restarts."""

    titles = st.sampled_from(["Guest one", "Two", "Three"])
    texts = st.lists(st.sampled_from(["a licence", "licences", "other", "", "zz top"]), max_size=4)
    days = st.sampled_from([None, date(2024, 4, 1), date(2023, 1, 1)])

    @initialize()
    def begin(self) -> None:
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = Path(self.temporary.name)
        self.marks = Marked()
        self.fixture = SearchFixture(self.folder, self.marks)
        self.patched = pytest.MonkeyPatch()
        for name, much in (("BATCH", 3), ("_FIRST_BATCH", 1), ("MOST_SEGMENTS", 2), ("_SMALL", 2)):
            self.patched.setattr(sync_room, name, much)

    def teardown(self) -> None:
        if hasattr(self, "fixture"):
            self.patched.undo()
            self.fixture.close()
            self.temporary.cleanup()

    @rule(title=titles, texts=texts, day=days)
    def store(self, title: str, texts: list[str], day: date | None) -> None:
        opening = f"opening of {title}"
        authors, answers = [None, "Jim", "Ann", "Jim"], [0, 0, 1, 0, 3]
        one = thread(title, [opening, *texts], authors=authors, answers=answers, labels=("Pay",))
        self.fixture.put(replace(one, post=replace(one.post, published=day)))

    @rule(title=titles, every=st.integers(1, 3))
    def mark(self, title: str, every: int) -> None:
        rows = [row for row in self.fixture.library.posts() if row.post.title == title]
        for row in rows:
            passages = self.fixture.library.thread(row.post.id).passages
            made = frozenset([row.post.id, *(passage.id for passage in passages[::every])])
            self.marks.made = {"read": made, "tag:pay": frozenset([row.post.id])}

    @rule(title=titles)
    def remove(self, title: str) -> None:
        self.fixture.library.remove([thread(title, []).post.id])

    @rule()
    def sync(self) -> None:
        self.fixture.index.sync()

    @rule()
    def rebuild(self) -> None:
        self.fixture.index.rebuild()

    @rule()
    def restart(self) -> None:
        self.fixture.reopen()

    @rule()
    def compare(self) -> None:
        self.fixture.index.sync()
        afresh = _afresh(self.fixture, self.folder / "afresh")
        assert _everything(self.fixture.index) == afresh

    @invariant()
    def an_answer_never_fails(self) -> None:
        if hasattr(self, "fixture"):
            self.fixture.index.search("licence")


History.TestCase.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
TestHistory = History.TestCase
