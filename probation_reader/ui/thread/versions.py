"""The texts a passage had before it was edited, as a list to move about in. Pure.

The first text stands as it was; each later one, the present one last, with what went
and what came since the one before it marked in words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from probation_reader.phrases import count
from probation_reader.text_diff import changed
from probation_reader.ui.render.headings import day, one_line
from probation_reader.ui.thread.ancestors import Parents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.library.records import Version
    from probation_reader.model import Passage
    from probation_reader.ui.thread.viewport import Viewport


class Versions(Parents):
    """The texts of the current passage of a thread, the oldest first.

    Args:
        of: the thread.
        room: how many rows there are for the list.
        earlier: the texts it had before, the oldest first.
    """

    def __init__(self, of: Viewport, room: int, earlier: Sequence[Version]) -> None:
        passage = of.thread.passages[of.cursor]
        texts = [*(was.text for was in earlier), passage.text]
        marked = [texts[0], *map(changed, texts, texts[1:])]
        ends = [f"until {day(was.replaced.astimezone().date())}" for was in earlier]
        self._number = one_line(passage.number)
        self._said = count(len(earlier), "earlier text")
        self._listed = [
            replace(
                passage,
                id=passage.id if end == _NOW else f"{passage.id}@{nth}",
                number=f"{passage.number} {end}",
                text=text,
                spans=(),
                gone=None,
                edited=None,
            )
            for nth, (text, end) in enumerate(zip(marked, [*ends, _NOW], strict=True))
        ]
        super().__init__(of, room)

    def _list(self) -> Sequence[Passage]:
        return self._listed

    @property
    def state(self) -> str:
        """What is shown: ``4.1 · 1 earlier text · [-went-] {+came+}``."""
        return f"{self._number} · {self._said} · [-went-] {{+came+}}"

    def refusal(self) -> str:
        """Return why there is no more to go to."""
        return f"These are all the texts of {self._number}"


_NOW = "now"
