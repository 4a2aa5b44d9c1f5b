"""What a search of everything found, marked in the texts of a thread that was opened for it. Pure.

Which passages fit is known from the search; the words in one are looked for when
it is drawn, in the way in which the search looked for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.ui.render.pieces import Mark

if TYPE_CHECKING:
    from probation_reader.ui.render.texts import Marker, Texts


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
