"""Finds words in the texts of a thread as one types, and marks the matches of a search. Pure.

Texts are folded first: case, accents and the shapes of quotes, dashes and
spaces do not count, and a line break is a space. The texts of some passages
together are one string, a block, searched in C; where a match stands in a text
as shown is worked out only for the passages that are drawn.

Blocks are searched from where one stands to the end, then from the top, a slice
at a time, so that a thread of any length holds up no key. What is found first
is so the nearest; which one of how many it is, is known when all is searched.

Of a thread that was opened from a hit it is known from the search which passages match;
the words in one are looked for when it is drawn, as the search looked for them.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from itertools import accumulate
from sys import maxsize
from typing import TYPE_CHECKING, NamedTuple

from probation_reader.text.charset import displayable
from probation_reader.ui.render.rows import Mark

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from probation_reader.ui.render.text_layout import Marker, Texts


class Highlights:
    """The words that were found.

    Args:
        texts: the texts of the thread.
        marker: finds them in a text.
    """

    def __init__(self, texts: Texts, marker: Marker) -> None:
        self._texts = texts
        self._marker = marker
        self._at = -1
        self._marks: dict[int, list[Mark]] = {}

    def stand(self, index: int) -> int | None:
        """Stand on the first match in a passage; return its offset, None if there is none."""
        self._at = index
        self._marks.clear()
        marks = self.marks(index)
        return marks[0].start if marks else None

    def marks(self, index: int) -> list[Mark]:
        """Return the matches in a passage, by offsets into its text as shown."""
        known = self._marks.get(index)
        if known is None:
            spans = enumerate(self._texts.marked(index, self._marker))
            known = [Mark(*span, found=not nth and index == self._at) for nth, span in spans]
            self._marks[index] = known
        return known


_SEPARATOR = "\x00"

_BLOCK_PASSAGES = 64

#: Characters to search at a time: some milliseconds.
SLICE = 60_000

ALL = maxsize

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


class _Block(NamedTuple):
    """The texts of some passages, one after the other.

    Args:
        text: the texts, folded.
        starts: where each begins in it, and past the last where a next one would.
    """

    text: str
    starts: list[int]


class Finder:
    """Searches the texts of one thread.

    Args:
        texts: the texts as shown, in reading order.
        without: passages in which nothing is looked for.
    """

    __slots__ = (
        "_ahead",
        "_at",
        "_blocks",
        "_found",
        "_marks",
        "_pattern",
        "_start",
        "_texts",
        "_without",
    )

    def __init__(self, texts: Sequence[str], without: Collection[int] = ()) -> None:
        self._texts = texts
        self._without = without
        self._blocks: list[_Block | None] = [None] * -(-len(texts) // _BLOCK_PASSAGES)
        #: Where each match in a block begins, None where nobody looked yet; ends are
        #: found again when they are drawn.
        self._found: list[array[int] | None] = []
        #: The blocks that have not been looked through from where one begins, the next last.
        self._ahead: list[int] = []
        self._marks: dict[int, list[Mark]] = {}
        self._look_for("")

    @property
    def done(self) -> bool:
        """Whether all is searched."""
        return not self._ahead

    @property
    def state(self) -> tuple[int, int]:
        """Which match one stands on, counted from 1 (0 for none), and how many there are.

        Both count only what has been searched.
        """
        counts = [len(found) if found else 0 for found in self._found]
        if self._at is None:
            return 0, sum(counts)
        block, nth = self._at
        return sum(counts[:block]) + nth + 1, sum(counts)

    def search(self, query: str) -> None:
        """Look for a text as it is typed, anywhere in a word."""
        self._look_for(re.escape(fold(displayable(query))) if query else "")

    def _look_for(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)
        self._found = [None if pattern else array("q")] * len(self._blocks)
        self.stand(0)

    def stand(self, index: int, offset: int = 0) -> None:
        """Stand on the first match at or after a passage, else on the very first, once it is met.

        Args:
            index: the passage.
            offset: where in its text to begin.
        """
        first, within = divmod(index, _BLOCK_PASSAGES)
        #: The block and the place in it from which that match is looked for.
        self._start = first, 0
        if index or offset:
            before = len(self._folded(index, offset))
            self._start = first, self._block(first).starts[within] + before
        self._ahead = [*reversed(range(first)), *reversed(range(first, len(self._blocks)))]
        self._stand(None)

    def look(self, characters: int) -> None:
        """Search on, through about so many characters; stand on the match once it is met."""
        while self._ahead and characters > 0:
            number = self._ahead.pop()
            if self._found[number] is None:
                characters -= len(self._block(number).text)
            found = self._found_in(number)
            if self._at is None and found:
                block, place = self._start
                nth = bisect_left(found, place) if number == block else 0
                self._stand((number, nth) if nth < len(found) else None)
        if self._at is None and self.done:
            self._stand(self._match(0))

    def step(self, by: int) -> None:
        """Go so many matches on, round the ends."""
        self.look(ALL)
        number, count = self.state
        if count:
            self._stand(self._match((number - 1 + by) % count))

    def _match(self, number: int) -> tuple[int, int] | None:
        """Return the block of a match, and which one in it it is; None if there is none such."""
        for block, found in enumerate(self._found):
            if found and number < len(found):
                return block, number
            number -= len(found) if found else 0
        return None

    def _stand(self, at: tuple[int, int] | None) -> None:
        self._at = at
        self._marks.clear()

    def here(self) -> tuple[int, int] | None:
        """Return the passage and offset of the match one stands on, None without one."""
        if self._at is None:
            return None
        block, nth = self._at
        place = self._found_in(block)[nth]
        within = bisect_right(self._block(block).starts, place) - 1
        index = block * _BLOCK_PASSAGES + within
        return index, self._shown(index, [place])[0][0]

    def marks(self, index: int) -> list[Mark]:
        """Return the matches in a passage, by offsets into its text as shown."""
        known = self._marks.get(index)
        if known is None:
            block, within = divmod(index, _BLOCK_PASSAGES)
            found, starts = self._found_in(block), self._block(block).starts
            first = bisect_left(found, starts[within])
            last = bisect_left(found, starts[within + 1])
            spans = enumerate(self._shown(index, found[first:last]), first)
            known = [Mark(*span, (block, nth) == self._at) for nth, span in spans]
            self._marks[index] = known
        return known

    def _block(self, number: int) -> _Block:
        block = self._blocks[number]
        if block is None:
            first = number * _BLOCK_PASSAGES
            after = min(first + _BLOCK_PASSAGES, len(self._texts))
            folded = [self._folded(index) for index in range(first, after)]
            starts = list(accumulate((len(text) + 1 for text in folded), initial=0))
            block = self._blocks[number] = _Block(_SEPARATOR.join(folded), starts)
        return block

    def _folded(self, index: int, end: int | None = None) -> str:
        return "" if index in self._without else fold(self._texts[index][:end])

    def _found_in(self, number: int) -> array[int]:
        found = self._found[number]
        if found is None:
            matches = self._pattern.finditer(self._block(number).text)
            found = self._found[number] = array("q", (match.start() for match in matches))
        return found

    def _shown(self, index: int, places: Sequence[int]) -> list[tuple[int, int]]:
        """Return the matches that begin at these places as spans of a passage's text."""
        number, within = divmod(index, _BLOCK_PASSAGES)
        block, text = self._block(number), self._texts[index]
        origin = block.starts[within]
        matches = [self._pattern.match(block.text, start) for start in places]
        spans = [(match.start() - origin, match.end() - origin) for match in matches if match]
        if not spans or text.isascii():
            return spans
        offsets = [at for at, character in enumerate(text) for _ in _FOLDS[ord(character)]]
        return [(offsets[start], offsets[end - 1] + 1) for start, end in spans]
