"""The rows of the sidebar and its filter: pure arithmetic over post summaries.

Saved searches stand above the posts, under a heading of their own; they are not
filtered but left out. Then come the posts, in one of two orders: by date, under
year headings, the newest first and the undated last; or by what waits in them,
the most new ones first, then those with something unread, then the others.
A filter is words and terms: ``is:unread``, ``is:read``, ``is:new``, ``label:x``; all
of them must hold. Words are looked for in title and labels, whatever their case
and accents.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from probation_reader.library import Entry

UNDATED = "undated"
SEARCHES = "saved searches"


class YearHeading(NamedTuple):
    """What the posts below have in common: a year, or what waits in them."""

    words: str


@dataclass(slots=True)
class PostLine:
    """One post of the list.

    Args:
        id: the post's id.
        title: its title as stored.
        comments: how many comments it has.
        unread: how many of its passages are unread.
        new: how many of these came in since the last visit. These two change.
        year: the year it was posted in, or `UNDATED`.
        labels: the blog's labels for it.
        sample: True if it came with the program.
        published: the day it was posted on, as ISO 8601 has it, empty where unknown.
        under: the heading it stands under in the order that holds now.
    """

    id: str
    title: str
    comments: int
    unread: int
    new: int
    year: str
    labels: tuple[str, ...]
    sample: bool
    published: str = ""
    under: str = ""


@dataclass(slots=True)
class SearchLine:
    """One saved search of the list.

    Args:
        name: what the reader calls it.
        words: what is searched for.
        found: how many passages match.
        unread: how many of them are unread.
        new: how many of these came in since the last visit. These three change.
    """

    name: str
    words: str
    found: int = 0
    unread: int = 0
    new: int = 0

    @property
    def id(self) -> str:
        """What the row is known by; no post is called so."""
        return f"search:{self.name}"


def post_lines(entries: Iterable[tuple[Entry, int, int]]) -> list[PostLine]:
    """Return a line for each post, in the order they come in.

    Args:
        entries: the posts, with what is unread and what is new in each.
    """
    return [
        PostLine(e.id, e.title, e.comments, unread, new, _year(e), e.labels, e.sample, e.published)
        for e, unread, new in entries
    ]


def _year(entry: Entry) -> str:
    return entry.published[:4] or UNDATED


def by_date(lines: Sequence[PostLine]) -> Sequence[PostLine]:
    """Return the lines as they came in, the newest first, each under its year."""
    for line in lines:
        line.under = line.year
    return lines


def ranked(lines: Iterable[PostLine], since: str) -> list[PostLine]:
    """Return the lines with the most new ones first, then what is unread, then the rest.

    Args:
        lines: the posts, the newest first; among equals that order stays.
        since: since when something is new, in words, ``since Thursday``.
    """
    lines = sorted(lines, key=lambda line: (-line.new, not line.unread))
    for line in lines:
        line.under = f"new {since}" if line.new else "unread" if line.unread else "read"
    return lines


SidebarRow = YearHeading | PostLine | SearchLine


def with_headings(
    lines: Iterable[PostLine], searches: Iterable[SearchLine] = ()
) -> list[SidebarRow]:
    """Return the lines with what they stand under above them, below the saved searches if any."""
    rows: list[SidebarRow] = [*searches]
    if rows:
        rows.insert(0, YearHeading(SEARCHES))
    under = None
    for line in lines:
        if (line.under or line.year) != under:
            under = line.under or line.year
            rows.append(YearHeading(under))
        rows.append(line)
    return rows


@lru_cache(maxsize=1 << 15)
def folded(text: str) -> str:
    """Return text without case and accents, for comparing; titles are asked for at every key."""
    if text.isascii():
        return text.casefold()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def _term(word: str) -> Callable[[PostLine], bool]:
    if word == "is:unread":
        return lambda line: line.unread > 0
    if word == "is:read":
        return lambda line: line.unread == 0
    if word == "is:new":
        return lambda line: line.new > 0
    if word.startswith("label:"):
        wanted = word.removeprefix("label:")
        return lambda line: any(wanted in folded(label) for label in line.labels)
    return lambda line: (
        word in folded(line.title) or any(word in folded(label) for label in line.labels)
    )


def filtered(lines: Sequence[PostLine], query: str, keep: str = "") -> list[PostLine]:
    """Return the lines for which every term of a filter holds.

    Args:
        lines: the posts.
        query: the filter.
        keep: the id of a post that is let through whatever it is.
    """
    terms = [_term(word) for word in folded(query).split()]
    return [line for line in lines if line.id == keep or all(term(line) for term in terms)]
