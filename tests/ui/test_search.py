"""Searching from the screen, with a real index, from the first letter to coming back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from probation_reader.model import SourceSpan
from probation_reader.search import Hit, Results
from probation_reader.ui.messages import WorkProgress
from probation_reader.ui.render.columns import WIDEST_TEXT
from probation_reader.ui.render.headings import fit_facts
from probation_reader.ui.search.hit_rows import (
    Group,
    Head,
    HitContext,
    HitListModel,
    HitMessage,
    Snippet,
    facts,
    hit_rows,
    setting,
    snippet_rows,
)
from probation_reader.ui.search.question import Question
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
    settled,
)

if TYPE_CHECKING:
    from pathlib import Path

    from probation_reader.workspace import Workspace


def hit(
    snippet: str, *, post: str = "a", number: str = "1", marks: tuple[tuple[int, int], ...] = ()
) -> Hit:
    when, source = date(2024, 4, 27), SourceSpan("page.txt", 1, 1)
    return Hit(f"{post}.{number}", post, number, f"Post {post}", when, snippet, marks, source)


class TestRows:
    def test_hits_are_grouped_by_post_and_the_open_thread_comes_first(self) -> None:
        hits = [hit("x", post="a"), hit("y", post="b"), hit("z", post="a", number="2")]
        rows = hit_rows(HitListModel(hits, "b"), 80)
        assert [row for row in rows if isinstance(row, Group)] == [
            Group("In this thread", ((3, "1 hit"), (2, "Sat 27 Apr 2024"), (1, "Post b"))),
            Group("Post a", ((3, "2 hits"), (2, "Sat 27 Apr 2024"))),
        ]
        assert [row.hit.snippet for row in rows if isinstance(row, Head)] == ["y", "x", "z"]

    def test_a_date_with_no_room_beside_the_title_stands_beside_each_hit(self) -> None:
        long = replace(hit("x"), title="A title of very many words, and no end to them")
        for width in range(20, 120):
            (group,) = (
                row for row in hit_rows(HitListModel([long]), width) if isinstance(row, Group)
            )
            (head,) = (
                row for row in hit_rows(HitListModel([long]), width) if isinstance(row, Head)
            )
            beside, drawn = facts(head), group.said
            assert (beside == [(2, "27 Apr 2024")]) == (drawn == ((3, "1 hit"),))
            said = fit_facts(list(drawn), min(width, WIDEST_TEXT) - len(group.title) - 3)
            assert "27 Apr 2024" in said or beside

    def test_a_snippet_is_two_rows_with_its_words_marked(self) -> None:
        rows = snippet_rows(hit("one two three four five six", marks=((4, 7), (19, 23))), 12)
        assert rows == [
            (("…", False), ("two", True), (" three", False)),
            (("four ", False), ("five", True), ("…", False)),
        ]

    def test_a_row_never_breaks_a_word_that_fits_and_always_ends(self) -> None:
        text = "a" * 30 + " bb"
        rows = snippet_rows(hit(text), 10)
        assert [row[0][0] for row in rows] == ["a" * 10, "a" * 9 + "…"]

    def test_what_could_steer_is_a_sign_and_marks_stay_on_their_words(self) -> None:
        rows = snippet_rows(hit("\x1b]52;c;x\x07 word", marks=((10, 14),)), 40)
        assert rows == [(("␛]52;c;x␇ ", False), ("word", True))]

    def test_wide_characters_count_twice(self) -> None:
        rows = snippet_rows(hit("漢字漢字漢字"), 8)
        assert rows[0] == (("漢字漢字", False),)

    def test_a_remark_is_wrapped(self) -> None:
        rows = hit_rows(HitListModel(remarks=["one two three four five"]), 24)
        assert rows == [HitMessage("one two three four"), HitMessage("five")]

    def test_a_hit_tells_what_it_answers_and_who_wrote_it_when(self) -> None:
        above, below = GUEST.comments[0], GUEST.comments[1]
        assert setting(above, None) == HitContext("", "")
        signed = replace(
            below,
            author="Tallow\x1bfield",
            signed=True,
            published=datetime(2024, 5, 1, 9, 30, tzinfo=UTC),
        )
        assert setting(signed, above) == HitContext(
            "1 How long can a caseload grow before anyone counts it?",
            "'Tallow␛field",
            "1 May 2024 09:30",
        )

    def test_remarks_stand_above_the_hits(self) -> None:
        rows = hit_rows(HitListModel([hit("x")], remarks=["a note"]), 80)
        assert rows[0] == HitMessage("a note")
        assert isinstance(rows[-1], Snippet)


async def test_hits_come_as_one_types_grouped_by_post(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"caselo")
        text = screen_text(reader)
        assert "In this thread  1 hit · Thu 13 Feb 2025" in text
        assert "Guest Blog 97  2 hits · Sat 27 Apr 2024" in text
        assert reader.search_bar.value == "caselo"
        assert [found.post_id for found in reader.hits.hits].count(GUEST.post.id) == 2
        assert "1 of 3" in text.split("\n")[-1]


@pytest.mark.parametrize("columns", [80, 40])
async def test_a_hit_shows_the_first_words_of_what_it_answers(
    workspace: Workspace, columns: int
) -> None:
    async with opened(workspace, (columns, 24)) as (pilot, reader):
        await press(pilot, "slash", *"inspectors")
        assert "↳ 1 How long can a caseload" in screen_text(reader)


async def test_an_empty_bar_says_what_can_be_typed(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash")
        assert "Enter opens one, Esc" in screen_text(reader)
        assert "Up brings back earlier words" in screen_text(reader)
        assert "Ctrl+y saves" in screen_text(reader)
        await press(pilot, "n")
        assert "Enter opens one, Esc" not in screen_text(reader)


async def test_q_in_a_thread_that_was_found_goes_to_the_posts_not_into_the_bar(
    workspace: Workspace,
) -> None:
    async with opened(workspace, (40, 20)) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "enter", "q")
        assert reader.sidebar.has_focus
        assert reader.search_bar.value == "caseload"
        await press(pilot, "q")
        assert not pilot.app.is_running


async def test_every_hit_of_the_open_thread_is_there_however_old_it_is(tmp_path: Path) -> None:
    old = make_thread(
        "Old", [(0, f"probation {n}") for n in range(30)], published=date(2010, 1, 1), body="Old."
    )
    new = make_thread("New", [(0, f"probation new {n}") for n in range(40)], body="New.")
    with open_workspace(tmp_path, [old, new]) as workspace:
        async with opened(workspace, open_id=old.post.id) as (pilot, reader):
            await press(pilot, "slash", *"probation")
            found = [hit.post_id for hit in reader.hits.hits]
            assert [hit.id for hit in reader.hits.hits[:30]] == ids(old)[1:]
            assert found.count(old.post.id) == 30
            assert new.post.id in found


async def test_the_words_found_are_bold_and_underlined(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "s", *"caseload")
        marked = {
            segment.text
            for strip in reader._compositor.render_strips()
            for segment in strip
            if segment.style and segment.style.underline and segment.style.bold
        }
        assert marked == {"caseload"}


@pytest.mark.parametrize("size", [(80, 24), (40, 20), (200, 60)])
async def test_enter_opens_the_hit_and_escape_returns_to_its_row_and_then_home(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    async with opened(workspace, size, open_id=ids(DIKTAT)[1]) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "down", "ctrl+n")
        chosen = reader.hits.current
        assert chosen is not None
        assert chosen.post_id == GUEST.post.id
        await press(pilot, "enter")
        assert reader.pane.has_focus
        assert reader.pane.current is not None
        assert reader.pane.current.id == chosen.id
        assert "Esc back" in reader.status.text
        await press(pilot, "escape")
        assert reader.search_bar.line.has_focus
        assert reader.hits.current == chosen
        assert reader.hits.display
        await press(pilot, "escape")
        assert reader.reading.post_id == DIKTAT.post.id
        assert reader.pane.current.id == ids(DIKTAT)[1]
        assert reader.pane.find_state is None
        assert reader.focused is reader.pane
        assert reader.pane.display
        assert not reader.hits.display


@pytest.mark.parametrize(
    "before",
    [
        ("z", "c"),
        ("j", "z", "c", "j", "j"),
        ("G",),
        ("ctrl+d", "down"),
        ("f", *"ine", "enter", "n"),
    ],
    ids=["folded", "folded above", "at the end", "within a passage", "finding"],
)
async def test_closing_the_search_shows_the_thread_exactly_as_it_was(
    workspace: Workspace, before: tuple[str, ...]
) -> None:
    async with opened(workspace, open_id=ids(GUEST)[1]) as (pilot, reader):
        await press(pilot, *before)
        was = screen_text(reader)
        await press(pilot, "slash", *"caseload", "enter")
        assert reader.pane.folded
        await press(pilot, "escape", "down", "enter")
        await press(pilot, "escape", "escape")
        assert screen_text(reader) == was


async def test_a_thread_that_was_only_looked_at_reopens_where_it_had_been_left(
    workspace: Workspace,
) -> None:
    workspace.record.set_position(GUEST.post.id, ids(GUEST)[4], 0)
    async with opened(workspace, open_id=ids(DIKTAT)[2]) as (pilot, reader):
        await press(pilot, "slash", *"inspectors", "enter")
        assert reader.pane.current is not None
        assert reader.pane.current.id == ids(GUEST)[2]
        await press(pilot, "escape", "escape")
        reader.moving.open_post(GUEST.post.id)
        assert reader.pane.current.id == ids(GUEST)[4]


async def test_hits_are_asked_for_again_when_the_index_is_done(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"caseload")
        asked = reader.searching._generation
        reader.post_message(WorkProgress(""))
        await pilot.pause()
        assert reader.searching._generation == asked + 1


async def test_a_hit_is_opened_along_its_own_path_only(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"inspectors", "enter")
        assert reader.pane.current is not None
        assert reader.pane.current.id == ids(GUEST)[2]
        assert ids(GUEST)[1] not in reader.pane.folded
        assert ids(GUEST)[4] in reader.pane.folded


async def test_a_hit_is_laid_out_for_its_pane_from_the_first(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(workspace) as (pilot, reader):
        widths: list[int] = []
        redraw = reader.pane.redraw

        def noted() -> None:
            assert reader.pane.view is not None
            widths.append(reader.pane.view.layout.width)
            redraw()

        monkeypatch.setattr(reader.pane, "redraw", noted)
        await press(pilot, "slash", *"caseload", "enter")
        assert set(widths) == {reader.pane.size.width}


async def test_moving_among_hits_keeps_the_bar_open_and_counts(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"caseload", "down", "down", "down")
        assert reader.hits.position == (3, 3)
        assert "3 of 3" in screen_text(reader).split("\n")[-1]
        await press(pilot, "ctrl+p", "up", "up")
        assert reader.hits.position == (1, 3)
        assert reader.focused is reader.search_bar.line


async def test_what_cannot_be_understood_is_said_above_the_hits(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"caseload date:soon")
        reader.searching.ask_best()
        await settled(pilot)
        assert reader.searching.results is not None
        (note,) = reader.searching.results.notes
        assert note[:30] in screen_text(reader)


async def test_nothing_found_is_said_and_enter_does_nothing(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"zebra", "enter")
        assert "Nothing found: take a word away" in screen_text(reader)
        assert reader.focused is reader.search_bar.line
        await press(pilot, "ctrl+u", *"tag:zebra")
        assert "Nothing found" in screen_text(reader)
        assert "take a word away" not in screen_text(reader)


async def test_an_answer_to_older_words_is_dropped(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"caseload")
        late = Results("older", 1, 1.0, (hit("late"),), ())
        searching = reader.searching
        searching.take(Question(searching._generation - 1, "older", typing=True), late)
        assert [found.snippet for found in reader.hits.hits] != ["late"]


async def test_the_best_hits_replace_the_newest_only_while_the_cursor_rests(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"caseload")
        asked = reader.searching._generation
        reader.searching.ask_best()
        assert reader.searching._generation == asked + 1
        await press(pilot, "down")
        asked = reader.searching._generation
        reader.searching.ask_best()
        assert reader.searching._generation == asked


async def test_a_pause_within_a_word_keeps_what_begins_so(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"caselo")
        before = [found.id for found in reader.hits.hits]
        assert before
        reader.searching.ask_best()
        await settled(pilot)
        assert [found.id for found in reader.hits.hits] == before


@pytest.mark.parametrize("query", ["TR", "tr", "after TR"])
async def test_a_short_word_is_found_before_all_that_begins_so(tmp_path: Path, query: str) -> None:
    texts = ["All this after TR.", *(f"Trains and training after trouble {n}." for n in range(30))]
    one = make_thread("Lines", [(0, text) for text in texts])
    with open_workspace(tmp_path, [one]) as workspace:
        workspace.index.sync()
        async with opened(workspace) as (pilot, reader):
            await press(pilot, "slash", *query)
            reader.searching.ask_best()
            await settled(pilot)
            assert [hit.id for hit in reader.hits.hits] == [ids(one)[1]]
            await press(pilot, "a")
            assert len(reader.hits.hits) > 1


async def test_the_search_can_be_opened_from_the_posts_and_returns_there(
    workspace: Workspace,
) -> None:
    async with opened(workspace, (40, 20)) as (pilot, reader):
        await press(pilot, "q", "G", "slash", *"caseload", "escape")
        assert reader.focused is reader.sidebar
        assert reader.sidebar.current == NOTE.post.id
        assert reader.arrangement.sidebar_shown


async def test_opening_another_post_lets_the_results_go(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        await press(pilot, "slash", *"inspectors", "enter")
        reader.moving.open_post(NOTE.post.id)
        await press(pilot, "escape")
        assert reader.focused is reader.sidebar


async def test_an_index_that_fails_is_said_and_reading_goes_on(workspace: Workspace) -> None:
    async with opened(workspace) as (pilot, reader):
        workspace.index.close()
        await press(pilot, "slash", *"case")
        assert "search index is closed" in reader.status.message
        await press(pilot, "escape")
        assert reader.place == "thread"
        assert workspace.paths.log.read_text(encoding="utf-8").count("search index is closed") > 0


async def test_a_hit_in_the_posts_own_text_is_called_as_in_its_thread(tmp_path: Path) -> None:
    first = replace(GUEST.sections[0], text="caseload first")
    second = replace(first, id=f"{DIKTAT.post.id}.s-2", number="§2", text="caseload second")
    digest = replace(
        DIKTAT, passages=(replace(first, id=f"{DIKTAT.post.id}.s-1"), second, *DIKTAT.comments)
    )
    alone = replace(GUEST, passages=(first, *GUEST.comments))
    with open_workspace(tmp_path, [alone, digest]) as workspace:
        async with opened(workspace, (60, 60)) as (pilot, reader):
            await press(pilot, "slash", *"caseload")
            rows = [row.strip("│▌ ") for row in screen_text(reader).splitlines()]
            heads = {row.split()[0] for row in rows if row.startswith(("post", "§"))}
            assert heads == {"post", "§1", "§2"}
