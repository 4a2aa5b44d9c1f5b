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
#: Or the shorter text, of so many letters, stands whole in the longer.
_ENOUGH_LETTERS = 16
#: Wherever it stands, so many letters make a text what it is; fewer words than enough
#: must be shared nearly all.
MANY_LETTERS, _ALIKE = 24, 0.8
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
    return _shared(old, new) >= _SHARED


def is_edit_elsewhere(old: frozenset[str], new: frozenset[str]) -> bool:
    """Tell the same of texts of which nothing else says that they belong together."""
    both = old & new
    if len(both) >= _ENOUGH:
        return _shared(old, new) >= _SHARED
    return sum(map(len, both)) >= MANY_LETTERS and _shared(old, new) >= _ALIKE


def has_addition(one: bytes, other: bytes, at_least: int = _ENOUGH_LETTERS) -> bool:
    """Tell whether one of two texts is the other with something before or after it.

    Args:
        one: its letters, without white space.
        other: those of the other text.
        at_least: how many letters the shorter must have.
    """
    less, more = sorted((one, other), key=len)
    return len(less) >= at_least and (more.startswith(less) or more.endswith(less))


def _shared(old: frozenset[str], new: frozenset[str]) -> float:
    """Return the share of their words that both have."""
    return 2 * len(old & new) / (len(old) + len(new) or 1)
