"""What is gone from its page stays in the library and counts no more."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from probation_reader.library import Library
from tests.library.pages import source, thread

if TYPE_CHECKING:
    from pathlib import Path

_LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
BEFORE, AFTER = thread("One\n  Two\nThree"), thread("One\n  Two")
POST = BEFORE.post.id


def _counted(library: Library) -> tuple[int, int, int, int]:
    row = library.post(POST)
    came = library.arrivals(_LONG_AGO)[POST]
    return row.comments, row.passages, library.passage_counts()[POST], came


def test_what_went_counts_no_more_but_can_be_read(library: Library) -> None:
    library.store(source("1"), [BEFORE])
    assert _counted(library) == (3, 4, 4, 4)
    library.store(source("2"), [AFTER])
    assert _counted(library) == (2, 3, 3, 3)
    three = BEFORE.comments[2].id
    assert library.gone_ids(POST) == library.gone_ids() == {three}
    assert three in library.passage_ids(POST)
    assert three not in library.arrived_in(POST, _LONG_AGO)
    assert library.passage(three).text == "Three"
    assert library.problems() == []


def test_what_comes_back_counts_again(library: Library) -> None:
    for number, page in enumerate((BEFORE, AFTER, BEFORE)):
        library.store(source(f"{number}"), [page])
    assert _counted(library) == (3, 4, 4, 4)
    assert library.gone_ids() == frozenset()
    assert library.problems() == []


def test_a_library_of_version_2_counts_anew_and_says_which_posts_that_changed(path: Path) -> None:
    with Library.open(path) as library:
        library.store(source("1"), [BEFORE])
        library.store(source("2"), [AFTER])
        library.store(source("3"), [thread("Untouched", title="Another", body=("Elsewhere",))])
        reached = library.last_change()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "DROP INDEX passage_gone; UPDATE post SET comments = 3, passages = 4;"
            "UPDATE arrival SET passages = 4; PRAGMA user_version = 2"
        )
    with Library.open(path) as library:
        assert _counted(library) == (2, 3, 3, 3)
        assert [change.post_id for change in library.changes(reached)] == [POST]
