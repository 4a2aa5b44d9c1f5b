"""The pairs made so far, and the rules that make more (see the room's head)."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from typing import TYPE_CHECKING

from probation_reader.reconcile.candidates import COMMENTS, SECTIONS, UNPAIRED
from probation_reader.reconcile.similarity import (
    MANY_LETTERS,
    has_addition,
    is_edit,
    is_edit_elsewhere,
    telling,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from probation_reader.reconcile.candidates import Candidates

#: A word speaks for an edit if few known texts between the two neighbours have it.
_FEW = 4
#: How many known texts in a row an edited one is compared with.
_REACH = 3


class Matching:
    """The pairs made so far and the rules that make more."""

    def __init__(self, known: Candidates, found: Candidates) -> None:
        self.known = known
        self.found = found
        self._pairs = [(SECTIONS, SECTIONS), (COMMENTS, COMMENTS)]
        self._aligned = 0
        self._compared = 0

    def run(self) -> None:
        """Apply the rules in the order of the module's head."""
        self._same_words_same_parent()
        self._same_words_moved(only_unique=True)
        self._edited()
        self._same_words_moved(only_unique=False)
        self._edited()
        self._edited_and_moved()
        self._rewritten()

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
        self._unique(live, after, self.known.key, self.found.key)
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
            if match is not None and self.known.key[match] == self.found.key[index]:
                self._join(match, index)

    def _neighbours(self, known: Sequence[int], found: Sequence[int]) -> None:
        """Pair equals that follow a pair (or the start) on both sides."""
        places = {index: place for place, index in enumerate(known)}
        after: int | None = 0
        for index in found:
            pair = self.found.pair[index]
            if pair == UNPAIRED and after is not None and after < len(known):
                candidate = known[after]
                if (
                    self.known.pair[candidate] == UNPAIRED
                    and self.known.key[candidate] == self.found.key[index]
                ):
                    self._join(candidate, index)
                    pair = candidate
            place = places.get(pair)
            after = None if place is None else place + 1

    def _in_order(self, known: Iterable[int], found: Iterable[int]) -> None:
        """Pair equals that are left, the first with the first; live before gone."""
        waiting: defaultdict[bytes, deque[int]] = defaultdict(deque)
        for index in sorted(self.known.left(known), key=self.known.gone.__getitem__):
            waiting[self.known.key[index]].append(index)
        if not waiting:
            return
        for index in self.found.left(found):
            candidates = waiting.get(self.found.key[index])
            if candidates:
                self._join(candidates.popleft(), index)

    # 2 and 4. The same words elsewhere.

    def _same_words_moved(self, *, only_unique: bool) -> None:
        known = self.known.left(range(len(self.known.pair)))
        found = self.found.left(range(len(self.found.pair)))
        if not known or not found:
            return
        if only_unique:
            self._unique(known, found, self.known.key, self.found.key)
        else:
            self._in_order(known, found)
        self._same_words_same_parent()

    # 3 and 6. Other words in the same place.

    def _edited(self) -> None:
        while self._compared < len(self._pairs):
            for known, found in self._gaps(*self._pairs[self._compared]):
                self._compare_gap(known, found)
            self._compared += 1
            self._same_words_same_parent()

    def _rewritten(self) -> None:
        """Pair what has no words in common but a reply."""
        for pair in self._pairs:  # it grows meanwhile
            for known, found in self._gaps(*pair):
                waiting = set(known)
                for index in found:
                    match = self._above_the_same_reply(index)
                    if match in waiting and self._same_kind(match, index):
                        waiting.discard(match)
                        self._join(match, index)
        self._same_words_same_parent()
        self._edited()

    def _gaps(self, known: int, found: int) -> Iterator[tuple[list[int], list[int]]]:
        """Yield what is unpaired between the same neighbours below a pair, on both sides."""
        if known not in self.known.children or found not in self.found.children:
            return
        gaps = self.found.gaps(self.found.children[found])
        if not gaps:
            return
        candidates = self.known.gaps(self.known.children[known])
        for before, indices in gaps.items():
            match = None if before is None else self.found.pair[before]
            waiting = [i for i in candidates.get(match, ()) if not self.known.gone[i]]
            if waiting:
                yield waiting, indices

    def _compare_gap(self, known: list[int], found: list[int]) -> None:
        """Pair what shares rare words, then what stands in the same order and is alike."""
        holders = self._holders(known)
        for index in found:
            match = self._most_alike(holders, index)
            if match != UNPAIRED and self._is_edit(match, index):
                self._join(match, index)
        self._compare_in_order(self.known.left(known), self.found.left(found))

    def _compare_in_order(self, known: list[int], found: list[int]) -> None:
        start = 0
        for index in found:
            for place in range(start, min(start + _REACH, len(known))):
                if self._is_edit(known[place], index):
                    self._join(known[place], index)
                    start = place + 1
                    break

    # 5. Edited words elsewhere.

    def _edited_and_moved(self) -> None:
        """Pair what shares most of many words, wherever it went."""
        found = self.found.left(range(len(self.found.pair)))
        known = self.known.left(range(len(self.known.pair))) if found else []
        holders = self._holders([index for index in known if not self.known.gone[index]])
        for index in found:
            match = self._most_alike(holders, index)
            if match != UNPAIRED and self._is_edit_elsewhere(match, index):
                self._join(match, index)
        self._same_words_same_parent()
        self._edited()

    def _above_the_same_reply(self, found: int) -> int:
        """Return the known passage whose reply is paired with a reply of this one."""
        for child in self.found.children.get(found, ()):
            pair = self.found.pair[child]
            if pair != UNPAIRED:
                return self.known.parent[pair]
        return UNPAIRED

    def _holders(self, known: Iterable[int]) -> dict[str, list[int]]:
        """Return which passages hold each telling word, if only a few of them do."""
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for index in known:
            for word in telling(self.known.words(index)):
                holders[word].append(index)
        return {word: few for word, few in holders.items() if len(few) <= _FEW}

    def _most_alike(self, holders: dict[str, list[int]], found: int) -> int:
        """Return the unpaired passage that shares most of those words, the first of equals."""
        votes: defaultdict[int, int] = defaultdict(int)
        for word in telling(self.found.words(found)):
            for index in holders.get(word, ()):
                votes[index] -= 1
        left = [(votes[index], index) for index in self.known.left(votes)]
        return min(left)[1] if left else UNPAIRED

    def _is_edit(self, known: int, found: int) -> bool:
        if not self._same_kind(known, found):
            return False
        return has_addition(*self._letters(known, found)) or is_edit(*self._words(known, found))

    def _is_edit_elsewhere(self, known: int, found: int) -> bool:
        if not self._same_kind(known, found):
            return False
        return has_addition(
            *self._letters(known, found), at_least=MANY_LETTERS
        ) or is_edit_elsewhere(*self._words(known, found))

    def _letters(self, known: int, found: int) -> tuple[bytes, bytes]:
        return self.known.key[known][1:], self.found.key[found][1:]

    def _words(self, known: int, found: int) -> tuple[frozenset[str], frozenset[str]]:
        return self.known.words(known), self.found.words(found)

    def _same_kind(self, known: int, found: int) -> bool:
        return self.known.is_comment[known] == self.found.is_comment[found]


def _once(indices: Sequence[int], keys: Sequence[object]) -> dict[object, int]:
    """Return the indices whose key no other of them has, by that key."""
    counts = Counter(keys[index] for index in indices)
    return {keys[index]: index for index in indices if counts[keys[index]] == 1}
