"""In which order a thread is shown, how far indented, and what of it. Pure.

There are three ways: as a tree, by time, and only some passages with the rest
left out. In a tree a folded passage hides what is below it; in the other two,
where what is below may stand anywhere, it only hides its own words.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, datetime
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from probation_reader.outline import Outline


class Ordering(Enum):
    """The ways to show a thread, in the order one goes through them."""

    TREE = "tree"
    TIME = "time"
    NEW = "new"


class Order(NamedTuple):
    """What is shown of a thread, and in which order.

    Args:
        outline: the tree of its passages.
        shown: the passages shown, by index, in the order to show them.
        at: of each passage of the thread where among these it stands, -1 if it does not.
        depths: of each how far it is indented.
        nested: whether folding a passage hides what is below it.
        left_out: how many passages are left out before each of the shown ones and
            after the last; empty if none are.
    """

    outline: Outline
    shown: Sequence[int]
    at: Sequence[int]
    depths: Sequence[int]
    nested: bool
    left_out: Sequence[int] = ()

    def shows(self, index: int) -> bool:
        """Return whether a passage is shown, not left out."""
        return self.at[index] >= 0

    def first_from(self, index: int) -> int | None:
        """Return the first passage of the page from an index on that is shown, None if none is."""
        if self.left_out:
            at = bisect_left(self.shown, index)
            return self.shown[at] if at < len(self.shown) else None
        return index if index < len(self.at) else None

    def is_under(self, index: int) -> bool:
        """Return whether a passage can be seen to answer its parent: it is indented below it."""
        above = self.outline.parents[index]
        return above < 0 or (self.at[above] >= 0 and self.depths[above] + 1 == self.depths[index])


def tree(outline: Outline) -> Order:
    """Return the order of the page, with all its depths."""
    every = range(len(outline))
    return Order(outline, every, every, outline.depths, nested=True)


def by_time(outline: Outline, moments: Sequence[datetime | None]) -> Order:
    """Return all passages by the time they were posted, without depths.

    What has no time stands after what the page has before it.

    Args:
        outline: the tree.
        moments: when each passage was posted, None where unknown.
    """
    latest = datetime.min  # noqa: DTZ901 - times of a page are local to its blog
    keys = []
    for moment in moments:
        latest = _plain(moment) if moment else latest
        keys.append(latest)
    shown = sorted(range(len(keys)), key=keys.__getitem__)
    at = [0] * len(shown)
    for place, index in enumerate(shown):
        at[index] = place
    return Order(outline, shown, at, bytes(len(shown)), nested=False)


def _plain(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def only(outline: Outline, wanted: Iterable[int]) -> Order:
    """Return some passages in the order of the page, each indented below those it answers.

    Args:
        outline: the tree.
        wanted: the passages, by index.
    """
    shown = sorted(wanted)
    at, depths = [-1] * len(outline), [0] * len(outline)
    path: list[int] = []
    for place, index in enumerate(shown):
        at[index] = place
        while path and outline.ends[path[-1]] <= index:
            path.pop()
        depths[index] = len(path)
        path.append(index)
    edges = [-1, *shown, len(outline)]
    left_out = [after - before - 1 for before, after in pairwise(edges)]
    return Order(outline, shown, at, depths, nested=False, left_out=left_out)
