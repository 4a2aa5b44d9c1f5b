"""The line shown under a hit: where a text matches best, with its words marked."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from probation_reader.search.door import stem
from probation_reader.search.near import near
from probation_reader.search.nodes import wanted_words
from probation_reader.search.words import compound_spans, fold, matches, spans

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from probation_reader.search.nodes import Node, Words

#: A snippet is at most so many characters long.
WIDTH = 160
_CUT = "…"
_ROOM = WIDTH - 2 * len(_CUT)
_MOST_MARKS = 1000
# How much of a snippet may lie between its first and its last mark, and how
# much of what is left goes before the first: words need context on both sides.
_SPREAD = 110
_LEAD = 3


class Highlighter:
    """Finds again, in a text, the words that a query looks for in it.

    Args:
        root: what is looked for; what it excludes is not marked.
    """

    def __init__(self, root: Node | None) -> None:
        self._stems: dict[str, int] = {}
        self._exact: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        self._fuzzy: dict[tuple[str, int], int] = {}
        self._phrases: dict[tuple[str, ...], int] = {}
        self._seen: dict[str, int | None] = {}
        parts: dict[tuple[int, int], int] = {}
        for words in wanted_words(root):
            if words.where == "text":
                # What is asked for in two ways, with a hyphen or without, is one part.
                self._want(words, parts.setdefault(words.at, len(parts)))
        # Stemming leaves the first letter of a word alone, so most need no closer look.
        one_word = [*self._stems, *self._exact, *self._prefixes]
        self._heads = ("",) if self._fuzzy else tuple({form[:1] for form in one_word})

    def _want(self, words: Words, part: int) -> None:
        form = words.forms[0]
        if len(words.forms) > 1:
            self._phrases[words.forms] = part
        elif words.how == "stem":
            self._stems[stem(form)] = part
        elif words.how == "fuzzy":
            self._fuzzy[form, words.slips] = part
        else:
            (self._exact if words.how == "exact" else self._prefixes)[form] = part

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
        parts = [self._part(form) for _, _, form in words]
        found = [form for _, _, form in words]
        for phrase, part in self._phrases.items():
            size = len(phrase)
            for at, form in enumerate(found):
                if form == phrase[0] and tuple(found[at : at + size]) == phrase:
                    parts[at : at + size] = [part] * size
        for (start, end, _), wanted in zip(words, parts, strict=True):
            yield start, end, wanted


def make(text: str, highlighter: Highlighter) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the best line of a text and the marked words in it.

    Args:
        text: the text of a passage.
        highlighter: finds what was looked for.

    Returns:
        The line, at most `WIDTH` characters with white space folded, and the
        ``(start, end)`` offsets of the matched words into it.
    """
    line = " ".join(text.split())
    found = list(islice(highlighter.find(line), _MOST_MARKS))
    if len(line) <= WIDTH:
        return line, tuple((start, end) for start, end, _ in found)
    start, end = _window(line, found)
    head = _CUT if start else ""
    tail = _CUT if end < len(line) else ""
    shift = len(head) - start
    highlights = tuple(
        (max(first, start) + shift, min(last, end) + shift)
        for first, last, _ in found
        if first < end and last > start
    )
    return head + line[start:end] + tail, highlights


def _window(line: str, found: list[tuple[int, int, int]]) -> tuple[int, int]:
    """Return the run of at most `_ROOM` characters with the best of the marks."""
    if not found:
        return 0, _word_end(line, _ROOM, 1)
    first, last = _densest(found)
    start = max(0, found[first][0] - max(0, _ROOM - (found[last][1] - found[first][0])) // _LEAD)
    start = min(start, max(0, len(line) - _ROOM))
    if start:
        gap = line.find(" ", start - 1, found[first][0])
        start = gap + 1 if gap >= 0 else found[first][0]
    return start, _word_end(line, start + _ROOM, min(found[last][1], start + _ROOM))


def _word_end(line: str, end: int, least: int) -> int:
    if end >= len(line):
        return len(line)
    gap = line.rfind(" ", least, end + 1)
    return gap if gap >= 0 else end


def _densest(found: list[tuple[int, int, int]]) -> tuple[int, int]:
    """Return the first and last mark of the stretch with most of what is wanted."""
    best = (0, 0, 0)
    chosen = (0, 0)
    for first, (start, _, _) in enumerate(found):
        last = first
        while last + 1 < len(found) and found[last + 1][1] - start <= _SPREAD:
            last += 1
        score = (len({part for _, _, part in found[first : last + 1]}), last - first, -first)
        if score > best or not first:
            best, chosen = score, (first, last)
    return chosen
