"""The rows of the search results: pure arithmetic over hits.

A hit is the first words of what it answers, a head row with its number, who
wrote it, when, how many replies stand below it and its signs, and up to two rows
of snippet, in which the words that were found are marked. Hits are grouped by
post, those in the open thread first, or follow each other as they were found;
then each says which post it stands in. No Textual here.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from probation_reader.phrases import count
from probation_reader.text.widths import cells
from probation_reader.text.wrap import wrap
from probation_reader.ui.render.columns import WIDEST_TEXT
from probation_reader.ui.render.headings import day, one_line
from probation_reader.ui.search.excerpt import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from probation_reader.model import Passage
    from probation_reader.search import Hit

SNIPPET_ROWS = 2
_MARGIN = 4
#: Cells that keep a title, a number of hits and a date apart.
_BETWEEN = 6
_LEAST_CELLS = 10
#: Of what a hit answers at most this many characters are looked at.
_OPENING = 200


class HitMessage(NamedTuple):
    """What has to be said about the hits."""

    words: str


class Suggestion(NamedTuple):
    """Other words to look for instead; they can be chosen."""

    query: str


class Group(NamedTuple):
    """The post that the hits below stand in.

    Args:
        title: its title, or that it is the open one.
        said: what is said of it, each with its weight: the lightest go first.
    """

    title: str
    said: tuple[tuple[int, str], ...]


class HitFlags(NamedTuple):
    """How a hit is marked."""

    unread: bool = False
    new: bool = False
    kept: bool = False
    noted: bool = False


class HitContext(NamedTuple):
    """What a hit stands in, as it is shown.

    Args:
        answers: the number and the first words of what it answers, empty for none.
        by: who wrote it, as far as known.
        when: the day it was posted, empty if that is not known.
        replies: how many passages stand below it.
        marked: its signs.
        name: what it is called in its thread, if that is not its number.
    """

    answers: str = ""
    by: str = ""
    when: str = ""
    replies: int = 0
    marked: HitFlags = HitFlags()
    name: str = ""


_BARE = HitContext()


class Answered(NamedTuple):
    """The row above a hit: what it answers."""

    hit: Hit
    words: str


class Head(NamedTuple):
    """The row of a hit that the cursor stands on.

    Args:
        hit: the hit.
        setting: what it stands in.
        title: its post, where no group above says so.
        dated: whether the day of its post is said here.
    """

    hit: Hit
    setting: HitContext = _BARE
    title: str = ""
    dated: bool = False


class Snippet(NamedTuple):
    """One row of a hit's words.

    Args:
        hit: whose words they are.
        pieces: safe text with True for words that were found.
    """

    hit: Hit
    pieces: tuple[tuple[str, bool], ...]


HitRow = HitMessage | Suggestion | Group | Answered | Head | Snippet


class HitListModel(NamedTuple):
    """All that is shown of an answer.

    Args:
        hits: in the order in which they were found.
        open_post: the id of the open thread, whose hits come first.
        remarks: what has to be said above them.
        offer: other words to look for, empty for none.
        settings: what hits stand in, by their ids.
        by_post: whether they are grouped by post.
        ends: how many hits there were before each time when more were asked for;
            those that came then stand below, in groups of their own.
    """

    hits: Sequence[Hit] = ()
    open_post: str = ""
    remarks: Sequence[str] = ()
    offer: str = ""
    settings: Mapping[str, HitContext] = {}
    by_post: bool = True
    ends: Sequence[int] = ()


def in_order(found: HitListModel) -> list[list[Hit]]:
    """Return the hits in the order in which they are shown, group by group."""
    if not found.by_post:
        return [list(found.hits)] if found.hits else []
    groups: list[list[Hit]] = []
    for start, end in pairwise((0, *found.ends, len(found.hits))):
        by_post: dict[str, list[Hit]] = {found.open_post: []}
        for hit in found.hits[start:end]:
            by_post.setdefault(hit.post_id, []).append(hit)
        groups += [members for members in by_post.values() if members]
    return groups


def hit_rows(found: HitListModel, width: int) -> list[HitRow]:
    """Return the rows for a list of this many cells.

    Args:
        found: what is shown.
        width: cells of the list.
    """
    room = max(_LEAST_CELLS, min(width, WIDEST_TEXT) - _MARGIN)
    rows: list[HitRow] = [row for remark in found.remarks for row in _remark(remark, room)]
    if found.offer:
        rows.append(Suggestion(found.offer))
    for members in in_order(found):
        rows += [HitMessage("")] if rows else []
        dated = not found.by_post
        if found.by_post:
            group, dated = _group(members, found, min(width, WIDEST_TEXT))
            rows.append(group)
        for hit in members:
            rows += _hit(hit, found, room, dated=dated)
    return rows


def _remark(remark: str, room: int) -> Iterator[HitMessage]:
    text = one_line(remark)
    for line in wrap(text, room):
        yield HitMessage(text[line.start : line.end])


def _group(members: Sequence[Hit], found: HitListModel, room: int) -> tuple[Group, bool]:
    """Return the row above the hits of a post, dated where not all of them have a date.

    Returns:
        The row, and whether the date has no room there and is to be said beside the hits.
    """
    first, title = members[0], one_line(members[0].title)
    said = [(3, count(len(members), "hit"))]
    undated = (hit for hit in members if not found.settings.get(hit.id, _BARE).when)
    if (hit := next(undated, None)) is not None:
        when = f"{hit.published:%a} {day(hit.published)}" if hit.published else "no date"
        said.append((2, when))
    if first.post_id == found.open_post:
        return Group("In this thread", (*said, (1, title))), False
    needed = cells(title) + _BETWEEN + sum(len(words) for _, words in said)
    crowded = len(said) > 1 and needed > room
    return Group(title, tuple(said[:1] if crowded else said)), crowded


def _hit(hit: Hit, found: HitListModel, room: int, *, dated: bool) -> Iterator[HitRow]:
    stands_in = found.settings.get(hit.id, _BARE)
    if stands_in.answers:
        yield Answered(hit, stands_in.answers)
    yield Head(hit, stands_in, "" if found.by_post else one_line(hit.title), dated)
    for pieces in snippet_rows(hit, room):
        yield Snippet(hit, pieces)


def setting(
    passage: Passage, parent: Passage | None, replies: int = 0, marked: HitFlags = _BARE.marked
) -> HitContext:
    """Return what a passage stands in.

    Args:
        passage: the passage of a hit.
        parent: the passage it answers, None if it answers none.
        replies: how many passages stand below it.
        marked: how it is marked.
    """
    answers = f"{parent.number} {parent.text[:_OPENING]}" if parent else ""
    author = one_line(passage.author or "")
    return HitContext(
        one_line(" ".join(answers.split())),
        "'" + author if author and passage.signed else author,
        day(passage.published) if passage.published else "",
        replies,
        marked,
    )


def facts(head: Head) -> list[tuple[int, str]]:
    """Return what the right side of a head says, each with its weight: the lightest go first."""
    stands_in, when = head.setting, head.setting.when
    if not when and head.dated:
        when = day(head.hit.published) if head.hit.published else "no date"
    replies = count(stands_in.replies, "reply", "replies") if stands_in.replies else ""
    said = ((3, stands_in.by), (2, when), (1, replies))
    return [(weight, words) for weight, words in said if words]


def snippet_rows(hit: Hit, room: int) -> list[tuple[tuple[str, bool], ...]]:
    """Return what two rows of this many cells have room for, around the words that were found."""
    text, marks = "", list[bool]()
    for piece, found in hit.pieces():
        safe = one_line(piece)
        text += safe
        marks += [found] * len(safe)
    return [_runs(*row) for row in excerpt(text, marks, room, SNIPPET_ROWS)]


def _runs(text: str, marks: Iterable[bool]) -> tuple[tuple[str, bool], ...]:
    runs: list[tuple[str, bool]] = []
    for character, found in zip(text, marks, strict=True):
        if runs and runs[-1][1] == found:
            runs[-1] = (runs[-1][0] + character, found)
        else:
            runs.append((character, found))
    return tuple(runs)
