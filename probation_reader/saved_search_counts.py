"""How much of what saved searches find is unread, and how much of that is new.

What a search finds is asked of the index once and kept, a bit for each passage,
until the index changes. What is read is asked of the record once for every post
with something found, and again for posts in which something was marked since:
then nothing else is looked at. A search that asks for marks itself (``is:``,
``tag:``) is asked anew whenever the record has grown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from probation_reader.identity import post_of
from probation_reader.search.query.ast import asks_for_marks
from probation_reader.search.query.parser import parse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from probation_reader.workspace import Workspace

#: Posts looked at in one piece of work, and passages numbered.
_POSTS, _PASSAGES = 50, 5_000


class SavedSearchCount(NamedTuple):
    """What one search finds.

    Args:
        found: how many passages.
        unread: how many of them are not marked read.
        new: how many of these came into the library since the last visit.
    """

    found: int = 0
    unread: int = 0
    new: int = 0


class SavedSearchCounts:
    """The counts of some searches, kept up.

    Used by one thread at a time.

    Args:
        workspace: has the index, the library and the record.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._begin_anew(None)

    def _begin_anew(self, state: object) -> None:
        self._state = state
        self._revision = -1
        #: The number of each passage that was found, by post and id.
        self._numbers: dict[str, dict[str, int]] = {}
        self._count = 0
        #: What each search found, a bit for each passage; which of them ask for marks.
        self._found: dict[str, int] = {}
        self._of_marks: set[str] = set()
        self._read, self._new = bytearray(), bytearray()
        #: Posts in which what is read is still to be looked up.
        self._waiting: set[str] = set()

    def is_behind(self) -> bool:
        """Return whether something was written down or indexed since the last count."""
        workspace = self._workspace
        moved = workspace.record.revision() != self._revision
        return moved or workspace.index.state() != self._state

    def catch_up(self, searches: Collection[str]) -> Iterator[None]:
        """Count for these searches, piece by piece.

        Args:
            searches: the words of each; what was known of any other is forgotten.

        Yields:
            After every piece of work, so that whoever counts can rest or stop: the
            counts are right when there is no more.

        Raises:
            SearchError: if the index turns out to be damaged.
            RecordError: if the record cannot be read.
            LibraryError: if the library cannot be read.
        """
        state, revision = self._workspace.index.state(), self._workspace.record.revision()
        if state != self._state:
            self._begin_anew(state)
        if revision != self._revision:
            self._follow_marks()
            self._revision = revision
        self._found = {words: bits for words, bits in self._found.items() if words in searches}
        for words in searches:
            if words not in self._found:
                yield from self._look_for(words)
        arrived = self._arrived()
        while self._waiting:
            for _ in range(min(_POSTS, len(self._waiting))):
                self._look_into(self._waiting.pop(), arrived)
            yield

    def tally(self, words: str) -> SavedSearchCount:
        """Return the counts of a search, as far as it was counted."""
        found = self._found.get(words, 0)
        unread = found & ~int.from_bytes(self._read, "little")
        new = unread & int.from_bytes(self._new, "little")
        return SavedSearchCount(found.bit_count(), unread.bit_count(), new.bit_count())

    def _follow_marks(self) -> None:
        for words in self._of_marks:
            self._found.pop(words, None)
        if self._numbers:
            marked = self._workspace.record.posts_marked_after(self._revision)
            posts = self._numbers.keys()
            self._waiting |= posts if marked is None else marked & posts

    def _look_for(self, words: str) -> Iterator[None]:
        """Ask the index for what a search finds, and number it."""
        if asks_for_marks(parse(words).root):
            self._of_marks.add(words)
        ids, numbers = self._workspace.index.matching(words), list[int]()
        yield
        for first in range(0, len(ids), _PASSAGES):
            numbers += map(self._number, ids[first : first + _PASSAGES])
            yield
        bits = bytearray(self._count // 8 + 1)
        for number in numbers:
            _turn_on(bits, number)
        self._found[words] = int.from_bytes(bits, "little")
        for flags in (self._read, self._new):
            flags.extend(bytes(len(bits) - len(flags)))

    def _number(self, id_: str) -> int:
        post = post_of(id_)
        of_post = self._numbers.setdefault(post, {})
        if id_ not in of_post:
            of_post[id_] = self._count
            self._count += 1
            self._waiting.add(post)
        return of_post[id_]

    def _arrived(self) -> Collection[str]:
        """Return the posts that got something since the last visit."""
        since = self._workspace.record.last_visit
        return self._workspace.library.arrivals(since) if since and self._waiting else ()

    def _look_into(self, post: str, arrived: Collection[str]) -> None:
        """Take from the record what is read in a post, and from the library what is new."""
        read = self._workspace.done_in(post)
        new = self._workspace.new_in(post) if post in arrived else frozenset[str]()
        for id_, number in self._numbers[post].items():
            for flags, those in ((self._read, read), (self._new, new)):
                if id_ in those:
                    _turn_on(flags, number)
                else:
                    flags[number >> 3] &= ~(1 << (number & 7))


def _turn_on(flags: bytearray, number: int) -> None:
    flags[number >> 3] |= 1 << (number & 7)
