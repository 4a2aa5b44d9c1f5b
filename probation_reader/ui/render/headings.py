"""The heading of a post, and the heading row of a passage: number, who, when, signs. Pure.

Where there is no room for everything, the least needed goes first; signs keep
their columns at the right edge, so that a changed mark changes one cell.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from probation_reader.phrases import count
from probation_reader.sanitize import safe_line
from probation_reader.text.charset import displayable
from probation_reader.text.widths import bound_marks, cells, clip
from probation_reader.text.wrap import wrap
from probation_reader.ui.render.glyphs import GLYPHS
from probation_reader.ui.render.rows import HeadRow, StyledSpan, StyleRole

if TYPE_CHECKING:
    from datetime import date

    from probation_reader.model import Passage, Thread


#: A space, kept or noted, new, unread.
_MARKS = 4

_GAP = 2

_LEAST_OPENING = 12

_LONGEST_NAME = 24

#: The weight of what must be said, and what of it is left out where there is no room.
_GONE, _IN_FULL = 9, "from the capture of "


def facts(passage: Passage, row: HeadRow, replies: int, lines: int) -> list[tuple[int, str]]:
    """Return what the right side of a head says, in order, each with its weight.

    Args:
        passage: the passage.
        row: how it is shown.
        replies: passages below it, at any depth.
        lines: lines of its text.

    Returns:
        Pairs of weight and words; where room is short the lightest go first.
    """
    said = []
    if passage.gone:
        said.append((_GONE, f"gone {_IN_FULL}{day(passage.gone.astimezone().date())}"))
    if row.muted and not row.hushed:
        said.append((8, "muted"))
    if passage.edited:
        said.append((7, "edited"))
    if passage.author and not row.hushed:
        name = clip(one_line(passage.author), _LONGEST_NAME)
        said.append((5, "'" + name if passage.signed else name))
    if passage.published and not row.hushed:
        said.append((2, day(passage.published)))
    if replies:
        said.append((6, _replies(replies, row)))
    elif row.folded and lines > 1:
        said.append((4, count(lines, "line")))
    if row.pending:
        said.append((8, "pending"))
    return said


def _replies(replies: int, row: HeadRow) -> str:
    if row.new_below:
        return f"{count(replies, 'reply', 'replies')}, {row.new_below:,} new"
    if row.below == replies:
        return count(replies, "unread reply", "unread replies")
    return count(replies, "reply", "replies") + (f", {row.below:,} unread" if row.below else "")


def label_fits(label: str, room: int) -> bool:
    """Return whether all of a label has its place in a head.

    Args:
        label: as for `head`.
        room: as for `head`.
    """
    return cells(f"{GLYPHS.open} {label}") <= room - _MARKS


def head(
    label: str, said: list[tuple[int, str]], opening: str, *, row: HeadRow, room: int
) -> list[StyledSpan]:
    """Return the pieces of a head, from its fold sign to the edge.

    Args:
        label: the passage's number, and what it answers if that must be said.
        said: from `facts`.
        opening: its first words if folded, or what mutes it; else empty.
        row: how it is shown.
        room: cells from the fold sign to the edge.
    """
    role = StyleRole.CURRENT if row.current else StyleRole.HEAD
    left = f"{GLYPHS.folded if row.folded or row.closed else GLYPHS.open} {label}"
    left = clip(left, room - _MARKS)
    space = room - _MARKS - cells(left) - _GAP
    wanted = min(_LEAST_OPENING, cells(opening)) + _GAP if opening else 0
    right = fit_facts(said, space - wanted) or fit_facts(said, space)
    pieces = [StyledSpan(left, role)]
    if opening := clip(opening, space - cells(right) - _GAP):
        opened = role if row.current or row.quiet or row.hushed else StyleRole.WORDS
        pieces.append(StyledSpan("  " + opening, opened))
    used = sum(cells(piece.text) for piece in pieces) + cells(right)
    pieces.append(StyledSpan(" " * (room - _MARKS - used), StyleRole.BLANK))
    if right:
        pieces.append(StyledSpan(right, role))
    return [*pieces, *_marks(row)]


def _marks(row: HeadRow) -> list[StyledSpan]:
    """Return the signs at the right edge, each in its column; a note stands for what is kept."""
    blank = StyledSpan(" ", StyleRole.BLANK)
    kept = StyledSpan(GLYPHS.note if row.noted else GLYPHS.kept, StyleRole.KEPT)
    return [
        blank,
        kept if row.kept or row.noted else blank,
        StyledSpan(GLYPHS.new, StyleRole.NEW) if row.new else blank,
        StyledSpan(GLYPHS.unread, StyleRole.UNREAD) if row.unread else blank,
    ]


def fit_facts(said: list[tuple[int, str]], room: int) -> str:
    """Return as much of what is to be said as fits.

    Args:
        said: from `facts`; the heaviest are the last to go.
        room: cells for it.
    """
    kept = list(said)
    while kept:
        words = GLYPHS.dot.join(text for _, text in kept)
        if cells(words) <= room:
            return words
        kept.remove(min(kept))
    weight, words = max(said, default=(0, ""))
    return clip(words.replace(_IN_FULL, ""), room) if weight >= _GONE else ""


def one_line(text: str) -> str:
    """Return a title, name or label as it is shown: one safe line."""
    return displayable(bound_marks(safe_line(text)))


def day(moment: date) -> str:
    """Return a date as a person says it, with the time if there is one."""
    spoken = f"{moment.day} {moment:%b %Y}"
    return f"{spoken} {moment:%H:%M}" if isinstance(moment, datetime) else spoken


def heading(
    thread: Thread, room: int, *, unread: int = 0, news: str = "", gone: int = 0
) -> list[StyledSpan]:
    """Return the rows of a post's heading, one piece each, the last one empty.

    Args:
        thread: the post and its passages.
        room: cells of a row, at least 1.
        unread: how many passages are unread.
        news: what is new in the thread, in words.
        gone: how many of its comments its page has no longer.
    """
    title = one_line(thread.post.title).strip() or "(no title)"
    facts = _facts(thread, unread, news, gone)
    rows = [
        StyledSpan(" " * line.indent + text[line.start : line.end], role)
        for text, role in (
            (title, StyleRole.TITLE),
            *((row, StyleRole.META) for row in _rows(facts, room)),
        )
        for line in wrap(text, room)
    ]
    return [*rows, StyledSpan("", StyleRole.BLANK)]


def _rows(facts: list[str], room: int) -> list[str]:
    """Return the facts in rows, none of them parted that a row can hold."""
    rows = facts[:1]
    for fact in facts[1:]:
        joined = f"{rows[-1]}{GLYPHS.dot}{fact}"
        if cells(joined) <= room:
            rows[-1] = joined
        else:
            rows.append(fact)
    return rows


def _facts(thread: Thread, unread: int, news: str, gone: int) -> list[str]:
    post, comments = thread.post, len(thread.comments) - gone
    moment = post.published
    facts = [f"{moment:%a} {day(moment)}" if moment else "no date"]
    if post.author:
        facts.append("by " + one_line(post.author))
    if post.announced is not None and post.announced > comments:
        facts.append(f"{comments:,} of {count(post.announced, 'comment')}")
    elif comments or post.announced is not None:
        facts.append(count(comments, "comment"))
    else:
        facts.append("no comments captured")
    if gone:
        facts.append(f"{gone:,} gone")
    if news:
        facts.append(news)
    if unread:
        facts.append(f"{unread:,} unread")
    if post.labels:
        facts.append(", ".join(map(one_line, post.labels)))
    if post.title_made_up:
        facts.append("title made from its first words")
    return facts
