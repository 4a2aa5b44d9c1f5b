"""The hits of a search in the main pane, virtualised.

The focus stays in the search bar while one types; this list only shows where
the cursor is, so that the keys of the bar can move it.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style

from probation_reader.text.widths import cells, clip
from probation_reader.ui.keys.habits import habits_of
from probation_reader.ui.messages import RowChosen, WordsOffered
from probation_reader.ui.render.columns import WIDEST_TEXT
from probation_reader.ui.render.glyphs import GLYPHS
from probation_reader.ui.render.headings import fit_facts, one_line
from probation_reader.ui.search.hit_rows import (
    Answered,
    Group,
    Head,
    HitListModel,
    HitMessage,
    HitRow,
    Snippet,
    Suggestion,
    facts,
    hit_rows,
    in_order,
)
from probation_reader.ui.widgets.row_list import (
    BOLD,
    DIM,
    MATCH,
    PLAIN,
    SIGN,
    RowList,
    cursor_bar,
    fit,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from probation_reader.search import Hit
    from probation_reader.ui.search.hit_rows import HitContext, HitFlags

_UNREAD = SIGN + BOLD
_NEW = Style(color="green", bold=True)
_KEPT = Style(color="yellow")
#: A space, kept or noted, new, unread: as in a thread.
_MARKS = 4
_GAP = 2


class HitList(RowList[HitRow], can_focus=False):
    """What a search found.

    Attributes:
        found: what is shown.
        hits: its hits, in the order of the rows.
        moved: True once the cursor was moved: the list then stays as it is.
        at_end: called when the cursor is moved to the last hit.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.found = HitListModel()
        self.hits: Sequence[Hit] = ()
        self.moved = False
        self.at_end: Callable[[], object] = lambda: None
        self._width = 0
        #: The row of each hit's head, by its id.
        self._heads: dict[str, int] = {}

    def show_hits(self, found: HitListModel, at: str = "") -> None:
        """Show hits.

        Args:
            found: what is shown.
            at: the id of the hit to stand on; without it, or if it is not there, the
                first, or what is offered if there is none.
        """
        self.found = found
        self.hits = list(chain.from_iterable(in_order(found)))
        self.moved = False
        self._scroll(0)
        self._fill(at)

    def set_settings(self, settings: Mapping[str, HitContext]) -> None:
        """Show what the hits stand in now; the cursor and the lines stay."""
        if settings != self.found.settings:
            top, hit = self.scroll_offset.y, self.current
            self.found = self.found._replace(settings=settings)
            self._fill(hit.id if hit else "")
            self._scroll(top)

    def add(self, hits: Sequence[Hit], settings: Mapping[str, HitContext]) -> None:
        """Show more hits below the others; the cursor and the lines stay."""
        old, top, cursor = self.found, self.scroll_offset.y, self.cursor
        more = old._replace(hits=hits, settings=settings, remarks=(), offer="", ends=())
        self.found = old._replace(
            hits=(*old.hits, *hits),
            settings={**old.settings, **settings},
            ends=(*old.ends, len(old.hits)),
        )
        self.hits = [*self.hits, *chain.from_iterable(in_order(more))]
        between = [HitMessage("")] if old.by_post and hits else []
        rows = [*self.rows, *between, *hit_rows(more, self._width)]
        self._note_heads(rows)
        self.set_rows(rows, cursor)
        self._scroll(top)

    def stand_on(self, hit: Hit) -> None:
        """Put the cursor on a hit."""
        self.move_to(self._heads[hit.id])

    def _fill(self, hit_id: str) -> None:
        self._width = self.size.width
        rows = hit_rows(self.found, self._width)
        self._note_heads(rows)
        self.set_rows(rows, self._heads.get(hit_id, next(iter(self._heads.values()), -1)))

    def _note_heads(self, rows: Sequence[HitRow]) -> None:
        self._heads = {row.hit.id: at for at, row in enumerate(rows) if isinstance(row, Head)}

    @property
    def current(self) -> Hit | None:
        """The hit under the cursor."""
        row = self.rows[self.cursor] if self.cursor >= 0 else None
        return row.hit if isinstance(row, Head) else None

    @property
    def offered(self) -> str:
        """The words under the cursor that are offered instead, empty if it is elsewhere."""
        row = self.rows[self.cursor] if self.cursor >= 0 else None
        return row.query if isinstance(row, Suggestion) else ""

    @property
    def position(self) -> tuple[int, int]:
        """Which hit the cursor is on, counted from 1, and how many there are."""
        heads = list(self._heads.values())
        return (heads.index(self.cursor) + 1 if self.cursor in heads else 0, len(heads))

    def fit(self) -> None:
        """Wrap the snippets anew; the cursor stays on its hit. Hidden, the list has no width."""
        if self.size and self._width != self.size.width:
            self._fill(self.current.id if self.current else "")
        super().fit()

    def selectable(self, row: HitRow) -> bool:
        """Return True for the head rows and for what is offered."""
        return isinstance(row, Head | Suggestion)

    def first_line(self, index: int) -> int:
        """Return the first row of the hit at this row."""
        above = self.rows[index - 1] if index else None
        return index - 1 if isinstance(above, Answered) else index

    def first_seen(self, index: int) -> int:
        """Return the first row above the hit at this row that is not of another hit."""
        while index > 0 and isinstance(
            self.rows[index - 1], Answered | Group | HitMessage | Suggestion
        ):
            index -= 1
        return index

    def item_at(self, index: int) -> int:
        """Return the head of the hit that a row belongs to."""
        row = self.rows[index] if index < len(self.rows) else None
        return self._heads[row.hit.id] if isinstance(row, Answered | Snippet) else index

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
        for head in (before, self.cursor):
            if head >= 0:
                first = self.first_line(head)
                self.refresh_lines(first, self.last_line(head) - first + 1)
        if before >= 0 and self.hits and self.current == self.hits[-1]:
            self.at_end()

    def choose(self, row: HitRow) -> None:
        """Ask for the thread to be opened at this hit, or for the words that are offered."""
        if isinstance(row, Head):
            self.post_message(RowChosen("search", row.hit.id))
        elif isinstance(row, Suggestion):
            self.post_message(WordsOffered(row.query))

    def paint(self, row: HitRow, width: int, *, current: bool) -> list[Segment]:
        """Return a group's title, what a hit answers, its head or a row of its words."""
        if isinstance(row, HitMessage):
            return [Segment(f"  {clip(row.words, width - 2)}", DIM)]
        if isinstance(row, Group):
            title = clip(row.title, width - 1)
            note = fit_facts(list(row.said), min(width, WIDEST_TEXT) - cells(title) - 3)
            return [Segment(f" {title}", BOLD), Segment(f"  {note}", DIM)]
        if isinstance(row, Suggestion):
            return self._offer(row, width, current=current)
        beside = cursor_bar(here=row.hit == self.current)
        room = min(width, WIDEST_TEXT) - 2
        if isinstance(row, Answered):
            return [beside, Segment(clip(f"{GLYPHS.answer} {row.words}", room), DIM)]
        if isinstance(row, Head):
            return [beside, *_head(row, room, current=current)]
        pieces = [Segment(text, MATCH if found else PLAIN) for text, found in row.pieces]
        return [beside, Segment("  "), *pieces]

    def _offer(self, row: Suggestion, width: int, *, current: bool) -> list[Segment]:
        asks, key = "Did you mean ", habits_of(self).keymap.key("take_offer", "search")
        takes = f"   {key}"
        words = clip(one_line(row.query), width - len(asks) - len(takes) - 3)
        return [
            cursor_bar(here=current),
            Segment(asks),
            Segment(words, BOLD),
            Segment("?"),
            Segment(takes, BOLD),
        ]


def _head(row: Head, room: int, *, current: bool) -> list[Segment]:
    """Return a hit's number, its post, and at the edge who, when, its replies and its signs."""
    number = clip(row.setting.name or one_line(row.hit.number), room)
    space = room - _MARKS - cells(number) - _GAP
    by = fit_facts(facts(row), space * 2 // 3 if row.title else space)
    title = fit(f"  {row.title}" if row.title else "", max(0, space - cells(by))) + " " * _GAP
    return [
        Segment(number, BOLD if current else PLAIN),
        Segment(title + by, DIM),
        *_signs(row.setting.marked),
    ]


def _signs(marked: HitFlags) -> list[Segment]:
    """Return the signs of a hit, each in its column."""
    kept = GLYPHS.note if marked.noted else GLYPHS.kept
    return [
        Segment(f" {kept if marked.kept or marked.noted else ' '}", _KEPT),
        Segment(GLYPHS.new if marked.new else " ", _NEW),
        Segment(GLYPHS.unread if marked.unread else " ", _UNREAD),
    ]
