"""The texts of a thread as they are shown, their lines and heights. Pure.

What is shown is the stored text made safe, with tabs as spaces and a bounded
number of marks on a letter; where nothing had to change it is the stored string
itself. Heights are kept for a few widths; lines and links only for what was
drawn lately.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from probation_reader import plain
from probation_reader.links import links_in
from probation_reader.ui.render.cells import bound_marks, clip, is_plain
from probation_reader.ui.render.wrap import Line, count, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.links import Link
    from probation_reader.model import Passage
    from probation_reader.ui.render.layout import Layout

_TAB = 4
_KEPT_WIDTHS = 4
_KEPT_LINES = 256
_OPENING = 400


def shown(text: str) -> str:
    """Return a text as it is shown: safe, tabs expanded, marks bounded."""
    return bound_marks(plain.safe(text).expandtabs(_TAB))


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


class Texts:
    """The texts of the passages of one thread.

    Args:
        passages: the passages in reading order.
    """

    __slots__ = ("_depths", "_heights", "_lines", "_links", "_passages", "_plain", "shown")

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self.shown = tuple(shown(passage.text) for passage in passages)
        self._plain = tuple(map(is_plain, self.shown))
        self._depths = tuple(passage.depth for passage in passages)
        self._heights: OrderedDict[tuple[int, int, int], list[int]] = OrderedDict()
        self._lines: OrderedDict[tuple[int, int], list[Line]] = OrderedDict()
        self._links: OrderedDict[int, tuple[Link, ...]] = OrderedDict()

    def heights(self, layout: Layout) -> list[int]:
        """Return the number of lines of each passage."""
        known = self._heights.get(layout.shape)
        if known is None:
            rooms = [layout.room(depth) for depth in range(layout.deepest + 1)]
            deepest = layout.deepest
            known = [
                count(text, rooms[min(depth, deepest)], plain=plain)
                for text, plain, depth in zip(self.shown, self._plain, self._depths, strict=True)
            ]
            self._heights[layout.shape] = known
            if len(self._heights) > _KEPT_WIDTHS:
                self._heights.popitem(last=False)
        return known

    def lines(self, index: int, layout: Layout) -> list[Line]:
        """Return the lines of a passage."""
        key = (index, layout.room(self._depths[index]))
        known = self._lines.get(key)
        if known is None:
            known = self._lines[key] = wrap(self.shown[index], key[1])
            if len(self._lines) > _KEPT_LINES:
                self._lines.popitem(last=False)
        else:
            self._lines.move_to_end(key)
        return known

    def links(self, index: int) -> tuple[Link, ...]:
        """Return the links of a passage, with their offsets in what is shown of it."""
        known = self._links.get(index)
        if known is None:
            passage = self._passages[index]
            known = links_in(passage)
            if known and self.shown[index] != passage.text:
                known = _moved(known, passage.text)
            self._links[index] = known
            if len(self._links) > _KEPT_LINES:
                self._links.popitem(last=False)
        else:
            self._links.move_to_end(index)
        return known

    def line_of(self, index: int, offset: int, layout: Layout) -> int:
        """Return which line of a passage holds the character at an offset."""
        lines = self.lines(index, layout)
        return max(0, bisect_right(lines, offset, key=attrgetter("start")) - 1)

    def opening(self, index: int, room: int) -> str:
        """Return the first words of a passage in so many cells."""
        return clip(" ".join(self.shown[index][:_OPENING].split()), room)
