"""What the thread pane shows: rows, cursor, folds, marks, and how they move.

No screen is needed here: the pane is told what to do by the same methods that
tests call. `top` is the row of the thread at the top of the pane. It may lie
before the first row or so far down that the pane's end is empty: folding keeps
the line under the cursor where it is and a resize the passage at the top, even
near the ends; the next scroll takes up what was left empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.outline import Outline
from probation_reader.ui.render.layout import Layout
from probation_reader.ui.render.painter import Painter
from probation_reader.ui.render.pieces import EMPTY, HeadingRow, HeadRow, Mark, WordsRow
from probation_reader.ui.render.texts import Texts
from probation_reader.ui.rows import HEADING, RowTable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from probation_reader.model import Passage, Thread
    from probation_reader.ui.render.pieces import Row
    from probation_reader.ui.render.signs import Signs
    from probation_reader.ui.rows import Place

#: Rows left above a passage that is brought to the top of the pane.
_CONTEXT = 2


class ThreadView:
    """One open thread in a pane of a given size.

    Args:
        thread: the thread.
        width: the pane's width in cells.
        height: its height in rows.
        signs: the signs to use.

    Attributes:
        cursor: index of the current passage, `HEADING` in a thread without any.
        top: the row at the top of the pane.
        unread: one byte per passage, 1 while it is unread.
        kept: indices of the bookmarked passages.
        marks_in: gives the matches in a passage.
    """

    def __init__(self, thread: Thread, width: int, height: int, signs: Signs) -> None:
        self.thread = thread
        self.height = height
        self.top = 0
        self.cursor = 0 if thread.passages else HEADING
        self.unread = bytearray(b"\x01" * len(thread.passages))
        self.kept: frozenset[int] = frozenset()
        self.marks_in: Callable[[int], list[Mark]] | None = None
        self.texts = Texts(thread.passages)
        self.outline = Outline(passage.depth for passage in thread.passages)
        self._index = {passage.id: index for index, passage in enumerate(thread.passages)}
        self._signs = signs
        #: What a resize keeps at the top, as long as nothing else moves it:
        #: the top row it was left at, the place and the offset in its text.
        self._anchor: tuple[int | None, Place | None, int] = (None, None, 0)
        self._lay_out(width)
        self.table = RowTable(
            self.outline, len(self.painter.heading), self.texts.heights(self.layout)
        )

    def _lay_out(self, width: int) -> None:
        self.layout = Layout(width)
        self.painter = Painter(self.thread, self.outline, self.texts, self.layout, self._signs)

    # What is where

    @property
    def current(self) -> Passage | None:
        """The passage under the cursor."""
        return self.thread.passages[self.cursor] if self.cursor >= 0 else None

    @property
    def bottom(self) -> int:
        """The row just past the last one in the pane."""
        return self.top + self.height

    @property
    def lowest_top(self) -> int:
        """The top row of a pane that shows the end of the thread."""
        visible = self.table.visible
        end = self.table.end_of(visible[-1]) + 1 if visible else self.table.height
        return max(0, end - self.height)

    def place(self, y: int) -> Place | None:
        """Return what stands on a row of the thread, None past its ends."""
        return self.table.row_at(y) if 0 <= y < self.table.height else None

    def end_shown(self, index: int) -> bool:
        """Return whether the last words of an open visible passage are in the pane."""
        if index in self.table.folded or not self.table.is_visible(index):
            return False
        return self.top <= self.table.end_of(index) < self.bottom

    def rows(self) -> list[Row]:
        """Return what each row of the pane shows, from the top."""
        return [self.row(y) for y in range(self.top, self.bottom)]

    def row(self, y: int) -> Row:
        """Return what a row of the thread shows."""
        place = self.place(y)
        if place is None:
            return EMPTY
        index, line = place
        if index == HEADING:
            return HeadingRow(line)
        current = index == self.cursor
        if line == 0:
            return self._head(index, current=current)
        if line > self.table.lines_of(index):
            return self.painter.gap_after(index, self.table.step(index, 1))
        marks = self._marks_on(index, line - 1)
        return WordsRow(index, line - 1, current=current, marks=marks)

    def _head(self, index: int, *, current: bool) -> HeadRow:
        folded = index in self.table.folded
        return HeadRow(
            index,
            current=current,
            folded=folded,
            unread=bool(self.unread[index]),
            kept=index in self.kept,
            below=self.unread.count(1, index + 1, self.outline.ends[index]) if folded else 0,
        )

    def _marks_on(self, index: int, number: int) -> tuple[Mark, ...]:
        marks = self.marks_in(index) if self.marks_in else None
        if not marks:
            return ()
        line = self.texts.lines(index, self.layout)[number]
        return tuple(mark for mark in marks if mark.start < line.end and mark.end > line.start)

    # Marks

    def mark(self, read: Collection[str], kept: Collection[str]) -> None:
        """Take what is read and what is bookmarked, by ids."""
        passages = self.thread.passages
        self.unread = bytearray(passage.id not in read for passage in passages)
        self.kept = frozenset(i for i, passage in enumerate(passages) if passage.id in kept)

    # Movement

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
        index = self._index.get(at) if at else None
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
        """Take the pane's new size; the words at its top stay at its top."""
        self.height = height
        if width == self.layout.width:
            return
        top, place, offset = self._anchor
        if top != self.top:
            place = self.place(self.top)
            offset = self._offset(place) if place else 0
        self._lay_out(width)
        self.table.measure(len(self.painter.heading), self.texts.heights(self.layout))
        if place and place.nth == HEADING:
            self.top = min(place.line, self.table.heading - 1)
        elif place:
            self.top = self.table.y_of(place.nth) + self._line(place, offset)
        self._anchor = (self.top, place, offset)

    def _offset(self, place: Place) -> int:
        """Return where in its passage's text a row begins."""
        if place.nth == HEADING or place.line == 0:
            return 0
        lines = self.texts.lines(place.nth, self.layout)
        return lines[min(place.line, len(lines)) - 1].start

    def _line(self, old: Place, offset: int) -> int:
        """Return the row within a passage that holds what an old row began with."""
        return 0 if old.line == 0 else 1 + self.texts.line_of(old.nth, offset, self.layout)
