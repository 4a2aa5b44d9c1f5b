"""The post's heading: title, date, comments, what is unread and new, labels. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from probation_reader.plain import safe_line
from probation_reader.spoken import count
from probation_reader.ui.render.cells import bound_marks
from probation_reader.ui.render.pieces import Piece, Role
from probation_reader.ui.render.signs import SIGNS
from probation_reader.ui.render.wrap import wrap

if TYPE_CHECKING:
    from datetime import date

    from probation_reader.model import Post, Thread


def one_line(text: str) -> str:
    """Return a title, name or label as it is shown: one safe line."""
    return bound_marks(safe_line(text))


def day(moment: date) -> str:
    """Return a date as a person says it, with the time if there is one."""
    spoken = f"{moment.day} {moment:%b %Y}"
    return f"{spoken} {moment:%H:%M}" if isinstance(moment, datetime) else spoken


def heading(
    thread: Thread,
    room: int,
    unread: int = 0,
    news: str = "",
    counted: tuple[int, int] | None = None,
) -> list[Piece]:
    """Return the rows of a post's heading, one piece each, the last one empty.

    Args:
        thread: the post and its passages.
        room: cells of a row, at least 1.
        unread: how many passages are unread.
        news: what is new in the thread, in words.
        counted: from `captured`; it is asked without it.
    """
    title = one_line(thread.post.title).strip() or "(no title)"
    counted = captured(thread) if counted is None else counted
    facts = SIGNS.dot.join(_facts(thread.post, counted, unread, news))
    rows = [
        Piece(" " * line.indent + text[line.start : line.end], role)
        for text, role in ((title, Role.TITLE), (facts, Role.META))
        for line in wrap(text, room)
    ]
    return [*rows, Piece("", Role.BLANK)]


def captured(thread: Thread) -> tuple[int, int]:
    """Return how many comments of a thread its page has, and how many are gone from it."""
    gone = sum(comment.gone is not None for comment in thread.comments)
    return len(thread.comments) - gone, gone


def _facts(post: Post, counted: tuple[int, int], unread: int, news: str) -> list[str]:
    comments, gone = counted
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
