"""Opens the library, the personal record and the index together. Wiring only.

The index is opened, and whoosh imported, when it is first asked for. What the
record counts as read follows the library through its change feed.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from probation_reader.errors import RecordError
from probation_reader.library import Library
from probation_reader.personal import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from probation_reader.library import PostRow
    from probation_reader.paths import Paths
    from probation_reader.personal import Bookmark
    from probation_reader.search import Index


@dataclass(frozen=True, slots=True)
class Shelved:
    """A post as the shelf shows it.

    Args:
        row: the post with its counts.
        unread: how many of its passages are not marked read: the sections of
            its own text and its comments.
    """

    row: PostRow
    unread: int


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

                self._index = Index.open(self.paths.index, self.library)
                self._stack.callback(self._index.close)
            return self._index

    @property
    def notices(self) -> list[str]:
        """Sentences for the reader, the weightiest last; empty when all is well."""
        return self.library.notices + self.record.notices

    def shelf(self) -> list[Shelved]:
        """Return the posts, newest first, with what is unread in each."""
        self.refresh_counts()
        read = self.record.read_counts()
        return [
            Shelved(row, max(0, row.passages - read.get(row.post.id, 0)))
            for row in self.library.posts()
        ]

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
        live = {post: library.passage_ids(post) for post in changed}
        with suppress(RecordError):  # counters that are behind keep nobody from reading
            record.recount(live, library=library.uuid, reached=reached)

    def bookmarks(self) -> list[Bookmark]:
        """Return the bookmarks, newest first, but not those in samples that stepped aside."""
        samples, kept = self.library.sample_ids(), self.record.bookmarks()
        if samples.isdisjoint(bookmark.post_id for bookmark in kept):
            return kept
        aside = samples.difference(row.post.id for row in self.library.posts())
        return [bookmark for bookmark in kept if bookmark.post_id not in aside]
