"""Bookmarks looked up and cited: post, date, number, author, address. Pure but for the look-up.

What people wrote is escaped for Markdown, so that a quote with stars and
brackets in it is read as it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote as percent

from probation_reader.citation import cited, gone_said, is_edited_since, place
from probation_reader.errors import UnknownIdError
from probation_reader.identity import is_passage
from probation_reader.sanitize import safe, safe_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.library import Library
    from probation_reader.model import Passage, Post
    from probation_reader.record import Bookmark
    from probation_reader.workspace import Workspace

_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|$]")
_AT_LINE_START = re.compile(r"^(\d{1,9}(?=[.)])|(?=[#+=-]))", re.MULTILINE)
_ADDRESS_SAFE = "/:?#[]@!$&'()*+,;=%-._~"


@dataclass(frozen=True, slots=True)
class ResolvedBookmark:
    """A bookmark and what the library knows of it.

    Args:
        bookmark: as the record has it.
        post: the post it stands in, None if the library has it no longer.
        passage: the passage, None if it is gone.
    """

    bookmark: Bookmark
    post: Post | None
    passage: Passage | None


def looked_up(workspace: Workspace) -> list[ResolvedBookmark]:
    """Return every bookmark, newest first, with its post and passage."""
    bookmarks, library = workspace.bookmarks(), workspace.library
    posts = {id_: _post(library, id_) for id_ in {each.post_id for each in bookmarks}}
    passages = {passage.id: passage for _, passage in library.passages(b.id for b in bookmarks)}
    for each in bookmarks:
        if posts[each.post_id] and not is_passage(each.id):
            passages[each.id] = library.thread(each.post_id).passages[0]
    return [
        ResolvedBookmark(each, posts[each.post_id], passages.get(each.id)) for each in bookmarks
    ]


def _post(library: Library, post_id: str) -> Post | None:
    try:
        return library.post(post_id).post
    except UnknownIdError:
        return None


def citation(kept: ResolvedBookmark) -> str:
    """Return where a quote comes from, as one line."""
    if kept.post is None:
        return "A post that is not in the library"
    return cited(kept.post, kept.passage, kept.bookmark.quote)


def became(kept: ResolvedBookmark) -> str:
    """Return what became of the passage since it was kept, empty if nothing did."""
    passage = kept.passage
    if passage is None:
        return ""
    edited = is_edited_since(kept.bookmark.quote, passage)
    return gone_said(passage) or ("edited since it was kept" if edited else "")


def as_markdown(bookmarks: Sequence[ResolvedBookmark]) -> str:
    """Return all bookmarks as one Markdown document."""
    return "# Bookmarks\n\n" + "\n\n---\n\n".join(map(_one, bookmarks))


def _one(kept: ResolvedBookmark) -> str:
    bookmark = kept.bookmark
    parts = ["> " + escape(bookmark.quote).replace("\n", "  \n> ")]
    if bookmark.note:
        parts.append(escape(bookmark.note).replace("\n", "  \n"))
    if bookmark.tags:
        parts.append("Tags: " + ", ".join(map(_escape_line, bookmark.tags)))
    parts.append("— " + _cited(kept))
    return "\n\n".join(parts)


def _cited(kept: ResolvedBookmark) -> str:
    if kept.post is None:
        return citation(kept)
    title = f"*{_escape_line(kept.post.title)}*"
    address = f" {_link(kept.post.url)}" if kept.post.url else ""
    said = place(kept.post, kept.passage, kept.bookmark.quote)
    return ", ".join([title, *map(_escape_line, said)]) + "." + address


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
