"""The JSON documents of the commands. Pure; text is handed on unchanged.

Programs rely on these shapes: fields are added, never renamed or removed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.citation import is_edited_since
from probation_reader.model import Section

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from probation_reader.ingest import FileReport
    from probation_reader.library.records import Version
    from probation_reader.model import Passage, Post, SourceSpan
    from probation_reader.record import Bookmark, Mute, SavedSearch
    from probation_reader.saved_search_counts import SavedSearchCount
    from probation_reader.search import Results
    from probation_reader.workspace import PostSummary

Json = dict[str, object]


def moment(when: date | None) -> str | None:
    """Return a day or a moment as ISO 8601 writes it."""
    return when.isoformat() if when else None


def post_summary_row(post_summary: PostSummary) -> Json:
    """Return one post of ``list``."""
    row = post_summary.row
    return {
        "id": row.post.id,
        "title": row.post.title,
        "published": moment(row.post.published),
        "comments": row.comments,
        "unread": post_summary.unread,
        "labels": list(row.post.labels),
        "layout": row.layout,
        "source": row.source,
    }


def post(heading: Post) -> Json:
    """Return the heading of a thread."""
    return {
        "id": heading.id,
        "title": heading.title,
        "published": moment(heading.published),
        "author": heading.author,
        "labels": list(heading.labels),
        "url": heading.url,
        "announced": heading.announced,
    }


def span(of: SourceSpan) -> Json:
    """Return the lines of a capture that something came from."""
    return {"file": of.file, "first_line": of.first_line, "last_line": of.last_line}


def passage(of: Passage, *, read: bool, bookmarked: bool) -> Json:
    """Return a section or a comment."""
    from probation_reader.links import links_in  # noqa: PLC0415 - slow, and few commands need it

    return {
        "id": of.id,
        "number": of.number,
        "parent": of.parent,
        "depth": of.depth,
        "author": of.author,
        "signed": of.signed,
        "published": moment(of.published),
        "text": of.text,
        "links": [
            {"start": link.start, "end": link.end, "address": link.address, "host": link.host}
            for link in links_in(of)
        ],
        "read": read,
        "bookmarked": bookmarked,
        "gone": moment(of.gone),
        "edited": moment(of.edited),
        "source": span(of.source),
    }


def thread(
    heading: Post,
    passages: Sequence[Passage],
    *,
    read: Collection[str],
    kept: Collection[str],
    earlier: Mapping[str, Sequence[Version]] | None = None,
) -> Json:
    """Return what ``show`` shows: a heading and passages in reading order.

    Args:
        heading: of the post.
        passages: the passages.
        read: ids of those that are read.
        kept: ids of those that are bookmarked.
        earlier: the texts that passages had before, by their ids; None to leave them out.
    """
    sections: list[Json] = []
    comments: list[Json] = []
    for one in passages:
        shaped = passage(one, read=one.id in read, bookmarked=one.id in kept)
        if earlier is not None:
            shaped["versions"] = [_version(was) for was in earlier.get(one.id, ())]
        (sections if isinstance(one, Section) else comments).append(shaped)
    return {"post": post(heading), "sections": sections, "comments": comments}


def _version(was: Version) -> Json:
    return {"text": was.text, "source": was.source, "replaced": moment(was.replaced)}


def results(found: Results) -> Json:
    """Return the answer of ``search``."""
    return {
        "query": found.query,
        "total": found.total,
        "took_ms": found.took_ms,
        "asked": found.asked,
        "suggestion": found.suggestion or None,
        "notes": list(found.notes),
        "hits": [
            {
                "id": hit.id,
                "post_id": hit.post_id,
                "number": hit.number,
                "title": hit.title,
                "published": moment(hit.published),
                "snippet": hit.snippet,
                "highlights": [list(run) for run in hit.highlights],
                "source": span(hit.source),
            }
            for hit in found.hits
        ],
    }


def saved_search(search: SavedSearch, tally: SavedSearchCount) -> Json:
    """Return one of ``searches``."""
    counts = tally._asdict()
    return {"name": search.name, "words": search.words, **counts}


def mute(held: Mute, passages: int) -> Json:
    """Return one of ``mutes``, with how many passages it mutes."""
    rule = held.rule
    return {
        "id": rule.target,
        "kind": rule.kind,
        "what": rule.what,
        "post": rule.post or None,
        "until": moment(held.until),
        "passages": passages,
    }


def imported(reports: Sequence[FileReport]) -> Json:
    """Return what became of the files of ``import``."""
    return {
        "files": [
            {
                "path": str(report.path),
                "layout": report.layout,
                "posts": report.posts,
                "comments": report.comments,
                "announced": report.announced,
                "new": report.new,
                "changed": report.changed,
                "gone": report.gone,
                "was": report.was,
                "notes": [{"line": note.line, "message": note.message} for note in report.notes],
                "error": report.error,
            }
            for report in reports
        ],
        "totals": totals(reports),
    }


def totals(reports: Sequence[FileReport]) -> dict[str, int]:
    """Return how many posts and comments came with all files."""
    return {
        "posts": sum(report.posts for report in reports),
        "comments": sum(report.comments for report in reports),
    }


def bookmark(kept: Bookmark, heading: Post | None, where: Passage | None) -> Json:
    """Return one bookmark with what is known of the passage it keeps.

    Args:
        kept: the bookmark.
        heading: the post it stands in, None if the library no longer has it.
        where: the passage itself, None if it is gone.
    """
    return {
        "id": kept.id,
        "quote": kept.quote,
        "note": kept.note,
        "tags": list(kept.tags),
        "at": moment(kept.at),
        "number": where.number if where else None,
        "author": where.author if where else None,
        "signed": where.signed if where else False,
        "gone": where is None,
        "gone_from_page": moment(where.gone) if where else None,
        "edited": where is not None and is_edited_since(kept.quote, where),
        "post": post(heading) if heading else None,
    }
