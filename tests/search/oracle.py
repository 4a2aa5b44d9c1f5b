"""What queries mean, told without the index: words, queries over them, what each must find.

The texts are made of words whose forms are known beforehand, so this knows
nothing of how the index cuts, folds or stems them, nor of how it finds dates,
depths, links, answers and marks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

from tests.search.slips import slips_between


@dataclass(frozen=True)
class Meaning:
    """What is known of something that can stand in a text.

    Args:
        places: the words it is made of, as they are written; several at one place
            if the first of them stands for both.
        families: those of its words.
    """

    places: tuple[frozenset[str], ...]
    families: frozenset[str]


def _of(places: str, families: str = "") -> Meaning:
    """Return a meaning: places parted by spaces, what stands at one place by ``|``."""
    at = tuple(frozenset(place.split("|")) for place in places.split())
    return Meaning(at, frozenset(families.split()) or frozenset().union(*at))


#: As it stands in a text → what it means; it is typed in the same way.
WORDS = {
    "officer": _of("officer"),
    "Officers": _of("officers", "officer"),
    "officer’s": _of("officer"),
    "managed": _of("managed", "manage"),
    "managing": _of("managing", "manage"),
    "café": _of("cafe"),
    "CAFE": _of("cafe"),
    "TR2": _of("tr2"),
    "a": _of("a"),
    "the": _of("the"),
    "1.2m": _of("1.2m"),
    "27%": _of("27 %"),
    "£1.2m": _of("£ 1.2m"),
    "don't": _of("dont"),
    "Re-offending": _of("re|reoffending offending", "re offend reoffend"),
    "reoffending": _of("reoffending", "reoffend"),
    "reoffends": _of("reoffends", "reoffend"),
    "offend": _of("offend"),
}
#: The same for what stands in texts only.
TEXTS = WORDS | {
    "27 per cent": _of("27 per|% cent"),
    "£1.2 million": _of("£ 1.2|1.2m million"),
    "TR 2": _of("tr 2"),
}
#: A short form with its number → both, as they are written apart.
APART = {"TR2": ["tr", "2"]}
#: A word with a hyphen → the family of both its parts as one word.
JOINED = {"Re-offending": "reoffend"}
TITLE_WORDS = ("officer", "managing", "the")
LABELS = ("YOT", "Serious Offence")
AUTHORS = (None, "Jim", "'Getafix")
DAYS = (None, date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2025, 12, 1))
MARKS = ("read", "new", "bookmarked", "tag:pay", "tag:to quote")
#: Stands for the id of the post with this number.
POSTS = ("<post 0>", "<post 1>")


@dataclass(frozen=True)
class Doc:
    """What is known of one passage.

    Args:
        post: the number of its post.
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

    post: int
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

    def places(self) -> list[frozenset[str]]:
        """Return what stands at each place; a title comes first, and a gap after it."""
        title = [*places(self.title), frozenset[str]()] if self.first else []
        return title + places(self.words)

    def families(self) -> set[str]:
        """Return the families of its words, and of those of the title it begins with."""
        words = self.words + (self.title if self.first else ())
        return set().union(*(TEXTS[raw].families for raw in words))


def places(words: tuple[str, ...]) -> list[frozenset[str]]:
    """Return what stands at each place of a text."""
    return [place for raw in words for place in TEXTS[raw].places]


def in_order(at: list[frozenset[str]], wanted: list[str]) -> bool:
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


def written(typed: str) -> list[str]:
    """Return the words that something is made of, as they are written."""
    return [min(place, key=len) for place in WORDS[typed].places]


def any_form(typed: str) -> Asked:
    """Return a word as it is typed without more."""
    if typed in JOINED:
        return Asked(
            typed,
            lambda doc: in_order(doc.places(), written(typed)) or JOINED[typed] in doc.families(),
        )
    if typed in APART:
        return Asked(
            typed,
            lambda doc: in_order(doc.places(), APART[typed]) or typed.lower() in doc.families(),
        )
    if len(WORDS[typed].places) > 1:
        return Asked(typed, lambda doc: in_order(doc.places(), written(typed)))
    return Asked(typed, lambda doc: bool(WORDS[typed].families & doc.families()))


