"""How much of a thread is still to be read, kept up as marks change. Pure.

Only the words of what is unread are counted when a thread is opened; a mark then
costs nothing but its own passage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from probation_reader.model import Passage

_MINUTES_TO_HOURS = 90


class Remaining:
    """The words of one thread that nobody has read, but of what is gone from its page.

    Args:
        passages: the thread's passages.
        read: ids of those that have been read.

    Attributes:
        words: how many words are unread, by the spaces between them.
    """

    def __init__(self, passages: Iterable[Passage], read: Collection[str]) -> None:
        self._texts = {passage.id: passage.text for passage in passages if not passage.gone}
        unread = {id_: text for id_, text in self._texts.items() if id_ not in read}
        self._unread = set(unread)
        self.words = sum(map(words_of, unread.values()))

    def update(self, read: Collection[str], only: Iterable[str] | None = None) -> None:
        """Take the marks as they are now.

        Args:
            read: ids of the passages that have been read.
            only: ids of those whose marks may have changed; all without it.
        """
        for passage in self._texts if only is None else only:
            if passage in self._unread and passage in read:
                self._unread.remove(passage)
                self.words -= words_of(self._texts[passage])
            elif passage in self._texts and passage not in self._unread and passage not in read:
                self._unread.add(passage)
                self.words += words_of(self._texts[passage])


def words_of(text: str) -> int:
    """Return how many words a text has, as near as matters to say how long it takes."""
    return 1 + text.count(" ") + text.count("\n")


def reading_time(words: int, per_minute: int) -> str:
    """Return how long so many words take to read: ``about 9 min``, ``about 2 h``."""
    minutes = max(1, round(words / per_minute))
    if minutes < _MINUTES_TO_HOURS:
        return f"about {minutes} min"
    return f"about {round(minutes / 60):,} h"
