"""Imports a page capture after capture into a workspace where it was read and marked.

Nothing tells two remarks of the same few words apart once both have moved: where one of
them got the marks of the other, it is counted as a twin, not as lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from probation_reader.importers import import_source
from probation_reader.importers.source import source_from_bytes
from probation_reader.library import SourceRecord
from probation_reader.record import ThreadViewState
from tests.reconcile import recaptures

if TYPE_CHECKING:
    from probation_reader.model import Thread
    from probation_reader.workspace import Workspace
    from tests.reconcile.recaptures import Change, Layout, Remarks


@dataclass
class Tally:
    """How many marked remarks of later captures have the marks they had.

    Args:
        captures: the captures that were looked at.
        kept: those that have them.
        twins: those that have the marks of one with the same words.
        lost: those that have not.
    """

    captures: int = 0
    kept: int = 0
    twins: int = 0
    lost: int = 0


class Reader:
    """Someone who has read and marked a page.

    Args:
        workspace: without any post.
        seed: of the page.
        layout: how later captures of it are kept.
        tally: what is found out is added to it.
    """

    def __init__(self, workspace: Workspace, seed: int, layout: Layout, tally: Tally) -> None:
        self._workspace, self._layout, self._tally = workspace, layout, tally
        self.blog = recaptures.Blog(seed, deepest=1 if layout is recaptures.glued else 3)
        self._take(recaptures.numbered(self.blog, self.blog.remarks))
        self._ids: dict[int, str] = {}
        self._now: Remarks = []
        self._learn(self.blog.remarks)
        self._mark()

    def _take(self, text: str) -> None:
        source = source_from_bytes(text.encode(), "page.txt")
        result = import_source(source)
        record = SourceRecord("page.txt", source.digest, result.layout, 1)
        self._workspace.library.store(record, result.threads)

    @property
    def thread(self) -> Thread:
        """The page as the library has it."""
        (row,) = (r for r in self._workspace.library.posts() if r.post.title == self.blog.title)
        return self._workspace.library.thread(row.post.id)

    def _learn(self, remarks: Remarks) -> None:
        live = [comment for comment in self.thread.comments if not comment.gone]
        assert len(live) == len(remarks)
        for remark, comment in zip(remarks, live, strict=True):
            self._ids.setdefault(remark.origin, comment.id)
        self._now = remarks

    def _mark(self) -> None:
        """Mark each remark in some way, so that none can be lost unseen."""
        record, post = self._workspace.record, self.thread.post.id
        ids = list(self._ids.values())
        record.mark_read(ids[::2])
        record.bookmark(ids[-1], "its words", "a note", ["tag"])
        folded = tuple(id_.partition(".")[2] for id_ in ids[1::2])
        record.set_position(post, ids[len(ids) // 2], 0, ThreadViewState(but=folded))

    def look_at(self, change: Change) -> None:
        """Import a later capture and count what has its marks."""
        known, before = dict(self._ids), {p.id: p.text for p in self.thread.passages}
        after = change(self.blog, self._now)
        self._take(self._layout(self.blog, after))
        self._tally.captures += 1
        there = {passage.id for passage in self.thread.passages}
        self._check_marks(there)
        assert before.keys() <= there, "what was there is there for good"
        if self._layout in {recaptures.listing, recaptures.single}:
            assert not any(comment.gone for comment in self.thread.comments)
            self._tally.kept += len(known)
            return
        self._learn(after)
        live = [comment for comment in self.thread.comments if not comment.gone]
        for remark, comment in zip(after, live, strict=True):
            expected = known.get(remark.origin)
            if expected == comment.id or (expected is None and comment.id not in before):
                self._tally.kept += 1
            elif remark.text in recaptures.SHORT:
                self._tally.twins += 1
            else:
                self._tally.lost += 1
            self._ids[remark.origin] = comment.id

    def _check_marks(self, there: set[str]) -> None:
        """Make sure that everything in the record is about something in the library."""
        record, post = self._workspace.record, self.thread.post.id
        position = record.position(post)
        assert position is not None
        folded = {f"{post}.{id_}" for id_ in position.view.but}
        kept = record.bookmarked_in(post)
        assert record.read_in(post) | folded | kept | {position.passage} <= there
