"""The texts of a thread as they are shown. Pure.

What is shown is the stored text made safe, with tabs as spaces and a bounded
number of marks on a letter; where nothing had to change it is the stored string
itself. A text is made ready when it is first asked for: of a long thread only
what comes near the pane is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, overload

from probation_reader import plain
from probation_reader.links import links_in
from probation_reader.transliteration import transliterated
from probation_reader.ui.render.cells import bound_marks, clip

if TYPE_CHECKING:
    from probation_reader.links.link import Link
    from probation_reader.model import Passage

_TAB = 4
_OPENING = 400
_KEPT_LINKS = 256


def shown(text: str, encoding: str = "utf-8") -> str:
    """Return a text as it is shown: safe, in an encoding, tabs expanded, marks bounded."""
    return bound_marks(plain.safe(transliterated(text, encoding)).expandtabs(_TAB))


def _moved(links: tuple[Link, ...], text: str, encoding: str) -> tuple[Link, ...]:
    """Return links of a stored text as they stand in what is shown of it."""
    column = length = before = 0
    offsets: list[int] = []
    for at in (at for link in links for at in (link.start, link.end)):
        # A tab reaches as far as the columns before it let it.
        lead = " " * (column % _TAB)
        piece = shown(lead + text[before:at], encoding)[len(lead) :]
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
        encoding: that of the terminal.
    """

    __slots__ = ("_encoding", "_links", "_passages", "_shown")

    def __init__(self, passages: Sequence[Passage], encoding: str = "utf-8") -> None:
        self._encoding = encoding
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
            text = self._shown[index] = shown(self._passages[index].text, self._encoding)
        return text

    def links(self, index: int) -> tuple[Link, ...]:
        """Return the links of a passage, with their offsets in what is shown of it."""
        known = self._links.pop(index, None)
        if known is None:
            passage = self._passages[index]
            known = links_in(passage)
            if known and self[index] != passage.text:
                known = _moved(known, passage.text, self._encoding)
            if len(self._links) >= _KEPT_LINKS:
                del self._links[next(iter(self._links))]
        self._links[index] = known
        return known

    def opening(self, index: int, room: int) -> str:
        """Return the first words of a passage in so many cells."""
        return clip(" ".join(self[index][:_OPENING].split()), room)
