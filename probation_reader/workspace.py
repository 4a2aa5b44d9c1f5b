"""Opens the library, the personal record and the index together. Wiring only.

The index is opened, and whoosh imported, when it is first asked for. What the
record counts as read follows the library through its change feed.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, NamedTuple, Self

from probation_reader.errors import RecordError
from probation_reader.identity import post_of
from probation_reader.library import Library
from probation_reader.muted_passages import Muted
from probation_reader.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from probation_reader.library import Entry, PostRow
    from probation_reader.paths import Paths
    from probation_reader.record import Bookmark
    from probation_reader.search import Index


class PostSummary(NamedTuple):  # a plain tuple: thousands are made at once
    """A post as lists show it.

    Args:
        row: the post with its counts.
        unread: how many of its passages are neither marked read nor muted: the
            sections of its own text and its comments.
        new: how many of these came into the library since the last visit.
    """

    row: PostRow
    unread: int
    new: int = 0


def _left(passages: int, read: int, new: int) -> tuple[int, int]:
    """Return how many passages of a post are unread, and how many of these are new."""
    unread = max(0, passages - read)
    # A post that was away and came back is all new, its marks are not.
    return unread, min(new, unread)


class _Marks:
    """Tells searches what the reader has marked; an answer is kept while nothing changes."""

    def __init__(self, library: Library, record: Record) -> None:
        self._library = library
        self._record = record
        self._kept: dict[tuple[str, str], tuple[object, frozenset[str]]] = {}
        #: What is read in each post, as it was at this revision of the record.
        self._read: dict[str, frozenset[str]] = {}
        self._revision = -1

    def ids(self, how: str, tag: str = "") -> frozenset[str]:
        """Return the ids of what is ``read``, ``new``, ``muted``, ``bookmarked``, has a ``tag``."""
        ways: dict[str, Callable[[], frozenset[str]]] = {
            "read": lambda: self._all_read() | self._library.gone_ids(),
            "muted": self._record.all_muted,
            "new": self._new,
            "bookmarked": lambda: frozenset(kept.id for kept in self._record.bookmarks()),
            "tag": lambda: self._tagged(tag.casefold()),
        }
        state: object = (self._record.revision(), self._library.last_change())
        if how == "muted":
            state = self._record.muted_state()
        known = self._kept.get((how, tag))
        if known is None or known[0] != state:
            known = self._kept[how, tag] = (state, ways[how]())
        return known[1]

    def _all_read(self) -> frozenset[str]:
        """Ask again only of posts in which something was marked since the last time."""
        record = self._record
        revision, marked = record.revision(), record.posts_marked_after(self._revision)
        if self._revision < 0 or marked is None:
            self._read.clear()
            marked = record.read_posts()
        self._read.update((post, record.read_in(post)) for post in marked)
        self._revision = revision
        return frozenset().union(*self._read.values())

    def _new(self) -> frozenset[str]:
        since = self._record.last_visit
        if since is None:
            return frozenset()
        arrived = (self._library.arrived_in(p, since) for p in self._library.arrivals(since))
        return frozenset().union(*arrived)

    def _tagged(self, tag: str) -> frozenset[str]:
        return frozenset(
            kept.id
            for kept in self._record.bookmarks()
            if tag in {each.casefold() for each in kept.tags}
        )


class Workspace:
    """Everything one reader has, open. Made by `Workspace.open`.

    Args:
        paths: where it lives.
        library: what has been imported.
        record: what the reader did.
        stack: closes what was opened.
    """

    def __init__(self, paths: Paths, library: Library, record: Record, stack: ExitStack) -> None:
        self.paths = paths
        self.library = library
        self.record = record
        self.muted = Muted(library, record)
        self._stack = stack
        self._index: Index | None = None
        self._opening = threading.Lock()

    @classmethod
    def open(cls, paths: Paths) -> Self:
        """Open the library and the record, making what is missing.

        Args:
            paths: where they live; missing folders are made 0700.

        Raises:
            LibraryError: if the library cannot be opened.
        """
        with ExitStack() as stack:
            record = stack.enter_context(Record.open(paths.record))
            library = stack.enter_context(Library.open(paths.library))
            return cls(paths, library, record, stack.pop_all())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close everything that was opened; again does nothing."""
        self._stack.close()

    @property
    def index(self) -> Index:
        """The search index, opened at first use, from any thread.

        Raises:
            SearchError: if it cannot be opened.
        """
        with self._opening:
            if self._index is None:
                from probation_reader.search import Index  # noqa: PLC0415 - brings in whoosh

                self._index = Index.open(
                    self.paths.index, self.library, _Marks(self.library, self.record)
                )
                self._stack.callback(self._index.close)
            return self._index

    @property
    def notices(self) -> list[str]:
        """Sentences for the reader, the weightiest last; empty when all is well."""
        return self.library.notices + self.record.notices

    def post_summaries(self) -> list[PostSummary]:
        """Return the posts, newest first, with what is unread and what is new in each."""
        self._settle_muted()
        done, new = self._counts()
        return [
            PostSummary(
                row, *_left(row.passages, done.get(row.post.id, 0), new.get(row.post.id, 0))
            )
            for row in self.library.posts()
        ]

    def unread(self) -> int:
        """Return how many passages of all posts are unread, without a look at the posts."""
        self._settle_muted()
        self.refresh_counts()
        done, there = self._done(self.record.muted_unread()), self.library.passage_counts()
        return sum(max(0, passages - done.get(post, 0)) for post, passages in there.items())

    def _settle_muted(self) -> None:
        with suppress(RecordError):  # as `refresh_counts`
            self.muted.settle()

    def _counts(self) -> tuple[dict[str, int], dict[str, int]]:
        """Return for each post how many passages are unread no more, and how many are new."""
        self.refresh_counts()
        muted = self.record.muted_unread()
        return self._done(muted), self._unread_arrivals(muted)

    def _done(self, muted: Mapping[str, int]) -> dict[str, int]:
        """Return how many passages of each post are read or muted, where any are.

        Args:
            muted: how many are muted and unread, per post that has any.
        """
        done = self.record.read_counts()
        gone = {post_of(id_) for id_ in self.library.gone_ids()} if muted else ()
        for post, count in muted.items():
            if post in gone:  # and what is muted may be just that
                done[post] = len(self.done_in(post) & self._live_in(post))
            else:
                done[post] = done.get(post, 0) + count
        return done

    def entries(self) -> Iterator[tuple[Entry, int, int]]:
        """Yield the posts, newest first, with what is unread and what is new in each.

        This is all that a list needs, in a third of the time of `post_summaries`: a start waits
        for it. What came in is taken as not muted until `Muted.catch_up` has looked at it.
        """
        done, new = self._counts()
        for entry in self.library.entries():
            unread = _left(entry.passages, done.get(entry.id, 0), new.get(entry.id, 0))
            yield entry, *unread

    def post_summary(self, post_id: str) -> PostSummary:
        """Return one post as lists show it.

        Raises:
            UnknownIdError: if it is not in the library.
        """
        row, done = self.library.post(post_id), self.done_in(post_id)
        there = self._live_in(post_id)
        return PostSummary(
            row, *_left(row.passages, len(there & done), len(self.new_in(post_id) - done))
        )

    def done_in(self, post_id: str) -> frozenset[str]:
        """Return the ids of the passages of a post that are unread no more: read, muted, gone."""
        done = self.record.read_in(post_id).union(self.record.muted_in(post_id))
        return done | self.library.gone_ids(post_id)

    def _live_in(self, post_id: str) -> frozenset[str]:
        return self.library.passage_ids(post_id) - self.library.gone_ids(post_id)

    def new_in(self, post_id: str) -> frozenset[str]:
        """Return the ids of the passages that came in since the last visit ended.

        What came in while that visit lasted was there to be seen. At the very
        first visit nothing is new.
        """
        since = self.record.last_visit
        return self.library.arrived_in(post_id, since) if since else frozenset()

    def _unread_arrivals(self, muted: Iterable[str]) -> dict[str, int]:
        """Return how many passages are new and unread, for each post that got any.

        Only posts that were marked in since, or have something muted, are looked into:
        what came later than the last visit can have been read only after it.
        """
        since = self.record.last_visit
        if since is None:
            return {}
        new = self.library.arrivals(since)
        marked = self.record.posts_marked_since(since).union(muted)
        for post in marked & new.keys():
            new[post] = len(self.library.arrived_in(post, since) - self.done_in(post))
        return new

    def refresh_counts(self) -> None:
        """Count anew what is read in the posts that changed in the library.

        All of them when it is another library than the one that was counted,
        or an older state of it. Nothing is looked up when nothing changed. What
        cannot be written, on a full disk for one, is counted the next time.
        """
        library, record = self.library, self.record
        reached, counted = library.last_change(), record.counted_to(library.uuid)
        if counted == reached:
            return
        marked = record.read_posts()
        if counted is None or counted > reached:
            changed: Iterable[str] = marked
        else:
            changed = marked.intersection(c.post_id for c in library.changes(counted))
        live = {post: self._live_in(post) for post in changed}
        with suppress(RecordError):  # counters that are behind keep nobody from reading
            record.recount(live, library=library.uuid, reached=reached)

    def bookmarks(self) -> list[Bookmark]:
        """Return the bookmarks, newest first, but not those in samples that stepped aside."""
        samples, kept = self.library.sample_ids(), self.record.bookmarks()
        if samples.isdisjoint(bookmark.post_id for bookmark in kept):
            return kept
        aside = samples.difference(row.post.id for row in self.library.posts())
        return [bookmark for bookmark in kept if bookmark.post_id not in aside]
