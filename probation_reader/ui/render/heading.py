"""The post's heading: title, date, comments, what is unread and new, labels. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from probation_reader.phrases import count
from probation_reader.sanitize import safe_line
from probation_reader.text.charset import displayable
from probation_reader.text.widths import bound_marks, cells
from probation_reader.text.wrap import wrap
from probation_reader.ui.render.pieces import Piece, Role
from probation_reader.ui.render.signs import SIGNS

if TYPE_CHECKING:
    from datetime import date

    from probation_reader.model import Thread


def one_line(text: str) -> str:
    """Return a title, name or label as it is shown: one safe line."""
    return displayable(bound_marks(safe_line(text)))


def day(moment: date) -> str:
    """Return a date as a person says it, with the time if there is one."""
    spoken = f"{moment.day} {moment:%b %Y}"
    return f"{spoken} {moment:%H:%M}" if isinstance(moment, datetime) else spoken


def heading(
    thread: Thread, room: int, *, unread: int = 0, news: str = "", gone: int = 0
) -> list[Piece]:
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
        Piece(" " * line.indent + text[line.start : line.end], role)
        for text, role in ((title, Role.TITLE), *((row, Role.META) for row in _rows(facts, room)))
        for line in wrap(text, room)
    ]
    return [*rows, Piece("", Role.BLANK)]


def _rows(facts: list[str], room: int) -> list[str]:
    """Return the facts in rows, none of them parted that a row can hold."""
    rows = facts[:1]
    for fact in facts[1:]:
        joined = f"{rows[-1]}{SIGNS.dot}{fact}"
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
