"""What each row of the pane shows of an open thread.

No screen is needed here. `top` is the row of the thread at the top of the pane;
it may lie before the first row, or so far down that the end of the pane is
empty.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from probation_reader.outline import Outline
from probation_reader.ui.render.layout import Layout
from probation_reader.ui.render.painter import Painter
from probation_reader.ui.render.pieces import EMPTY, HeadingRow, HeadRow, Mark, WordsRow
from probation_reader.ui.render.texts import Texts
from probation_reader.ui.rows import HEADING, RowTable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from probation_reader.model import Passage, Thread
    from probation_reader.ui.render.pieces import Row
    from probation_reader.ui.render.signs import Signs
    from probation_reader.ui.rows import Place


class ThreadScene:
    """What the rows of a pane of a given size show of one thread.

    Args:
        thread: the thread.
        width: the pane's width in cells.
        height: its height in rows.
        signs: the signs to use.

    Attributes:
        cursor: index of the current passage, `HEADING` in a thread without any.
        top: the row at the top of the pane.
        unread: one byte per passage, 1 while it is unread.
        new: one byte per passage, 1 if it came in since the last visit.
        kept: one byte per passage, 1 if it is bookmarked.
        noted: one byte per passage, 1 if its bookmark has a note.
        marks_in: gives the matches in a passage.
    """

    def __init__(self, thread: Thread, width: int, height: int, signs: Signs) -> None:
        self.thread = thread
        self.height = height
        self.top = 0
        self.cursor = 0 if thread.passages else HEADING
        self.unread = bytearray(b"\x01" * len(thread.passages))
        self.new, self.kept, self.noted = (bytearray(len(thread.passages)) for _ in range(3))
        self.marks_in: Callable[[int], list[Mark]] | None = None
        self.texts = Texts(thread.passages)
        self.outline = Outline(passage.depth for passage in thread.passages)
        self._indices = {passage.id: index for index, passage in enumerate(thread.passages)}
        self._signs = signs
        self.lay_out(width)
        self.table = RowTable(
            self.outline, len(self.painter.heading), self.texts.heights(self.layout)
        )

    def lay_out(self, width: int) -> None:
        """Take a width for the columns and for what is painted, not yet for the rows."""
        self.layout = Layout(width)
        self.painter = Painter(self.thread, self.outline, self.texts, self.layout, self._signs)

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

    def offset(self, place: Place) -> int:
        """Return where in its passage's text a row begins."""
        if place.nth == HEADING or place.line == 0:
            return 0
        lines = self.texts.lines(place.nth, self.layout)
        return lines[min(place.line, len(lines)) - 1].start

    def first_shown(self) -> int:
        """Return where in the text of the current passage the pane begins, 0 above it."""
        place = self.place(self.top)
        return self.offset(place) if place and place.nth == self.cursor else 0

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
            new=bool(self.new[index]),
            kept=bool(self.kept[index]),
            noted=bool(self.noted[index]),
            below=self._below(self.unread, index) if folded else 0,
            new_below=self._below(self.new, index) if folded else 0,
        )

    def _below(self, marks: bytearray, index: int) -> int:
        return marks.count(1, index + 1, self.outline.ends[index])

    def _marks_on(self, index: int, number: int) -> tuple[Mark, ...]:
        marks = self.marks_in(index) if self.marks_in else None
        if not marks:
            return ()
        line = self.texts.lines(index, self.layout)[number]
        first = bisect_right(marks, line.start, key=attrgetter("end"))
        last = bisect_left(marks, line.end, key=attrgetter("start"))
        return tuple(marks[first:last])

    def mark(
        self,
        read: Collection[str],
        kept: Collection[str],
        *,
        new: Collection[str] = (),
        noted: Collection[str] = (),
        only: Collection[str] | None = None,
    ) -> None:
        """Take what is known of the passages, by ids.

        Args:
            read: what has been read.
            kept: what is bookmarked.
            new: what came in since the last visit.
            noted: what is bookmarked with a note.
            only: the passages to look up in these; all without it.
        """
        changed = self._indices if only is None else self._indices.keys() & only
        for id_ in changed:
            index = self._indices[id_]
            self.unread[index] = id_ not in read
            self.new[index] = id_ in new
            self.kept[index] = id_ in kept
            self.noted[index] = id_ in noted
