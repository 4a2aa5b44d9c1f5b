"""Finds in the library what the reader's rules mute, and has the record keep it.

For each rule all posts it is about are looked at once; from then on only those that
changed in the library. So a start, a list and a thread that is opened take what is
kept, and no more is looked up for them.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from probation_reader.errors import UnknownIdError
from probation_reader.mutes import muted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from probation_reader.library import Library
    from probation_reader.mutes import Rule
    from probation_reader.record import Record

#: Posts looked at in one piece of work.
_POSTS = 20


class Muted:
    """What the rules of a record mute in a library.

    Args:
        library: the texts.
        record: the rules.
    """

    def __init__(self, library: Library, record: Record) -> None:
        self._library = library
        self._record = record

    def is_behind(self) -> bool:
        """Return whether there are rules, or changes of the library, not looked at yet."""
        return bool(self._behind(self._library.last_change())) and self._record.keeps

    def _behind(self, reached: int) -> dict[Rule, int | None]:
        known = self._record.muted_to(self._library.uuid)
        return {rule: seen for rule, seen in known.items() if seen != reached}

    def catch_up(self, first: str = "") -> Iterator[None]:
        """Look at what was not looked at yet, piece by piece.

        Args:
            first: the id of a post that is wanted before all others.

        Yields:
            After every piece of work; when there is no more, all is right.

        Raises:
            RecordError: if the record cannot be read or written.
            LibraryError: if the library cannot be read.
        """
        reached = self._library.last_change()
        if not self._record.keeps:
            return
        behind = sorted(self._behind(reached).items(), key=lambda item: item[1] or 0)
        for seen, group in groupby(behind, key=lambda item: item[1]):
            rules = [rule for rule, _ in group]
            posts = self._posts(rules, seen if seen is None or seen <= reached else None)
            posts.sort(key=lambda post: post != first)
            done = 1 if first in posts else 0
            self._look(posts[:done], rules)
            yield
            for at in range(done, len(posts), _POSTS):
                self._look(posts[at : at + _POSTS], rules)
                yield
            self._record.set_muted_to(rules, self._library.uuid, reached)

    def settle(self) -> None:
        """Look at all that was not looked at yet; errors are those of `catch_up`."""
        for _ in self.catch_up():
            pass

    def _posts(self, rules: Collection[Rule], seen: int | None) -> list[str]:
        """Return the posts to look at: those changed since, all that rules are about if None."""
        scopes = {rule.post for rule in rules}
        if seen is None:
            there: Collection[str] = self._library.passage_counts()
        else:
            there = {change.post_id for change in self._library.changes(seen)}
        return [post for post in there if "" in scopes or post in scopes]

    def _look(self, posts: Collection[str], rules: Collection[Rule]) -> None:
        found = {}
        for post in posts:
            about = [rule for rule in rules if rule.post in ("", post)]
            try:
                passages = self._library.thread(post).passages
            except UnknownIdError:  # it was taken out of the library
                passages = ()
            found[post] = muted(about, passages)
        if found:
            self._record.set_muted(found)
