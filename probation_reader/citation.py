"""How a post or a passage is cited: title, day, number, writer. Pure; nothing is made safe here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from probation_reader.model import Passage, Post


def cited(post: Post, passage: Passage | None) -> str:
    """Return ``Guest Blog 97, Saturday 27 April 2024, comment 9.1``.

    Args:
        post: the post.
        passage: what is cited of it, None if that is gone.
    """
    return ", ".join([post.title, *place(post, passage)])


def cited_post(post: Post) -> str:
    """Return ``Guest Blog 97, Saturday 27 April 2024``."""
    return f"{post.title}, {day(post.published)}" if post.published else post.title


def place(post: Post, passage: Passage | None) -> list[str]:
    """Return what a citation says after the title, piece by piece."""
    said = [day(post.published)] if post.published else []
    if passage is None:
        return [*said, "a passage that is gone"]
    section = passage.number.startswith("§")
    number = passage.number.removeprefix("§")
    said.append(f"section {number}" if section else f"comment {number}")
    if passage.gone:
        said.append("no longer on its page")
    if passage.author:
        said.append(f"by {writer(passage)}")
    return said


def day(when: date) -> str:
    """Return ``Saturday 27 April 2024``, with the time where there is one."""
    time = f" at {when:%H:%M}" if isinstance(when, datetime) else ""
    return f"{when:%A} {when.day} {when:%B %Y}{time}"


def writer(of: Passage | Post) -> str:
    """Return who wrote it, and whether that is only a signature; empty if unknown."""
    if not of.author:
        return ""
    return f"{of.author} (signed)" if getattr(of, "signed", False) else of.author
