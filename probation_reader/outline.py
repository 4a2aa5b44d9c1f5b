"""Tree arithmetic over a flat reading order. Pure; no recursion anywhere.

A thread in reading order is fully described by the depth of each passage:
a passage's subtree is the run after it whose depths are greater than its own.
Every function takes indices into that order and is linear at worst.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

#: Numbers of up to this many parts are written out; deeper ones are shortened,
#: so that a chain of replies costs memory in proportion to its length.
_FULL_NUMBER_PARTS = 8
_SHORT_NUMBER_HEAD = 3


class Outline:
    """Parents, subtree ends and visibility of one reading order.

    Args:
        depths: the depth of each passage, 0 at the top; each at most one more
            than the depth before it.

    Raises:
        ValueError: if a depth is negative or skips a level.
    """

    __slots__ = ("depths", "ends", "parents")

    def __init__(self, depths: Iterable[int]) -> None:
        self.depths: tuple[int, ...] = tuple(depths)
        size = len(self.depths)
        self.parents = parents = [-1] * size
        self.ends = ends = [size] * size
        path: list[int] = []
        for index, depth in enumerate(self.depths):
            if depth < 0 or depth > len(path):
                message = f"passage {index} at depth {depth} has no parent"
                raise ValueError(message)
            while len(path) > depth:
                ends[path.pop()] = index
            if path:
                parents[index] = path[-1]
            path.append(index)

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self.depths)

    def size(self, index: int) -> int:
        """Return how many passages stand below this one, at any depth."""
        return self.ends[index] - index - 1

    def ancestors(self, index: int) -> list[int]:
        """Return the parents of a passage, the nearest first."""
        chain = []
        while (index := self.parents[index]) >= 0:
            chain.append(index)
        return chain

    def root(self, index: int) -> int:
        """Return the top-level passage of the branch this one stands in."""
        chain = self.ancestors(index)
        return chain[-1] if chain else index

    def next_sibling(self, index: int) -> int | None:
        """Return the next passage with the same parent, or None."""
        after = self.ends[index]
        if after < len(self.depths) and self.depths[after] == self.depths[index]:
            return after
        return None

    def previous_sibling(self, index: int) -> int | None:
        """Return the previous passage with the same parent, or None."""
        parent, depth = self.parents[index], self.depths[index]
        before = index - 1
        while before > parent:
            if self.depths[before] == depth:
                return before
            before = self.parents[before]
        return None

    def visible(self, folded: Collection[int]) -> Sequence[int]:
        """Return the passages not hidden below a folded one.

        Args:
            folded: indices of the folded passages; they stay visible themselves.
        """
        if not folded:
            return range(len(self.depths))
        shown = []
        index, size = 0, len(self.depths)
        while index < size:
            shown.append(index)
            index = self.ends[index] if index in folded else index + 1
        return shown


def numbers(depths: Sequence[int], *, prefix: str = "") -> list[str]:
    """Return the number of each passage as a person says it.

    Args:
        depths: the depths in reading order, as for `Outline`.
        prefix: set before each number, ``§`` for sections.

    Returns:
        ``10.2`` for the second reply to the tenth passage. Beyond eight levels
        the middle is shortened to the depth: ``4.1.1…(57).2`` is a second reply
        on the 57th level of the branch that 4.1.1 opens.
    """
    counters: list[int] = []
    above: list[str] = []
    result: list[str] = []
    for depth in depths:
        if depth < len(counters):
            del counters[depth + 1 :], above[depth + 1 :]
            counters[depth] += 1
        else:
            counters.append(1)
            above.append(f"{result[-1]}." if depth else prefix)
        if depth < _FULL_NUMBER_PARTS:
            result.append(f"{above[depth]}{counters[depth]}")
        else:
            head = ".".join(map(str, counters[:_SHORT_NUMBER_HEAD]))
            result.append(f"{prefix}{head}…({depth + 1}).{counters[-1]}")
    return result
