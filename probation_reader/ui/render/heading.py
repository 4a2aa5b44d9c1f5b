"""The post's heading: title, date, comments, labels. Pure."""

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

    from probation_reader.model import Thread


def one_line(text: str) -> str:
    """Return a title, name or label as it is shown: one safe line."""
    return bound_marks(safe_line(text))


def day(moment: date) -> str:
    """Return a date as a person says it, with the time if there is one."""
    spoken = f"{moment.day} {moment:%b %Y}"
    return f"{spoken} {moment:%H:%M}" if isinstance(moment, datetime) else spoken


def heading(thread: Thread, room: int, news: str = "") -> list[Piece]:
    """Return the rows of a post's heading, one piece each, the last one empty.

    Args:
        thread: the post and its passages.
        room: cells of a row, at least 1.
        news: what is new in the thread, in words.
    """
    title = one_line(thread.post.title).strip() or "(no title)"
    facts = SIGNS.dot.join(_facts(thread, news))
    rows = [
        Piece(" " * line.indent + text[line.start : line.end], role)
        for text, role in ((title, Role.TITLE), (facts, Role.META))
        for line in wrap(text, room)
    ]
    return [*rows, Piece("", Role.BLANK)]


def _facts(thread: Thread, news: str) -> list[str]:
    post = thread.post
    gone = sum(comment.gone is not None for comment in thread.comments)
    comments = len(thread.comments) - gone
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
    if post.labels:
        facts.append(", ".join(map(one_line, post.labels)))
    if post.title_made_up:
        facts.append("title made from its first words")
    return facts
