"""The line shown under a hit: where a text matches best, with its words marked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from probation_reader.search.analysis import (
    FUNCTION_WORDS,
    compound_spans,
    fold,
    matches,
    spans,
    stem,
)
from probation_reader.search.engine.term_dictionary import near
from probation_reader.search.query.ast import wanted_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from probation_reader.search.query.ast import Node, TermQuery

#: A snippet is at most so many characters long.
WIDTH = 160
_CUT = "…"
_ROOM = WIDTH - 2 * len(_CUT)
_MOST_MARKS = 10_000
# A third of the room that is left goes before the marks: words need context on both sides.
_LEAD = 3
# Longer runs without a gap, addresses mostly, are cut between their words.
_LONG = 40
_HALVES = re.compile(r"[^\W\d_]+|[\d.,]+")
# More than all the words of a query that only say how it is put.
_TELLING = 100


class Highlighter:
    """Finds again, in a text, the words that a query looks for in it.

    Args:
        root: what is looked for; what it excludes is not marked.

    Attributes:
        worth: of each part of the query, how much it says about what is looked for.
    """

    def __init__(self, root: Node | None) -> None:
        self._stems: dict[str, int] = {}
        self._exact: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        self._fuzzy: dict[tuple[str, int], int] = {}
        self._phrases: dict[tuple[str, ...], int] = {}
        #: Words that stand for two parts of the query, typed apart.
        self._both: dict[str, tuple[int, int]] = {}
        self._seen: dict[str, int | None] = {}
        self.worth: list[int] = []
        parts: dict[tuple[int, int], int] = {}
        for words in wanted_words(root):
            if words.where == "text":
                # What is asked for in two ways, with a hyphen or without, is one part.
                part = parts.setdefault(words.at, len(parts))
                if part == len(self.worth):
                    self.worth.append(_worth(words))
                self._want(words, part)
        # Stemming leaves the first letter of a word alone, so most need no closer look.
        one_word = [*self._stems, *self._exact, *self._prefixes]
        self._heads = ("",) if self._fuzzy else tuple({form[:1] for form in one_word})

    def _want(self, words: TermQuery, part: int) -> None:
        form = words.forms[0]
        if len(words.forms) > 1:
            self._phrases[words.forms] = part
        elif words.how == "stem":
            self._stems[stem(form)] = part
        elif words.how == "fuzzy":
            self._fuzzy[form, words.slips] = part
        elif (other := self._exact.get(form, part)) != part:
            self._both[form] = other, part
        else:
            (self._exact if words.how == "exact" else self._prefixes)[form] = part

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return ``(start, end)`` of every matched word, in order."""
        return [(start, end) for start, end, _ in self.find(text)]

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield ``(start, end, part)`` of every matched word, in order; they do not overlap."""
        compounds = {
            start: (end, part)
            for start, end, form in compound_spans(text)
            if (part := self._part(form)) is not None
        }
        words = self._words_in_phrases(text) if self._phrases else self._words(text, compounds)
        reached = 0
        for start, end, part in words:
            if start in compounds:
                reached, whole = compounds[start]
                yield start, reached, whole
            elif part is not None and start >= reached:
                yield from self._halves(text, start, end, part)

    def _halves(self, text: str, start: int, end: int, part: int) -> Iterator[tuple[int, int, int]]:
        """Yield a word, or its letters and its number if these are parts of their own."""
        both = self._both.get(fold(text[start:end])) if self._both else None
        halves = _HALVES.match(text, start, end) if both else None
        if both and halves and halves.end() < end:
            yield start, halves.end(), both[0]
            yield halves.end(), end, both[1]
        else:
            yield start, end, part

    def _words(self, text: str, also: Container[int]) -> Iterator[tuple[int, int, int | None]]:
        """Yield the words that are wanted, and those that begin at these places, too."""
        seen = self._seen
        for match in matches(text):
            raw = match.group()
            if raw in seen:
                part = seen[raw]
            else:
                part = seen[raw] = self._part(fold(raw))
            if part is not None or match.start() in also:
                yield match.start(), match.end(), part

    def _part(self, form: str) -> int | None:
        if not form.startswith(self._heads):
            return None
        part = self._exact.get(form)
        if part is None:
            part = self._stems.get(stem(form))
        if part is None:
            part = next((at for head, at in self._prefixes.items() if form.startswith(head)), None)
        if part is None:
            like = (at for (one, slips), at in self._fuzzy.items() if any(near([form], one, slips)))
            part = next(like, None)
        return part

    def _words_in_phrases(self, text: str) -> Iterator[tuple[int, int, int | None]]:
        words = list(spans(text))
        found = [form for _, _, form in words]
        parts = [self._part(form) for form in found]
        starts = [start for start, _, _ in words]
        joined = {
            bisect_left(starts, start): (end, form) for start, end, form in compound_spans(text)
        }
        for phrase, part in self._phrases.items():
            for at in _places(phrase, found, joined):
                last = at + len(phrase) - 1
                parts[at : last + 1] = [part] * len(phrase)
                end = joined[last][0] if found[last] != phrase[-1] else words[last][1]
                while last + 1 < len(words) and words[last + 1][1] <= end:
                    last += 1
                    parts[last] = part
        for (start, end, _), wanted in zip(words, parts, strict=True):
            yield start, end, wanted


def _worth(words: TermQuery) -> int:
    return sum(1 if form in FUNCTION_WORDS else _TELLING for form in words.forms)


def _places(
    phrase: tuple[str, ...], found: list[str], joined: dict[int, tuple[int, str]]
) -> Iterator[int]:
    """Yield where the words of a phrase stand side by side.

    Args:
        phrase: its words.
        found: the words of a text.
        joined: which of them stand for one with what follows → (its end, that one).
    """
    size = len(phrase)
    starts = [at for at, form in enumerate(found) if form == phrase[0]]
    for at in sorted({*starts, *(at for at, (_, form) in joined.items() if form == phrase[0])}):
        if at + size <= len(found) and all(
            found[n] == form or (n in joined and joined[n][1] == form)
            for n, form in enumerate(phrase, at)
        ):
            yield at


@dataclass(frozen=True, slots=True)
class Marked:
    """A text as one line, with what is looked for in it.

    Args:
        line: the text with white space folded.
        marks: ``(start, end, part)`` of every matched word in the line, in order.
    """

    line: str
    marks: list[tuple[int, int, int]]


def mark(text: str, highlighter: Highlighter) -> Marked:
    """Return a text with what is looked for in it; of very many words the first."""
    line = " ".join(text.split())
    return Marked(line, list(islice(highlighter.find(line), _MOST_MARKS)))


def make(text: Marked, worth: Sequence[int]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the best line of a text and the marked words in it.

    The best line holds the most different words of what is looked for, of those
    that say what it is about first; of two such, they stand closer in the best.

    Args:
        text: the text of a passage.
        worth: the `Highlighter`'s, of each part of the query.

    Returns:
        The line, at most `WIDTH` characters with white space folded, and the
        ``(start, end)`` offsets of the matched words into it.
    """
    line, found = text.line, text.marks
    if len(line) <= WIDTH:
        return line, tuple((start, end) for start, end, _ in found)
    start, end = _window(line, _closest(found, worth)) if found else _opening(line)
    head = _CUT if start else ""
    tail = _CUT if end < len(line) else ""
    shift = len(head) - start
    highlights = tuple(
        (max(first, start) + shift, min(last, end) + shift)
        for first, last, _ in found
        if first < end and last > start
    )
    return head + line[start:end] + tail, highlights


