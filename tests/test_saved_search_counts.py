"""What saved words_of_searches count, held against looking at every passage."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest

from probation_reader import ingest, paths
from probation_reader.library import SourceRecord
from probation_reader.record import searches
from probation_reader.saved_search_counts import SavedSearchCount, SavedSearchCounts
from probation_reader.workspace import Workspace
from tests.search.search_fixture import thread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from probation_reader.model import Thread

_WORDS = ("alpha", "beta", "gamma", "delta")
_SEARCHES = ("alpha", "beta gamma", "alpha OR delta", "beta is:unread", "-gamma is:new", "omega")


def _post(number: int, dice: random.Random, comments: int = 12) -> Thread:
    texts = [
        f"{number} {place} " + " ".join(dice.choices(_WORDS, k=2)) for place in range(comments)
    ]
    return thread(f"Post {number}", texts)


def _store(workspace: Workspace, one: Thread) -> None:
    digest = f"{one.post.id}{len(one.passages)}"
    workspace.library.store(SourceRecord("page.txt", digest, "numbered", 1), [one])


def _clock_moves_on() -> None:
    """Times are kept in milliseconds: what comes in now is later than what was done before."""
    until = time.monotonic() + 0.005
    while time.monotonic() < until:
        pass


@pytest.fixture
def home(tmp_path: Path) -> paths.Paths:
    return paths.resolve(tmp_path)


@pytest.fixture
def workspace(home: paths.Paths) -> Iterator[Workspace]:
    """Posts of which one came in since the last visit, in a visit."""
    dice = random.Random(3)  # noqa: S311 - the same posts every time
    with Workspace.open(home) as opened:
        for number in range(6):
            _store(opened, _post(number, dice))
        opened.record.begin_visit()
        opened.record.end_visit()
        _clock_moves_on()
        _store(opened, _post(6, dice))
        ingest.update_index(opened)
        opened.record.begin_visit()
        yield opened


def counted(tallies: SavedSearchCounts, *words_of_searches: str) -> dict[str, SavedSearchCount]:
    for _ in tallies.catch_up(words_of_searches):
        pass
    return {words: tallies.tally(words) for words in words_of_searches}


def expected(workspace: Workspace, words: str) -> SavedSearchCount:
    """Return the counts as the search bar and the record give them."""
    results = workspace.index.search(words, limit=1000)
    found = {hit.id for hit in results.hits} if results.asked else set()
    unread = found - workspace.record.all_read()
    new = {id_ for id_ in unread if id_ in workspace.new_in(id_.partition(".")[0])}
    return SavedSearchCount(len(found), len(unread), len(new))


def test_what_is_found_is_counted_as_unread_and_new(workspace: Workspace) -> None:
    tally = counted(SavedSearchCounts(workspace), "alpha")["alpha"]
    assert tally == expected(workspace, "alpha")
    assert tally.found == tally.unread > tally.new > 0


def test_words_that_are_nowhere_or_mean_nothing_count_nothing(workspace: Workspace) -> None:
    tallies = SavedSearchCounts(workspace)
    assert counted(tallies, "omega", "", '"', "is:nothing")["omega"] == SavedSearchCount(0, 0, 0)
    assert tallies.tally("") == SavedSearchCount(0, 0, 0)


def test_the_counts_follow_whatever_is_marked_undone_imported_and_removed(
    workspace: Workspace,
) -> None:
    dice = random.Random(5)  # noqa: S311 - the same deeds every time
    tallies = SavedSearchCounts(workspace)
    for number in range(60):
        rows = workspace.library.posts()
        ids = sorted(workspace.library.passage_ids(dice.choice(rows).post.id))
        chosen = dice.sample(ids, min(len(ids), dice.randint(1, 4)))
        deed = dice.choice(["read", "read", "unread", "undo", "redo", "keep", "import", "remove"])
        if deed == "read":
            workspace.record.mark_read(chosen)
        elif deed == "unread":
            workspace.record.mark_unread(chosen)
        elif deed == "undo":
            workspace.record.undo()
        elif deed == "redo":
            workspace.record.redo()
        elif deed == "keep":
            workspace.record.bookmark(chosen[0], "words")
        elif deed == "import":
            _store(workspace, _post(100 + number, dice))
        elif len(rows) > 4:
            workspace.library.remove([rows[0].post.id])
        ingest.update_index(workspace)
        words_of_searches = dice.sample(_SEARCHES, 4)
        seen = counted(tallies, *words_of_searches)
        assert seen == {words: expected(workspace, words) for words in words_of_searches}, (
            number,
            deed,
        )
        assert not tallies.is_behind()
        posts = [row.post.id for row in workspace.library.posts()]
        there = frozenset[str]().union(*map(workspace.library.passage_ids, posts))
        unread = there - workspace.record.all_read()
        assert set(workspace.index.matching("is:unread")) == unread, (number, deed)


def test_the_counts_follow_more_marks_than_are_looked_up_one_by_one(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    tallies = SavedSearchCounts(workspace)
    counted(tallies, "alpha", "is:unread")
    monkeypatch.setattr(searches, "_MANY", 2)
    workspace.record.mark_read(workspace.index.matching("alpha")[:3])
    assert workspace.record.posts_marked_after(0) is None
    assert counted(tallies, "alpha")["alpha"] == expected(workspace, "alpha")
    assert workspace.record.all_read().isdisjoint(workspace.index.matching("is:unread"))


def test_a_count_that_was_broken_off_is_made_good_by_the_next(workspace: Workspace) -> None:
    workspace.record.mark_read(workspace.library.passage_ids(workspace.library.posts()[0].post.id))
    tallies = SavedSearchCounts(workspace)
    next(tallies.catch_up(["alpha", "beta gamma"]))
    assert counted(tallies, "alpha", "beta gamma") == {
        words: expected(workspace, words) for words in ("alpha", "beta gamma")
    }


def test_marks_and_imports_of_another_session_are_followed(
    home: paths.Paths, workspace: Workspace
) -> None:
    tallies = SavedSearchCounts(workspace)
    before = counted(tallies, "alpha")["alpha"]
    assert not tallies.is_behind()
    with Workspace.open(home) as other:
        found = other.index.matching("alpha")
        other.record.mark_read(found[:3])
        assert tallies.is_behind()
        assert counted(tallies, "alpha")["alpha"].unread == before.unread - 3
        other.record.undo()
        assert counted(tallies, "alpha")["alpha"] == before
        _store(other, thread("Late", ["alpha", "alpha beta"]))
        ingest.update_index(other)
    assert tallies.is_behind()
    after = counted(tallies, "alpha")["alpha"]
    assert (after.found, after.unread) == (before.found + 2, before.unread + 2)


def test_an_index_that_is_not_there_yet_finds_nothing(tmp_path: Path) -> None:
    with Workspace.open(paths.resolve(tmp_path / "other")) as fresh:
        _store(fresh, thread("Post", ["alpha"]))
        tallies = SavedSearchCounts(fresh)
        assert counted(tallies, "alpha") == {"alpha": SavedSearchCount(0, 0, 0)}
        ingest.update_index(fresh)
        assert tallies.is_behind()
        assert counted(tallies, "alpha") == {"alpha": SavedSearchCount(1, 1, 0)}
