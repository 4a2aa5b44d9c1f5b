"""How an open thread moves in its pane: cursor, scrolling, folds.

No screen is needed here: the pane is told what to do by the same methods that
tests call. Folding keeps the line under the cursor where it is, even near the
ends, where rows before or after the thread are then left empty; the next scroll
takes them up.

Heights far from the pane are guesses. Whatever moves the pane first makes
those near the place it goes to exact, with `measure_near`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.ui.render.orders import Ordering
from probation_reader.ui.thread import muted as mutes
from probation_reader.ui.thread.saved_folds import folds
from probation_reader.ui.thread.viewport_layout import ViewportLayout

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from probation_reader.record import ThreadViewState
    from probation_reader.ui.thread.scene import ThreadMarks
    from probation_reader.ui.thread.viewport_layout import ScrollAnchor

#: Rows left above a passage that is brought to the top of the pane.
_CONTEXT = 2


class Viewport(ViewportLayout):
    """One open thread in a pane of a given size, and its movements.

    Attributes:
        only_path: whether it was opened with everything folded but the path to a
            passage; then how it is shown is not to be kept.
        hushed: passages that are muted with all their replies: they were folded for that.
    """

    only_path = False
    hushed: frozenset[int] = frozenset()

    def mark(self, marked: ThreadMarks, only: Collection[str] | None = None) -> None:
        """Take what is marked in the thread; what is muted from now on is shut.

        Args:
            marked: all of it.
            only: ids of the passages for which something changed; all without it.
        """
        super().mark(marked, only)
        if only is None:
            mutes.take(self, marked.muted)

    def begin(
        self,
        at: str | None,
        *,
        line: int | None,
        only_path: bool,
        said: ThreadViewState | None = None,
    ) -> None:
        """Stand where a thread is opened.

        Args:
            at: id of the passage; None, or one that is not in the thread, for the
                first unread one.
            line: row to have at the top of the pane, counted from the head of that
                passage, below 0 above it; None for the head somewhere in the pane.
            only_path: fold everything but the path to it.
            said: how the thread was shown when it was left there.
        """
        self.only_path = only_path
        if self.cursor < 0:
            return
        if self.way is not Ordering.TREE:  # it has begun before, in a pane of no size
            self.turn(Ordering.TREE)
        index = self.indices.get(at) if at else None
        if index is None:
            index = max(0, self.unread.find(1))
        self.cursor = self.top = 0
        if only_path:
            folded = frozenset(range(len(self.outline)))
        else:
            folded = (folds(said, self) if said else frozenset()) | self.hushed
        if folded != self.table.folded:
            self.table.fold(folded)
        self.open_path(index, itself=line is None or only_path)
        self.cursor, self.top = index, 0
        if said is not None:
            self._turn_back(said.way)
            self.top = 0
        self.measure_near(index, abs(line or 0))
        if line is not None:
            wanted = min(self.table.y_of(index) + line, self.table.end_of(index))
            self.top = max(0, min(wanted, self.lowest_top))
        if line is None and index > 0:
            self.show()
        elif line is not None and line <= 0:
            self.show(0)  # the pane may have been higher

    def _turn_back(self, way: str) -> None:
        """Show the thread in the way it was shown in, if that still shows anything else."""
        if way == Ordering.TIME.value or (way == Ordering.NEW.value and any(self.new)):
            self.turn(Ordering(way))

    def put(self, index: int) -> bool:
        """Put the cursor on a visible passage without scrolling."""
        self.cursor = index
        return True

    def scroll(self, by: int) -> bool:
        """Scroll by rows; the cursor follows when its passage leaves the pane.

        Returns:
            False if there was nothing left to scroll.
        """
        self.measure_pane(abs(by))
        top = self.top
        lowest, highest = min(0, top), max(self.lowest_top, top)
        self.top = min(max(top + by, lowest), highest)
        self.follow()
        return self.top != top

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
        index = self.indices.get(passage_id)
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
        self.measure_near(self.cursor)
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
        """Unfold what hides a passage, and perhaps itself, and nothing else.

        What is left out is shown from then on.
        """
        if self.order.at[index] < 0:
            self.bring_in([index])
        path = [] if self.table.is_visible(index) else self.outline.ancestors(index)
        if itself:
            path.append(index)
            self.close(self.closed - {index})
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
        on_row, self.chosen = table.y_of(self.cursor) - self.top, None
        table.fold(folded)
        shown = table.shown(self.cursor)
        if shown != self.cursor or shown in table.folded:
            on_row = min(max(0, on_row), self.height - 1)
        self.cursor = shown
        self.top = table.y_of(shown) - on_row
        self.measure_near(shown)

    def close(self, closed: frozenset[int]) -> None:
        """Have the words of exactly these passages closed; the line under the cursor stays."""
        if closed == self.closed or self.cursor < 0:
            return
        table, self.closed = self.table, closed
        on_row = table.y_of(self.cursor) - self.top
        table.correct(self.typeset.close(closed))
        self.top = table.y_of(self.cursor) - on_row
        self.chosen = None

    # Coming back

    def stand(self, spot: ScrollAnchor) -> None:
        """Stand where one stood, opening what hides the passage; folds are left as they are."""
        if spot.cursor >= 0:
            self.open_path(spot.cursor, itself=False)
            self.cursor = spot.cursor
            self.bring_to_top(spot)
            first, last = self.table.y_of(self.cursor), self.table.end_of(self.cursor)
            if first >= max(self.bottom, self.table.heading + 1) or last < self.top:
                self.show()
