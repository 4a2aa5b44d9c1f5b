"""Text to terms, for the index, for queries and for highlights alike. Pure.

There is one way to cut and fold words, used on both sides of a search, so
whatever stands in a text is found by typing it:

- a word is a run of letters and digits with the apostrophes inside it; hyphens,
  slashes, dots and underscores part words, so every part of an address is one;
- two words may be one as well (`compounds`): those joined by a hyphen without it,
  ``per cent`` after a number as ``%``, and ``1.2 million`` as ``1.2m``;
- ``1,200`` and ``1.2m`` are one word each; ``%`` and currency signs are words;
- case, accents, typographic forms, invisible characters and the ``'s`` of a
  possessive do not count; apostrophes are the same, however they are typed;
- the first `LONGEST` characters of a word are the word.

English stems are left to Porter's second algorithm. A few things it does not do are
done here, since comments are full of them: officers are no offices, short forms have
plurals (``CRCs``), words are spelt in two ways (``organize``, ``license``), and some
plurals are words of their own (``women``). A stem begins with the letter its word
begins with.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from heapq import merge
from typing import TYPE_CHECKING
from unicodedata import normalize

from probation_reader.search.engine.whoosh import english_stem

if TYPE_CHECKING:
    from collections.abc import Iterator


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


#: Words that say how a thing is put, not what it is about.
FUNCTION_WORDS = frozenset(
    (  # noqa: SIM905 - a hundred quotation marks are no easier to read
        "a about all am an and any are as at be because been being but by can could did do does "
        "done for from get go had has have how i if in into is it its just like may me might more "
        "most much must my no not of on one or our out over should so some such tell than that "
        "the their them then there these they this those to too up us very was we were what whats "
        "when where which while who whom whos whose why will with would you your "
    ).split()
)

#: Words agree if their first so many folded characters do.
LONGEST = 64

# Characters that belong to the word they follow but say nothing of their own:
# combining accents, Hebrew and Arabic points, soft hyphens, joiners, selectors.
_SILENT = (
    "\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200b-\u200d\u2060\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)

_APOSTROPHES = "'’‘ʼ＇`´"

_SIGNS = "%£$€"

_RUN = rf"\w[\w{_SILENT}]*"

_WORD = re.compile(
    rf"\d+(?:,\d{{3}})+(?:\.\d+)?[\w{_SILENT}]*"
    rf"|\d+\.\d+[\w{_SILENT}]*"
    rf"|{_RUN}(?:[{_APOSTROPHES}]{_RUN})*"
    rf"|[{_SIGNS}]"
)

_HYPHENS = "-\u2010\u2011"  # the others mean dashes, and part words

_LETTERS = r"[^\W\d_]+"

_IN_WORD = rf"\w{re.escape(_HYPHENS)}{_APOSTROPHES}{_SILENT}"

# From the hyphen on: whoever begins with the first part looks at every word.
_COMPOUND = re.compile(
    rf"[{re.escape(_HYPHENS)}]{_LETTERS}(?:[{_APOSTROPHES}][sS])?(?![{_IN_WORD}])"
)

_NOT_BEFORE = re.compile(f"[{_IN_WORD}]")

# From the end: few texts have these words, and many have numbers.
_SPELT = re.compile(rf"(?:per\s?cent|million|billion)(?![{_IN_WORD}])", re.IGNORECASE)

_NUMBER_BEFORE = re.compile(rf"(?<![{_IN_WORD}.,])(\d+(?:,\d{{3}})*(?:\.\d+)?)\s+\Z")

_FAR = 32

_SHORT_SCALES = {"million": "m", "billion": "bn"}

_JOINED = str.maketrans(dict.fromkeys(_HYPHENS))

_POSSESSIVE = re.compile(f"[{_APOSTROPHES}][sS]$")

_KEPT_SIGNS = _SIGNS + "."


def forms(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return [fold(raw) for raw in _WORD.findall(_parted(text))]


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield ``(start, end, folded word)`` for the words of a text, in order."""
    for match in matches(text):
        yield match.start(), match.end(), fold(match.group())


def matches(text: str) -> Iterator[re.Match[str]]:
    """Return the words of a text as they stand in it, in order."""
    return _WORD.finditer(_parted(text))


def compounds(text: str) -> list[tuple[int, str]]:
    """Return what stands for one folded word but is written as two, or otherwise.

    Returns:
        (which word of the text it begins with, the word it stands for).
    """
    found = list(compound_spans(text))
    if not found:
        return []
    starts = [match.start() for match in matches(text)]
    return [(bisect_left(starts, start), form) for start, _, form in found]


def compound_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield ``(start, end, folded word)`` for the `compounds` of a text, in order."""
    return merge(_hyphened(text), _spelt(text))


def _hyphened(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _COMPOUND.finditer(text):
        start = match.start()
        while start and text[start - 1].isalpha():
            start -= 1
        before = text[start - 1] if start else " "
        if start < match.start() and not _NOT_BEFORE.match(before):
            yield start, match.end(), fold(text[start : match.end()].translate(_JOINED))


def _spelt(text: str) -> Iterator[tuple[int, int, str]]:
    lower = text.lower()
    if "cent" not in lower and "illion" not in lower:
        return  # seven times as quick as to look for whole words
    for match in _SPELT.finditer(text):
        start, end = match.span()
        if number := _NUMBER_BEFORE.search(text, max(0, start - _FAR), start):
            scale = _SHORT_SCALES.get(match.group().lower())
            if scale:
                yield number.start(), end, fold(number[1]) + scale
            else:
                yield start, end, "%"


def fold(raw: str) -> str:
    """Return the form under which a word is indexed and found."""
    return _fold(raw) if len(raw) <= LONGEST else _fold.__wrapped__(raw)


@lru_cache(maxsize=1 << 17)
def _fold(raw: str) -> str:
    word = _POSSESSIVE.sub("", raw)
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "").replace(",", "")[:LONGEST]
    plain = normalize("NFKD", normalize("NFKD", word).casefold())
    kept = "".join(c for c in plain if c in _KEPT_SIGNS or (c.isalnum() and c not in _APOSTROPHES))
    return (kept or word)[:LONGEST]


def _parted(text: str) -> str:
    # "\w" takes the underscore for a letter; offsets must not move.
    return text.replace("_", " ")
