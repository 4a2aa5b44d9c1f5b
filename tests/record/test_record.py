"""What a reader can do and ask, and that asking again after a restart says the same."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from probation_reader.errors import RecordError
from probation_reader.record import Position, Record, events

if TYPE_CHECKING:
    from pathlib import Path


def _log(record: Record) -> list[events.Event]:
    return list(events.in_order(record._connection))


def _actions(record: Record) -> list[str]:
    return [event.action for event in _log(record)]


def test_marks_say_how_many_changed_and_are_there_after_a_restart(path: Path) -> None:
    with Record.open(path) as record:
        assert record.mark_read(["p.a", "p.b", "q.a"]) == 3
        assert record.mark_read(["p.b", "p.c", "p.c"]) == 1
        assert record.mark_unread(["p.a", "p.nobody"]) == 1
    with Record.open(path) as record:
        assert record.read_in("p") == {"p.b", "p.c"}
        assert record.read_in("q") == {"q.a"}
        assert record.read_in("r") == frozenset()
        assert record.read_counts() == {"p": 2, "q": 1}
        assert record.notices == []
        assert record.problems() == []


def test_one_deed_shares_its_time_and_what_changes_nothing_is_not_logged(record: Record) -> None:
    record.mark_read(["p.a", "p.b"])
    record.mark_read(["p.a"])
    record.mark_unread(["p.a"])
    first, second, third = _log(record)
    assert first.at == second.at < third.at
    assert [event.number for event in (first, second, third)] == [1, 2, 3]
    assert (third.action, third.target) == ("unread", "p.a")


def test_a_post_is_not_a_passage_and_nothing_of_such_a_call_is_kept(record: Record) -> None:
    with pytest.raises(ValueError, match="'p' is not the id of a passage"):
        record.mark_read(["p.a", "p"])
    assert record.read_counts() == {}


def test_a_deed_that_fails_half_way_is_undone_whole(record: Record) -> None:
    with pytest.raises(RecordError):
        record.mark_read(["p.a", "p.\ud800"])
    assert record.read_counts() == {}
    assert _log(record) == []
    assert record.mark_read(["p.a"]) == 1


def test_ids_of_one_post_are_not_taken_for_those_of_a_longer_one(record: Record) -> None:
    record.mark_read(["ab.x", "abc.x"])
    record.bookmark("ab.x", "words")
    record.bookmark("abc", "a whole post")
    assert record.read_in("ab") == {"ab.x"}
    assert record.bookmarked_in("ab") == {"ab.x"}
    assert record.bookmarked_in("abc") == {"abc"}


def test_a_bookmark_keeps_words_note_tags_and_when(path: Path) -> None:
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    with Record.open(path) as record:
        assert record.bookmark("p.a", "the words", note="why", tags=["pss", "law", "pss"])
        record.bookmark("p.b", "later words")
    with Record.open(path) as record:
        newer, older = record.bookmarks()
    assert (newer.id, newer.quote, newer.note, newer.tags) == ("p.b", "later words", None, ())
    assert (older.id, older.quote, older.note, older.tags) == (
        "p.a",
        "the words",
        "why",
        ("pss", "law"),
    )
    assert older.post_id == "p"
    assert before <= older.at < newer.at


def test_an_edited_bookmark_keeps_what_was_not_given(record: Record) -> None:
    record.bookmark("p.a", "first words", note="a note", tags=["one"])
    (kept,) = record.bookmarks()
    assert record.bookmark("p.a", note="another")
    assert record.bookmark("p.a", tags=["two"])
    assert not record.bookmark("p.a", tags=["two"])
    assert not record.bookmark("p.a")
    (edited,) = record.bookmarks()
    assert (edited.quote, edited.note, edited.tags) == ("first words", "another", ("two",))
    assert edited.at == kept.at
    assert record.bookmark("p.a", "new words", note="", tags=[])
    (edited,) = record.bookmarks()
    assert (edited.quote, edited.note, edited.tags) == ("new words", None, ())
    assert _actions(record) == ["bookmark", "note", "tag", "bookmark", "note", "tag"]


def test_a_bookmark_taken_away_leaves_nothing_for_the_next_one(record: Record) -> None:
    record.bookmark("p.a", "words", note="old", tags=["old"])
    assert record.remove_bookmark("p.a")
    assert not record.remove_bookmark("p.a")
    assert record.bookmarks() == []
    record.bookmark("p.a", "words")
    (again,) = record.bookmarks()
    assert (again.note, again.tags) == (None, ())


@pytest.mark.parametrize(
    "words", ["\ud800 alone", "nul \x00 byte", "\U0001f600 [/] ‘curly’\u2028", '"\\', ""]
)
def test_any_words_can_be_kept(path: Path, words: str) -> None:
    with Record.open(path) as record:
        record.bookmark("p.a", words, note=words, tags=[words])
    with Record.open(path) as record:
        (kept,) = record.bookmarks()
        assert (kept.quote, kept.note, kept.tags) == (words, words or None, (words,))
        assert record.problems() == []


def test_each_thread_and_the_whole_reopen_where_they_were_left(path: Path) -> None:
    with Record.open(path) as record:
        assert record.last_post() is None
        record.set_position("p", "p.a", 0)
        record.set_position("q", "q.z", 12)
        record.set_position("p", "p.b", 3)
        record.set_position("p", "p.b", 3)
        assert _actions(record) == ["position"] * 3
    with Record.open(path) as record:
        assert record.position("p") == Position("p.b", 3)
        assert record.position("q") == Position("q.z", 12)
        assert record.position("r") is None
        assert record.last_post() == "p"
        record.set_position("q", "q.z", 12)
        assert record.last_post() == "q"


def test_deeds_belong_to_the_visit_they_were_done_in(path: Path) -> None:
    with Record.open(path) as record:
        record.mark_read(["p.a"])
        record.begin_visit()
        record.mark_read(["p.b"])
        record.begin_visit()
    with Record.open(path) as record:
        record.begin_visit()
        record.end_visit()
        record.end_visit()
        record.mark_read(["p.c"])
        log = _log(record)
    assert [(event.action, event.visit) for event in log] == [
        ("read", 0),
        ("visit-begin", 2),
        ("read", 2),
        ("visit-end", 2),
        ("visit-begin", 5),
        ("visit-end", 5),
        ("read", 0),
    ]
    assert len({event.machine for event in log}) == 1


def test_a_clock_that_was_set_back_does_not_undo_what_is_done_now(path: Path) -> None:
    far_ahead = events.HORIZON - 1
    with Record.open(path) as record:
        record.mark_read(["p.a"])
        for table in ("event", "step"):
            record._connection.execute(f"UPDATE {table} SET at = ?", (far_ahead,))  # noqa: S608 - ours
        record.mark_unread(["p.a"])
        assert [event.action for event in _log(record)] == ["read", "unread"]
        assert record.problems() == []


def test_only_passages_that_exist_are_counted(record: Record) -> None:
    record.mark_read(["p.a", "p.b", "p.c", "q.a"])
    assert record.counted_to("library one") is None
    record.recount({"p": {"p.a", "p.z"}, "q": ()}, library="library one", reached=7)
    assert record.read_counts() == {"p": 1}
    assert record.read_in("p") == {"p.a", "p.b", "p.c"}
    assert record.read_posts() == {"p", "q"}
    assert record.counted_to("library one") == 7
    assert record.counted_to("library two") is None
    record.mark_unread(["p.b", "q.a"])
    assert record.read_counts() == {"p": 1}
    record.mark_read(["p.z", "p.b"])
    record.recount({"p": {"p.a", "p.c", "p.z"}}, library="library one", reached=8)
    assert record.read_counts() == {"p": 3}
    assert record.problems() == []


def test_everything_is_private_to_its_owner(path: Path) -> None:
    umask = os.umask(0o002)
    try:
        with Record.open(path) as record:
            record.mark_read(["p.a"])
            modes = {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()}
    finally:
        os.umask(umask)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert modes == {path.name + end: 0o600 for end in ("", "-wal", "-shm")}


def test_a_file_that_others_could_read_is_made_private(path: Path) -> None:
    Record.open(path).close()
    path.chmod(0o644)
    Record.open(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_closing_twice_is_closing_once(path: Path) -> None:
    record = Record.open(path)
    record.begin_visit()
    record.close()
    record.close()


def test_threads_may_mark_and_ask_at_once(record: Record) -> None:
    def work(name: int) -> None:
        for number in range(50):
            record.mark_read([f"p{name}.{number}", f"shared.{number}"])
            assert f"p{name}.{number}" in record.read_in(f"p{name}")

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert record.read_counts() == {"shared": 50, **{f"p{name}": 50 for name in range(4)}}
    assert record.problems() == []


_MARKING = """
import sys
from pathlib import Path
from probation_reader.record import Record
with Record.open(Path(sys.argv[1])) as record:
    for number in range(300):
        record.mark_read([f"{sys.argv[2]}.{number}", f"shared.{number}"])
