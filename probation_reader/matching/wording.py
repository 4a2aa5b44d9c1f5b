"""When two texts are one text before and after an edit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

#: The share of their words that both texts have.
_SHARED = 0.6
#: Or: nearly all words of the shorter stand in the longer, if it has enough of them.
_CONTAINED, _ENOUGH = 0.9, 8
#: Words of this many letters are mostly rare.
_LONG = 7

_WORD = re.compile(r"\w+")


def words_of(text: str) -> frozenset[str]:
    """Return the different words of a text."""
    return frozenset(_WORD.findall(text.casefold()))


def telling(words: Collection[str]) -> Collection[str]:
    """Return the words that tell a text from others: the long ones, or the longest."""
    long = [word for word in words if len(word) >= _LONG]
    if len(long) >= _ENOUGH:
        return long
    return sorted(words, key=lambda word: (-len(word), word))[:_ENOUGH]


def is_edit(old: frozenset[str], new: frozenset[str]) -> bool:
    """Tell whether a text with some words can be an edit of one with others."""
    shared, less = len(old & new), min(len(old), len(new))
    if less >= _ENOUGH and shared >= _CONTAINED * less:
        return True
    return 0 < _SHARED * (len(old) + len(new)) <= 2 * shared
