"""The index against reading every text: the same passages, whatever is asked.

What a query means is told by `oracle`, which knows nothing of the index.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probation_reader.search.query.compiler import TYPED_WORDS
from probation_reader.search.query.parser import parse
from tests.search.oracle import (
    AUTHORS,
    DAYS,
    IN_TEXT,
    LABELS,
    MARKS,
    POSTS,
    QUERIES,
    TEXTS,
    TITLE_WORDS,
    TYPED,
    WORDS,
    Asked,
    Doc,
    any_form,
)
from tests.search.search_fixture import Marked, SearchFixture, marked, thread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

JOINTS = [" ", ", ", "\n", " – ", "… ", " / ", " \x00 "]
TITLE = "Zzz"


@dataclass(frozen=True)
class Page:
    """One post, as hypothesis makes it up.

    Args:
        bodies: for each passage its words, author, link, what it answers and marks.
        title: words of the title.
        labels: of the post.
        day: of the post.
    """

    bodies: list[tuple[tuple[str, ...], str | None, bool, int, frozenset[str]]]
    title: tuple[str, ...]
    labels: tuple[str, ...]
    day: date | None


_BODIES = st.tuples(
    st.lists(st.sampled_from(sorted(TEXTS)), min_size=1, max_size=8).map(tuple),
    st.sampled_from(AUTHORS),
    st.booleans(),
    st.integers(0, 7),
    st.frozensets(st.sampled_from(MARKS)),
)
PAGES = st.builds(
    Page,
    st.lists(_BODIES, min_size=1, max_size=8),
    st.lists(st.sampled_from(TITLE_WORDS), max_size=2).map(tuple),
    st.sampled_from([(), LABELS[:1], LABELS[1:], LABELS]),
    st.sampled_from(DAYS),
)


def _written(words: tuple[str, ...], joints: list[str]) -> str:
    text = words[0]
    for word, joint in zip(words[1:], joints, strict=False):
        text += joint + word
    return text


def _shelve(
    fixture: SearchFixture, marks: Marked, number: int, page: Page, joints: list[str]
) -> dict[str, Doc]:
    """Store a page and return what is known of its passages, by their ids."""
    answers = [body[3] % place if place else 0 for place, body in enumerate(page.bodies)]
    one = thread(
        # The numbers keep posts and passages apart; they are no words of the vocabulary.
        " ".join([f"{TITLE}{number}", *page.title]),
        [
            f"{number}x{place}: {_written(words, joints)}"
            + (" https://example.org" if link else "")
            for place, (words, _, link, _, _) in enumerate(page.bodies)
        ],
        published=page.day,
        labels=page.labels,
        authors=[author for _, author, _, _, _ in page.bodies],
        answers=answers,
    )
    fixture.put(one)
    docs = {}
    for place, passage in enumerate(one.passages):
        words, author, link, _, marks_made = page.bodies[place]
        docs[passage.id] = Doc(
            number, words, page.title, not place, author, page.labels, page.day,
            passage.depth, link, place in answers[1:] and place > 0, marks_made,
        )  # fmt: skip
        for mark in marks_made:
            marks.made[mark] = marks.made.get(mark, frozenset()) | {passage.id}
    return docs


@contextmanager
def _filled(pages: list[Page], joints: list[str]) -> Iterator[tuple[SearchFixture, dict[str, Doc]]]:
    """Give a shelf with these pages, brought in one by one, and what is known of them."""
    marks = Marked()
    with tempfile.TemporaryDirectory() as folder, SearchFixture(Path(folder), marks) as fixture:
        docs: dict[str, Doc] = {}
        for number, page in enumerate(pages):
            docs |= _shelve(fixture, marks, number, page, joints)
            fixture.index.sync()
        yield fixture, docs


def _named(text: str, docs: dict[str, Doc]) -> str:
    """Return a query with the ids of the posts in it; one that is not there has none."""
    ids = {doc.post: id_.partition(".")[0] for id_, doc in docs.items()}
    for number, post in enumerate(POSTS):
        text = text.replace(post, ids.get(number, "0" * 12))
    return text


_SOME_PAGES = st.lists(PAGES, min_size=1, max_size=3)
_SOME_JOINTS = st.lists(st.sampled_from(JOINTS), min_size=7, max_size=7)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(
    pages=_SOME_PAGES,
    queries=st.lists(QUERIES, min_size=1, max_size=12),
    joints=_SOME_JOINTS,
)
def test_the_hits_are_those_of_reading_every_text(
    pages: list[Page], queries: list[Asked], joints: list[str]
) -> None:
    with _filled(pages, joints) as (fixture, docs):
        for asked in queries:
            query = _named(asked.text, docs)
            assert parse(query).notes == ()
            wanted = sorted(id_ for id_, doc in docs.items() if asked.holds(doc))
            answer = fixture.index.search(query, limit=1000)

            # What is only near it is said to be so, and only given if nothing matches.
            assert answer.asked or not wanted, query
            if answer.asked:
                assert sorted(hit.id for hit in answer.hits) == wanted, query
                assert answer.total == len(wanted)

            assert sorted(fixture.index.matching(query)) == wanted, query

            typed = fixture.index.search(f"{query} ", limit=1000, typing=True)
            assert sorted(hit.id for hit in typed.hits) == wanted, query


@settings(max_examples=40, deadline=None)
@given(pages=_SOME_PAGES, asked=QUERIES, joints=_SOME_JOINTS, size=st.integers(1, 3))
def test_pages_and_single_posts_are_parts_of_all_the_hits(
    pages: list[Page], asked: Asked, joints: list[str], size: int
) -> None:
    with _filled(pages, joints) as (fixture, docs):
        query = _named(asked.text, docs)
        answer = fixture.index.search(query, limit=1000)
        hits = [hit.id for hit in answer.hits]

        cut = [
            hit.id
            for offset in range(0, len(hits) + 1, size)
            for hit in fixture.index.search(query, limit=size, offset=offset).hits
        ]
        assert cut == hits
        if answer.asked:
            for post in {id_.partition(".")[0] for id_ in docs}:
                within = fixture.index.search(query, limit=1000, within=post).hits
                assert {hit.id for hit in within} == {id_ for id_ in hits if id_.startswith(post)}


@settings(max_examples=40, deadline=None)
@given(
    pages=_SOME_PAGES,
    before=st.lists(TYPED, max_size=2),
    beginning=st.sampled_from(["o", "off", "offi", "ma", "managed", "t", "the", "1.2", "r", "27"]),
    joints=_SOME_JOINTS,
)
def test_what_is_typed_so_far_finds_all_that_begins_so(
    pages: list[Page], before: list[str], beginning: str, joints: list[str]
) -> None:
    with _filled(pages, joints) as (fixture, docs):
        whole = [any_form(word) for word in before]
        same = [any_form(beginning)] if beginning in WORDS else []
        wanted = {
            id_
            for id_, doc in docs.items()
            if all(asked.holds(doc) for asked in whole)
            and (_begins(doc, beginning) or any(asked.holds(doc) for asked in same))
        }

        answer = fixture.index.search(" ".join([*before, beginning]), limit=1000, typing=True)

        found = {hit.id for hit in answer.hits}
        assert found <= wanted
        begun = {
            form for doc in docs.values() for form in _words(doc) if form.startswith(beginning)
        }
        if len(begun) <= TYPED_WORDS:
            assert found == wanted


def _words(doc: Doc) -> set[str]:
    link = {"https", "example", "org"} if doc.link else set()
    return link.union(*doc.places())


def _begins(doc: Doc, beginning: str) -> bool:
    return any(form.startswith(beginning) for form in _words(doc))


@settings(max_examples=40, deadline=None)
@given(pages=_SOME_PAGES, queries=st.lists(IN_TEXT, min_size=6, max_size=24), joints=_SOME_JOINTS)
def test_a_hit_shows_the_words_it_was_found_by(
    pages: list[Page], queries: list[Asked], joints: list[str]
) -> None:
    with _filled(pages, joints) as (fixture, docs):
        for asked in queries:
            answer = fixture.index.search(asked.text, limit=1000)

            for hit in answer.hits if answer.asked else ():
                # Its title is shown elsewhere.
                by_text = asked.holds(replace(docs[hit.id], first=False))
                assert bool(marked(hit)) == by_text, asked.text
