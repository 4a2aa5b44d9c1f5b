"""Which passage of a later capture is which passage already known. Pure.

A page that is captured again may have comments added at its end or in its
middle, some removed, some edited, and replies under an edited comment.
`reconcile` finds for every passage of the new capture the known one it is, in
the order of how sure the evidence is:

1. the same words under the same parent; among equals (ten times "Agree.") the
   same replies decide, then the neighbours, then the order;
2. words that stand once in what is left on either side, wherever they moved;
3. edited words: a passage between the same neighbours that shares most words,
   or whose replies are known to be the same;
4. the same words anywhere, in order.

Each passage is paired once, parents before their children; the work grows with
the number of passages, not with its square. Nothing recurses.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from typing import TYPE_CHECKING

from probation_reader.identity import squeeze
from probation_reader.model import Comment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from probation_reader.model import Passage

#: The parents of what stands at the top: sections and comments never mix.
_SECTIONS, _COMMENTS = -2, -1
_UNPAIRED = -1

#: Words shared by two texts, of all they have, that make one an edit of the other.
_SAME_WORDS = 0.6
#: Or: nearly all words of the shorter stand in the longer, if it has enough of them.
_CONTAINED, _ENOUGH = 0.9, 8
#: How many candidates between two neighbours an edited text is compared with.
_REACH = 4

_WORD = re.compile(r"\w+")


class _Side:
    """One capture's passages as the matching sees them, by index."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.words = [_key(passage) for passage in passages]
        self.gone = [passage.gone is not None for passage in passages]
        self.pair = [_UNPAIRED] * len(passages)
        self.parent: list[int] = []
        self.children: defaultdict[int, list[int]] = defaultdict(list)
        self._vocabulary: dict[int, frozenset[str]] = {}
        places: dict[str, int] = {}
        for index, passage in enumerate(passages):
            if passage.parent is None:
                parent = _COMMENTS if isinstance(passage, Comment) else _SECTIONS
            else:
                parent = places[passage.parent]
            self.parent.append(parent)
            self.children[parent].append(index)
            places[passage.id] = index
        self.branch = self._branches()

    def _branches(self) -> list[int]:
        """Return for each passage a hash of its words and all its replies."""
        hashes = [0] * len(self.words)
        for index in range(len(self.words) - 1, -1, -1):
            below = tuple(hashes[child] for child in self.children.get(index, ()))
            hashes[index] = hash((self.words[index], below))
        return hashes

    def left(self, indices: Iterable[int]) -> list[int]:
        """Return those that have no partner yet."""
        return [index for index in indices if self.pair[index] == _UNPAIRED]

    def vocabulary(self, index: int) -> frozenset[str]:
        """Return the different words of a passage."""
        if index not in self._vocabulary:
            words = _WORD.findall(self.passages[index].text.casefold())
            self._vocabulary[index] = frozenset(words)
        return self._vocabulary[index]


def _key(passage: Passage) -> bytes:
    return (b"c" if isinstance(passage, Comment) else b"s") + squeeze(passage.text)


def reconcile(known: Sequence[Passage], found: Sequence[Passage]) -> list[int | None]:
    """Return for each passage found the index of the known one it is.

    Args:
        known: the passages of a post in reading order, those gone included.
        found: the passages of the same post in another capture, in reading
            order. Ids only tie children to parents, separately on each side.

    Returns:
        One entry for each of ``found``, None for a passage not known before. No
        known passage stands twice, and sections are never paired with comments.
    """
    if not known:
        return [None] * len(found)
    matching = _Matching(_Side(known), _Side(found))
    matching.run()
    return [None if pair == _UNPAIRED else pair for pair in matching.found.pair]


