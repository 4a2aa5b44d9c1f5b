"""How a post or a passage is cited: title, day, number, writer. Pure; nothing is made safe here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from probation_reader.identity import squeeze

if TYPE_CHECKING:
    from datetime import date

    from probation_reader.model import Passage, Post


def cited(post: Post, passage: Passage | None, quote: str | None = None) -> str:
    """Return ``Guest Blog 97, Saturday 27 April 2024, comment 9.1``.

    Args:
        post: the post.
        passage: what is cited of it, None if that is gone.
        quote: as for `place`.
    """
    return ", ".join([post.title, *place(post, passage, quote)])


def cited_post(post: Post) -> str:
    """Return ``Guest Blog 97, Saturday 27 April 2024``."""
    return f"{post.title}, {day(post.published)}" if post.published else post.title


def place(post: Post, passage: Passage | None, quote: str | None = None) -> list[str]:
    """Return what a citation says after the title, piece by piece.

    Args:
        post: the post.
        passage: what is cited of it, None if that is gone.
        quote: the words that were kept of it, to say if they were edited since.
    """
    said = [day(post.published)] if post.published else []
    if passage is None:
        return [*said, "a passage that is gone"]
    section = passage.number.startswith("§")
    number = passage.number.removeprefix("§")
    said.append(f"section {number}" if section else f"comment {number}")
    if passage.gone:
        said.append(gone_said(passage))
    if passage.author:
        said.append(f"by {writer(passage)}")
    if quote is not None and is_edited_since(quote, passage):
        said.append("edited since it was kept")
    return said


def gone_said(passage: Passage) -> str:
    """Return ``gone from the capture of Friday 3 May 2024`` if that is so of a passage."""
    return (
        f"gone from the capture of {day(passage.gone.astimezone().date())}" if passage.gone else ""
    )


def is_edited_since(quote: str, passage: Passage) -> bool:
    """Return whether the words that were kept of a passage are not its words any more.

    Args:
        quote: its text, or its first words and a final ``…``.
        passage: the passage as it is now.
    """
    kept, now = squeeze(quote), squeeze(passage.text)
    return kept != now and not (quote.endswith("…") and now.startswith(squeeze(quote[:-1])))


def day(when: date) -> str:
    """Return ``Saturday 27 April 2024``, with the time where there is one."""
    time = f" at {when:%H:%M}" if isinstance(when, datetime) else ""
    return f"{when:%A} {when.day} {when:%B %Y}{time}"


def writer(of: Passage | Post) -> str:
    """Return who wrote it, and whether that is only a signature; empty if unknown."""
    if not of.author:
        return ""
    return f"{of.author} (signed)" if getattr(of, "signed", False) else of.author
