"""Words that are like another one, in a sorted list of many. Pure.

A slip is a letter too many, too few, another one, or two that changed places. A
list is gone through like a tree: what is known of a beginning counts for all
words with it, and a beginning with too many slips is jumped over.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
