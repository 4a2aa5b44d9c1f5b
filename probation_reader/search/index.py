"""The search index of one library: open, sync, search.

Threads: every method may be called from any thread. Searches wait for each
other, never for a sync: they answer from what was last committed, and see a
new commit, of this process or another, from the next search on. There is one
sync at a time, in this process and among all others. `close` ends a running
sync between two posts and keeps what it has committed.

A bad index is no error: whatever is missing, damaged, or of another version or
library is made anew by the next `sync`.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, Self

from probation_reader.errors import SearchError
from probation_reader.search.answers import Answer, Answering
from probation_reader.search.engine.cursor import PageOfIds, PageRequest
from probation_reader.search.engine.snapshot import IndexSnapshot
from probation_reader.search.engine.store import IndexStore
from probation_reader.search.hits import Results
from probation_reader.search.mark_provider import NoMarks
from probation_reader.search.query.parser import parse
from probation_reader.search.results import PassageCache, read_hits
from probation_reader.search.sync import Sync, changed_posts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from probation_reader.library import Library
    from probation_reader.search.engine.lookup import Lookup
    from probation_reader.search.engine.store import State
    from probation_reader.search.mark_provider import MarkProvider

_NOTHING = PageOfIds((), (), 0, exact=True, notes=())
_UNBEGUN = PageOfIds((), (), 0, exact=False, notes=(), complete=False)
#: Nobody waits longer than about so many seconds to see something.
PATIENCE = 0.03
_NOT_YET = "some posts are not in the search index yet"


class Index:
    """The search index. Made by `Index.open`.

    Args:
        folder: where it lives.
        library: what it is made from.
        marks: what the reader has marked, for ``is:`` and ``tag:``.
    """

    def __init__(
        self, folder: IndexStore, library: Library, marks: MarkProvider | None = None
    ) -> None:
        self._folder = folder
        #: Tells what is another whenever a query may match others, marks aside.
        self.state: Callable[[], object] = folder.stamp
        self._library = library
        self._opened = IndexSnapshot(folder, library, marks or NoMarks())
        self._reading = threading.Lock()
        self._writing = threading.Lock()
        self._closed = threading.Event()

    @classmethod
    def open(cls, folder: Path, library: Library, marks: MarkProvider | None = None) -> Self:
        """Open the index, whatever state it is in; nothing is built here.

        Args:
            folder: where it lives; made, private to the user, if it is not there.
            library: what it is made from.
            marks: what the reader has marked, nothing if left out.

        Raises:
            SearchError: if the folder cannot be made.
        """
        index = cls(IndexStore(folder), library, marks)
        with index._reading:
            index._opened.refresh()
        return index

    def close(self) -> None:
        """End a running sync and close the files; closing twice does nothing."""
        self._closed.set()
        with self._writing, self._reading:
            self._opened.drop()

    def pending(self) -> int:
        """Return how many posts a sync would bring in, or take out."""
        return len(changed_posts(self._library, self._state()))

    def sync(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Bring the index up to the library; make it if there is no good one.

        Args:
            progress: told (posts done, posts in all) after every post; after the
                last when it can be searched, too.

        Returns:
            How many posts were brought in or taken out.

        Raises:
            SearchError: if another sync is running, here or in another copy of
                the program, or the disk does not take the index.
        """
        return self._write(progress, afresh=False)

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Make the index anew; the old one is searched until that is done.

        Args and errors are those of `sync`; returns how many posts it holds.
        """
        return self._write(progress, afresh=True)

    def search(
        self,
        query: str,
        limit: int = 20,
        offset: int = 0,
        *,
        typing: bool = False,
        within: str | None = None,
        by_date: bool = False,
    ) -> Results:
        """Find passages.

        Args:
            query: what a person typed; see `parser` for what is understood.
            limit: how many hits at most.
            offset: how many hits to pass over, for the next page.
            typing: the person is still typing: the last word is a beginning,
                the newest passages come first, and counting may stop early.
            within: the id of the only post to look in.
            by_date: the newest first, instead of the best.

        Raises:
            DamagedIndexError: if the index turns out to be damaged; the next
                `sync` makes it anew.
        """
        page = PageRequest(max(0, limit), max(0, offset), typing, within, by_date)
        (results,) = self._answers(query, page, None)
        return results

    def growing(
        self,
        query: str,
        limit: int = 20,
        *,
        typing: bool = False,
        within: str | None = None,
        by_date: bool = False,
        patience: float = PATIENCE,
    ) -> Iterator[Results]:
        """Find passages, and tell what is found already while there is more to look at.

        Other searches may be asked between two answers; one that is not gone on
        with costs nothing more.

        Args:
            query: as for `search`, as all the others.
            limit: how many hits at most.
            typing: the person is still typing.
            within: the id of the only post to look in.
            by_date: the newest first, instead of the best.
            patience: seconds until the first answer, about; until each later one
                it takes twice as long.

        Yields:
            Answers to the whole query, each from more of the passages than the
            one before, the newest first. The last one is complete, the others
            say that they are not. Errors are those of `search`.
        """
        page = PageRequest(max(0, limit), 0, typing, within, by_date)
        return self._answers(query, page, patience)

    def _answers(self, query: str, page: PageRequest, patience: float | None) -> Iterator[Results]:
        began = perf_counter()
        parsed = parse(query, typing=page.typing)
        nothing = Answer(_NOTHING, PassageCache(self._library, parsed.root))
        answer = replace(nothing, found=_UNBEGUN)
        lookup: Lookup | None = None
        answering: Answering | None = None
        while not answer.found.complete:
            until = None
            if patience is not None:
                until = perf_counter() + patience
                patience *= 2  # each answer costs something to show
            with self._reading:
                now = self._refreshed().lookup
                if parsed.root is None or now is None or not now.leaves:
                    answer = nothing
                else:
                    with self._opened.watched():
                        if answering is None or now is not lookup:
                            # Begun, or begun again because there is a new commit.
                            lookup = now
                            answering = Answering(now, self._library, query, parsed.root, page)
                        answer = answering.go_on(until)
                behind = self._opened.behind
            found = answer.found
            notes = parsed.notes + found.notes + ((_NOT_YET,) if behind else ()) + answer.notes
            yield Results(
                query,
                found.total,
                hits=read_hits(answer.texts, found.ids),
                took_ms=(perf_counter() - began) * 1000,
                notes=notes,
                exact=found.exact,
                asked=answer.asked,
                suggestion=answer.suggestion,
                complete=found.complete,
                behind=behind,
                marker=answer.texts.highlighter.spans,
            )

    def matching(self, query: str) -> tuple[str, ...]:
        """Return the ids of all matches in no order, none guessed; errors are those of `search`."""
        with self._reading:
            lookup = self._refreshed().lookup
            if lookup is None or (root := parse(query).root) is None:
                return ()
            with self._opened.watched():
                return lookup.matching(root)

    def _refreshed(self) -> IndexSnapshot:
        """Return what is published now; the lock for reading must be held."""
        if self._closed.is_set():
            message = "the search index is closed"
            raise SearchError(message)
        self._opened.refresh()
        return self._opened

    def _state(self) -> State | None:
        with self._reading:
            return self._refreshed().state

    # -- writing

    def _write(self, progress: Callable[[int, int], None] | None, *, afresh: bool) -> int:
        if not self._writing.acquire(blocking=False):
            message = "the index is being brought up to date already"
            raise SearchError(message)
        try:
            with self._folder.lock(), self._folder.explained("written"):
                return self._write_locked(progress, afresh=afresh)
        finally:
            self._writing.release()

    def _write_locked(self, progress: Callable[[int, int], None] | None, *, afresh: bool) -> int:
        state = self._state()
        sync = Sync(self._folder, self._library, self._closed.is_set, progress)
        if state is None or afresh:
            return sync.build(at_once=state is None)
        if not changed_posts(self._library, state):
            return 0
        index = self._folder.open(state)
        if index is not None:
            try:
                return sync.update(state, index)
            except Exception:
                if self._folder.proven(state):
                    raise
        return sync.build(at_once=True)