"""


def test_two_processes_mark_at_once_and_both_are_kept(path: Path) -> None:
    both = [
        subprocess.Popen([sys.executable, "-c", _MARKING, str(path), name]) for name in ("p", "q")
    ]
    with Record.open(path) as record:
        for number in range(100):
            record.mark_read([f"here.{number}"])
        assert [process.wait() for process in both] == [0, 0]
        assert record.read_counts() == {"p": 300, "q": 300, "shared": 300, "here": 100}
        assert [event.number for event in _log(record)] == list(range(1, 1001))
        assert record.notices == []
        assert record.problems() == []


def test_what_another_process_did_is_noticed_once(path: Path, record: Record) -> None:
    assert not record.changed_elsewhere()
    record.mark_read(["p.a"])
    assert not record.changed_elsewhere()
    subprocess.run([sys.executable, "-c", _MARKING, str(path), "p"], check=True)
    assert record.changed_elsewhere()
    assert not record.changed_elsewhere()
    assert len(record.read_in("p")) == 301


def _marks_while_all_are_read(record: Record) -> int:
    """Return how many marks, of five, were kept while the reading went on."""
    reading = threading.Thread(target=record.all_read)
    reading.start()
    kept = 0
    while kept < 5:
        record.mark_read([f"p.{perf_counter()}"])
        if not reading.is_alive():
            break
        kept += 1
    reading.join()
    return kept


def test_a_mark_takes_no_more_work_after_years_of_them(record: Record) -> None:
    def work() -> int:
        ticks = 0

        def tick() -> None:
            nonlocal ticks
            ticks += 1

        record._connection.set_progress_handler(tick, 10)
        record.mark_read(["q.new"])
        record.undo()
        record.redo()
        record.mark_unread(["q.new"])
        record._connection.set_progress_handler(None, 0)
        return ticks

    few = work()
    for number in range(2_000):
        record.mark_read([f"p.{number}"], passing=bool(number % 2))
    assert work() < 2 * few


def test_marks_are_kept_while_all_marks_are_read(record: Record) -> None:
    record.mark_read(f"p{number % 2000}.{number}" for number in range(60_000))
    assert len(record.all_read()) == 60_000
    # Were it one question, a mark or two would come before it, and the next wait for its end.
    assert max(_marks_while_all_are_read(record) for _ in range(7)) == 5
