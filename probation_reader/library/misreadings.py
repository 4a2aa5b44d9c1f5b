"""Which known passages an older importer misread, and what takes their place. Pure.

An importer that misses where comments end makes one passage of many. When the same
bytes are read again, passages are compared by their lines in the source; in a later
capture of the page lines say nothing, so the words are compared. A misread passage is
dropped, not marked as gone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from probation_reader.identity import squeeze
from probation_reader.model import Comment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.model import Passage

#: Squeezed words shorter than this stand in other texts by chance.
_TELLING = 20


class Moved(NamedTuple):
    """A passage that was dropped, and those that hold its lines now.

    Args:
        old: the id it had.
        ids: the ids of the passages that hold its lines, in reading order; may be empty.
    """

    old: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What older importers made of a post.

    Args:
        reread: True if the very bytes are read again that an older importer read.
        suspects: the ids of the passages last found by it in these bytes; else those
            found in captures in which it saw far fewer comments than announced.
        alone: True if no other source holds the post.
    """

    reread: bool = False
    suspects: frozenset[str] = frozenset()
    alone: bool = False

    def corrected(
        self, known: Sequence[Passage], found: Sequence[Passage], pairs: Sequence[int | None]
    ) -> tuple[list[int | None], dict[int, list[int]]]:
        """Return the pairs without misread passages, and what holds the lines of those.

        Args:
            known: the passages of the library.
            found: those of the capture.
            pairs: for each passage found the index of the known one it is taken for.

        Returns:
            The pairs, and for each index of a misread passage the indexes of those
            found that take its place.
        """
        mine = [index for index, passage in enumerate(known) if passage.id in self.suspects]
        if not mine:
            return list(pairs), {}
        return (self._by_lines if self.reread else _by_words)(known, found, pairs, mine)

    def _by_lines(
        self,
        known: Sequence[Passage],
        found: Sequence[Passage],
        pairs: Sequence[int | None],
        mine: Sequence[int],
    ) -> tuple[list[int | None], dict[int, list[int]]]:
        holders = {index: _overlapping(known[index], found) for index in mine}
        corrected = list(pairs)
        for number, pair in enumerate(pairs):
            if pair in holders and not _same(known[pair], found[number]):
                corrected[number] = None
        paired = {pair for pair in corrected if pair is not None}
        claims: dict[int, list[int]] = {}
        for index in mine:
            if index not in paired and len(holders[index]) == 1:
                claims.setdefault(holders[index][0], []).append(index)
        for number, indexes in claims.items():
            same_kind = type(known[indexes[0]]) is type(found[number])
            if corrected[number] is None and len(indexes) == 1 and same_kind:
                corrected[number] = indexes[0]
                paired.add(indexes[0])
        left = [index for index in mine if index not in paired]
        return corrected, {i: holders[i] for i in left if holders[i] or self.alone}


def _overlapping(passage: Passage, found: Sequence[Passage]) -> list[int]:
    """Return the indexes of the passages with a line of this one; they stand in file order."""
    first = bisect_left(found, passage.source.first_line, key=lambda other: other.source.last_line)
    end = bisect_right(found, passage.source.last_line, key=lambda other: other.source.first_line)
    return list(range(first, end))


def _by_words(
    known: Sequence[Passage],
    found: Sequence[Passage],
    pairs: Sequence[int | None],
    mine: Sequence[int],
) -> tuple[list[int | None], dict[int, list[int]]]:
    """Find the passages that hold the words of several comments found."""
    settled = {
        pair for n, pair in enumerate(pairs) if pair is not None and _same(known[pair], found[n])
    }
    words = [(n, squeeze(p.text)) for n, p in enumerate(found) if isinstance(p, Comment)]
    telling = [(n, text) for n, text in words if len(text) >= _TELLING]
    corrected, replaced = list(pairs), {}
    for index in mine:
        if index in settled or not isinstance(known[index], Comment):
            continue
        whole = squeeze(known[index].text)
        held = [(n, text) for n, text in telling if text in whole]
        if len(held) > 1 and 2 * sum(len(text) for _, text in held) >= len(whole):
            within = {n for n, _ in held} | {n for n, text in words if text in whole}
            replaced[index] = sorted(within)
    return [None if pair in replaced else pair for pair in corrected], replaced


def _same(one: Passage, other: Passage) -> bool:
    return type(one) is type(other) and squeeze(one.text) == squeeze(other.text)


def moved(
    known: Sequence[Passage],
    found: Sequence[Passage],
    stable: dict[str, str],
    replaced: dict[int, list[int]],
) -> tuple[Moved, ...]:
    """Return where the marks of dropped passages go.

    Args:
        known: the passages of the library.
        found: those of the capture.
        stable: from an id of ``found`` to the id in the library.
        replaced: as `Earlier.correct_spelling` gives it.
    """
    made = []
    for index, numbers in replaced.items():
        ids = tuple(stable[found[number].id] for number in numbers)
        made.append(Moved(known[index].id, ids))
    return tuple(made)
