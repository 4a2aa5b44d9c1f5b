"""What each row of the pane shows of an open thread.

No screen is needed here. `top` is the row of the thread at the top of the pane;
it may lie before the first row, or so far down that the end of the pane is
empty.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from operator import and_, attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from probation_reader.outline import Outline
from probation_reader.ui.render.orders import tree
from probation_reader.ui.render.painter import Painter
from probation_reader.ui.render.rows import EMPTY, HeadRow, LeftOutRow, Mark, WordsRow
from probation_reader.ui.render.text_layout import Texts, Typeset
from probation_reader.ui.thread.row_table import HEADING, RowTable
from probation_reader.ui.thread.selection import chosen_in

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from probation_reader.model import Passage, Thread
    from probation_reader.ui.render.columns import Layout
    from probation_reader.ui.render.orders import Order
    from probation_reader.ui.render.rows import Row
    from probation_reader.ui.thread.row_table import RowRef
    from probation_reader.ui.thread.selection import Selection


_GONE = attrgetter("gone")
#: Turns flags of what is so into flags of what is not.
_OPPOSITE = bytes([1, 0, *range(2, 256)])


class ThreadMarks(NamedTuple):
    """What is marked in a thread, as ids of its passages.

    Args:
        read: those that have been read.
        kept: those that are bookmarked.
        new: those that came in since the last visit.
        noted: those whose bookmark has a note or tags.
        muted: what mutes those that are muted, in words; they are neither unread nor new.
        pending: those of which something marked is not on disk yet.
    """

    read: Collection[str] = ()
    kept: Collection[str] = ()
    new: Collection[str] = ()
    noted: Collection[str] = ()
    muted: Mapping[str, str] = MappingProxyType({})
    pending: Collection[str] = ()


class ThreadScene:
    """What the rows of a pane of a given size show of one thread.

    Args:
        thread: the thread.
        layout: the columns of the pane.
        height: its height in rows.
        news: what is new in the thread, in words, for its heading.

    Attributes:
        cursor: index of the current passage, `HEADING` in a thread without any.
        top: the row at the top of the pane.
        unread: one byte per passage, 1 while it is unread; never of what is gone from its page.
        new: one byte per passage, 1 if it came in since the last visit.
        kept: one byte per passage, 1 if it is bookmarked.
        noted: one byte per passage, 1 if its bookmark has a note.
        muted: what mutes the passages that are muted, in words.
        closed: those of them whose words are not shown, whatever is folded.
        marks_in: gives the matches in a passage.
        chosen: what is selected with the mouse, if anything is.
        order: what is shown of the thread, in which order.
        table: which passage stands on which row.
        typeset: the texts in lines.
    """

    def __init__(self, thread: Thread, layout: Layout, height: int, news: str = "") -> None:
        size = len(thread.passages)
        self.thread = thread
        self.height = height
        self.top = 0
        self.cursor = 0 if size else HEADING
        gone = []
        if any(map(_GONE, thread.passages)):  # seldom
            gone = [at for at, passage in enumerate(thread.passages) if passage.gone]
        sections = len(thread.sections)
        self._gone = sum(at >= sections for at in gone)
        self._there = bytearray(b"\1") * size
        for index in gone:
            self._there[index] = 0
        self.unread = self._there[:]
        self.new, self.kept, self.noted = bytearray(size), bytearray(size), bytearray(size)
        self.muted: Mapping[int, str] = {}
        self.closed: frozenset[int] = frozenset()
        self.pending: frozenset[int] = frozenset()
        self.marks_in: Callable[[int], list[Mark]] | None = None
        self.chosen: Selection | None = None
        self.texts = Texts(thread.passages)
        self.outline = Outline([passage.depth for passage in thread.passages])
        self._news = news
        self.set_order(tree(self.outline), layout, ())
        self.measure_pane()

    @cached_property
    def indices(self) -> dict[str, int]:
        """The index of each passage by its id."""
        return {passage.id: index for index, passage in enumerate(self.thread.passages)}

    def set_order(self, order: Order, layout: Layout, folded: Iterable[int]) -> None:
        """Set the thread in an order, with columns and folds; cursor and top are left as they are.

        Heights are guesses until `measure_near` has been there.
        """
        self.order, self.layout, self.chosen = order, layout, None
        self.typeset = Typeset(self.texts, layout, order.depths, self.closed)
        self.painter = Painter(self.thread, order, self.typeset, self._news, self._gone)
        self.table = RowTable(order, self.painter.heading_rows, self.typeset.counts, folded)

    def measure_near(self, index: int, rows: int = 0) -> None:
        """Make the heights near a visible passage exact; its head stays on its row of the pane.

        Args:
            index: the passage.
            rows: how far exactness must reach beyond two panes, before and after it.
        """
        near = self.table.around(index, 2 * self.height + rows)
        wrong = self.typeset.count(near)
        if wrong:
            on_row = self.table.y_of(index) - self.top
            self.table.correct(wrong)
            self.top = self.table.y_of(index) - on_row

    def measure_pane(self, rows: int = 0) -> None:
        """Make the heights in the pane and near it exact; what stands at its top stays there."""
        if self.cursor >= 0:
            place = self.place(max(0, self.top))
            top = place.nth if place and place.nth >= 0 else self.table.visible[0]
            self.measure_near(top, rows)

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

    def place(self, y: int) -> RowRef | None:
        """Return what stands on a row of the thread, None past its ends."""
        return self.table.row_at(y) if 0 <= y < self.table.height else None

    def offset(self, place: RowRef) -> int:
        """Return where in its passage's text a row begins."""
        if place.nth == HEADING or place.line == 0:
            return 0
        lines = self.typeset.lines(place.nth)
        return lines[min(place.line, len(lines)) - 1].start if lines else 0

    def first_shown(self) -> int:
        """Return where in the text of the current passage the pane begins, 0 above it."""
        place = self.place(self.top)
        return self.offset(place) if place and place.nth == self.cursor else 0

    def end_shown(self, index: int) -> bool:
        """Return whether the last words of an open visible passage are in the pane."""
        if index in self.table.folded or not self.table.is_visible(index):
            return False
        return self.top <= self.table.end_of(index) < self.bottom

    def parent(self) -> int | None:
        """Return the passage that the current one answers, None where none is shown."""
        above = self.outline.parents[self.cursor]
        return above if above >= 0 and self.order.shows(above) else None

    def next_unread(self) -> int:
        """Return the next unread passage, of only what is new the next new one, -1 for none."""
        if self.order.nested:
            return self.unread.find(1, self.cursor + 1)
        after = self.table.visible[self.order.at[self.cursor] + 1 :]
        return next(filter(self._waits, after), -1)

    def previous_unread(self) -> int:
        """Return the unread passage before, of only what is new the new one, -1 for none."""
        if self.order.nested:
            return self.unread.rfind(1, 0, self.cursor)
        before = reversed(self.table.visible[: self.order.at[self.cursor]])
        return next(filter(self._waits, before), -1)

    def _waits(self, index: int) -> bool:
        only_new = bool(self.order.left_out)
        return bool(self.unread[index] and (self.new[index] or not only_new))

    def waiting(self) -> Sequence[int]:
        """Return what is unread in the thread, of only what is new what of that is new."""
        return list(filter(self._waits, range(len(self.unread))))

    def rows(self) -> list[Row]:
        """Return what each row of the pane shows, from the top."""
        self.measure_pane()
        return [self.row(y) for y in range(self.top, self.bottom)]

    def row(self, y: int) -> Row:
        """Return what a row of the thread shows."""
        place = self.place(y)
        if place is None:
            return EMPTY
        index, line = place
        if (left_out := self.table.left_out(place)) is not None:
            return LeftOutRow(len(left_out), self.unread.count(1, left_out.start, left_out.stop))
        if index == HEADING:
            inside = line < self.table.heading
            return self.painter.heading_row(line, self.unread.count(1)) if inside else EMPTY
        current = index == self.cursor
        if line == 0:
            return self._head(index, current=current)
        if index in self.table.folded or line > self.table.lines_of(index):
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
            quiet=folded and bool(self.order.left_out) and not self.new[index],
            muted=self.muted.get(index, ""),
            closed=index in self.closed,
            pending=index in self.pending,
            below=self._hidden_below(self.unread, index) if folded else 0,
            new_below=self._hidden_below(self.new, index) if folded else 0,
        )

    def _hidden_below(self, marks: bytearray, index: int) -> int:
        return marks.count(1, index + 1, self.outline.ends[index]) if self.order.nested else 0

    def _marks_on(self, index: int, number: int) -> tuple[Mark, ...]:
        marks = self.marks_in(index) if self.marks_in else None
        span = chosen_in(self, index)
        if not marks and not span:
            return ()
        line = self.typeset.lines(index)[number]
        if span and span[0] < line.end and span[1] > line.start:
            return (Mark(max(span[0], line.start), min(span[1], line.end), chosen=True),)
        if not marks:
            return ()
        first = bisect_right(marks, line.start, key=attrgetter("end"))
        last = bisect_left(marks, line.end, key=attrgetter("start"))
        return tuple(marks[first:last])

    def mark(self, marked: ThreadMarks, only: Collection[str] | None = None) -> None:
        """Take what is marked in the thread.

        Args:
            marked: all of it.
            only: ids of the passages for which something changed; all without it.
        """
        self.pending = frozenset(self.indices[id_] for id_ in self.indices.keys() & marked.pending)
        if only is not None:
            for id_ in self.indices.keys() & only:
                index = self.indices[id_]
                waits = id_ not in marked.read and id_ not in marked.muted
                self.unread[index] = self._there[index] and waits
                self.kept[index] = id_ in marked.kept
                self.new[index] = id_ in marked.new and id_ not in marked.muted
                self.noted[index] = id_ in marked.noted
        else:
            done = {*marked.read, *marked.muted} if marked.muted else marked.read
            new = frozenset(marked.new).difference(marked.muted) if marked.muted else marked.new
            unread = self._flags(done).translate(_OPPOSITE)
            self.unread = bytearray(map(and_, unread, self._there))
            self.new, self.kept, self.noted = map(self._flags, (new, marked.kept, marked.noted))

    def _flags(self, ids: Collection[str]) -> bytearray:
        if not ids:
            return bytearray(len(self.unread))
        return bytearray(map(frozenset(ids).__contains__, self.indices))
