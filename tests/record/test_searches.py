"""Searches the reader saved, and those of late: kept, undone, forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from probation_reader.errors import RecordError
from probation_reader.record import Record, SavedSearch, UndoEntry
from probation_reader.record import search_table as history

if TYPE_CHECKING:
    from pathlib import Path


def test_words_are_saved_under_a_name_and_stay(tmp_path: Path) -> None:
    path = tmp_path / "personal.sqlite3"
    with Record.open(path) as record:
        assert record.save_search("  PSS\n reports ", "pss report*")
        assert record.save_search("caseloads", "caseload is:unread")
        assert not record.save_search("PSS reports", "pss report*")
    with Record.open(path) as record:
        assert record.saved_searches() == [
            SavedSearch("caseloads", "caseload is:unread"),
            SavedSearch("PSS reports", "pss report*"),
        ]


@pytest.mark.parametrize("name", ["", "  \t\n"])
def test_a_search_without_a_name_is_refused(record: Record, name: str) -> None:
    with pytest.raises(ValueError, match="needs a name"):
        record.save_search(name, "words")
    assert record.saved_searches() == []


def test_names_and_words_of_any_characters_are_kept(record: Record) -> None:
    record.save_search("\x1b[31m\ud800 漢字.a", "\ud800 “[bold]”")
    assert record.saved_searches() == [SavedSearch("␛[31m‹D800› 漢字.a", "\ud800 “[bold]”")]


def test_saving_replacing_renaming_and_dropping_are_a_step_each(record: Record) -> None:
    record.save_search("a", "one")
    record.save_search("a", "two")
    record.save_search("b", "two", instead_of="a")
    record.drop_search("b")
    assert not record.drop_search("b")
    states = [[], [("b", "two")], [("a", "two")], [("a", "one")], []]
    steps = []
    for expected in states:
        assert [(one.name, one.words) for one in record.saved_searches()] == expected
        steps.append(record.undo())
    assert steps == [
        UndoEntry("drop-search", (), ("b",)),
        UndoEntry("drop-search", (), ("a", "b")),
        UndoEntry("save-search", (), ("a",)),
        UndoEntry("save-search", (), ("a",)),
        None,
    ]
    for expected in states[-2::-1]:
        record.redo()
        assert [(one.name, one.words) for one in record.saved_searches()] == expected
    assert record.problems() == []


def test_a_new_name_that_another_search_has_replaces_that_one(record: Record) -> None:
    record.save_search("a", "one")
    record.save_search("b", "two")
    record.save_search("b", "one", instead_of="a")
    assert record.saved_searches() == [SavedSearch("b", "one")]
    record.undo()
    assert record.saved_searches() == [SavedSearch("a", "one"), SavedSearch("b", "two")]


def test_undoing_a_mark_leaves_the_search_that_is_called_like_its_passage(record: Record) -> None:
    record.save_search("p.a", "words")
    record.mark_read(["p.a"])
    record.undo()
    assert record.saved_searches() == [SavedSearch("p.a", "words")]


class TestOfLate:
    def test_the_newest_comes_first_and_none_twice_also_after_a_restart(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "personal.sqlite3"
        with Record.open(path) as record:
            for words in ("one", "two", "\ud800 [three]\x1b", " one ", "  "):
                record.remember_search(words)
        with Record.open(path) as record:
            assert record.searched() == ["one", "‹D800› [three]␛", "two"]

    def test_only_so_many_are_kept(self, record: Record) -> None:
        for number in range(history.MOST + 5):
            record.remember_search(f"words {number}")
        kept = record.searched()
        assert len(kept) == history.MOST
        assert (kept[0], kept[-1]) == (f"words {history.MOST + 4}", "words 5")

    def test_two_sessions_share_it(self, tmp_path: Path) -> None:
        path = tmp_path / "personal.sqlite3"
        with Record.open(path) as one, Record.open(path) as other:
            one.remember_search("here")
            other.remember_search("there")
            assert one.searched() == other.searched() == ["there", "here"]

    def test_what_is_forgotten_stands_nowhere_on_the_disk(self, tmp_path: Path) -> None:
        def stands(words: str) -> bool:
            return any(words.encode() in file.read_bytes() for file in tmp_path.iterdir())

        with Record.open(tmp_path / "personal.sqlite3") as record:
            for words in ("a name nobody may see", "other words", "a name nobody may see"):
                record.remember_search(words)
            assert stands("nobody may see")
            assert record.forget_searches("a name nobody may see") == 1
            assert not stands("nobody may see")
            assert record.searched() == ["other words"]
            assert record.forget_searches("never searched") == 0
            assert record.forget_searches() == 1
            assert not stands("other words")
            assert record.undo() is None

    def test_it_is_no_part_of_the_log_and_stays_when_state_is_folded_anew(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "personal.sqlite3"
        with Record.open(path) as record:
            before = record.revision()
            record.remember_search("words")
            assert record.revision() == before
            record._connection.execute("UPDATE meta SET value = '0' WHERE key = 'state'")
        with Record.open(path) as record:
            assert record.searched() == ["words"]
            assert record.problems() == []

    def test_where_nothing_can_be_kept_nothing_is_remembered_and_forgetting_says_so(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "personal.sqlite3"
        path.mkdir()
        with Record.open(path) as record:
            record.remember_search("words")
            assert record.searched() == []
            with pytest.raises(RecordError):
                record.forget_searches()


def marked_after(record: Record, revision: int) -> set[str]:
    return set(record.posts_marked_after(revision) or ())


def test_the_posts_that_marks_and_turns_were_about_since_a_revision(record: Record) -> None:
    record.mark_read(["p.a", "q.b"])
    record.bookmark("r.c", "words")
    seen = record.revision()
    assert marked_after(record, seen) == set()
    record.mark_unread(["q.b"])
    assert marked_after(record, seen) == {"q"}
    seen = record.revision()
    record.bookmark("s.d", "words")
    record.save_search("t.e", "words")
    assert marked_after(record, seen) == set()
    for _ in range(3):
        record.undo()
    assert marked_after(record, seen) == {"q"}
    record.redo()
    assert marked_after(record, seen) == {"q"}
