"""What is muted is left out of every answer, which says so; is:muted finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.search.search_fixture import Marked, SearchFixture, thread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ONE = thread("One", ["The lift stands still.", "A lift again.", "The stairs, too."])
OTHER = thread("Other", ["No lift at all.", "Lifts are not in the contract."])
MUTED = (ONE.passages[1].id, OTHER.passages[0].id)
NOTE = "muted left out: is:muted finds them"


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[SearchFixture]:
    marks = Marked()
    marks.made = {"muted": frozenset(MUTED), "read": frozenset([ONE.passages[0].id])}
    with SearchFixture(tmp_path, marks) as fixture:
        fixture.put(ONE, OTHER)
        fixture.index.sync()
        yield fixture


@pytest.mark.parametrize(
    ("query", "left_out"),
    [("lift", 2), ("lift stand", 0), ("lift OR stairs", 2), ("-stairs", 2), ("is:unread lift", 2)],
)
@pytest.mark.parametrize("by_date", [False, True])
def test_it_is_left_out_and_counted(
    asked: SearchFixture, query: str, left_out: int, *, by_date: bool
) -> None:
    results = asked.index.search(query, by_date=by_date)
    ids = {hit.id for hit in results.hits}
    assert ids.isdisjoint(MUTED)
    assert results.total == len(ids) > 0
    assert results.notes == ((f"{left_out} {NOTE}",) if left_out else ())
    assert set(asked.index.matching(query)) == ids


def test_it_is_left_out_while_one_types_and_in_one_post(asked: SearchFixture) -> None:
    typed = asked.index.search("lif", typing=True)
    assert {hit.id for hit in typed.hits}.isdisjoint(MUTED)
    assert typed.notes == (f"2 {NOTE}",)
    within = asked.index.search("lift", within=ONE.post.id)
    assert [hit.id for hit in within.hits] == [ONE.passages[0].id]
    assert within.notes == (f"1 {NOTE}",)


@pytest.mark.parametrize("query", ["is:muted", "lift is:muted", "-is:read is:muted"])
def test_it_is_found_when_asked_for(asked: SearchFixture, query: str) -> None:
    results = asked.index.search(query)
    assert {hit.id for hit in results.hits} == set(MUTED)
    assert results.notes == ()


def test_what_is_muted_later_is_left_out_from_then_on(asked: SearchFixture) -> None:
    assert asked.index.search("stairs").total == 1
    assert isinstance(asked.marks, Marked)
    asked.marks.made["muted"] = frozenset([ONE.passages[2].id])
    assert asked.index.search("stairs").total == 0
    assert asked.index.search("lift").total == 4
