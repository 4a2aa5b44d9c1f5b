"""One capture's passages as the matching sees them, by their index in reading order."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from probation_reader.identity import squeeze
from probation_reader.model import Comment
from probation_reader.reconcile.similarity import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from probation_reader.model import Passage

#: The parents of what stands at the top: sections and comments never mix.
SECTIONS: Final = -2
COMMENTS: Final = -1
UNPAIRED: Final = -1

#: How many sets of words are kept at a time, so that memory stays bounded.
_KEPT = 1000


class Candidates:
    """One capture's passages.

    Args:
        passages: in reading order.

    Attributes:
        key: the words of each with its kind, without white space.
        is_comment: whether it is a comment, not a section.
        branch: a hash of its words and of all its replies that are not gone.
        gone: whether it was missing from its page before.
        parent: the index of its parent, `SECTIONS` or `COMMENTS` at the top.
        children: the indices under each parent, in order.
        pair: the index of its partner on the other side, or `UNPAIRED`.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.key = [_key(passage) for passage in passages]
        self.is_comment = [isinstance(passage, Comment) for passage in passages]
        self.gone = [passage.gone is not None for passage in passages]
        self.pair = [UNPAIRED] * len(passages)
        self.parent: list[int] = []
        self.children: defaultdict[int, list[int]] = defaultdict(list)
        self._passages = passages
        self._words: dict[int, frozenset[str]] = {}
        places: dict[str, int] = {}
        for index, passage in enumerate(passages):
            if passage.parent is None:
                parent = COMMENTS if self.is_comment[index] else SECTIONS
            else:
                parent = places[passage.parent]
            self.parent.append(parent)
            self.children[parent].append(index)
            places[passage.id] = index
        self.branch = self._branches()

    def left(self, indices: Iterable[int]) -> list[int]:
        """Return those that have no partner yet."""
        return [index for index in indices if self.pair[index] == UNPAIRED]

    def words(self, index: int) -> frozenset[str]:
        """Return the different words of a passage."""
        if index not in self._words:
            if len(self._words) >= _KEPT:
                self._words.clear()
            self._words[index] = words_of(self._passages[index].text)
        return self._words[index]

    def gaps(self, siblings: Sequence[int]) -> dict[int | None, list[int]]:
        """Return the unpaired siblings by the paired one before them, None at the start."""
        gaps: dict[int | None, list[int]] = {}
        before: int | None = None
        for index in siblings:
            if self.pair[index] == UNPAIRED:
                gaps.setdefault(before, []).append(index)
            else:
                before = index
        return gaps

    def _branches(self) -> list[int]:
        hashes = [0] * len(self.key)
        for index in range(len(self.key) - 1, -1, -1):
            children = self.children.get(index, ())
            below = tuple(hashes[child] for child in children if not self.gone[child])
            hashes[index] = hash((self.key[index], below))
        return hashes


def _key(passage: Passage) -> bytes:
    return (b"c" if isinstance(passage, Comment) else b"s") + squeeze(passage.text)
