"""The hits of a search in the main pane, virtualised, grouped by post.

The focus stays in the search bar while one types; this list only shows where
the cursor is, so that the keys of the bar can move it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment

from probation_reader.ui.finding.hits import Group, Head, HitRow, Remark, Snippet, hit_rows
from probation_reader.ui.messages import RowChosen
from probation_reader.ui.render.cells import cells, clip
from probation_reader.ui.render.heading import one_line
from probation_reader.ui.render.layout import WIDEST_TEXT
from probation_reader.ui.render.signs import SIGNS
from probation_reader.ui.widgets.lines import BOLD, DIM, MATCH, PLAIN, RowList, bar, fit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from probation_reader.search import Hit
    from probation_reader.ui.finding.hits import Setting

#: What a hit answers is left out where there is no room for this much.
_LEAST_ANSWER = 12


class HitList(RowList[HitRow], can_focus=False):
    """What a search found.

    Attributes:
        hits: the hits shown, in the order of the rows' groups.
        moved: True once the cursor was moved: the list then stays as it is.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.hits: Sequence[Hit] = ()
        self.moved = False
        self._width = 0
        self._open_post = ""
        self._remarks: Sequence[str] = ()
        self._settings: Mapping[str, Setting] = {}

    def show_hits(
        self,
        hits: Sequence[Hit],
        open_post: str = "",
        remarks: Sequence[str] = (),
        settings: Mapping[str, Setting] | None = None,
    ) -> None:
        """Show these hits, the cursor on the first.

        Args:
            hits: the best first.
            open_post: the id of the open thread; its hits come first.
            remarks: what has to be said about them.
            settings: what hits stand in, by their ids.
        """
        self._settings = settings or {}
        self.hits, self._open_post, self._remarks = hits, open_post, remarks
        self.moved = False
        self.set_rows(self._rows())
        self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def _rows(self) -> list[HitRow]:
        self._width = self.size.width
        return hit_rows(self.hits, self._width, self._open_post, self._remarks, self._settings)

    @property
    def current(self) -> Hit | None:
        """The hit under the cursor."""
        row = self.rows[self.cursor] if self.cursor >= 0 else None
        return row.hit if isinstance(row, Head) else None

    @property
    def position(self) -> tuple[int, int]:
        """Which hit the cursor is on, counted from 1, and how many there are."""
        heads = [index for index, row in enumerate(self.rows) if isinstance(row, Head)]
        return (heads.index(self.cursor) + 1 if self.cursor in heads else 0, len(heads))

    def fit(self) -> None:
        """Wrap the snippets anew; the cursor stays on its hit."""
        if self._width != self.size.width:
            hit, rows = self.current, self._rows()
            heads = (i for i, row in enumerate(rows) if isinstance(row, Head) and row.hit == hit)
            self.set_rows(rows, next(heads, -1))
        super().fit()

    def selectable(self, row: HitRow) -> bool:
        """Return True for the head rows."""
        return isinstance(row, Head)

    def last_line(self, index: int) -> int:
        """Return the last row of snippet of the hit at this row."""
        end = index
        while end + 1 < len(self.rows) and isinstance(self.rows[end + 1], Snippet):
            end += 1
        return end

    def move_to(self, index: int, *, backwards: bool = False) -> None:
        """Move, and paint the bar beside the whole hit."""
        before = self.cursor
        super().move_to(index, backwards=backwards)
        self.moved = self.moved or (before >= 0 and before != self.cursor)
        for end in (before, self.cursor):
            if end >= 0:
                self.refresh_lines(end, self.last_line(end) - end + 1)

    def choose(self, row: HitRow) -> None:
        """Ask for the thread to be opened at this hit."""
        if isinstance(row, Head):
            self.post_message(RowChosen("search", row.hit.id))

    def paint(self, row: HitRow, width: int, *, current: bool) -> list[Segment]:
        """Return a group's title, a hit's number or a row of its words."""
        if isinstance(row, Remark):
            return [Segment(f"  {clip(row.words, width - 2)}", DIM)]
        if isinstance(row, Group):
            title = clip(row.title, width - 1)
            note = clip(row.note, width - cells(title) - 3)
            return [Segment(f" {title}", BOLD), Segment(f"  {note}", DIM)]
        beside = bar(here=row.hit == self.current)
        if isinstance(row, Head):
            return [beside, *_head(row, min(width, WIDEST_TEXT) - 2, current=current)]
        pieces = [Segment(text, MATCH if found else PLAIN) for text, found in row.pieces]
        return [beside, Segment("  "), *pieces]


def _head(row: Head, room: int, *, current: bool) -> list[Segment]:
    """Return a hit's number, what it answers, and at the edge who wrote it and when."""
    number = clip(one_line(row.hit.number), room)
    by = clip(row.setting.by, room // 2)
    space = room - cells(number) - cells(by) - 4
    answers = (
        f"{SIGNS.answer} {row.setting.answers}"
        if row.setting.answers and space > _LEAST_ANSWER
        else ""
    )
    between = "  " + fit(answers, max(0, space)) + "  "
    return [Segment(number, BOLD if current else PLAIN), Segment(between + by, DIM)]
