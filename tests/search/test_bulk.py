"""Whole lists of documents at a time against whoosh's own matchers and its BM25F."""

from __future__ import annotations

import random
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probation_reader.search.engine import cursor, matching, postings
from probation_reader.search.engine.bm25 import Scoring
from probation_reader.search.engine.cursor import PageRequest
from probation_reader.search.engine.lookup import Lookup
from probation_reader.search.query.parser import parse
from tests.search.search_fixture import Marked, SearchFixture, thread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from probation_reader.model import Thread

_WORDS = [f"w{n}" for n in range(30)]


def _texts(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 - the same texts in every run
    weights = [1 / (rank + 1) for rank in range(len(_WORDS))]
    return [
        f"n{seed} " + " ".join(chance.choices(_WORDS, weights, k=chance.randint(0, 30)))
        for _ in range(count)
    ]


@pytest.fixture(scope="module", params=[postings.BLOCK, 16])
def opened(request: pytest.FixtureRequest) -> Iterator[Lookup]:
    """An index of several segments with deletions, in strips of one and of many blocks."""
    marks = Marked()
    with pytest.MonkeyPatch.context() as patched, tempfile.TemporaryDirectory() as folder:
        patched.setattr(postings, "BLOCK", request.param)
        with SearchFixture(Path(folder), marks) as fixture:
            for seed in range(4):
                fixture.put(*(_thread(seed, n) for n in range(5)))
                fixture.index.sync()
            fixture.put(thread("Post 1 2", _texts(99, 10)))
            fixture.library.remove([thread("Post 0 3", []).post.id])
            fixture.index.sync()
            marked = [_thread(2, 2).post.id, *(p.id for p in _thread(3, 1).passages[::3])]
            marks.made = {"read": frozenset(marked), "tag:pay": frozenset(marked[-2:])}
            fixture.index.search("open")
            assert fixture.index._opened.lookup is not None
            assert len(fixture.index._opened.lookup.leaves) == 5
            assert any(leaf.deleted for leaf in fixture.index._opened.lookup.leaves)
            yield fixture.index._opened.lookup


def _thread(seed: int, number: int) -> Thread:
    return thread(
        f"Post {seed} {number}",
        _texts(10 * seed + number, 60),
        published=date(2015 + seed, 1 + number, 1 + number) if number else None,
        labels=("Part A", "Pay") if number % 2 else (),
        authors=[None, "'Getafix", "Jim"] * 20,
        answers=[n // 2 for n in range(60)],
    )


def _one_of(*texts: str) -> st.SearchStrategy[str]:
    return st.sampled_from(texts)


_WORD = st.sampled_from([*_WORDS, "absent"])
#: Every kind of thing that can be asked for.
_ASKED = st.one_of(
    _WORD,
    st.lists(st.sampled_from(_WORDS[:6]), min_size=2, max_size=3).map(lambda w: f'"{" ".join(w)}"'),
    _WORD.map("={}".format),
    _WORD.map("{}~1".format),
    _one_of("w*", "w1*", "w2*", "absent*", "title:po*", "w1-w2", "w1-w0*", "=w1-w2"),
    _one_of("title:post", 'title:"post 1"', "in:2", f"in:{_thread(2, 2).post.id[:6]}", "in:post"),
    _one_of("by:jim", 'by:"getafix"', "by:get*", "label:pay", 'label:"part a"', "label:p*"),
    _one_of("date:2016", "date:2015..2016-02", "date:2017-03-03", "before:2016-04", "after:2017"),
    _one_of("depth:0", "depth:>0", "depth:1..2", "depth:9", "has:link", "has:reply", "is:post"),
    _one_of("is:comment", "is:read", "is:unread", "is:new", "is:bookmarked", "tag:pay", "tag:no"),
)
_QUERIES = st.recursive(
    _ASKED,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"({' '.join(parts)})")
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"({' OR '.join(parts)})")
        | st.builds("({} -{})".format, inner, inner)
    ),
    max_leaves=5,
)


def _planned(opened: Lookup, text: str, *, typing: bool) -> Any:  # noqa: ANN401 - whoosh is untyped
    """Return what whoosh is asked for a query."""
    root = parse(text, typing=typing).root
    assert root is not None
    return opened._planner.plan(root, typing=typing)[0]


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(text=_QUERIES, size=st.sampled_from([7, 64, 10_000]), typing=st.booleans())
def test_what_matches_is_what_whoosh_finds(
    opened: Lookup, text: str, size: int, *, typing: bool
) -> None:
    query = _planned(opened, text, typing=typing)
    found = set()
    for leaf in opened.leaves:
        for start in range(0, leaf.size, size):
            window = range(start, min(start + size, leaf.size))
            found |= {leaf.base + n for n in matching.matching(query, leaf, window)}

    segments = opened.searcher.leaf_searchers()
    assert found == {base + n for segment, base in segments for n in query.docs(segment)}


_SCORED = st.recursive(
    _ASKED.filter(lambda text: text != "is:unread"),
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' '.join(parts)})")
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})")
    ),
    max_leaves=5,
)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(text=_SCORED, typing=st.booleans())
def test_scores_are_those_of_whoosh(opened: Lookup, text: str, *, typing: bool) -> None:
    query = _planned(opened, text, typing=typing)
    scoring = Scoring(opened.searcher, query)
    ours: dict[int, float] = {}
    for leaf in opened.leaves:
        window = range(leaf.size)
        scores = scoring.scores(leaf, window, matching.matching(query, leaf, window))
        ours |= {leaf.base + document: score for document, score in scores.items()}

    theirs = opened.searcher.search(query, limit=None)

    assert ours == pytest.approx({hit.docnum: hit.score for hit in theirs})


def _page(*, typing: bool) -> PageRequest:
    return PageRequest(20, 0, typing, None)


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize("text", ["w1", "w1 w2", '"w0 w1"', "w3 -w0", "w1*", "w25 w24 w23"])
def test_a_search_that_is_stopped_and_gone_on_with_ends_where_one_that_is_not_does(
    opened: Lookup, monkeypatch: pytest.MonkeyPatch, text: str, *, typing: bool
) -> None:
    root = parse(text).root
    assert root is not None
    whole = opened.search(root, _page(typing=typing)).go_on()
    monkeypatch.setattr(cursor, "_WINDOW", 50)
    monkeypatch.setattr(cursor, "_FIRST_WINDOW", 5)
    search = opened.search(root, _page(typing=typing))
    answers = [search.go_on(until=0.0)]

    while not answers[-1].complete:
        answers.append(search.go_on(until=0.0))

    assert answers[-1].ids == whole.ids
    if not typing:
        assert answers[-1] == whole
        assert len(answers) > 5
    totals = [answer.total for answer in answers]
    assert totals == sorted(totals)
