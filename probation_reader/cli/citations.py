"""Bookmarks looked up and cited: post, date, number, author, address. Pure but for the look-up.

What people wrote is escaped for Markdown, so that a quote with stars and
brackets in it is read as it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote as percent

from probation_reader.citation import cited, place
from probation_reader.errors import UnknownIdError
from probation_reader.identity import is_passage
from probation_reader.plain import safe, safe_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.cli.session import Session
    from probation_reader.model import Passage, Post, Thread
    from probation_reader.personal import Bookmark

_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|$]")
_AT_LINE_START = re.compile(r"^(\d{1,9}(?=[.)])|(?=[#+=-]))", re.MULTILINE)
_ADDRESS_SAFE = "/:?#[]@!$&'()*+,;=%-._~"


@dataclass(frozen=True, slots=True)
class Kept:
    """A bookmark and what the library knows of it.

    Args:
        bookmark: as the record has it.
        post: the post it stands in, None if the library has it no longer.
        passage: the passage, None if it is gone.
    """

    bookmark: Bookmark
    post: Post | None
    passage: Passage | None


def looked_up(session: Session) -> list[Kept]:
    """Return every bookmark, newest first, with its post and passage."""
    threads: dict[str, Thread | None] = {}
    found = []
    for bookmark in session.workspace.bookmarks():
        post_id = bookmark.post_id
        if post_id not in threads:
            threads[post_id] = _thread(session, post_id)
        thread = threads[post_id]
        passages = thread.passages if thread else ()
        whole = not is_passage(bookmark.id)
        passage = next((p for p in passages if whole or p.id == bookmark.id), None)
        found.append(Kept(bookmark, thread.post if thread else None, passage))
    return found


def _thread(session: Session, post_id: str) -> Thread | None:
    try:
        return session.workspace.library.thread(post_id)
    except UnknownIdError:
        return None


def citation(kept: Kept) -> str:
    """Return where a quote comes from, as one line."""
    if kept.post is None:
        return "A post that is no longer in the library"
    return cited(kept.post, kept.passage)


def as_markdown(bookmarks: Sequence[Kept]) -> str:
    """Return all bookmarks as one Markdown document."""
    return "# Bookmarks\n\n" + "\n\n---\n\n".join(map(_one, bookmarks))


def _one(kept: Kept) -> str:
    bookmark = kept.bookmark
    parts = ["> " + escape(bookmark.quote).replace("\n", "  \n> ")]
    if bookmark.note:
        parts.append(escape(bookmark.note).replace("\n", "  \n"))
    if bookmark.tags:
        parts.append("Tags: " + ", ".join(map(_escape_line, bookmark.tags)))
    parts.append("— " + _cited(kept))
    return "\n\n".join(parts)


def _cited(kept: Kept) -> str:
    if kept.post is None:
        return citation(kept)
    title = f"*{_escape_line(kept.post.title)}*"
    address = f" {_link(kept.post.url)}" if kept.post.url else ""
    return ", ".join([title, *map(_escape_line, place(kept.post, kept.passage))]) + "." + address


def _link(url: str) -> str:
    address = safe_line(url)
    if not address.startswith(("https://", "http://")):
        return _escape_line(address)
    return f"<{percent(address, safe=_ADDRESS_SAFE)}>"


def _escape_line(text: str) -> str:
    return escape(safe_line(text))


def escape(text: str) -> str:
    """Return text as Markdown that reads as the text; indentation is let go."""
    lines = (line.strip() for line in safe(text).split("\n"))
    return _AT_LINE_START.sub(r"\1\\", _SPECIAL.sub(r"\\\g<0>", "\n".join(lines)))
