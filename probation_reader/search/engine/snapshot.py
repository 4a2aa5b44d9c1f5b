"""The state of an index that is searched: what was last committed, whoever did that.

Not thread-safe. Every byte of a file is checked when it is first seen; what is found
to be damaged later is given up, and made anew by the next sync.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from probation_reader.errors import DamagedIndexError
from probation_reader.search.engine.lookup import Lookup
from probation_reader.search.engine.whoosh import UntrustedPickleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from probation_reader.library import Library
    from probation_reader.search.engine.store import IndexStore, State
    from probation_reader.search.mark_provider import MarkProvider


class IndexSnapshot:
    """What is open of an index.

    Args:
        folder: where the index lives.
        library: what it is made from.
        marks: what the reader has marked.

    Attributes:
        state: what the index holds, None if there is no good one.
        lookup: searches it, None if there is none.
    """

    def __init__(self, folder: IndexStore, library: Library, marks: MarkProvider) -> None:
        self._folder = folder
        self._library = library
        self._marks = marks
        self._stamp: tuple[int, int, int] | None = None
        self.state: State | None = None
        self.lookup: Lookup | None = None

    @property
    def behind(self) -> bool:
        """Whether there is more in the library than in the index."""
        return (self.state.position if self.state else 0) < self._library.last_change()

    def refresh(self) -> None:
        """Follow what was published since."""
        stamp = self._folder.stamp()
        if stamp == self._stamp and (self.lookup is not None or stamp is None):
            return
        state = self._folder.read(self._library.uuid, self._library.last_change())
        self.drop()
        index = self._folder.open(state) if state else None
        if index is not None:
            try:
                self.lookup = Lookup(index, self._marks)
                self.state = state
            except Exception as error:
                foreign = isinstance(error, UntrustedPickleError)
                if state and not foreign and self._folder.proven(state):
                    raise
        self._stamp = stamp

    def drop(self) -> None:
        """Close the files."""
        if self.lookup:
            self.lookup.close()
        self.lookup = self.state = self._stamp = None

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Let what fails because of damage fail as such, and give the index up.

        Raises:
            DamagedIndexError: if the index is not what was committed.
        """
        try:
            yield
        except Exception as error:
            # Whoosh raises anything at all over damaged files; over good ones
            # the mistake is this program's and stays as it is.
            if self.state and self._folder.proven(self.state):
                raise
            self.drop()
            self._folder.discard()
            message = "the search index is damaged"
            where = str(self._folder.path)
            advice = "It is made anew: search again"
            raise DamagedIndexError(message, where=where, advice=advice) from error
