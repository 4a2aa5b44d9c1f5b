"""The index against reading every text: the same passages, whatever is asked.

The texts are made of words whose forms are known beforehand, so the reference
knows nothing of how the index cuts, folds or stems them, nor of how it finds
dates, depths, links, answers and marks.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from probation_reader.search.query import parse
from tests.search.shelf import Marked, Shelf, thread
from tests.search.slips import slips_between

#: As it stands in a text → (the words it is made of as written, their families);
#: the families of a word with a hyphen include that of both parts as one word.
VOCABULARY = {
    "officer": (["officer"], {"officer"}),
    "Officers": (["officers"], {"officer"}),
    "officer’s": (["officer"], {"officer"}),
    "managed": (["managed"], {"manage"}),
    "managing": (["managing"], {"manage"}),
    "café": (["cafe"], {"cafe"}),
    "CAFE": (["cafe"], {"cafe"}),
    "TR2": (["tr2"], {"tr2"}),
    "a": (["a"], {"a"}),
    "the": (["the"], {"the"}),
    "1.2m": (["1.2m"], {"1.2m"}),
    "don't": (["dont"], {"dont"}),
    "Re-offending": (["re", "offending"], {"re", "offend", "reoffend"}),
    "reoffends": (["reoffends"], {"reoffend"}),
    "offend": (["offend"], {"offend"}),
}
#: A word with a hyphen → as one word.
JOINED = {"Re-offending": ("reoffending", "reoffend")}
JOINTS = [" ", ", ", "\n", " – ", "… ", " / ", " \x00 "]
TITLE = "Zzz"
LABELS = ("YOT", "Serious Offence")
AUTHORS = (None, "Jim", "'Getafix")
DAYS = (None, date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2025, 12, 1))
MARKS = ("read", "new", "bookmarked", "tag:pay")


@dataclass(frozen=True)
class Doc:
    """What is known of one passage.

    Args:
        words: as they stand in its text.
        title: those of its post's title.
        first: whether it is its post's own text.
        author: who wrote it.
        labels: of its post.
        day: of its post.
        depth: how many passages it is an answer to.
        link: whether it has one.
        answered: whether another one answers it.
        marks: what it is marked as.
    """

    words: tuple[str, ...]
    title: tuple[str, ...]
    first: bool
    author: str | None
    labels: tuple[str, ...]
    day: date | None
    depth: int
    link: bool
    answered: bool
    marks: frozenset[str]

    def places(self) -> list[set[str]]:
        """Return the words as written at each place; a title comes first, and a gap after it."""
        title = [*places(self.title), set[str]()] if self.first else []
        return title + places(self.words)

    def families(self) -> set[str]:
        """Return the families of its words, and of those of the title it begins with."""
        words = self.words + (self.title if self.first else ())
        return set().union(*(VOCABULARY[raw][1] for raw in words))


def places(words: tuple[str, ...]) -> list[set[str]]:
    """Return what stands at each place; a word with a hyphen stands at its first as one, too."""
    found: list[set[str]] = []
    for raw in words:
        here = [{form} for form in VOCABULARY[raw][0]]
        if raw in JOINED:
            here[0].add(JOINED[raw][0])
        found += here
    return found


def in_order(at: list[set[str]], wanted: list[str]) -> bool:
    """Tell whether words stand side by side."""
    size = len(wanted)
    return any(
        all(form in here for form, here in zip(wanted, at[start : start + size], strict=True))
        for start in range(len(at) - size + 1)
    )


@dataclass(frozen=True)
class Asked:
    """A query and what it means.

    Args:
        text: the query, as one unit.
        holds: tells whether a passage matches it.
    """

    text: str
    holds: Callable[[Doc], bool]


def _any_form(typed: str) -> Asked:
    forms, families = VOCABULARY[typed]
    if typed in JOINED:
        return Asked(
            typed,
            lambda doc: in_order(doc.places(), forms) or JOINED[typed][1] in doc.families(),
        )
    return Asked(typed, lambda doc: bool(families & doc.families()))


def _as_written(typed: list[str], sign: str) -> Asked:
    wanted = [form for raw in typed for form in VOCABULARY[raw][0]]
    return Asked(f'{sign}"{" ".join(typed)}"', lambda doc: in_order(doc.places(), wanted))


def _beginning(typed: str) -> Asked:
    return Asked(
        f"{typed}*",
        lambda doc: any(form.startswith(typed) for here in doc.places() for form in here),
    )


def _like(typed: str, slips: int) -> Asked:
    return Asked(
        f"{typed}~{slips}",
        lambda doc: any(
            slips_between(form, typed) <= slips for here in doc.places() for form in here
        ),
    )


def _in_title(typed: str) -> Asked:
    family = VOCABULARY[typed][1]
    return Asked(
        f"title:{typed}", lambda doc: any(VOCABULARY[raw][1] & family for raw in doc.title)
    )


def _days(text: str, first: date, last: date) -> Asked:
    return Asked(text, lambda doc: doc.day is not None and first <= doc.day <= last)


def _marked(text: str, mark: str) -> Asked:
    return Asked(text, lambda doc: mark in doc.marks)


_FIRST, _LAST = date.min, date.max
_PLAIN = [
    Asked("by:jim", lambda doc: doc.author == "Jim"),
    Asked("author:get*", lambda doc: doc.author == "'Getafix"),
    Asked("label:yot", lambda doc: "YOT" in doc.labels),
    Asked('label:"serious offence"', lambda doc: "Serious Offence" in doc.labels),
    Asked("label:(yot OR seri*)", lambda doc: bool(doc.labels)),
    _days("date:2024", date(2024, 1, 1), date(2024, 12, 31)),
    _days("date:2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    _days("date:2023-12-31..2024-01", date(2023, 12, 31), date(2024, 1, 31)),
    _days("date:2024-01-02..", date(2024, 1, 2), _LAST),
    _days("date:..2024-01-01", _FIRST, date(2024, 1, 1)),
    _days("before:2024", _FIRST, date(2023, 12, 31)),
    _days("after:2023", date(2024, 1, 1), _LAST),
    _days("date:>2024-02-29", date(2024, 3, 1), _LAST),
    Asked("depth:0", lambda doc: doc.depth == 0),
    Asked("depth:>0", lambda doc: doc.depth > 0),
    Asked("depth:1..2", lambda doc: 1 <= doc.depth <= 2),
    Asked("has:link", lambda doc: doc.link),
    Asked("has:reply", lambda doc: doc.answered),
    Asked("is:post", lambda doc: doc.first),
    Asked("is:comment", lambda doc: not doc.first),
    Asked("is:unread", lambda doc: "read" not in doc.marks),
    _marked("is:read", "read"),
    _marked("is:new", "new"),
    _marked("is:bookmarked", "bookmarked"),
    _marked("tag:pay", "tag:pay"),
]


def _and(parts: list[Asked], joint: str) -> Asked:
    text = joint.join(part.text for part in parts)
    return Asked(f"({text})", lambda doc: all(part.holds(doc) for part in parts))


def _or(parts: list[Asked]) -> Asked:
    text = " OR ".join(part.text for part in parts)
    return Asked(f"({text})", lambda doc: any(part.holds(doc) for part in parts))


def _not(part: Asked, sign: str) -> Asked:
    return Asked(f"{sign}{part.text}", lambda doc: not part.holds(doc))


_WORDS = st.sampled_from(sorted(VOCABULARY))
_LEAVES = (
    _WORDS.map(_any_form)
    | st.builds(_as_written, st.lists(_WORDS, min_size=1, max_size=3), st.sampled_from(["", "="]))
    | st.sampled_from(["off", "man", "manag", "c", "t", "1.2", "dont", "reoff"]).map(_beginning)
    | st.builds(_like, st.sampled_from(["oficer", "mangaed", "teh"]), st.integers(1, 2))
    | st.sampled_from(sorted(set(VOCABULARY) - set(JOINED))).map(_in_title)
    | st.sampled_from(_PLAIN)
)
QUERIES = st.recursive(
    _LEAVES,
    lambda inner: (
        st.builds(_and, st.lists(inner, min_size=2, max_size=3), st.sampled_from([" ", " AND "]))
        | st.lists(inner, min_size=2, max_size=3).map(_or)
        | st.builds(_not, inner, st.sampled_from(["-", "NOT "]))
    ),
    max_leaves=6,
)


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
    st.lists(_WORDS, min_size=1, max_size=8).map(tuple),
    st.sampled_from(AUTHORS),
    st.booleans(),
    st.integers(0, 7),
    st.frozensets(st.sampled_from(MARKS)),
)
PAGES = st.builds(
    Page,
    st.lists(_BODIES, min_size=1, max_size=8),
    st.lists(st.sampled_from(["officer", "managing", "the"]), max_size=2).map(tuple),
    st.sampled_from([(), LABELS[:1], LABELS[1:], LABELS]),
    st.sampled_from(DAYS),
)


def _written(words: tuple[str, ...], joints: list[str]) -> str:
    text = words[0]
    for word, joint in zip(words[1:], joints, strict=False):
        text += joint + word
    return text


def _shelve(
    shelf: Shelf, marks: Marked, number: int, page: Page, joints: list[str]
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
    shelf.put(one)
    docs = {}
    for place, passage in enumerate(one.passages):
        words, author, link, _, marked = page.bodies[place]
        docs[passage.id] = Doc(
            words, page.title, not place, author, page.labels, page.day,
            passage.depth, link, place in answers[1:] and place > 0, marked,
        )  # fmt: skip
        for mark in marked:
            marks.made[mark] = marks.made.get(mark, frozenset()) | {passage.id}
    return docs


@settings(max_examples=150, deadline=None)
@given(
    pages=st.lists(PAGES, min_size=1, max_size=3),
    queries=st.lists(QUERIES, min_size=1, max_size=12),
    joints=st.lists(st.sampled_from(JOINTS), min_size=7, max_size=7),
)
def test_the_hits_are_those_of_reading_every_text(
    pages: list[Page], queries: list[Asked], joints: list[str]
) -> None:
    marks = Marked()
    with tempfile.TemporaryDirectory() as folder, Shelf(Path(folder), marks) as shelf:
        docs: dict[str, Doc] = {}
        for number, page in enumerate(pages):
            docs |= _shelve(shelf, marks, number, page, joints)
            shelf.index.sync()
        for asked in queries:
            assert parse(asked.text).notes == ()
            wanted = sorted(id_ for id_, doc in docs.items() if asked.holds(doc))
            answer = shelf.index.search(asked.text, limit=1000)

            # What is only near it is said to be so, and only given if nothing matches.
            assert answer.asked or not wanted, asked.text
            if answer.asked:
                assert sorted(hit.id for hit in answer.hits) == wanted, asked.text
                assert answer.total == len(wanted)

            assert sorted(shelf.index.matching(asked.text)) == wanted, asked.text

            typed = shelf.index.search(f"{asked.text} ", limit=1000, typing=True)
            assert sorted(hit.id for hit in typed.hits) == wanted, asked.text
