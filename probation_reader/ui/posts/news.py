"""What is new or unread in a post: how much, since when, and how long it takes to read. Pure.

``+37 new in 6 branches, about 25 min``; of a post that is new as a whole,
``new post, 42 comments, about 25 min``; ``+7 new since Thursday``.

Only the words of what is unread are counted when a thread is opened; a mark then
costs nothing but its own passage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from probation_reader.phrases import count

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from probation_reader.model import Passage, Thread


_WEEK = 7


class Changed(NamedTuple):
    """What became of the passages of a thread that were there before.

    Args:
        edited: how many were edited.
        gone: how many are gone from their page.
    """

    edited: int = 0
    gone: int = 0

    def said(self) -> list[str]:
        """Return it in words: ``2 edited``, ``1 gone``."""
        counted = (self.edited, "edited"), (self.gone, "gone")
        return [f"{number:,} {what}" for number, what in counted if number]


NO_CHANGE = Changed()


def changed_since(thread: Thread, moment: datetime) -> Changed:
    """Return what became of a thread's passages since a moment."""
    gone = sum(p.gone is not None and p.gone > moment for p in thread.passages)
    edited = sum(p.edited is not None and p.edited > moment for p in thread.passages)
    return Changed(edited, gone)


def news(new: int, last_visit: datetime | None, now: datetime, changed: Changed = NO_CHANGE) -> str:
    """Return how many passages are new or changed and since when, empty if none are.

    Args:
        new: how many are new.
        last_visit: when the last visit ended, as the clock of the reader shows it.
        now: what that clock shows now.
        changed: what became of the others.
    """
    said = [*([f"+{new:,} new"] if new else []), *changed.said()]
    if not said or last_visit is None:
        return ""
    return f"{', '.join(said)} since {when(last_visit, now)}"


def when(moment: datetime, now: datetime) -> str:
    """Return a moment as a person says it: the hour, ``yesterday``, the day, the date.

    Args:
        moment: as the clock of the reader shows it.
        now: what that clock shows now.
    """
    days = (now.date() - moment.date()).days
    if days <= 0:
        return f"{moment:%H:%M}"
    if days == 1:
        return "yesterday"
    if days < _WEEK:
        return f"{moment:%A}"
    day = f"{moment.day} {moment:%b}"
    return day if moment.year == now.year else f"{day} {moment.year}"


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
