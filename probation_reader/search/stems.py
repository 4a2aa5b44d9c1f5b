"""The stem of a word: what it has in common with its other forms.

English is left to Porter's second algorithm. A few things it does not do are done
here, since comments are full of them: officers are no offices, short forms have
plurals (``CRCs``), words are spelt in two ways (``organize``, ``license``), and some
plurals are words of their own (``women``). A stem begins with the letter its word
begins with.
"""

from __future__ import annotations

import re
from functools import lru_cache

from probation_reader.search.door import english_stem
from probation_reader.search.words import FUNCTION_WORDS

_IRREGULAR = {
    "analyses": "analysis",
    "children": "child",
    "crises": "crisis",
    "criteria": "criterion",
    "men": "man",
    "news": "news",
    "women": "woman",
}
# Words of their own, which it takes for forms of "office", "moral" and "busy".
_OWN = {
    "business": "business",
    "businesses": "business",
    "morale": "morale",
    "officer": "officer",
    "officers": "officer",
}
_IZE = re.compile(r"(?<=\w\w)iz(?=(?:e[ds]?|ers?|ing|ations?|ational)$)")
_LICENSE = "licens"
_VOWELS = frozenset("aeiouy")
_DOUBLED = frozenset("bdfgmnprt")
# "add" and "odd" are not "ad" and "od".
_SHORTEST_DOUBLED = 5
_SHORTEST_PLURAL = 3


@lru_cache(maxsize=1 << 17)
def stem(form: str) -> str:
    """Return the stem of a folded word; numbers, signs and words of other scripts stay."""
    if not (form.isascii() and form.isalpha()):
        return form
    if form in _OWN:
        return _OWN[form]
    if form in _IRREGULAR:
        return english_stem(_IRREGULAR[form])
    base = english_stem(_IZE.sub("is", form).replace(_LICENSE, "licenc"))
    if base == form and _is_plural_of_a_short_form(form):
        return form[:-1]
    doubled = len(base) >= _SHORTEST_DOUBLED and base[-1] == base[-2] and base[-1] in _DOUBLED
    return base[:-1] if doubled else base


def _is_plural_of_a_short_form(form: str) -> bool:
    """Tell whether a word that the algorithm leaves alone is one, like ``crcs`` or ``pos``."""
    if len(form) < _SHORTEST_PLURAL or form[-1] != "s" or form in FUNCTION_WORDS:
        return False
    if form[-2] == "u":  # "pdus", but not "focus"
        return _VOWELS.isdisjoint(form[:-2])
    return form[-2] != "s"
