"""What hits stand in, read from the library and the record. Runs in any thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.identity import post_of
from probation_reader.model import Section
from probation_reader.ui.search.hit_rows import HitContext, HitFlags, setting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from probation_reader.model import Passage
    from probation_reader.search import Hit
    from probation_reader.workspace import Workspace


def settings_of(workspace: Workspace, hits: Iterable[Hit]) -> dict[str, HitContext]:
    """Return what hits stand in, by their ids.

    Args:
        workspace: has them; what is gone from it since is left out.
        hits: the hits.

    Raises:
        ReaderError: if library or record cannot be read.
    """
    ids = [hit.id for hit in hits]
    library = workspace.library
    passages = [passage for _, passage in library.passages(ids)]
    above = {passage.parent for passage in passages if passage.parent}
    parents = {passage.id: passage for _, passage in library.passages(above)}
    replies, marked = library.replies(ids), marks_of(workspace, ids)
    alone = _alone(workspace, passages)
    return {
        passage.id: setting(
            passage,
            parents.get(passage.parent or ""),
            replies.get(passage.id, 0),
            marked[passage.id],
        )._replace(name="post" if passage.id in alone else "")
        for passage in passages
    }


def _alone(workspace: Workspace, passages: Iterable[Passage]) -> frozenset[str]:
    """Return the ids of those that are all of their post's own text."""
    sections = [passage.id for passage in passages if isinstance(passage, Section)]
    rows = {id_: workspace.library.post(post_of(id_)) for id_ in sections}
    return frozenset(id_ for id_, row in rows.items() if row.passages - row.comments == 1)


def marks_of(workspace: Workspace, ids: Collection[str]) -> dict[str, HitFlags]:
    """Return how passages are marked, by their ids."""
    record = workspace.record
    posts = {post_of(id_) for id_ in ids}
    read, new, kept, noted = (
        frozenset[str]().union(*map(ask, posts))
        for ask in (workspace.done_in, workspace.new_in, record.bookmarked_in, record.noted_in)
    )
    return {id_: HitFlags(id_ not in read, id_ in new, id_ in kept, id_ in noted) for id_ in ids}


def marked_anew(workspace: Workspace, settings: Mapping[str, HitContext]) -> dict[str, HitContext]:
    """Return settings with the marks as they are now."""
    marked = marks_of(workspace, settings.keys())
    return {id_: was._replace(marked=marked[id_]) for id_, was in settings.items()}
