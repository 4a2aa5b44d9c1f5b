"""The list of posts: its rows, its filter, and what it costs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from probation_reader.ui.posts.model import PostLine, YearHeading, filtered, with_headings
from probation_reader.ui.posts.sidebar import Sidebar
from tests.ui.workspaces import (
    DIKTAT,
    GUEST,
    NOTE,
    ids,
    make_thread,
    open_workspace,
    opened,
    press,
    screen_text,
)

if TYPE_CHECKING:
    from pathlib import Path

    from rich.segment import Segment

    from probation_reader.workspace import Workspace


def line(
    title: str,
    *,
    year: str = "2024",
    unread: int = 0,
    new: int = 0,
    labels: tuple[str, ...] = (),
) -> PostLine:
    return PostLine(title, title, 0, unread, new, year, labels, sample=False)


LINES = [
    line("Napo’s café society", unread=3, labels=("Société",)),
    line("Pick of the Week 50", labels=("YOT",)),
    line("ÉLAN AND OTHERS", unread=1, new=1),
]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Napo’s café society", "Pick of the Week 50", "ÉLAN AND OTHERS"]),
        ("CAFE", ["Napo’s café society"]),
        ("elan", ["ÉLAN AND OTHERS"]),
        ("week pick", ["Pick of the Week 50"]),
        ("yot", ["Pick of the Week 50"]),
        ("is:unread", ["Napo’s café society", "ÉLAN AND OTHERS"]),
        ("is:new", ["ÉLAN AND OTHERS"]),
        ("is:read", ["Pick of the Week 50"]),
        ("label:societe", ["Napo’s café society"]),
        ("label:napo", []),
        ("is:unread others", ["ÉLAN AND OTHERS"]),
        ("[/]", []),
    ],
)
def test_a_filter_keeps_what_has_all_of_its_terms(query: str, titles: list[str]) -> None:
    assert [found.title for found in filtered(LINES, query)] == titles


def test_each_year_has_one_heading_above_its_posts() -> None:
    lines = [line("a", year="2025"), line("b", year="2024"), line("c", year="2024")]
    rows = with_headings([*lines, line("d", year="undated")])
    assert [row.title if isinstance(row, PostLine) else row.words for row in rows] == [
        *("2025", "a"),
        *("2024", "b", "c"),
        *("undated", "d"),
    ]


async def test_posts_stand_under_their_years_with_counts_and_the_undated_last(
    workspace: Workspace,
) -> None:
    workspace.record.mark_read([*ids(NOTE), ids(GUEST)[0]])
    async with opened(workspace) as (_, reader):
        rows = [row[:31].rstrip() for row in screen_text(reader).split("\n")]
        assert rows[:7] == [
            "Posts                 2 unread",
            "2025",
            "▌ A New Diktat               3",
            "2024",
            "● Guest Blog 97              5",
            "undated",
            "  A note without a date",
        ]


async def test_a_single_post_is_said_as_one(tmp_path: Path) -> None:
    with open_workspace(tmp_path, [GUEST]) as workspace:
        async with opened(workspace) as (pilot, reader):
            await press(pilot, "escape")
            assert reader.status.text.startswith(" 1 post   ")


async def test_the_filter_narrows_as_one_types_is_kept_and_cleared(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "F", *"cafe")
        assert [found.id for found in reader.sidebar.rows if isinstance(found, PostLine)] == [
            DIKTAT.post.id
        ]
        await press(pilot, "enter")
        assert reader.focused is reader.sidebar
        assert "Posts: cafe" in screen_text(reader)
        assert reader.status.text.startswith(" 1 of 3 posts")
        await press(pilot, "escape")
        assert len(reader.sidebar.rows) == 6
        await press(pilot, "F", *"zzz", "escape")
        assert len(reader.sidebar.rows) == 6
        assert reader.focused is reader.sidebar


async def test_a_post_stays_in_an_unread_only_list_until_the_filter_is_set_anew(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "F", *"is:unread", "enter", "escape", "F", *"is:unread", "enter")
        await press(pilot, "enter", "j", "j", "N")
        assert reader.reading.marks.unread == 0
        assert reader.sidebar.current == DIKTAT.post.id
        await press(pilot, "q", "F", "enter")
        shown = [found.id for found in reader.sidebar.rows if isinstance(found, PostLine)]
        assert DIKTAT.post.id in shown
        await press(pilot, "F", "space")
        shown = [found.id for found in reader.sidebar.rows if isinstance(found, PostLine)]
        assert DIKTAT.post.id not in shown


async def test_the_cursor_passes_over_headings_and_stops_at_the_ends(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "q", "k")
        assert reader.sidebar.current == DIKTAT.post.id
        await press(pilot, "j")
        assert reader.sidebar.current == GUEST.post.id
        await press(pilot, "G", "j")
        assert reader.sidebar.current == NOTE.post.id
        await press(pilot, "g", "g")
        assert reader.sidebar.current == DIKTAT.post.id
        await press(pilot, "pagedown")
        assert reader.sidebar.current == NOTE.post.id
        await press(pilot, "home", "end")
        assert reader.sidebar.current == NOTE.post.id


async def test_of_many_posts_only_the_rows_on_screen_are_painted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[object] = []
    paint = Sidebar.paint

    def count(
        self: Sidebar, row: YearHeading | PostLine, width: int, *, current: bool
    ) -> list[Segment]:
        painted.append(row)
        return paint(self, row, width, current=current)

    monkeypatch.setattr(Sidebar, "paint", count)
    with open_workspace(tmp_path, []) as workspace:
        async with opened(workspace) as (pilot, reader):
            many = [line(f"Post {n}", year=str(2025 - n // 500)) for n in range(5000)]
            reader.sidebar.set_posts(many)
            await press(pilot, "G")
            assert reader.sidebar.current == "Post 4999"
            assert "Post 4999" in screen_text(reader)
            painted.clear()
            await press(pilot, "k")
            assert 0 < len(painted) <= 4


async def test_the_dates_of_one_year_are_not_mixed_with_another(tmp_path: Path) -> None:
    threads = [
        make_thread(f"Post {year}", [], body=f"Of {year}.", published=date(year, 1, 2))
        for year in (2019, 2025, 2022)
    ]
    with open_workspace(tmp_path, threads) as workspace:
        async with opened(workspace) as (_, reader):
            assert [row.words for row in reader.sidebar.rows if isinstance(row, YearHeading)] == [
                *("2025", "2022", "2019"),
            ]


async def test_braces_move_from_year_to_year(tmp_path: Path) -> None:
    threads = [
        make_thread(f"Post {year} {n}", [], body=f"{year} {n}", published=date(year, 1, 9 - n))
        for year in (2025, 2024, 2022)
        for n in range(3)
    ]
    with open_workspace(tmp_path, threads) as workspace:
        async with opened(workspace) as (pilot, reader):
            sidebar = reader.sidebar
            titles = []
            await press(pilot, "q", "j")
            for key in ("{", "}", "}", "}", "j", "{", "{"):
                await press(pilot, key)
                line = sidebar.line(sidebar.current)
                assert line is not None
                titles.append(line.title.removeprefix("Post "))
            assert titles == [
                "2025 0", "2024 0", "2022 0", "2022 0", "2022 1", "2022 0", "2024 0",
            ]  # fmt: skip


def test_the_same_filter_again_keeps_a_post() -> None:
    assert [line.title for line in filtered(LINES, "is:read", keep="ÉLAN AND OTHERS")] == [
        "Pick of the Week 50",
        "ÉLAN AND OTHERS",
    ]