def _opening(line: str) -> tuple[int, int]:
    return 0, _word_end(line, _ROOM, 1)


def _window(line: str, kept: tuple[int, int]) -> tuple[int, int]:
    """Return a run of at most `_ROOM` characters with what is to be kept in it."""
    first, last = kept
    start = max(0, first - max(0, _ROOM - (last - first)) // _LEAD)
    start = min(start, max(0, len(line) - _ROOM))
    return _word_start(line, start, first), _word_end(line, start + _ROOM, last)


def _word_start(line: str, start: int, most: int) -> int:
    """Return the first place from here on, at most so far on, where no word is cut."""
    if not start:
        return 0
    gap = line.find(" ", start - 1, most)
    if 0 <= gap < start + _LONG:
        return gap + 1
    begun = line.rfind(" ", 0, start) + 1
    words = (begun + match.start() for match in matches(line[begun:most]))
    return next((place for place in words if place >= start), gap + 1 or most)


def _word_end(line: str, end: int, least: int) -> int:
    """Return the last place up to here, at least so far on, where no word is cut."""
    if end >= len(line):
        return len(line)
    if least >= end:
        return end
    gap = line.rfind(" ", least, end + 1)
    if gap >= end - _LONG:
        return gap
    over = line.find(" ", end)
    words = (least + match.end() for match in matches(line[least : None if over < 0 else over]))
    return max((place for place in words if place <= end), default=gap if gap >= 0 else end)


def _closest(found: list[tuple[int, int, int]], worth: Sequence[int]) -> tuple[int, int]:
    """Return the shortest stretch, of those that a line has room for, with marks worth most."""
    best, chosen = (0, 0), found[0][:2]
    inside = Counter[int]()
    first = have = 0
    for start, end, part in found:
        have += 0 if inside[part] else worth[part]
        inside[part] += 1
        while (left := found[first])[0] < start:
            # What stands again further on is not needed, what is too far off has no room.
            if inside[left[2]] == 1 and end - left[0] <= _ROOM:
                break
            inside[left[2]] -= 1
            have -= 0 if inside[left[2]] else worth[left[2]]
            first += 1
        if (have, left[0] - end) > best:
            best, chosen = (have, left[0] - end), (left[0], end)
    return chosen
