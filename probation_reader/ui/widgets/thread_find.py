"""Finds words in the texts of a thread as one types. Pure.

Texts are folded first: case, accents and the shapes of quotes, dashes and
spaces do not count, and a line break is a space. All texts together are one
string, searched in C; where a match stands in a text as shown is worked out
only for the passages that are drawn.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from probation_reader.ui.render.pieces import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SEPARATOR = "\x00"
_ALIKE = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―", "-"),
    **dict.fromkeys("\n\t\u2028\u2029", " "),
}


class _Folds(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _ALIKE.get(character)
        if folded is None:
            parts = unicodedata.normalize("NFKD", character).casefold()
            folded = "".join(part for part in parts if not unicodedata.combining(part))
        self[code] = folded
        return folded


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Return a text as it is compared: without case, accents and typography."""
    if text.isascii():
        return text.lower().replace("\n", " ")
    return text.translate(_FOLDS)


class Finder:
    """Searches the texts of one thread.

    Args:
        texts: the texts as shown, in reading order.
    """

    __slots__ = ("_marks", "_pattern", "_places", "_starts", "_texts", "_thread", "at")

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        folded = [fold(text) for text in texts]
        self._thread = _SEPARATOR.join(folded)
        self._starts = list(accumulate((len(text) + 1 for text in folded), initial=0))
        self._pattern = re.compile("")
        #: Where each match begins; ends are found again when they are drawn.
        self._places = array("q")
        self._marks: dict[int, list[Mark]] = {}
        self.at = -1

    @property
    def state(self) -> tuple[int, int]:
        """Which match one stands on, counted from 1 (0 for none), and how many there are."""
        return self.at + 1, len(self._places)

    def search(self, query: str) -> None:
        """Look for a text as it is typed, anywhere in a word."""
        self._look(re.escape(fold(query)) if query else "")

    def search_words(self, words: Iterable[str]) -> None:
        """Look for words, from their beginnings."""
        folded = sorted({fold(word.strip()) for word in words} - {""}, key=len, reverse=True)
        self._look(rf"(?<!\w)(?:{'|'.join(map(re.escape, folded))})" if folded else "")

    def _look(self, pattern: str) -> None:
        self.at = -1
        self._marks.clear()
        self._pattern = re.compile(pattern)
        found = self._pattern.finditer(self._thread) if pattern else ()
        self._places = array("q", (match.start() for match in found))

    def stand(self, index: int, offset: int = 0) -> None:
        """Stand on the first match at or after a passage, else on the very first.

        Args:
            index: the passage.
            offset: where in its text to begin.
        """
        if self._places:
            place = self._starts[index] + len(fold(self._texts[index][:offset]))
            at = bisect_left(self._places, place)
            self.at = at if at < len(self._places) else 0
            self._marks.clear()

    def step(self, by: int) -> None:
        """Go so many matches on, round the ends."""
        if self._places:
            self.at = (self.at + by) % len(self._places)
            self._marks.clear()

    def here(self) -> tuple[int, int] | None:
        """Return the passage and offset of the match one stands on, None without one."""
        if self.at < 0:
            return None
        index = bisect_right(self._starts, self._places[self.at]) - 1
        return index, self._shown(index, self._places[self.at : self.at + 1])[0][0]

    def marks(self, index: int) -> list[Mark]:
        """Return the matches in a passage, by offsets into its text as shown."""
        known = self._marks.get(index)
        if known is None:
            first = bisect_left(self._places, self._starts[index])
            last = bisect_left(self._places, self._starts[index + 1])
            spans = self._shown(index, self._places[first:last])
            known = [Mark(*span, number == self.at) for number, span in enumerate(spans, first)]
            self._marks[index] = known
        return known

    def _shown(self, index: int, places: Sequence[int]) -> list[tuple[int, int]]:
        """Return the matches that begin at these places as spans of a passage's text."""
        origin, text = self._starts[index], self._texts[index]
        spans = [(start - origin, self._end(start) - origin) for start in places]
        if not spans or text.isascii():
            return spans
        offsets = [at for at, character in enumerate(text) for _ in _FOLDS[ord(character)]]
        return [(offsets[start], offsets[end - 1] + 1) for start, end in spans]

    def _end(self, start: int) -> int:
        match = self._pattern.match(self._thread, start)
        return match.end() if match else start
