"""Hits in the order in which they were posted, the newest first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.search.search_fixture import SearchFixture, thread

if TYPE_CHECKING:
    from pathlib import Path

_FIRST = date(2010, 1, 1)


def test_the_newest_come_first_whichever_post_came_in_last(tmp_path: Path) -> None:
    with SearchFixture(tmp_path) as fixture:
        for number, days in enumerate((500, 900, 100, None, 700)):
            fixture.put(
                thread(
                    f"Post {number}",
                    [f"Words {number}.", f"A caseload, {number}."],
                    published=None if days is None else _FIRST + timedelta(days),
                )
            )
            fixture.index.sync()
        found = fixture.index.search("caseload", by_date=True)
        assert [hit.title for hit in found.hits] == [f"Post {n}" for n in (1, 4, 0, 2, 3)]
        assert found.total == 5
        assert found.exact


def test_the_pages_of_an_answer_follow_each_other(tmp_path: Path) -> None:
    with SearchFixture(tmp_path) as fixture:
        for number in range(12):
            days = _FIRST + timedelta(number * 7 % 12)
            fixture.put(thread(f"Post {number}", [f"word {number}"], published=days))
            if number % 5 == 0:
                fixture.index.sync()
        fixture.index.sync()
        whole = [hit.id for hit in fixture.index.search("word", limit=12, by_date=True).hits]
        parts = [
            hit.id
            for offset in range(0, 12, 5)
            for hit in fixture.index.search("word", limit=5, offset=offset, by_date=True).hits
        ]
        assert parts == whole
        assert len(set(whole)) == 12


def test_slips_are_put_right_and_questions_answered_by_date_too(tmp_path: Path) -> None:
    with SearchFixture(tmp_path) as fixture:
        fixture.put(thread("Old", ["One caseload."], published=_FIRST))
        fixture.put(thread("New", ["Two caseloads."], published=_FIRST + timedelta(1)))
        fixture.index.sync()
        found = fixture.index.search("caselaods", by_date=True)
        assert [hit.title for hit in found.hits] == ["New", "Old"]
        assert not found.asked


def test_an_answer_that_grows_ends_as_one_given_at_once(tmp_path: Path) -> None:
    with SearchFixture(tmp_path) as fixture:
        fixture.put(*(thread(f"Post {n}", [f"word {n}"], published=_FIRST) for n in range(50)))
        fixture.index.sync()
        *_, last = fixture.index.growing("word", limit=20, by_date=True, patience=0.0)
        assert last.complete
        assert last.hits == fixture.index.search("word", limit=20, by_date=True).hits


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.none() | st.integers(0, 30), st.booleans(), st.booleans()),
        min_size=1,
        max_size=12,
    )
)
def test_it_is_the_order_that_sorting_everything_gives(
    tmp_path_factory: pytest.TempPathFactory, posts: list[tuple[int | None, bool, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("library")
    with SearchFixture(folder) as fixture:
        for number, (days, fits, publish) in enumerate(posts):
            day = None if days is None else _FIRST + timedelta(days)
            text = f"wanted {number}" if fits else f"other {number}"
            fixture.put(thread(f"Post {number}", [text], published=day))
            if publish:
                fixture.index.sync()
        fixture.index.sync()
        found = [
            str(hit.published or "") for hit in fixture.index.search("wanted", by_date=True).hits
        ]
        assert found == sorted(found, reverse=True)
        assert len(found) == sum(fits for _, fits, _ in posts)
