"""What the library holds, lists, finds, takes out and tells."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import accumulate
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probation_reader.errors import UnknownIdError
from probation_reader.library import Change, Changes, Counts, Entry, Library
from probation_reader.model import Post, Span, Thread
from probation_reader.outline import Outline
from tests.library.pages import source, thread

if TYPE_CHECKING:
    from pathlib import Path

#: Any text at all: NULs, escapes and lone surrogates are text too.
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)


def titles(library: Library) -> list[str]:
    return [row.post.title for row in library.posts()]


def names(passage_ids: list[str]) -> list[str]:
    return [id_.partition(".")[0] for id_ in passage_ids]


@given(words=ANY_TEXT, name=ANY_TEXT)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_text_comes_back_as_it_was(library: Library, words: str, name: str) -> None:
    library.remove([row.post.id for row in library.posts()])
    page = thread([(0, words)], body=("Any text", words))
    heading = replace(page.post, title=name, author=name, labels=(name,), url="x/" + name)
    spans = (Span("link", 0, 1, name), Span("quote", 0, 1))
    told = replace(page.comments[0], author=name, signed=True, spans=spans)
    library.store(source("1", path=name), [Thread(heading, (*page.sections, told))])
    (row,) = library.posts()
    assert row.post == heading
    assert row.source == name
    kept = library.thread(heading.id)
    assert [(p.text, p.author, p.spans, p.source.file) for p in kept.comments] == [
        (words, name, spans, name)
    ]
    assert kept.sections[1].text == words


@given(steps=st.lists(st.integers(-3, 1), max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_how_many_replies_stand_below_a_passage_is_known_by_its_id(
    library: Library, steps: list[int]
) -> None:
    library.remove([row.post.id for row in library.posts()])
    depths = list(accumulate(steps, lambda depth, step: max(0, depth + step), initial=0))
    said = [(depth, f"Comment {number}") for number, depth in enumerate(depths)]
    library.store(source("1"), [thread(said), thread("Six", title="Other", body=("b",))])
    ids = [p.id for row in library.posts() for p in library.thread(row.post.id).passages]
    sizes = [
        outline.size(at)
        for row in library.posts()
        for outline in [Outline(p.depth for p in library.thread(row.post.id).passages)]
        for at in range(len(outline))
    ]
    found = library.replies([*ids, "0000.0000"])
    assert [found.pop(id_) for id_ in ids] == sizes
    assert not found


def test_posts_are_newest_first_and_the_undated_last(library: Library) -> None:
    pages = [
        thread(title="Old", day=date(2019, 3, 1), body=("a",)),
        thread(title="Undated", day=None, body=("b",)),
        thread(title="New", day=date(2025, 2, 13), body=("c",)),
        thread(title="Same day", day=date(2019, 3, 1), body=("d",)),
        thread(title="Undated too", day=None, body=("e",)),
        thread(title="A moment", day=datetime(2025, 2, 13, 9, 0, tzinfo=UTC), body=("f",)),
    ]
    library.store(source("1"), pages)
    order = ["A moment", "New", "Old", "Same day", "Undated", "Undated too"]
    assert titles(library) == order


def test_the_list_follows_every_write(library: Library, path: Path) -> None:
    library.store(source("1"), [thread("One", title="A", body=("a",))])
    assert titles(library) == ["A"]
    with Library.open(path) as other:
        other.store(source("2"), [thread("Two", title="B", body=("b",))])
    assert titles(library) == ["A", "B"]
    with library.rehearsal():
        library.remove([row.post.id for row in library.posts()])
        assert titles(library) == []
    assert titles(library) == ["A", "B"]
    library.posts().clear()
    assert titles(library) == ["A", "B"]


def test_post_row_tells_counts_and_origin(library: Library) -> None:
    library.store(source("1", path="a/page.txt"), [thread("One\n  Two", body=("a", "b"))])
    (row,) = library.posts()
    assert (row.comments, row.passages) == (2, 4)
    assert (row.layout, row.source, row.sample) == ("numbered", "a/page.txt", False)
    assert library.post(row.post.id) == row
    assert library.counts() == Counts(posts=1, comments=2, passages=4)


def test_passages_come_in_the_order_asked_for(library: Library) -> None:
    page = thread([(0, f"Comment {number}") for number in range(1200)])
    library.store(source("1"), [page])
    wanted = [passage.id for passage in reversed(page.passages)]
    found = library.passages([*wanted, f"{page.post.id}.unknown"])
    assert [passage.id for _, passage in found] == wanted
    assert {post for post, _ in found} == {page.post.id}
    assert library.passage(wanted[0]) == page.passages[-1]


def test_the_short_list_says_what_the_long_one_does(library: Library) -> None:
    for number, title in enumerate(("Half Days", "\ud800 and more")):
        stored = thread("One\nTwo", title=title, day=date(2024, 4, 27 + number))
        post = replace(stored.post, labels=("pay", "\udfff"))
        library.store(source(str(number)), [replace(stored, post=post)])
    library.store(source("undated"), [thread("Three", title="No day", day=None, body=["Else."])])
    assert library.entries() == [
        Entry(
            row.post.id,
            row.post.title,
            row.post.published.isoformat()[:10] if row.post.published else "",
            row.post.labels,
            row.comments,
            row.passages,
            row.sample,
        )
        for row in library.posts()
    ]
    assert [entry.published[:4] for entry in library.entries()] == ["2024", "2024", ""]


def test_unknown_ids_say_so(library: Library) -> None:
    for ask in (library.thread, library.post, library.passage):
        with pytest.raises(UnknownIdError, match=r"no p\w+ 0123"):
            ask("0123")


class TestResolve:
    @pytest.fixture
    def page(self, library: Library) -> Thread:
        stored = thread("One\nTwo")
        library.store(source("1"), [stored])
        return stored

    def test_beginnings_are_enough(self, library: Library, page: Thread) -> None:
        post, comment = page.post.id, page.comments[0].id
        assert library.resolve(post) == post
        assert library.resolve(f" {post[:4].upper()} ") == post
        assert library.resolve(comment) == comment
        assert library.resolve(comment[:-4]) == comment
        assert library.resolve(f"{post[:5]}.{comment.partition('.')[2][:6]}") == comment

    def test_too_short(self, library: Library, page: Thread) -> None:
        with pytest.raises(UnknownIdError, match="at least 4 characters"):
            library.resolve(page.post.id[:3])

    def test_several(self, library: Library, page: Thread) -> None:
        with pytest.raises(UnknownIdError, match="could be") as caught:
            library.resolve(f"{page.post.id}.")
        assert all(passage.id in str(caught.value) for passage in page.passages)

    def test_none_names_what_is_near(self, library: Library, page: Thread) -> None:
        with pytest.raises(UnknownIdError, match="no post or passage") as caught:
            library.resolve(page.post.id[:6] + "zz")
        assert f"{page.post.id} (Half Days)" in str(caught.value)

    def test_full_id_wins_over_ids_it_begins(self, library: Library) -> None:
        library.store(source("2"), [thread("Agree.\nAgree.")])
        first = thread("Agree.").comments[0].id
        assert library.resolve(first) == first

    def test_whatever_is_typed(self, library: Library, page: Thread) -> None:
        for typed in ("", ".", "....", "%", "'; --", "\ud800" * 5, "a\x00bcd", page.post.id + "."):
            with pytest.raises(UnknownIdError):
                library.resolve(typed)


def test_remove_takes_all_of_a_post(library: Library, path: Path) -> None:
    library.store(source("1"), [thread("One two three four\n  Five")])
    library.store(source("2"), [thread("One two three, four\n  Five")])
    post = library.posts()[0].post.id
    assert library.remove([post, post, "unknown"]) == 1
    assert library.counts() == Counts(0, 0, 0)
    tables = ("post", "post_key", "passage", "passage_version", "source", "source_post")
    with sqlite3.connect(path) as raw:
        held = {t: raw.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables}  # noqa: S608 - our tables
    raw.close()
    assert held == dict.fromkeys(tables, 0)


def test_removed_page_can_be_imported_again(library: Library) -> None:
    pages = [thread("One", title="A", body=("a",)), thread("Two", title="B", body=("b",))]
    library.store(source("1"), pages)
    assert library.held("1", 1)
    library.remove([pages[0].post.id])
    assert not library.held("1", 1)
    assert library.store(source("1"), pages) == Changes(new=1, posts=1)
    assert library.held("1", 1)


def test_a_file_is_held_for_the_importers_that_read_it(library: Library) -> None:
    library.store(source("1"), [thread("One", announced=2)])
    assert library.held("1", 1)
    assert not library.held("1", 2)
    assert not library.held("2", 1)
    held = library.held("1", 1)
    assert held is not None
    assert (held.posts, held.comments, held.announced) == (1, 1, 2)


def test_file_is_stored_whole_or_not_at_all(library: Library) -> None:
    fine = thread("One", title="Fine", body=("a",))
    broken = thread("Two", title="Broken", body=("b",), announced=2**70)
    with pytest.raises(OverflowError):
        library.store(source("1"), [fine, broken])
    assert library.posts() == []
    assert not library.held("1", 1)
    assert library.last_change() == 0


def test_rehearsal_shows_changes_and_takes_them_back(library: Library) -> None:
    library.store(source("1"), [thread("One")])
    with library.rehearsal():
        assert library.store(source("2"), [thread("One\nTwo")]) == Changes(new=1)
        assert library.store(source("3"), [thread("One\nTwo\nThree")]) == Changes(new=1)
        with pytest.raises(OverflowError):
            library.store(source("4"), [thread("Two", announced=2**70)])
        assert library.posts()[0].comments == 3
    assert library.posts()[0].comments == 1
    assert not library.held("2", 1)


class TestChangeFeed:
    def test_each_post_once_at_its_last_change(self, library: Library) -> None:
        one = thread("One", title="A", body=("a",))
        two = thread("Two", title="B", body=("b",))
        library.store(source("1"), [one, two])
        assert [change.post_id for change in library.changes(0)] == [one.post.id, two.post.id]
        seen = library.last_change()
        library.store(source("2"), [thread("One\nMore", title="A", body=("a",))])
        assert list(library.changes(seen)) == [Change(library.last_change(), one.post.id)]
        assert [change.post_id for change in library.changes(0)] == [two.post.id, one.post.id]

    def test_removed_posts_are_in_it(self, library: Library) -> None:
        page = thread("One")
        library.store(source("1"), [page])
        seen = library.last_change()
        library.remove([page.post.id])
        assert [change.post_id for change in library.changes(seen)] == [page.post.id]

    def test_another_copy_of_the_same_page_is_no_change(self, library: Library) -> None:
        library.store(source("1"), [thread("One")])
        seen = library.last_change()
        assert library.store(source("2", path="copy.txt"), [thread("One")]) == Changes()
        assert library.last_change() == seen
        assert library.posts()[0].source == "copy.txt"

    def test_changed_heading_is_a_change(self, library: Library) -> None:
        library.store(source("1"), [thread("One")])
        seen = library.last_change()
        library.store(source("2"), [thread("One", labels=("Offices",))])
        assert library.last_change() > seen


class TestSample:
    @pytest.fixture
    def sample(self, library: Library) -> Post:
        page = thread("One", title="Sample", body=("s",))
        library.store(source("s", sample=True), [page])
        return page.post

    def test_steps_aside_and_stays_known(self, library: Library, sample: Post) -> None:
        library.store(source("1"), [thread("Two")])
        assert [row.sample for row in library.posts() if row.post == sample] == [True]
        assert library.drop_sample() == 1
        assert titles(library) == ["Half Days"]
        assert library.sample_ids() == {sample.id}
        assert library.drop_sample() == 0

    def test_comes_back_under_the_same_ids(self, library: Library, sample: Post) -> None:
        before = library.thread(sample.id)
        library.drop_sample()
        assert not library.held("s", 1, sample=True)
        library.store(source("s", sample=True), [thread("One", title="Sample", body=("s",))])
        assert library.thread(sample.id) == before

    def test_own_page_wins_over_the_sample(self, library: Library, sample: Post) -> None:
        assert library.held("s", 1, sample=True)
        assert not library.held("s", 1)
        library.store(source("s"), [thread("One", title="Sample", body=("s",))])
        assert library.drop_sample() == 0
        assert library.sample_ids() == frozenset()
        assert titles(library) == [sample.title]

    def test_sample_does_not_touch_an_own_page(self, library: Library) -> None:
        library.store(source("1"), [thread("Mine")])
        before = library.thread(library.posts()[0].post.id)
        assert library.store(source("s", sample=True), [thread("Theirs")]) == Changes()
        assert library.thread(before.post.id) == before
        assert library.sample_ids() == frozenset()
        assert library.drop_sample() == 0
