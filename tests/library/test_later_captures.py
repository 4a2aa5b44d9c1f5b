"""A page captured again: what stays, what is new, what is kept although it went."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from probation_reader.library import Changes, Library
from probation_reader.model import Span, Thread
from tests.library.pages import BODY, source, thread

FIRST = """
The lift has been out since Easter and the stairs are steep
  They told us a part was on order from Leeds
    A part of what I would like to know
  Agree.
Agree.
Nobody asked the people who clean the place
  Nobody ever does
The keys were handed back in a brown envelope
"""
#: One added at the start, one in the middle, one at the end; the parent of a
#: subthread edited; one removed.
SECOND = """
Is this the same office that flooded
The lift has been out since Easter and the stairs are very steep
  They told us a part was on order from Leeds
    A part of what I would like to know
  Not in my building they did not
  Agree.
Agree.
Nobody asked the people who clean the place
  Nobody ever does
  The cleaners went in March
"""


def ids_by_words(known: Thread) -> dict[str, list[str]]:
    ids: dict[str, list[str]] = {}
    for passage in known.passages:
        ids.setdefault(passage.text, []).append(passage.id)
    return ids


def only_thread(library: Library) -> Thread:
    (row,) = library.posts()
    return library.thread(row.post.id)


def test_first_capture_is_all_new(library: Library) -> None:
    assert library.store(source("1"), [thread(FIRST)]) == Changes(new=8, posts=1)
    assert only_thread(library) == thread(FIRST)


def test_same_file_again_changes_nothing(library: Library) -> None:
    library.store(source("1"), [thread(FIRST)])
    before, reached = only_thread(library), library.last_change()
    assert library.store(source("1"), [thread(FIRST)]) == Changes()
    assert only_thread(library) == before
    assert library.last_change() == reached


def test_later_capture_says_what_it_changed(library: Library) -> None:
    library.store(source("1"), [thread(FIRST)])
    assert library.store(source("2"), [thread(SECOND)]) == Changes(new=3, changed=1, gone=1)


def test_later_capture_keeps_every_id(library: Library) -> None:
    library.store(source("1"), [thread(FIRST)])
    before = ids_by_words(only_thread(library))
    library.store(source("2"), [thread(SECOND)])
    after = ids_by_words(only_thread(library))
    edited = "The lift has been out since Easter and the stairs are steep"
    now = "The lift has been out since Easter and the stairs are very steep"
    before[now] = before.pop(edited)
    assert {words: after[words] for words in before} == before


def test_removed_comment_stays_where_it_was(library: Library) -> None:
    library.store(source("1"), [thread(FIRST)])
    library.store(source("2"), [thread(SECOND)])
    last = only_thread(library).passages[-1]
    assert last.text == "The keys were handed back in a brown envelope"
    assert last.gone is not None
    assert [p.text for p in only_thread(library).passages if p.gone] == [last.text]


def test_removed_branch_keeps_its_replies_and_its_place(library: Library) -> None:
    library.store(source("1"), [thread("Alpha beta\n  Gamma delta\n    Epsilon zeta\nEta theta")])
    library.store(source("2"), [thread("Eta theta\nIota kappa")])
    after = only_thread(library)
    assert [(p.depth, p.text, p.gone is not None) for p in after.comments] == [
        (0, "Alpha beta", True),
        (1, "Gamma delta", True),
        (2, "Epsilon zeta", True),
        (0, "Eta theta", False),
        (0, "Iota kappa", False),
    ]


def test_comment_that_comes_back_is_no_longer_gone(library: Library) -> None:
    library.store(source("1"), [thread(FIRST)])
    library.store(source("2"), [thread(SECOND)])
    assert library.store(source("3"), [thread(FIRST)]).changed == 2
    back = [p for p in only_thread(library).passages if p.text.startswith("The keys")]
    assert [p.gone for p in back] == [None]


def test_shorter_capture_destroys_nothing(library: Library) -> None:
    library.store(source("1"), [thread(SECOND)])
    before = {p.id: p.text for p in only_thread(library).passages}
    library.store(source("2"), [thread("Agree.")])
    assert {p.id: p.text for p in only_thread(library).passages} == before


def test_edited_text_stays_in_the_history(library: Library) -> None:
    library.store(source("1", path="old.txt"), [thread(FIRST)])
    library.store(source("2", path="new.txt"), [thread(SECOND)])
    edited = next(p for p in only_thread(library).comments if "very steep" in p.text)
    (version,) = library.versions(edited.id)
    assert version.text == "The lift has been out since Easter and the stairs are steep"
    assert version.source == "old.txt"
    assert edited.source.file == "new.txt"


def test_replies_of_an_edited_comment_still_answer_it(library: Library) -> None:
    library.store(source("1"), [thread(FIRST)])
    library.store(source("2"), [thread(FIRST.replace("The lift has been", "Lifts were"))])
    after = only_thread(library)
    parents = {p.id: p.parent for p in after.passages}
    first = after.comments[0]
    assert first.text.startswith("Lifts were")
    assert parents[after.comments[1].id] == first.id
    assert parents == {p.id: p.parent for p in thread(FIRST).passages}


def test_new_comment_with_the_words_an_edited_one_had_gets_an_id_of_its_own(
    library: Library,
) -> None:
    library.store(source("1"), [thread("One two three four five")])
    library.store(source("2"), [thread("One two three four six")])
    library.store(source("3"), [thread("One two three four six\nOne two three four five")])
    edited, new = only_thread(library).comments
    assert edited.id == thread("One two three four five").comments[0].id
    assert new.id == f"{edited.id}-2"


def test_one_more_of_many_equals_keeps_the_ids_of_the_others(library: Library) -> None:
    library.store(source("1"), [thread("Agree.\n" * 10)])
    before = [p.id for p in only_thread(library).comments]
    assert library.store(source("2"), [thread("Agree.\n" * 11)]) == Changes(new=1)
    assert [p.id for p in only_thread(library).comments][:10] == before


def test_white_space_is_no_change_but_is_kept_as_last_captured(library: Library) -> None:
    library.store(source("1"), [thread([(0, "Wrapped as the\nextractor liked")])])
    changes = library.store(source("2"), [thread([(0, "Wrapped as the extractor liked")])])
    assert changes == Changes()
    (comment,) = only_thread(library).comments
    assert comment.text == "Wrapped as the extractor liked"
    assert library.versions(comment.id) == []


def test_capture_that_knows_less_erases_nothing(library: Library) -> None:
    rich = thread("See the notice on the door", url="http://blog.example/2024/04/half-days.html")
    when = datetime(2024, 4, 28, 9, 30, tzinfo=UTC)
    spans = (Span("link", 8, 14, "http://blog.example/notice"),)
    told = replace(rich.comments[0], author="Clerk", published=when, spans=spans)
    library.store(source("1"), [replace(rich, passages=(*rich.sections, told))])
    changes = library.store(source("2"), [thread("See the  notice on the door")])
    assert changes == Changes()
    (comment,) = only_thread(library).comments
    assert (comment.author, comment.published, comment.spans) == ("Clerk", when, spans)
    assert only_thread(library).post.url == "http://blog.example/2024/04/half-days.html"


def test_signature_does_not_replace_a_known_author(library: Library) -> None:
    plain = thread("Signed with a nickname")
    posted = replace(plain.comments[0], author="J. Clerk")
    signed = replace(plain.comments[0], author="'Nick", signed=True)
    library.store(source("1"), [replace(plain, passages=(*plain.sections, posted))])
    library.store(source("2"), [replace(plain, passages=(*plain.sections, signed))])
    (comment,) = only_thread(library).comments
    assert (comment.author, comment.signed) == ("J. Clerk", False)


@pytest.mark.parametrize(("announced", "gone"), [(None, 0), (8, 0), (0, 8)])
def test_page_without_comments_says_which_are_gone_only_if_it_says_none(
    library: Library, announced: int | None, gone: int
) -> None:
    library.store(source("1"), [thread(FIRST, announced=8)])
    assert library.store(source("2"), [thread(announced=announced)]) == Changes(gone=gone)
    assert library.posts()[0].comments == 8 - gone


def test_changed_body_counts_as_changed(library: Library) -> None:
    library.store(source("1"), [thread(FIRST)])
    longer = (BODY[0] + " A notice went up later.", "An update, two days on.")
    assert library.store(source("2"), [thread(FIRST, body=longer)]) == Changes(changed=2)
    assert [s.text for s in only_thread(library).sections] == list(longer)


def test_page_kept_without_heading_is_the_same_post(library: Library) -> None:
    bare = thread(FIRST, title=None, day=None)
    full = thread(SECOND, labels=("Offices",), announced=11)
    assert bare.post.id != full.post.id
    library.store(source("1"), [bare])
    assert library.store(source("2"), [full]) == Changes(new=3, changed=1, gone=1)
    library.store(source("3"), [thread(SECOND, title=None, day=None)])
    heading = only_thread(library).post
    assert heading == replace(full.post, id=bare.post.id)


@pytest.mark.parametrize(
    "other",
    [
        thread(FIRST, title="Whole Days"),
        thread(FIRST, day=date(2024, 4, 28)),
        thread(FIRST, url="http://blog.example/b"),
    ],
)
def test_posts_that_begin_alike_but_are_named_otherwise_are_two(
    library: Library, other: Thread
) -> None:
    url = "http://blog.example/a" if other.post.url else None
    library.store(source("1"), [thread(FIRST, url=url)])
    assert library.store(source("2"), [other]).posts == 1
    assert library.counts().posts == 2


def test_same_address_is_the_same_post_whatever_its_title(library: Library) -> None:
    library.store(source("1"), [thread(FIRST, url="http://blog.example/a")])
    again = thread(FIRST, title="Half Days (updated)", url="https://blog.example/a?m=1")
    assert library.store(source("2"), [again]).posts == 0
    assert only_thread(library).post.title == "Half Days (updated)"


def test_pages_without_heading_and_body_are_told_by_their_first_comment(library: Library) -> None:
    one = thread("First words of one page", title=None, day=None, body=())
    two = thread("First words of another", title=None, day=None, body=())
    library.store(source("1"), [one])
    assert library.store(source("2"), [two]).posts == 1


def test_day_does_not_replace_the_moment_it_is_the_day_of(library: Library) -> None:
    moment = datetime(2024, 4, 27, 8, 15, tzinfo=UTC)
    library.store(source("1"), [thread(FIRST, day=moment)])
    library.store(source("2"), [thread(FIRST)])
    assert only_thread(library).post.published == moment


def test_ten_thousand_deep_and_edited_at_the_top(library: Library) -> None:
    deep = [(depth, f"Reply number {depth} says something else") for depth in range(10_000)]
    library.store(source("1"), [thread(deep)])
    before = [p.id for p in only_thread(library).passages]
    deep[0] = (0, "Reply number 0 says something else, and more")
    assert library.store(source("2"), [thread(deep)]) == Changes(changed=1)
    assert [p.id for p in only_thread(library).passages] == before


@pytest.mark.slow
def test_fifty_thousand_wide_and_one_in_the_middle(library: Library) -> None:
    wide = [(0, f"Comment number {place} says so") for place in range(50_000)]
    library.store(source("1"), [thread(wide)])
    wide.insert(25_000, (0, "Somebody new"))
    assert library.store(source("2"), [thread(wide)]) == Changes(new=1)
    assert library.problems() == []
