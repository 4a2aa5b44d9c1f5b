"""Since when something is new, as a person says it."""

from __future__ import annotations

from datetime import datetime

import pytest

from probation_reader.ui.posts.news import Changed, news

_NOW = datetime.fromisoformat("2025-03-06T09:00")


@pytest.mark.parametrize(
    ("last_visit", "said"),
    [
        ("2025-03-06T08:05", "+7 new since 08:05"),
        ("2025-03-05T23:59", "+7 new since yesterday"),
        ("2025-03-04T00:00", "+7 new since Tuesday"),
        ("2025-02-28T10:00", "+7 new since Friday"),
        ("2025-02-27T10:00", "+7 new since 27 Feb"),
        ("2024-12-31T10:00", "+7 new since 31 Dec 2024"),
        ("2025-03-07T10:00", "+7 new since 10:00"),
    ],
)
def test_a_day_is_said_by_its_name(last_visit: str, said: str) -> None:
    assert news(7, datetime.fromisoformat(last_visit), _NOW) == said


@pytest.mark.parametrize(
    ("new", "changed", "said"),
    [
        (7, Changed(2, 1), "+7 new, 2 edited, 1 gone since yesterday"),
        (0, Changed(0, 1), "1 gone since yesterday"),
        (0, Changed(2), "2 edited since yesterday"),
    ],
)
def test_what_was_edited_and_what_went_is_said_too(new: int, changed: Changed, said: str) -> None:
    assert news(new, datetime.fromisoformat("2025-03-05T10:00"), _NOW, changed) == said


def test_where_nothing_is_new_nothing_is_said() -> None:
    assert news(0, _NOW, _NOW) == ""
    assert news(7, None, _NOW) == ""
