"""The terms of an index in memory: those with a beginning, and those like a misspelt one.

Nothing here asks the index for postings, so it is quick whatever the terms are. The
terms of a field are read when they are first asked for.

A spelling error is a letter too many, too few, another one, or two that changed places.
A sorted list is gone through like a tree: what is known of a beginning counts for all
terms with it, and a beginning with too many errors is skipped.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from heapq import nsmallest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from probation_reader.search.engine.reader import CompactTermsReader


_PAST_ANY = "\U0010ffff"


def near(words: Sequence[str], form: str, slips: int) -> Iterator[tuple[int, int]]:
    """Yield ``(place, slips)`` of the words with at most so many slips, in order.

    Args:
        words: sorted, each of them once.
        form: what they are compared with.
        slips: at most so many.
    """
    rows = [list(range(len(form) + 1))]
    word, place = "", 0
    while place < len(words):
        before, word = word, words[place]
        known = _shared(before, word, len(rows) - 1)
        del rows[known + 1 :]
        for length in range(known, len(word)):
            rows.append(_row(word, length, form, rows))
            if min(rows[-1]) > slips and min(rows[-2]) >= slips:
                place = bisect_left(words, word[: length + 1] + _PAST_ANY, place)
                break
        else:
            if rows[-1][-1] <= slips:
                yield place, rows[-1][-1]
            place += 1


def _shared(before: str, word: str, most: int) -> int:
    """Return how many letters two words begin with together, at most so many."""
    for length, (one, other) in enumerate(zip(before[:most], word, strict=False)):
        if one != other:
            return length
    return min(len(word), most)


def _row(word: str, length: int, form: str, rows: list[list[int]]) -> list[int]:
    """Return the slips between a word's beginning, one letter longer, and each of the form's."""
    letter, above = word[length], rows[-1]
    row = [length + 1]
    for at, other in enumerate(form):
        least = min(above[at] + (letter != other), above[at + 1] + 1, row[at] + 1)
        if length and at and letter == form[at - 1] and word[length - 1] == other:
            least = min(least, rows[-2][at - 1] + 1)
        row.append(least)
    return row


class Lexicon:
    """The words of an index with the number of documents each is in.

    Args:
        segments: whose words.
    """

    def __init__(self, segments: Sequence[CompactTermsReader]) -> None:
        self._segments = segments
        self._read: dict[str, list[tuple[list[str], Sequence[int]]]] = {}

    def count(self, where: str, word: str) -> int:
        """Return how many documents have a word, those deleted since included."""
        found = 0
        for words, counts in self._fields(where):
            place = bisect_left(words, word)
            if words[place : place + 1] == [word]:
                found += counts[place]
        return found

    def beginning(self, where: str, prefix: str, most: int) -> tuple[list[str], int]:
        """Return the most frequent words of a field that begin so, and how many there are."""
        return _most_frequent(self._between(where, prefix, prefix + _PAST_ANY), most)

    def between(self, where: str, first: str, last: str) -> list[str]:
        """Return the words of a field from one to another, both included, sorted."""
        return sorted(self._between(where, first, last + "\0"))

    def like(
        self, where: str, mark: str, form: str, slips: int, most: int
    ) -> tuple[list[str], int]:
        """Return the most frequent words of a field like another, and how many there are.

        Args:
            where: the field.
            mark: what stands before the words in it.
            form: the word without that.
            slips: in how many letters they may differ.
            most: how many words at most.
        """
        found = Counter[str]()
        for word, count, _ in self.near(where, form, slips, beginning=mark):
            found[word] += count
        return _most_frequent(found, most)

    def near(
        self, where: str, form: str, slips: int, beginning: str = ""
    ) -> Iterator[tuple[str, int, int]]:
        """Yield (word, documents, slips) of the words like another, segment by segment.

        Args:
            where: the field.
            form: what they are compared with, without their beginning.
            slips: in how many letters they may differ.
            beginning: only words that begin so; it is part of what is yielded.
        """
        for words, counts in self._fields(where):
            first = bisect_left(words, beginning)
            last = bisect_left(words, beginning + _PAST_ANY)
            rest = [word[len(beginning) :] for word in words[first:last]] if beginning else words
            for place, found in near(rest, form, slips):
                yield words[first + place], counts[first + place], found

    def _between(self, where: str, first: str, end: str) -> Counter[str]:
        found = Counter[str]()
        for words, counts in self._fields(where):
            start, stop = bisect_left(words, first), bisect_left(words, end)
            for word, count in zip(words[start:stop], counts[start:stop], strict=True):
                found[word] += count
        return found

    def _fields(self, where: str) -> list[tuple[list[str], Sequence[int]]]:
        """Return the words of a field and their documents, segment by segment."""
        if where not in self._read:
            fields = (segment.field(where) for segment in self._segments)
            self._read[where] = [(field.words, field.counts) for field in fields if field]
        return self._read[where]


def _most_frequent(found: Counter[str], most: int) -> tuple[list[str], int]:
    return nsmallest(most, found, key=lambda word: (-found[word], word)), len(found)
