"""The line shown under a hit: where a text matches best, with its words marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from probation_reader.search.door import stem
from probation_reader.search.query import AllOf, AnyOf, Words
from probation_reader.search.words import fold, matches, spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from probation_reader.search.query import Node

#: A snippet is at most so many characters long.
WIDTH = 160
_CUT = "…"
_ROOM = WIDTH - 2 * len(_CUT)
_MOST_MARKS = 1000
# How much of a snippet may lie between its first and its last mark, and how
# much of what is left goes before the first: words need context on both sides.
_SPREAD = 110
_LEAD = 3


@dataclass(slots=True)
class Marks:
    """The words a query looks for in the text, to be found again in a passage.

    Args:
        stems: stem → which part of the query wants it.
        exact: word as written → which part.
        prefixes: beginning of a word → which part.
        phrases: words side by side → which part.
    """

    stems: dict[str, int] = field(default_factory=dict)
    exact: dict[str, int] = field(default_factory=dict)
    prefixes: dict[str, int] = field(default_factory=dict)
    phrases: dict[tuple[str, ...], int] = field(default_factory=dict)
    _seen: dict[str, int | None] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Node | None) -> Marks:
        """Gather what a query looks for; what it excludes is not marked."""
        marks = cls()
        waiting = [root] if root is not None else []
        while waiting:
            node = waiting.pop()
            if isinstance(node, AllOf | AnyOf):
                waiting.extend(node.parts)
            elif isinstance(node, Words) and node.where == "text":
                marks._want(node)
        return marks

    def _want(self, words: Words) -> None:
        part = len(self.stems) + len(self.exact) + len(self.prefixes) + len(self.phrases)
        if len(words.forms) > 1:
            self.phrases[words.forms] = part
        elif words.how == "stem":
            self.stems[stem(words.forms[0])] = part
        else:
            kind = self.exact if words.how == "exact" else self.prefixes
            kind[words.forms[0]] = part

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield ``(start, end, part)`` of every matched word, in order."""
        if self.phrases:
            yield from self._find_with_phrases(text)
            return
        seen = self._seen
        for match in matches(text):
            raw = match.group()
            if raw not in seen:
                seen[raw] = self._part(fold(raw))
            part = seen[raw]
            if part is not None:
                yield match.start(), match.end(), part

    def _part(self, form: str) -> int | None:
        part = self.exact.get(form)
        if part is None:
            part = self.stems.get(stem(form))
        if part is None:
            part = next((at for head, at in self.prefixes.items() if form.startswith(head)), None)
        return part

    def _find_with_phrases(self, text: str) -> Iterator[tuple[int, int, int]]:
        words = list(spans(text))
        parts = [self._part(form) for _, _, form in words]
        found = [form for _, _, form in words]
        for phrase, part in self.phrases.items():
            size = len(phrase)
            for at, form in enumerate(found):
                if form == phrase[0] and tuple(found[at : at + size]) == phrase:
                    parts[at : at + size] = [part] * size
        for (start, end, _), wanted in zip(words, parts, strict=True):
            if wanted is not None:
                yield start, end, wanted


def make(text: str, marks: Marks) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the best line of a text and the marked words in it.

    Args:
        text: the text of a passage.
        marks: what to look for.

    Returns:
        The line, at most `WIDTH` characters with white space folded, and the
        ``(start, end)`` offsets of the matched words into it.
    """
    line = " ".join(text.split())
    found = list(islice(marks.find(line), _MOST_MARKS))
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
