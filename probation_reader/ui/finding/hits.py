"""The rows of the search results: pure arithmetic over hits.

Hits are grouped by post; those in the open thread come first, as a group of
their own. A hit is a head row with its number, the first words of what it answers,
who wrote it and when, and up to two rows of snippet, in which the words that were
found are marked. No Textual here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from probation_reader.ui.render.cells import cells
from probation_reader.ui.render.heading import day, one_line
from probation_reader.ui.render.layout import WIDEST_TEXT
from probation_reader.ui.render.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from probation_reader.model import Passage
    from probation_reader.search import Hit

SNIPPET_ROWS = 2
_MARGIN = 4
_LEAST_CELLS = 10
#: Of what a hit answers at most this many characters are looked at.
_OPENING = 200


class Remark(NamedTuple):
    """What has to be said about the hits."""

    words: str


class Group(NamedTuple):
    """The post that the hits below stand in."""

    title: str
    note: str


class Setting(NamedTuple):
    """What a hit stands in, as it is shown.

    Args:
        answers: the number and the first words of what it answers, empty for none.
        by: who wrote it and when, as far as known.
    """

    answers: str = ""
    by: str = ""


_BARE = Setting()


class Head(NamedTuple):
    """The first row of a hit; the one the cursor stands on."""

    hit: Hit
    setting: Setting = _BARE


class Snippet(NamedTuple):
    """One row of a hit's words.

    Args:
        hit: whose words they are.
        pieces: safe text with True for words that were found.
    """

    hit: Hit
    pieces: tuple[tuple[str, bool], ...]


HitRow = Remark | Group | Head | Snippet


def hit_rows(
    hits: Sequence[Hit],
    width: int,
    open_post: str = "",
    remarks: Iterable[str] = (),
    settings: Mapping[str, Setting] | None = None,
) -> list[HitRow]:
    """Return the rows of these hits for a list of this many cells.

    Args:
        hits: the hits, the best first.
        width: cells of the list.
        open_post: the id of the open thread, whose hits come first.
        remarks: what has to be said above them.
        settings: what hits stand in, by their ids.
    """
    groups: dict[str, list[Hit]] = {open_post: []}
    for hit in hits:
        groups.setdefault(hit.post_id, []).append(hit)
    rows: list[HitRow] = [row for remark in remarks for row in _remark(remark, width)]
    for post, members in groups.items():
        if members:
            rows += [Remark("")] if rows else []
            rows += _group(members, width, settings or {}, here=post == open_post)
    return rows


def _remark(remark: str, width: int) -> Iterable[Remark]:
    text = one_line(remark)
    for line in wrap(text, max(_LEAST_CELLS, min(width, WIDEST_TEXT) - _MARGIN)):
        yield Remark(text[line.start : line.end])


def _group(
    members: Sequence[Hit], width: int, settings: Mapping[str, Setting], *, here: bool
) -> Iterable[HitRow]:
    title, note = one_line(members[0].title), _date(members[0])
    yield Group("In this thread" if here else title, title if here else note)
    room = max(_LEAST_CELLS, min(width, WIDEST_TEXT) - _MARGIN)
    for hit in members:
        yield Head(hit, settings.get(hit.id, _BARE))
        for pieces in snippet_rows(hit, room):
            yield Snippet(hit, pieces)


def setting(passage: Passage, parent: Passage | None) -> Setting:
    """Return what a passage stands in.

    Args:
        passage: the passage of a hit.
        parent: the passage it answers, None if it answers none.
    """
    answers = f"{parent.number} {parent.text[:_OPENING]}" if parent else ""
    author = passage.author or ""
    by = ["'" + author if passage.signed else author] if author else []
    if passage.published:
        by.append(day(passage.published))
    return Setting(one_line(" ".join(answers.split())), one_line(" · ".join(by)))


def _date(hit: Hit) -> str:
    return f"{hit.published:%a} {day(hit.published)}" if hit.published else "no date"


def snippet_rows(hit: Hit, room: int) -> list[tuple[tuple[str, bool], ...]]:
    """Return the snippet cut into at most two rows of this many cells."""
    text, marks = _marked(hit)
    rows, start = [], 0
    for number in range(SNIPPET_ROWS):
        end = _break(text, start, room)
        rest = len(text) - end
        row = _runs(text, marks, start, end)
        if rest and number == SNIPPET_ROWS - 1 and row[-1][0][-1:] != "…":
            row.append(("…", False))
        if row:
            rows.append(tuple(row))
        start = end + (text[end : end + 1] == " ")
        if start >= len(text):
            break
    return rows


def _marked(hit: Hit) -> tuple[str, list[bool]]:
    """Return the snippet made safe, and for each character whether it was found."""
    text, marks = "", list[bool]()
    for piece, found in hit.pieces():
        safe = one_line(piece)
        text += safe
        marks += [found] * len(safe)
    return text, marks


def _break(text: str, start: int, room: int) -> int:
    """Return where a row that starts here ends: before a space if there is one."""
    end, used = start, 0
    while end < len(text) and used < room:
        used += 1 if text[end].isascii() else cells(text[end])
        end += 1
    if used > room:
        end -= 1
    if end < len(text) and text[end] != " ":
        space = text.rfind(" ", start + 1, end)
        if space > start:
            return space
    return max(end, start + 1) if start < len(text) else end


def _runs(text: str, marks: Sequence[bool], start: int, end: int) -> list[tuple[str, bool]]:
    runs: list[tuple[str, bool]] = []
    for index in range(start, end):
        if runs and runs[-1][1] == marks[index]:
            runs[-1] = (runs[-1][0] + text[index], marks[index])
        else:
            runs.append((text[index], marks[index]))
    return runs
