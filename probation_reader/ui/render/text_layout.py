"""The texts of a thread as they are shown, set in lines at one width and in one order. Pure.

What is shown is the stored text made safe, with tabs as spaces, a bounded number
of marks on a letter, and forms of what the terminal's encoding lacks; where nothing
had to change it is the stored string itself. A text is prepared when it is first
asked for: of a long thread only what comes near the pane is.

How many lines a text takes is counted when its passage comes near the pane:
counting all of a long thread would be felt. Until then all are taken to be of
the same length, as where nobody looks it does not matter. Lines are cached only
for what was drawn lately.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, overload

from probation_reader import sanitize
from probation_reader.links import links_in
from probation_reader.text.charset import displayable, offsets, source_span
from probation_reader.text.widths import bound_marks, clip, clusters, is_plain
from probation_reader.text.wrap import Line, count, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from probation_reader.links.link import Link
    from probation_reader.model import Passage
    from probation_reader.ui.render.columns import Layout

if TYPE_CHECKING:
    #: Finds in a text what was looked for: offsets of beginnings and ends, in order.
    Marker = Callable[[str], Iterable[tuple[int, int]]]


_TAB = 4

_OPENING = 400

_KEPT_LINKS = 256


def _safe(text: str) -> str:
    """Return a text safe, with tabs expanded and marks bounded."""
    return bound_marks(sanitize.safe(text).expandtabs(_TAB))


def shown(text: str) -> str:
    """Return a text as it is shown: safe, and as the terminal can show it."""
    return displayable(_safe(text))


def _moved(links: tuple[Link, ...], text: str) -> tuple[Link, ...]:
    """Return links of a stored text as they stand in what is shown of it."""
    column = length = before = 0
    offsets: list[int] = []
    for at in (at for link in links for at in (link.start, link.end)):
        # A tab reaches as far as the columns before it let it.
        lead = " " * (column % _TAB)
        piece = shown(lead + text[before:at])[len(lead) :]
        length, before = length + len(piece), at
        newline = piece.rfind("\n")
        column = len(piece) - newline - 1 if newline >= 0 else column + len(piece)
        offsets.append(length)
    ends = zip(offsets[::2], offsets[1::2], strict=True)
    return tuple(
        replace(link, start=start, end=end) for link, (start, end) in zip(links, ends, strict=True)
    )


class Texts(Sequence[str]):
    """The texts of the passages of one thread, in reading order.

    Args:
        passages: the passages.
    """

    __slots__ = ("_links", "_passages", "_shown")

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._shown: list[str | None] = [None] * len(passages)
        self._links: dict[int, tuple[Link, ...]] = {}

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self._passages)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    def __getitem__(self, index: int | slice) -> str | list[str]:
        """Return the text of a passage as it is shown."""
        if isinstance(index, slice):
            return [self[at] for at in range(len(self))[index]]
        text = self._shown[index]
        if text is None:
            text = self._shown[index] = shown(self._passages[index].text)
        return text

    def links(self, index: int) -> tuple[Link, ...]:
        """Return the links of a passage, with their offsets in what is shown of it."""
        known = self._links.pop(index, None)
        if known is None:
            passage = self._passages[index]
            known = links_in(passage)
            if known and self[index] != passage.text:
                known = _moved(known, passage.text)
            if len(self._links) >= _KEPT_LINKS:
                del self._links[next(iter(self._links))]
        self._links[index] = known
        return known

    def marked(self, index: int, marker: Marker) -> list[tuple[int, int]]:
        """Return what a marker finds in the words of a passage, as offsets into what is shown.

        Args:
            index: the passage.
            marker: finds spans of a text that has its own characters.
        """
        text = _safe(self._passages[index].text)
        begins = offsets(text)
        return [(begins[start], begins[end]) for start, end in marker(text)]

    def copied(self, index: int, start: int, end: int) -> str:
        """Return the words of a passage that a span of what is shown of it stands for.

        Args:
            index: the passage.
            start: offset into what is shown.
            end: offset just past the span.

        Returns:
            Safe text with its own characters, whatever the terminal can show.
        """
        text = _safe(self._passages[index].text)
        return text[slice(*source_span(text, start, end))]

    def opening(self, index: int, room: int) -> str:
        """Return the first words of a passage in so many cells."""
        return clip(" ".join(self[index][:_OPENING].split()), room)


_KEPT_LINES = 256

#: Lines of a text that has not been counted yet.
_GUESS = 6


class Typeset:
    """The lines of the passages of one thread.

    Args:
        texts: their texts.
        layout: the columns.
        depths: of each passage how far it is indented.
        closed: passages that take no line.

    Attributes:
        counts: of each passage how many lines it takes: counted or guessed.
    """

    __slots__ = ("_closed", "_counted", "_depths", "_lines", "counts", "layout", "texts")

    def __init__(
        self,
        texts: Texts,
        layout: Layout,
        depths: Sequence[int],
        closed: Collection[int] = frozenset(),
    ) -> None:
        self.texts = texts
        self.layout = layout
        self._depths = depths
        self._counted = bytearray(len(texts))
        self._lines: dict[int, list[Line]] = {}
        self.counts = [_GUESS] * len(texts)
        self._closed: Collection[int] = closed
        for index in closed:
            self.counts[index] = 0

    def close(self, closed: Collection[int]) -> list[int]:
        """Have exactly these passages take no line; return those whose lines are others now."""
        changed = frozenset(self._closed).symmetric_difference(closed)
        self._closed = closed
        for index in changed:
            self._counted[index] = 0
            self._lines.pop(index, None)
        return self.count(changed)

    def count(self, indices: Iterable[int]) -> list[int]:
        """Count the lines of these passages; return those for which the guess was wrong."""
        wrong = []
        for index in indices:
            if not self._counted[index]:
                self._counted[index] = 1
                text, room = self.texts[index], self.layout.room(self._depths[index])
                shut = index in self._closed
                counted = 0 if shut else count(text, room, plain=is_plain(text))
                if counted != self.counts[index]:
                    self.counts[index] = counted
                    wrong.append(index)
        return wrong

    def lines(self, index: int) -> list[Line]:
        """Return the lines of a passage."""
        if index in self._closed:
            return []
        known = self._lines.pop(index, None)
        if known is None:
            known = wrap(self.texts[index], self.layout.room(self._depths[index]))
            if len(self._lines) >= _KEPT_LINES:
                del self._lines[next(iter(self._lines))]
        self._lines[index] = known
        return known

    def offsets_at(self, index: int, number: int, column: int) -> tuple[int, int]:
        """Return where what a column of a line shows begins and ends in its passage's text.

        Args:
            index: the passage.
            number: the line.
            column: cells from where the words of the passage begin.
        """
        start, end, indent = self.lines(index)[number]
        if column < indent:
            return start, start
        left = column - indent
        for first, last, width in clusters(self.texts[index][start:end]):
            if left < width:
                return start + first, start + last
            left -= width
        return end, end

    def line_of(self, index: int, offset: int) -> int:
        """Return which line of a passage holds the character at an offset."""
        return max(0, bisect_right(self.lines(index), offset, key=attrgetter("start")) - 1)
