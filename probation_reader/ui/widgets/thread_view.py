"""How an open thread moves in its pane: cursor, scrolling, folds, size.

No screen is needed here: the pane is told what to do by the same methods that
tests call. Folding keeps the line under the cursor where it is and a resize the
passage at the top, even near the ends, where rows before or after the thread
are then left empty; the next scroll takes them up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from probation_reader.ui.rows import HEADING
from probation_reader.ui.widgets.thread_scene import ThreadScene

if TYPE_CHECKING:
    from collections.abc import Iterable

    from probation_reader.model import Thread
    from probation_reader.ui.render.signs import Signs
    from probation_reader.ui.rows import Place

#: Rows left above a passage that is brought to the top of the pane.
_CONTEXT = 2


class Spot(NamedTuple):
    """Where one stands in a thread, in words that hold at any width and with any folds.

    Args:
        cursor: the current passage.
        place: what stands at the top of the pane, None for nothing.
        offset: where in the passage's text that row begins.
        above: empty rows above it.
    """

    cursor: int
    place: Place | None
    offset: int
    above: int


class ThreadView(ThreadScene):
    """One open thread in a pane of a given size, and its movements.

    Args:
        thread: the thread.
        width: the pane's width in cells.
        height: its height in rows.
        signs: the signs to use.
    """

    def __init__(self, thread: Thread, width: int, height: int, signs: Signs) -> None:
        super().__init__(thread, width, height, signs)
        #: What the last resize kept at the top, and how it left the pane: while
        #: that is so, the next keeps the same.
        self._anchor = self.spot()
        self._left: tuple[int, frozenset[int]] | None = None

    def begin(self, at: str | None, *, line: int, only_path: bool) -> None:
        """Stand where a thread is opened.

        Args:
            at: id of the passage; None, or one that is not in the thread, for the
                first unread one.
            line: row within it to have at the top of the pane, 0 for its head in the pane.
            only_path: fold everything but the path to it.
        """
        if self.cursor < 0:
            return
        index = self._indices.get(at) if at else None
        if index is None:
            index = max(0, self.unread.find(1))
        self.cursor = self.top = 0
        if only_path:
            self.table.fold(range(len(self.outline)))
        self.open_path(index, itself=True)
        self.cursor, self.top = index, 0
        if line > 0:
            wanted = min(self.table.y_of(index) + line, self.table.end_of(index))
            self.top = min(wanted, self.lowest_top)
        elif index > 0:
            self.show()

    def put(self, index: int) -> bool:
        """Put the cursor on a visible passage without scrolling."""
        self.cursor = index
        return True

    def scroll(self, by: int) -> bool:
        """Scroll by rows; the cursor follows when its passage leaves the pane.

        Returns:
            False if there was nothing left to scroll.
        """
        top = self.top
        lowest, highest = min(0, top), max(self.lowest_top, top)
        self.top = min(max(top + by, lowest), highest)
        if self.cursor >= 0:
            self._follow()
        return self.top != top

    def _follow(self) -> None:
        table = self.table
        if table.y_of(self.cursor) >= self.bottom:
            inside = table.between(self.top, self.bottom)
            self.cursor = inside[-1] if inside else self.cursor
        elif table.end_of(self.cursor) < self.top:
            inside = table.between(self.top, self.bottom)
            ends = (index for index in inside if table.end_of(index) >= self.top)
            self.cursor = next(ends, self.cursor)

    def go(self, index: int, *, opened: bool = False) -> None:
        """Put the cursor on a passage, opening what hides it, and show it.

        Args:
            index: the passage.
            opened: unfold the passage itself, too.
        """
        self.open_path(index, itself=opened)
        self.cursor = index
        self.show()

    def go_to(self, passage_id: str) -> bool:
        """Go to a passage by its id; return whether it is in the thread."""
        index = self._indices.get(passage_id)
        if index is not None:
            self.go(index)
        return index is not None

    def show(self, line: int | None = None, *, at_bottom: bool = False) -> None:
        """Scroll, if need be, so that the current passage is in the pane.

        Args:
            line: the row within it that must be seen, instead of all of it.
            at_bottom: bring its end to the bottom, not its head to the top.
        """
        if self.cursor < 0:
            return
        first, last = self.table.y_of(self.cursor), self.table.end_of(self.cursor)
        if line is not None:
            first = last = min(first + line, last)
        if first >= self.top and last < self.bottom:
            return
        if at_bottom:
            top = last + 1 - self.height
        else:
            top = first - min(_CONTEXT, max(0, self.height - (last + 1 - first)))
        self.top = max(0, min(top, self.lowest_top))

    # Folding

    def open_path(self, index: int, *, itself: bool) -> None:
        """Unfold what hides a passage, and perhaps itself, and nothing else."""
        path = [] if self.table.is_visible(index) else self.outline.ancestors(index)
        if itself:
            path.append(index)
        if not self.table.folded.isdisjoint(path):
            self.fold(self.table.folded.difference(path))

    def fold(self, folded: Iterable[int]) -> None:
        """Have exactly these passages folded; the line under the cursor stays.

        The cursor goes to the passage that hides its own. Its head stays on its
        row of the pane; one that was above the pane comes to the top if all that
        was seen of its passage is folded away.
        """
        table = self.table
        if self.cursor < 0:
            return
        on_row = table.y_of(self.cursor) - self.top
        table.fold(folded)
        shown = table.shown(self.cursor)
        if shown != self.cursor or shown in table.folded:
            on_row = min(max(0, on_row), self.height - 1)
        self.cursor = shown
        self.top = table.y_of(shown) - on_row

    # Size

    def resize(self, width: int, height: int) -> None:
        """Take the pane's new size; the words at its top stay at its top.

        Rows left empty above the thread are taken up.
        """
        self.height, self.top = height, max(0, self.top)
        if width == self.layout.width:
            return
        if self._left != (self.top, self.table.folded):
            self._anchor = self.spot()
        self.lay_out(width)
        self.table.measure(len(self.painter.heading), self.texts.heights(self.layout))
        self._bring_to_top(self._anchor)
        self._left = (self.top, self.table.folded)

    # Coming back

    def spot(self) -> Spot:
        """Return where one stands, for `stand`."""
        place = self.place(max(0, self.top))
        offset = self.offset(place) if place else 0
        return Spot(self.cursor, place, offset, max(0, -self.top))

    def stand(self, spot: Spot) -> None:
        """Stand where one stood, opening what hides the passage; folds are left as they are."""
        if spot.cursor >= 0:
            self.open_path(spot.cursor, itself=False)
            self.cursor = spot.cursor
            self._bring_to_top(spot)
            first, last = self.table.y_of(self.cursor), self.table.end_of(self.cursor)
            if first >= max(self.bottom, self.table.heading + 1) or last < self.top:
                self.show()

    def _bring_to_top(self, spot: Spot) -> None:
        """Have the words at the top of the pane that stood there."""
        place = spot.place
        if place is None:
            return
        if place.nth == HEADING:
            self.top = min(place.line, self.table.heading - 1)
        else:
            shown = self.table.shown(place.nth)
            self.top = self.table.y_of(shown)
            if shown == place.nth and place.line and shown not in self.table.folded:
                self.top += 1 + self.texts.line_of(shown, spot.offset, self.layout)
        self.top -= spot.above
