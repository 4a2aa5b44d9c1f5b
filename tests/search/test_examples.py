"""Every example that help shows, asked for real."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from probation_reader.search.query.examples import EXAMPLES, lines
from tests.search.search_fixture import Marked, SearchFixture, thread

if TYPE_CHECKING:
    from collections.abc import Iterator

DIKTAT = thread(
    "A New Diktat",
    [
        "Officers will leave the office for housing, one officer said.",
        "Is an officer leaving? Part A of it, https://example.org says so.",
        "Recall for probationers who pay no rent.",
        "OASys and Delius are down.",
        "Only OASys was down on probation.",
        "A breach of the housing rules.",
    ],
    published=date(2025, 2, 13),
    authors=("Jim", None, None, None, "'Getafix"),
    answers=(0, 0, 1, 2, 3),
)
OLD = thread(
    "Old News",
    ["Nothing was new.", "Nobody answers."],
    published=date(2019, 12, 31),
    labels=("YOT",),
)
WINTER = thread("Winter", ["Snow fell on the car park."], published=date(2024, 2, 29))

FOUND = {
    "officers leaving": "D§1 D1",
    '"part a"': "D1",
    "=officers": "D§1",
    "recall OR breach": "D2 D5",
    "oasys -delius": "D4",
    "(recall OR breach) housing": "D5",
    "probat*": "D2 D4",
    "oasis~": "D3 D4",
    "who pays for housing?": "D§1 D2 D5",
    "title:diktat": "D§1 D1 D2 D3 D4 D5",
    "by:getafix": "D4",
    "label:yot": "O§1 O1",
    'in:"new diktat" recall': "D2",
    "depth:0": "D§1 D1 D5 O§1 O1 W§1",
    "date:2024": "W§1",
    "date:2023-11..2024-02": "W§1",
    "before:2020": "O§1 O1",
    "after:2024-04": "D§1 D1 D2 D3 D4 D5",
    "has:link": "D1",
    "has:reply": "D1 D2 D3",
    "is:post": "D§1 O§1 W§1",
    "is:unread oasys": "D4",
    "is:new": "W§1",
    "is:muted": "",
    "is:bookmarked": "D2 O§1",
    "tag:housing": "D2",
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchFixture]:
    marks = Marked()
    marks.made = {
        "read": frozenset([DIKTAT.passages[3].id]),
        "new": frozenset([WINTER.passages[0].id, "gone.since"]),
        "bookmarked": frozenset([DIKTAT.passages[2].id, OLD.post.id]),
        "tag:housing": frozenset([DIKTAT.passages[2].id]),
    }
    with SearchFixture(tmp_path_factory.mktemp("asked"), marks) as fixture:
        fixture.put(DIKTAT, OLD, WINTER)
        fixture.index.sync()
        yield fixture


@pytest.mark.parametrize("query", [one.query for part in EXAMPLES.values() for one in part])
def test_an_example_finds_what_it_says(asked: SearchFixture, query: str) -> None:
    results = asked.index.search(query)

    assert results.notes == ()
    assert results.asked
    found = {f"{hit.title.removeprefix('A New ')[0]}{hit.number}" for hit in results.hits}
    assert found == set(FOUND[query].split())


def test_every_example_has_a_line_that_fits_a_terminal() -> None:
    text = lines()

    assert len(text) == len(FOUND) + len(EXAMPLES)
    assert max(map(len, text)) < 78
