"""Text to words, for the index, for queries and for highlights alike. Pure.

There is one way to cut and fold words, used on both sides of a search, so
whatever stands in a text is found by typing it:

- a word is a run of letters and digits with the apostrophes inside it; hyphens,
  slashes, dots and underscores part words, so every part of an address is one;
- two words joined by a hyphen are a word without it as well (`compounds`);
- ``1,200`` and ``1.2m`` are one word each; ``%`` and currency signs are words;
- case, accents, typographic forms, invisible characters and the ``'s`` of a
  possessive do not count; straight and curly apostrophes are the same;
- the first `LONGEST` characters of a word are the word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Words agree if their first so many folded characters do.
LONGEST = 64

# Characters that belong to the word they follow but say nothing of their own:
# combining accents, Hebrew and Arabic points, soft hyphens, joiners, selectors.
_SILENT = (
    "\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200b-\u200d\u2060\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)
_APOSTROPHES = "'’‘ʼ＇"
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
    """Return the words of two parts joined by a hyphen, as one folded word each.

    Returns:
        (which word of the text its first part is, the word without the hyphen).
    """
    found = list(compound_spans(text))
    if not found:
        return []
    starts = [match.start() for match in matches(text)]
    return [(bisect_left(starts, start), form) for start, _, form in found]


def compound_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield ``(start, end, folded word)`` for the `compounds` of a text, in order."""
    for match in _COMPOUND.finditer(text):
        start = match.start()
        while start and text[start - 1].isalpha():
            start -= 1
        before = text[start - 1] if start else " "
        if start < match.start() and not _NOT_BEFORE.match(before):
            yield start, match.end(), fold(text[start : match.end()].translate(_JOINED))


def fold(raw: str) -> str:
    """Return the form under which a word is indexed and found."""
    return _fold(raw) if len(raw) <= LONGEST else _fold.__wrapped__(raw)


@lru_cache(maxsize=1 << 17)
def _fold(raw: str) -> str:
    word = _POSSESSIVE.sub("", raw)
    if word.isascii():
        return word.lower().replace("'", "").replace(",", "")[:LONGEST]
    plain = normalize("NFKD", normalize("NFKD", word).casefold())
    kept = "".join(c for c in plain if c in _KEPT_SIGNS or (c.isalnum() and c not in _APOSTROPHES))
    return (kept or word)[:LONGEST]


def _parted(text: str) -> str:
    # "\w" takes the underscore for a letter; offsets must not move.
    return text.replace("_", " ")
