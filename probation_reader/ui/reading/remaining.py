"""How much of a thread is still to be read, kept up as marks change. Pure.

Words are counted once, when a thread is opened; a mark then costs nothing but its
own passage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from probation_reader.model import Passage

_MINUTES_TO_HOURS = 90


class Remaining:
    """The words of one thread that nobody has read.

    Args:
        passages: the thread's passages.
        read: ids of those that have been read.

    Attributes:
        words: how many words are unread, by the spaces between them.
    """

    def __init__(self, passages: Iterable[Passage], read: Collection[str]) -> None:
        self._words = {
            passage.id: 1 + passage.text.count(" ") + passage.text.count("\n")
            for passage in passages
        }
        self._unread = {passage for passage in self._words if passage not in read}
        self.words = sum(map(self._words.__getitem__, self._unread))

    def update(self, read: Collection[str], only: Iterable[str] | None = None) -> None:
        """Take the marks as they are now.

        Args:
            read: ids of the passages that have been read.
            only: ids of those whose marks may have changed; all without it.
        """
        for passage in self._words if only is None else only:
            if passage in self._unread and passage in read:
                self._unread.remove(passage)
                self.words -= self._words[passage]
            elif passage in self._words and passage not in self._unread and passage not in read:
                self._unread.add(passage)
                self.words += self._words[passage]


def reading_time(words: int, per_minute: int) -> str:
    """Return how long so many words take to read: ``about 9 min``, ``about 2 h``."""
    minutes = max(1, round(words / per_minute))
    if minutes < _MINUTES_TO_HOURS:
        return f"about {minutes} min"
    return f"about {round(minutes / 60):,} h"