def _phrase(typed: list[str], sign: str) -> Asked:
    wanted = [form for raw in typed for form in written(raw)]
    return Asked(f'{sign}"{" ".join(typed)}"', lambda doc: in_order(doc.places(), wanted))


def _as_written(typed: str) -> Asked:
    return Asked(f"={typed}", lambda doc: in_order(doc.places(), written(typed)))


def _forms(doc: Doc) -> set[str]:
    return set().union(*doc.places())


def _beginning(typed: str) -> Asked:
    return Asked(f"{typed}*", lambda doc: any(form.startswith(typed) for form in _forms(doc)))


def _like(typed: str, slips: int) -> Asked:
    return Asked(
        f"{typed}~{slips}",
        lambda doc: any(slips_between(form, typed) <= slips for form in _forms(doc)),
    )


def _in_title(typed: str, field: str) -> Asked:
    family = WORDS[typed].families
    return Asked(
        f"{field}:{typed}", lambda doc: any(WORDS[raw].families & family for raw in doc.title)
    )


def _title_phrase(typed: list[str], field: str) -> Asked:
    wanted = [form for raw in typed for form in written(raw)]
    return Asked(f'{field}:"{" ".join(typed)}"', lambda doc: in_order(places(doc.title), wanted))


def _days(text: str, first: date, last: date) -> Asked:
    return Asked(text, lambda doc: doc.day is not None and first <= doc.day <= last)


def _marked(text: str, mark: str) -> Asked:
    return Asked(text, lambda doc: mark in doc.marks)


