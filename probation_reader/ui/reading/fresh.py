"""What came into a post since the last visit: how much, in how many branches. Pure.

``+37 new in 6 branches, about 25 min``; of a post that is new as a whole,
``new post, 42 comments, about 25 min``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from probation_reader.phrases import count
from probation_reader.ui.reading.remaining import reading_time, words_of
from probation_reader.ui.reading.since import NO_CHANGE, Changed

if TYPE_CHECKING:
    from collections.abc import Collection

    from probation_reader.model import Thread


class Fresh(NamedTuple):
    """What is new in a post and unread.

    Args:
        passages: how many there are.
        branches: in how many branches of the thread they stand.
        words: how many words they have.
        comments: how many comments the post has, if all of it is new; else -1.
        changed: what became of the other passages.
    """

    passages: int
    branches: int
    words: int
    comments: int = -1
    changed: Changed = NO_CHANGE

    def said(self, words_per_minute: int) -> list[str]:
        """Return it in words, from all there is to say to the least.

        Args:
            words_per_minute: how fast the reader reads.
        """
        time, new = reading_time(self.words, words_per_minute), f"+{self.passages:,} new"
        if self.comments >= 0:
            new = "new post"
            where = f", {count(self.comments, 'comment')}" if self.comments else ""
        else:
            where = f" in {count(self.branches, 'branch', 'branches')}"
        changed = ", ".join(["", *self.changed.said()])
        said = [f"{new}{where}{changed}, {time}"] if changed else []
        return [*said, f"{new}{where}, {time}", f"{new}, {time}", new]


def fresh_in(thread: Thread, new: Collection[str], changed: Changed = NO_CHANGE) -> Fresh:
    """Return what is new in a thread.

    Args:
        thread: the thread.
        new: the ids of the passages that are.
        changed: what became of the others.
    """
    branch, branches, words, found = -1, set(), 0, 0
    for passage in thread.passages:
        branch += passage.depth == 0
        if passage.id in new:
            found += 1
            branches.add(branch)
            words += words_of(passage.text)
    whole = found == len(thread.passages)
    return Fresh(found, len(branches), words, len(thread.comments) if whole else -1, changed)
