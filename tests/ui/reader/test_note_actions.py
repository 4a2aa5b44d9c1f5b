"""Notes and tags in one line: how it is read and completed, what Enter and Esc do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.ui.reader import note_syntax
from tests.ui.workspaces import GUEST, ids, opened, press, screen_text

if TYPE_CHECKING:
    from probation_reader.record import Bookmark
    from probation_reader.workspace import Workspace

_HERE = ids(GUEST)[2]


@pytest.mark.parametrize(
    ("line", "note", "tags"),
    [
        ("one␊two #law", "one\ntwo", ["law"]),
        ('one␊#"half days"␊#law', "one", ["half days", "law"]),
        ("␊", "", []),
        ("", "", []),
        ("only words", "only words", []),
        ("words #law #pss", "words", ["law", "pss"]),
        ("#law", "", ["law"]),
        ("see #5 of it", "see #5 of it", []),
        ('why  #law #"half days" ', "why", ["law", "half days"]),
        ("# alone", "# alone", []),
        ("words #", "words #", []),
        ("#law #law", "", ["law"]),
        ('#"never closed', '#"never closed', []),
        ("C# is no tag", "C# is no tag", []),
    ],
)
def test_tags_stand_at_the_end(line: str, note: str, tags: list[str]) -> None:
    assert note_syntax.parsed(line) == (note, tags)


@given(st.text(st.characters(exclude_characters="#"), max_size=12), st.lists(st.text(max_size=6)))
def test_what_is_written_is_read_again(note: str, tags: list[str]) -> None:
    shown = [tag for tag in dict.fromkeys(tags) if note_syntax.is_writable(tag)]
    line = note_syntax.written(note, shown)
    assert note_syntax.parsed(line) == (note_syntax.parsed(note_syntax.written(note, []))[0], shown)


@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("why #l", ["why #law", "why #Lärm"]),
        ("why #LA", ["why #law", "why #Lärm"]),
        ("why #", ["why #law", 'why #"half days"', "why #Lärm"]),
        ('#"ha', ['#"half days"']),
        ("#law #", ['#law #"half days"', "#law #Lärm"]),
        ("why", []),
        ("#nothing", []),
    ],
)
def test_known_tags_are_offered_those_used_most_first(line: str, offers: list[str]) -> None:
    assert note_syntax.completions(line, ["law", "half days", "Lärm"]) == offers


def _kept(workspace: Workspace) -> Bookmark:
    kept = workspace.record.kept(_HERE)
    assert kept is not None
    return kept


async def test_enter_keeps_note_tags_and_passage_in_one_step(workspace: Workspace) -> None:
    async with opened(workspace, open_id=_HERE) as (pilot, reader):
        await press(pilot, "e")
        assert reader.place == "note"
        await press(pilot, *"why #law", "enter")
        assert reader.focused is reader.pane
        assert reader.status.message == "comment 1.1 kept with a note and 1 tag"
        kept = _kept(workspace)
        assert (kept.quote, kept.note, kept.tags) == (
            "Until the inspectors come.",
            "why",
            ("law",),
        )
        assert reader.reading.marks.noted == {_HERE}
        await press(pilot, "u")
        assert reader.status.message == "undone: comment 1.1 of Guest Blog 97 kept"
        assert workspace.record.bookmarks() == []
        assert reader.reading.marks.noted == frozenset()


async def test_an_edit_begins_with_what_is_there_and_is_undone_alone(
    workspace: Workspace,
) -> None:
    workspace.record.bookmark(_HERE, "first words", note="why", tags=["law", "half days"])
    async with opened(workspace, open_id=_HERE) as (pilot, reader):
        await press(pilot, "e")
        assert reader.note_bar.value == 'why #law #"half days"'
        await press(pilot, *" #new", "enter")
        kept = _kept(workspace)
        assert (kept.quote, kept.tags) == ("first words", ("law", "half days", "new"))
        await press(pilot, "u")
        assert reader.status.message == "undone: comment 1.1 of Guest Blog 97 with other tags"
        assert _kept(workspace).tags == ("law", "half days")


async def test_what_is_let_go_loses_its_note_until_it_is_taken_back(workspace: Workspace) -> None:
    workspace.record.bookmark(_HERE, "words", note="why")
    async with opened(workspace, open_id=_HERE) as (pilot, reader):
        await press(pilot, "b")
        assert reader.status.message == "comment 1.1 no longer kept   u undoes"
        assert reader.reading.marks.noted == frozenset()
        await press(pilot, "u")
        assert _kept(workspace).note == "why"
        assert reader.reading.marks.noted == {_HERE}


async def test_a_note_may_have_several_lines(workspace: Workspace) -> None:
    workspace.record.bookmark(_HERE, "words", note="one\n\nthree")
    async with opened(workspace, open_id=_HERE) as (pilot, reader):
        await press(pilot, "e")
        assert reader.note_bar.value == "one␊␊three"
        await press(pilot, "ctrl+o", *"#law", "enter")
        assert _kept(workspace).note == "one\n\nthree"
        assert _kept(workspace).tags == ("law",)
        await press(pilot, "e", "home", *"So:", "ctrl+o", "enter")
        assert _kept(workspace).note == "So:\none\n\nthree"
        await press(pilot, "u", "e", "escape")
        assert _kept(workspace).note == "one\n\nthree"


async def test_esc_drops_what_was_typed(workspace: Workspace) -> None:
    async with opened(workspace, open_id=_HERE) as (pilot, reader):
        await press(pilot, "e", *"why", "escape")
        assert reader.focused is reader.pane
        assert workspace.record.bookmarks() == []


async def test_what_the_line_cannot_show_is_left_as_it_is(workspace: Workspace) -> None:
    tags = ["law", 'a "b" c', "two\nlines"]
    workspace.record.bookmark(_HERE, "words", note="one\nline", tags=tags)
    before = _kept(workspace)
    async with opened(workspace, open_id=_HERE) as (pilot, _):
        await press(pilot, "e", "enter")
        assert _kept(workspace) == before
        await press(pilot, "e", *" #new", "enter")
        assert _kept(workspace).tags == ("law", "new", 'a "b" c', "two\nlines")


async def test_tab_completes_one_known_tag_after_the_other(workspace: Workspace) -> None:
    for passage in ids(GUEST)[3:5]:
        workspace.record.bookmark(passage, "words", tags=["law"])
    workspace.record.bookmark(ids(GUEST)[0], "words", tags=["late"])
    async with opened(workspace, open_id=_HERE) as (pilot, reader):
        await press(pilot, "e", *"why", "tab")
        assert reader.note_bar.value == "why #"
        await press(pilot, "l")
        assert "Tab #law" in screen_text(reader)
        await press(pilot, "tab")
        assert reader.note_bar.value == "why #law"
        await press(pilot, "tab")
        assert reader.note_bar.value == "why #late"
        await press(pilot, "tab", "enter")
        assert _kept(workspace).tags == ("law",)


async def test_where_it_cannot_be_kept_the_line_stays_with_the_words_in_it(
    workspace: Workspace,
) -> None:
    async with opened(workspace, open_id=_HERE) as (pilot, reader):
        await press(pilot, "e", *"why")
        workspace.record._connection.execute("PRAGMA query_only = ON")
        await press(pilot, "enter")
        workspace.record._connection.execute("PRAGMA query_only = OFF")
        assert reader.place == "note"
        assert reader.note_bar.value == "why"
        assert "not kept" in screen_text(reader)
        await press(pilot, "enter")
        assert reader.focused is reader.pane
        assert _kept(workspace).note == "why"


async def test_a_draft_stands_where_it_was_written_until_it_is_kept(workspace: Workspace) -> None:
    async with opened(workspace, open_id=_HERE) as (pilot, reader):
        await press(pilot, "e", *"half a", "ctrl+o", *"thought #la")
        pilot.app.exit()
        await pilot.pause()
    async with opened(workspace, open_id=_HERE) as (pilot, reader):
        assert reader.status.message == "Unsaved draft of a note (e there): 1.1 of Guest Blog 97"
        await press(pilot, "j", "e")
        assert reader.note_bar.value == ""
        await press(pilot, "escape", "k", "e")
        assert reader.note_bar.value == "half a␊thought #la"
        assert "unsaved draft of" in screen_text(reader)
        await press(pilot, "enter")
        assert _kept(workspace).note == "half a\nthought"
    async with opened(workspace, open_id=_HERE) as (pilot, reader):
        assert "draft" not in reader.status.message
        await press(pilot, "e", *"w", "escape", "e")
        assert reader.note_bar.value == "half a␊thought #la"
        assert "draft" not in screen_text(reader)
