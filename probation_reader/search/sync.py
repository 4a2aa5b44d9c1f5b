"""Brings the index up to the library: per changed post, out with the old, in with the new.

Changes are applied in batches. A build made from nothing is published batch by
batch, so that there is something to search early and an interruption costs one
batch; a build that replaces a good one is published when it is complete.
Posts go in oldest first: the newest documents stand last.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from probation_reader.errors import UnknownIdError
from probation_reader.search.engine import whoosh
from probation_reader.search.engine.store import VERSION, State
from probation_reader.search.engine.writer import CompactWriter, Stopped
from probation_reader.search.schema import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from probation_reader.library import Library, PostRow
    from probation_reader.search.engine.store import IndexStore
    from probation_reader.search.engine.whoosh import FileIndex

#: Documents per commit at most: what memory may hold, and an interruption may cost.
BATCH = 50_000
#: Of many documents a commit takes a third, so that few segments are left, but not fewer.
_LEAST_BATCH, _BATCHES = 10_000, 3
#: In the first commit, so that there is something to search soon; each later one
#: has at most four times as many as there are before it.
_FIRST_BATCH, _GROWTH = 1_000, 4
#: More segments than this are joined after a sync.
MOST_SEGMENTS = 6
#: Segments of this many documents are joined first, whatever stands after them.
_SMALL = 500
_STALE_SHARE = 0.3


def changed_posts(library: Library, state: State | None) -> dict[str, int]:
    """Return the posts whose changes the index does not hold: id → position."""
    after = state.position if state else 0
    ahead = state.ahead if state else {}
    latest = {change.post_id: change.seq for change in library.changes(after)}
    return {post: seq for post, seq in latest.items() if ahead.get(post) != seq}


class Sync:
    """One run of bringing an index up to date; the folder's lock must be held.

    Args:
        folder: where the index lives.
        library: what it is made from.
        stopped: asked between posts; True ends the run with what is committed.
        progress: told (posts done, posts in all) after every post; after the last
            when it can be searched, too.
    """

    def __init__(
        self,
        folder: IndexStore,
        library: Library,
        stopped: Callable[[], bool],
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self._folder = folder
        self._library = library
        self._stopped = stopped
        self._progress = progress or _untold

    def update(self, state: State, index: FileIndex) -> int:
        """Apply what changed to the current build; return how many posts that were."""
        return self._apply(state, index, at_once=True)

    def build(self, *, at_once: bool) -> int:
        """Make a new build of the whole library; return how many posts it holds.

        Args:
            at_once: publish what is there batch by batch: there is no good
                build to be kept until this one is complete.
        """
        name, index = self._folder.create()
        state = State(VERSION, self._library.uuid, name, -1, 0)
        try:
            return self._apply(state, index, at_once=at_once, afresh=True)
        finally:
            self._folder.sweep()

    def _apply(self, state: State, index: FileIndex, *, at_once: bool, afresh: bool = False) -> int:
        last = self._library.last_change()
        waiting = changed_posts(self._library, state)
        rows = {row.post.id: row for row in self._library.posts()} if len(waiting) > 1 else {}
        posts = sorted(waiting, key=lambda post: (_day(rows.get(post)), waiting[post]))
        expected = sum(rows[post].passages for post in posts if post in rows)
        share = min(BATCH, max(_LEAST_BATCH, expected // _BATCHES))
        done = documents = 0
        while done < len(posts) and not self._stopped():
            most = min(share, max(_FIRST_BATCH, _GROWTH * documents)) if at_once else share
            batch, size = self._batch(index, posts, done, most)
            if not batch:
                break
            done += len(batch)
            documents += size
            ahead = state.ahead | {post: waiting[post] for post in batch}
            state = self._committed(replace(state, ahead=ahead))
            if at_once and done < len(posts):
                self._folder.publish(state)
        if done == len(posts):
            state = self._committed(replace(state, position=last, ahead={}))
            self._finish(state, index, done, at_once=at_once, afresh=afresh)
        return done

    def _finish(
        self, state: State, index: FileIndex, done: int, *, at_once: bool, afresh: bool
    ) -> None:
        """Publish what is complete, and once more if segments are joined."""
        if at_once:
            self._folder.publish(state)
            self._progress(done, done)
        if self._joined(index, everything=afresh) or not at_once:
            self._folder.publish(self._committed(state))
        if not at_once:
            self._progress(done, done)

    def _joined(self, index: FileIndex, *, everything: bool) -> bool:
        """Join segments where that is worth it; return whether it was done.

        Searches are answered from what is published already, so nobody waits.
        """
        segments = index._segments()  # noqa: SLF001 - a writer, which tells too, leaves files behind
        few = len(segments) <= MOST_SEGMENTS
        first = 0 if everything and not few else _worth_joining(segments)
        if first >= len(segments):
            return False

        def join(writer: CompactWriter, segments: list[Any]) -> list[Any]:
            for segment in segments[first:]:
                writer.add_reader(whoosh.SegmentReader(writer.storage, writer.schema, segment))
            return segments[:first]

        writer = CompactWriter(index, self._stopped)
        try:
            writer.commit(mergetype=join)
        except BaseException as error:
            writer.cancel()
            if isinstance(error, Stopped):
                return False
            raise
        return True

    def _batch(
        self, index: FileIndex, posts: Sequence[str], done: int, most: int
    ) -> tuple[list[str], int]:
        """Write a batch of posts and commit it; return them and the number of documents.

        Args:
            index: what to write to.
            posts: all that are to be written.
            done: how many of them are.
            most: no post is begun once there are so many documents.
        """
        writer = CompactWriter(index, self._stopped)
        batch: list[str] = []
        try:
            for post in islice(posts, done, None):
                if self._stopped():
                    writer.cancel()
                    return [], 0
                self._replace(writer, post)
                batch.append(post)
                if done + len(batch) < len(posts):
                    self._progress(done + len(batch), len(posts))
                if writer.doc_count() >= most:
                    break
            size = int(writer.doc_count())
            writer.commit(mergetype=_kept)
        except BaseException:
            writer.cancel()
            raise
        return batch, size

    def _replace(self, writer: CompactWriter, post: str) -> None:
        writer.delete_by_term("post", post)
        try:
            thread = self._library.thread(post)
        except UnknownIdError:
            return  # gone from the library, so gone from the index
        for document in documents(thread):
            writer.add_document(**document)

    def _committed(self, state: State) -> State:
        files = self._folder.files(state.build, state.files)
        generation = max(int(n.rpartition("_")[2][:-4]) for n in files if n.endswith(".toc"))
        return replace(state, files=files, generation=generation)


def _untold(_done: int, _total: int) -> None:
    pass


def _day(row: PostRow | None) -> str:
    return row.post.published.isoformat() if row and row.post.published else ""


def _worth_joining(segments: list[Any]) -> int:
    """Return from which segment on all should be one; their number if that is none.

    The order stays, since the newest passages stand last. When there are too
    many segments, one joins those after it if it is not much bigger than they
    are together: so a passage is written again only about as often as the index
    doubles. One of which much is deleted is written again in any case.
    """
    first = len(segments)
    if first > MOST_SEGMENTS:
        newer = 0
        while first and segments[first - 1].doc_count() <= max(_SMALL, 2 * newer):
            first -= 1
            newer += segments[first].doc_count()
        if first == len(segments) - 1:  # alone, it would only be copied
            first += 1
    for place, segment in enumerate(segments[:first]):
        if segment.deleted_count() > _STALE_SHARE * segment.doc_count_all():
            return place
    return first


def _kept(_writer: CompactWriter, segments: list[Any]) -> list[Any]:
    """Leave segments as they are, but for those of which all is deleted."""
    return [segment for segment in segments if segment.doc_count()]
