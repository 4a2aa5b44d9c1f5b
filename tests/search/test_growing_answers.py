"""A search that shows what it has and keeps going, whatever happens in between."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from probation_reader.errors import SearchError
from probation_reader.search.engine import cursor
from tests.search.search_fixture import SearchFixture, thread

if TYPE_CHECKING:
    from probation_reader.model import Thread


def _threads(first: int, count: int) -> list[Thread]:
    day = date(2015, 1, 1)
    return [
        thread(
            f"Post {n}",
            [f"opening {n}", f"licence {n}", f"recall {n}"],
            published=day + timedelta(n),
        )
        for n in range(first, first + count)
    ]


@pytest.fixture
def filled(fixture: SearchFixture, monkeypatch: pytest.MonkeyPatch) -> SearchFixture:
    monkeypatch.setattr(cursor, "_WINDOW", 4)
    monkeypatch.setattr(cursor, "_FIRST_WINDOW", 2)
    fixture.put(*_threads(0, 20))
    fixture.index.sync()
    return fixture


@pytest.mark.parametrize("typing", [False, True])
def test_answers_grow_until_they_are_complete(filled: SearchFixture, *, typing: bool) -> None:
    answers = list(filled.index.growing("licence", limit=100, typing=typing, patience=0))

    assert len(answers) > 3
    assert [answer.complete for answer in answers] == [False] * (len(answers) - 1) + [True]
    sizes = [len(answer.hits) for answer in answers]
    assert sizes == sorted(sizes)
    whole = filled.index.search("licence", limit=100, typing=typing)
    assert (answers[-1].hits, answers[-1].total) == (whole.hits, whole.total)
    assert whole.complete
    assert whole.total == 20


def test_the_newest_are_there_from_the_first_answer_on(filled: SearchFixture) -> None:
    first = next(filled.index.growing("recall", limit=100, patience=0))

    assert not first.complete
    assert {hit.title for hit in first.hits} <= {"Post 18", "Post 19"}
    assert first.total == 20  # how often one word is there is known beforehand
    assert not next(filled.index.growing("recall -licence", limit=100, patience=0)).exact


def test_nothing_to_look_for_is_complete_at_once(filled: SearchFixture) -> None:
    for query in ("", "absent", '""'):
        (answer,) = filled.index.growing(query)
        assert answer.complete
        assert answer.hits == ()


def test_other_searches_and_a_commit_in_between_are_seen(filled: SearchFixture) -> None:
    growing = filled.index.growing("licence", limit=100, patience=0)
    next(growing)
    assert filled.index.search("recall", limit=100).total == 20
    filled.put(*_threads(20, 5))
    filled.index.sync()

    answers = list(growing)

    assert answers[-1].complete
    assert len(answers[-1].hits) == 25


def test_a_search_of_an_index_that_was_closed_says_so(filled: SearchFixture) -> None:
    growing = filled.index.growing("licence", patience=0)
    next(growing)
    filled.index.close()

    with pytest.raises(SearchError, match="closed"):
        next(growing)