_FIRST, _LAST = date.min, date.max
_PLAIN = [
    Asked("by:jim", lambda doc: doc.author == "Jim"),
    Asked("by: Jim", lambda doc: doc.author == "Jim"),
    Asked("author:get*", lambda doc: doc.author == "'Getafix"),
    Asked("author:gtafix~", lambda doc: doc.author == "'Getafix"),
    Asked('by:"getafix"', lambda doc: doc.author == "'Getafix"),
    Asked("by:=jim", lambda doc: doc.author == "Jim"),
    Asked("by:(jim OR getafix)", lambda doc: doc.author is not None),
    Asked("label:yot", lambda doc: "YOT" in doc.labels),
    Asked('label:"serious offence"', lambda doc: "Serious Offence" in doc.labels),
    Asked('label:"offence serious"', lambda _: False),
    Asked("label:serius~1", lambda doc: "Serious Offence" in doc.labels),
    Asked("label:(yot OR seri*)", lambda doc: bool(doc.labels)),
    Asked("label:(yot serious)", lambda doc: doc.labels == LABELS),
    Asked("title:offi*", lambda doc: "officer" in doc.title),
    Asked("title:oficer~1", lambda doc: "officer" in doc.title),
    Asked("title:=manage", lambda _: False),
    Asked("title:(the OR managed)", lambda doc: bool({"the", "managing"} & {*doc.title})),
    Asked("in:(the managed)", lambda doc: {"the", "managing"} <= {*doc.title}),
    Asked(f"in:{POSTS[0]}", lambda doc: doc.post == 0),
    Asked(f"in:{POSTS[1]}", lambda doc: doc.post == 1),
    _days("date:2024", date(2024, 1, 1), date(2024, 12, 31)),
    _days("date:2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    _days("date:2024-1-1", date(2024, 1, 1), date(2024, 1, 1)),
    _days("date:2023-12-31..2024-01", date(2023, 12, 31), date(2024, 1, 31)),
    _days("date:2024-01-02..", date(2024, 1, 2), _LAST),
    _days("date:..2024-01-01", _FIRST, date(2024, 1, 1)),
    _days("date:>2024-02-29", date(2024, 3, 1), _LAST),
    _days("date:>=2024-02-29", date(2024, 2, 29), _LAST),
    _days("date:<2024-02", _FIRST, date(2024, 1, 31)),
    _days("date:<=2024-02", _FIRST, date(2024, 2, 29)),
    _days("before:2024", _FIRST, date(2023, 12, 31)),
    _days("before:2024-01-02", _FIRST, date(2024, 1, 1)),
    _days("after:2023", date(2024, 1, 1), _LAST),
    _days("after:2024-01", date(2024, 2, 1), _LAST),
    Asked("depth:0", lambda doc: doc.depth == 0),
    Asked("depth:>0", lambda doc: doc.depth > 0),
    Asked("depth:>=2", lambda doc: doc.depth > 1),
    Asked("depth:<2", lambda doc: doc.depth < 2),
    Asked("depth:<=1", lambda doc: doc.depth < 2),
    Asked("depth:1..2", lambda doc: 1 <= doc.depth <= 2),
    Asked("depth:..1", lambda doc: doc.depth < 2),
    Asked("depth:2..", lambda doc: doc.depth > 1),
    Asked("has:link", lambda doc: doc.link),
    Asked("has:replies", lambda doc: doc.answered),
    Asked("is:post", lambda doc: doc.first),
    Asked("is:comment", lambda doc: not doc.first),
    Asked("is:unread", lambda doc: "read" not in doc.marks),
    Asked("is:(unread new)", lambda doc: "read" not in doc.marks and "new" in doc.marks),
    _marked("is:read", "read"),
    _marked("is:new", "new"),
    _marked("is:bookmarked", "bookmarked"),
    _marked("tag:pay", "tag:pay"),
    _marked('tag:"to quote"', "tag:to quote"),
    # Words typed apart that may be one.
    Asked("(TR 2)", lambda doc: {"tr", "2"} <= _forms(doc) or "tr2" in _forms(doc)),
    Asked("(27 per cent)", lambda doc: "27" in _forms(doc) and bool({"%", "per"} & _forms(doc))),
    Asked("(27 percent)", lambda doc: {"27", "%"} <= _forms(doc)),
    # AND before OR, and what is excluded before both.
    Asked(
        "(officer the OR cafe)",
        lambda doc: {"officer", "the"} <= doc.families() or "cafe" in doc.families(),
    ),
    Asked(
        "(officer OR the -cafe)",
        lambda doc: (
            "officer" in doc.families()
            or ("the" in doc.families() and "cafe" not in doc.families())
        ),
    ),
]


def _and(parts: list[Asked], joint: str) -> Asked:
    text = joint.join(part.text for part in parts)
    return Asked(f"({text})", lambda doc: all(part.holds(doc) for part in parts))


def _or(parts: list[Asked], joint: str) -> Asked:
    text = joint.join(part.text for part in parts)
    return Asked(f"({text})", lambda doc: any(part.holds(doc) for part in parts))


def _not(part: Asked, sign: str) -> Asked:
    return Asked(f"{sign}{part.text}", lambda doc: not part.holds(doc))


TYPED = st.sampled_from(sorted(WORDS))
_IN_TITLE = st.sampled_from(sorted(set(WORDS) - set(JOINED) - {"27%", "£1.2m"}))
_FIELDS = st.sampled_from(["title", "in"])
#: Words of the text, in all the ways they can be asked for.
IN_TEXT = (
    TYPED.map(any_form)
    | st.builds(_phrase, st.lists(TYPED, min_size=1, max_size=3), st.sampled_from(["", "="]))
    | TYPED.map(_as_written)
    | st.sampled_from(["off", "man", "manag", "c", "t", "1.2", "dont", "reoff"]).map(_beginning)
    | st.builds(_like, st.sampled_from(["oficer", "mangaed"]), st.integers(1, 2))
    | st.just(_like("teh", 1))  # more words are like it in two letters than are tried while typing
)
LEAVES = (
    IN_TEXT
    | st.builds(_in_title, _IN_TITLE, _FIELDS)
    | st.builds(_title_phrase, st.lists(_IN_TITLE, min_size=1, max_size=2), _FIELDS)
    | st.sampled_from(_PLAIN)
)
QUERIES = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(
            _and,
            st.lists(inner, min_size=2, max_size=3),
            st.sampled_from([" ", " AND ", " && ", " & "]),
        )
        | st.builds(
            _or,
            st.lists(inner, min_size=2, max_size=3),
            st.sampled_from([" OR ", " || ", " | "]),
        )
        | st.builds(_not, inner, st.sampled_from(["-", "NOT ", "−"]))
    ),
    max_leaves=6,
)