class _Matching:
    """The pairs made so far and the rules that make more."""

    def __init__(self, known: _Side, found: _Side) -> None:
        self.known = known
        self.found = found
        self._pairs = [(_SECTIONS, _SECTIONS), (_COMMENTS, _COMMENTS)]
        self._aligned = 0
        self._compared = 0

    def run(self) -> None:
        """Apply the rules in the order of the module's head."""
        self._same_words_same_parent()
        self._same_words_moved(only_unique=True)
        self._edited()
        self._same_words_moved(only_unique=False)
        self._edited()

    def _join(self, known: int, found: int) -> None:
        self.known.pair[known] = found
        self.found.pair[found] = known
        self._pairs.append((known, found))

    # 1. The same words under the same parent.

    def _same_words_same_parent(self) -> None:
        """Align the children of every pair, and of the pairs this makes."""
        while self._aligned < len(self._pairs):
            known, found = self._pairs[self._aligned]
            self._aligned += 1
            if known in self.known.children and found in self.found.children:
                self._align(self.known.children[known], self.found.children[found])

    def _align(self, known: list[int], found: list[int]) -> None:
        """Pair equal siblings; those gone only with what the others leave."""
        before = self.known.left(known)
        live = [index for index in before if not self.known.gone[index]]
        after = self.found.left(found)
        self._unique(live, after, self.known.branch, self.found.branch)
        self._unique(live, after, self.known.words, self.found.words)
        self._neighbours(live, after)
        self._neighbours(live[::-1], after[::-1])
        self._in_order(live, after)
        if len(live) < len(before):
            self._in_order(before, after)

    def _unique(
        self,
        known: Iterable[int],
        found: Iterable[int],
        known_keys: Sequence[object],
        found_keys: Sequence[object],
    ) -> None:
        """Pair what is left and stands once on either side under the same key."""
        places = _once(self.known.left(known), known_keys)
        for key, index in _once(self.found.left(found), found_keys).items():
            match = places.get(key)
            if match is not None and self.known.words[match] == self.found.words[index]:
                self._join(match, index)

    def _neighbours(self, known: Sequence[int], found: Sequence[int]) -> None:
        """Pair equals that follow a pair (or the start) on both sides."""
        places = {index: place for place, index in enumerate(known)}
        after: int | None = 0
        for index in found:
            pair = self.found.pair[index]
            if pair == _UNPAIRED and after is not None and after < len(known):
                candidate = known[after]
                if (
                    self.known.pair[candidate] == _UNPAIRED
                    and self.known.words[candidate] == self.found.words[index]
                ):
                    self._join(candidate, index)
                    pair = candidate
            place = places.get(pair)
            after = None if place is None else place + 1

    def _in_order(self, known: Iterable[int], found: Iterable[int]) -> None:
        """Pair equals that are left, the first with the first; live before gone."""
        waiting: defaultdict[bytes, deque[int]] = defaultdict(deque)
        for index in sorted(self.known.left(known), key=self.known.gone.__getitem__):
            waiting[self.known.words[index]].append(index)
        if not waiting:
            return
        for index in self.found.left(found):
            candidates = waiting.get(self.found.words[index])
            if candidates:
                self._join(candidates.popleft(), index)

    # 2 and 4. The same words elsewhere.

    def _same_words_moved(self, *, only_unique: bool) -> None:
        known = self.known.left(range(len(self.known.pair)))
        found = self.found.left(range(len(self.found.pair)))
        if not known or not found:
            return
        if only_unique:
            self._unique(known, found, self.known.words, self.found.words)
        else:
            self._in_order(known, found)
        self._same_words_same_parent()

    # 3. Edited words in the same place.

    def _edited(self) -> None:
        while self._compared < len(self._pairs):
            known, found = self._pairs[self._compared]
            self._compared += 1
            if known in self.known.children and found in self.found.children:
                self._compare(self.known.children[known], self.found.children[found])
                self._same_words_same_parent()

    def _compare(self, known: list[int], found: list[int]) -> None:
        """Pair what shares most words between the same neighbours."""
        gaps = _gaps(self.found, found)
        if not gaps:
            return
        candidates = _gaps(self.known, known)
        for before, indices in gaps.items():
            match = None if before is None else self.found.pair[before]
            waiting = [i for i in candidates.get(match, ()) if not self.known.gone[i]]
            self._compare_gap(waiting, indices)

    def _compare_gap(self, known: list[int], found: list[int]) -> None:
        start = 0
        for index in found:
            best, place = 0.0, start
            for offset, candidate in enumerate(known[start : start + _REACH], start):
                alike = self._alike(candidate, index)
                if alike > best:
                    best, place = alike, offset
            if best >= _SAME_WORDS:
                self._join(known[place], index)
                start = place + 1

    def _alike(self, known: int, found: int) -> float:
        """Return how much two passages share, from 0 to 1."""
        if self._share_a_reply(known, found):
            return 1.0
        old, new = self.known.vocabulary(known), self.found.vocabulary(found)
        less = min(len(old), len(new))
        if less == 0:
            return 0.0
        shared = len(old & new)
        if less >= _ENOUGH and shared / less >= _CONTAINED:
            return shared / less
        return 2 * shared / (len(old) + len(new))

    def _share_a_reply(self, known: int, found: int) -> bool:
        pairs = (self.found.pair[child] for child in self.found.children.get(found, ()))
        return any(pair != _UNPAIRED and self.known.parent[pair] == known for pair in pairs)


def _once(indices: Sequence[int], keys: Sequence[object]) -> dict[object, int]:
    """Return the indices whose key no other of them has, by that key."""
    counts = Counter(keys[index] for index in indices)
    return {keys[index]: index for index in indices if counts[keys[index]] == 1}


def _gaps(side: _Side, siblings: Sequence[int]) -> dict[int | None, list[int]]:
    """Return the unpaired siblings by the paired one they come after, None at the start."""
    gaps: dict[int | None, list[int]] = {}
    before: int | None = None
    for index in siblings:
        if side.pair[index] == _UNPAIRED:
            gaps.setdefault(before, []).append(index)
        else:
            before = index
    return gaps
