"""The list of posts: saved searches, year headings, unread marks, counts, filter.

A virtualised list; it is given its rows and never sees the library. The
bar marks the current row, in bold while the list has the focus; a second, quiet
bar stays at the open post while the cursor is elsewhere. The posts stand by date,
or those with something new first; that order is made when it is asked for, so
that no row moves while one reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from probation_reader.phrases import count
from probation_reader.ui.messages import RowChosen
from probation_reader.ui.posts import post_rows
from probation_reader.ui.posts.model import (
    PostLine,
    SearchLine,
    SidebarRow,
    YearHeading,
    by_date,
    filtered,
    ranked,
    with_headings,
)
from probation_reader.ui.render.glyphs import GLYPHS
from probation_reader.ui.render.headings import one_line
from probation_reader.ui.widgets.row_list import BOLD, DIM, PLAIN, SIGN, RowList, fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_SIGN_CELLS = 2


class Sidebar(RowList[SidebarRow]):
    """The posts of the library.

    Attributes:
        searches: the saved searches; shown as long as nothing is filtered.
        lines: every post, filtered or not, in the order of the list.
        by_new: whether those with something new come first.
        since: since when something is new, in words.
        news: says what is new in a post, from all there is to say to the least.
        filtered_by: the filter that holds now.
        opened: the id of the post that is open, empty while none is.
        posts_unread: how many posts have something unread.
        posts_new: how many of these have something new.
        sample: whether these posts came with the program.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.searches: Sequence[SearchLine] = ()
        self.lines: Sequence[PostLine] = ()
        self._dated: Sequence[PostLine] = ()
        self.by_new, self.since = False, ""
        self.news: Callable[[PostLine], Sequence[str]] = lambda _: ()
        self.filtered_by = ""
        self.opened = ""
        self.posts_unread = self.posts_new = 0
        self.sample = False
        self._by_id: dict[str, PostLine] = {}
        #: On which row each post stands that the filter shows, and each search.
        self._places: dict[str, int] = {}
        self._shown = 0
        self._count_cells = 1

    def set_posts(self, lines: Sequence[PostLine]) -> None:
        """Show these posts, newest first, in the order and through the filter that hold now."""
        self._dated = lines
        self._by_id = {line.id: line for line in lines}
        self.posts_unread = sum(1 for line in lines if line.unread)
        self.posts_new = sum(1 for line in lines if line.new)
        self.sample = any(line.sample for line in lines)
        self.set_order(by_new=self.by_new)

    def set_order(self, *, by_new: bool) -> None:
        """Have the posts by what is new in them now, or by date; the cursor stays on its row."""
        self.by_new = by_new
        self.lines = ranked(self._dated, self.since) if by_new else by_date(self._dated)
        self._show_anew()

    def set_searches(self, searches: Sequence[SearchLine]) -> None:
        """Show these saved searches; the cursor stays on its row."""
        self.searches = searches
        self._show_anew()

    def _show_anew(self) -> None:
        before, here, top = self.cursor, self.row_id, self.scroll_offset.y
        counts = [
            *map(post_rows.number, self.searches),
            *map(post_rows.number, self.lines),
        ]
        self._count_cells = max(map(len, counts), default=1)
        self.set_filter(self.filtered_by)
        if here and self.row_id != here:
            self.move_to(before)
        if here:
            self._scroll(max(0, top + self.cursor - before))

    def set_filter(self, query: str) -> None:
        """Show only what a filter lets through; the cursor stays if it can.

        The same filter again never takes the post under the cursor away.
        """
        here = self.row_id or self.opened
        keep = here if query == self.filtered_by else ""
        self.filtered_by = query
        shown = filtered(self.lines, query, keep) if query else self.lines
        self._shown = len(shown)
        rows = with_headings(shown, () if query else self.searches)
        self._places = {
            row.id: at for at, row in enumerate(rows) if not isinstance(row, YearHeading)
        }
        self.set_rows(rows, self._places.get(here, -1))

    @property
    def _row(self) -> SidebarRow | None:
        return self.rows[self.cursor] if self.cursor >= 0 else None

    @property
    def row_id(self) -> str:
        """What the row under the cursor is known by, empty if there is none."""
        return "" if self._row is None or isinstance(self._row, YearHeading) else self._row.id

    @property
    def current(self) -> str:
        """The id of the post under the cursor, empty if there is none."""
        return self._row.id if isinstance(self._row, PostLine) else ""

    @property
    def search(self) -> SearchLine | None:
        """The saved search under the cursor, None if there is none."""
        return self._row if isinstance(self._row, SearchLine) else None

    @property
    def tally(self) -> str:
        """How many posts there are and the filter shows; on a search, what it finds."""
        if (search := self.search) is not None:
            counts = ((search.unread, "unread"), (search.new, "new"))
            said = [f"{number:,} {what}" for number, what in counts if number]
            return " · ".join([f"{search.found:,} found", *said])
        total = len(self.lines)
        posts = count(total, "post")
        return f"{self._shown:,} of {posts}" if self.filtered_by else posts

    def line(self, post_id: str) -> PostLine | None:
        """Return the line of a post, None if it is not in the library."""
        return self._by_id.get(post_id)

    def set_opened(self, post_id: str) -> None:
        """Mark a post as the open one and put the cursor on it if it is shown."""
        self._refresh(self.opened)
        self.opened = post_id
        self.stand_on(post_id)

    def stand_on(self, row_id: str) -> None:
        """Put the cursor on a row, if it is shown."""
        if row_id in self._places:
            self.move_to(self._places[row_id])

    def set_counts(self, post_id: str, unread: int, new: int) -> None:
        """Change how many are unread in a post, and new; the list stays as it is."""
        line = self._by_id.get(post_id)
        if line is None or (line.unread, line.new) == (unread, new):
            return
        self.posts_unread += bool(unread) - bool(line.unread)
        self.posts_new += bool(new) - bool(line.new)
        line.unread, line.new = unread, new
        self._recount(line)

    def set_tally(self, line: SearchLine, found: int, unread: int, new: int) -> None:
        """Change what a saved search finds; nothing is painted if it finds the same."""
        if (line.found, line.unread, line.new) != (found, unread, new):
            line.found, line.unread, line.new = found, unread, new
            self._recount(line)

    def _recount(self, line: PostLine | SearchLine) -> None:
        cells = len(post_rows.number(line))
        if cells > self._count_cells:
            self._count_cells = cells
            self.refresh()
        self._refresh(line.id)

    def _refresh(self, row_id: str) -> None:
        if row_id in self._places:
            self.refresh_lines(self._places[row_id])

    def unread_beyond(self, post_id: str, *, forward: bool, new: bool = False) -> PostLine | None:
        """Return the nearest post with something unread, round the end of the list.

        The post itself comes last.

        Args:
            post_id: where to start from.
            forward: True down the list, False up.
            new: whether it has to have something new.
        """
        lines = self.lines if forward else self.lines[::-1]
        start = next((at for at, line in enumerate(lines) if line.id == post_id), -1) + 1
        around = (*lines[start:], *lines[:start])
        return next((line for line in around if (line.new if new else line.unread)), None)

    def action_next_year(self) -> None:
        """Move to the first post of the next year."""
        self._to_heading(range(self.cursor + 1, len(self.rows)))

    def action_previous_year(self) -> None:
        """Move to the first post of this year; from there, of the year before."""
        self._to_heading(range(self.cursor - 2, -1, -1))

    def _to_heading(self, indices: Iterable[int]) -> None:
        headings = (index for index in indices if isinstance(self.rows[index], YearHeading))
        if (heading := next(headings, None)) is not None:
            self.move_to(heading)

    def selectable(self, row: SidebarRow) -> bool:
        """Return True for posts and searches, False for headings."""
        return not isinstance(row, YearHeading)

    def choose(self, row: SidebarRow) -> None:
        """Ask for the post or the search to be opened."""
        if not isinstance(row, YearHeading):
            self.post_message(RowChosen("posts", row.id))

    def paint(self, row: SidebarRow, width: int, *, current: bool) -> list[Segment]:
        """Return the sign of a row and what it says, or a heading."""
        if isinstance(row, YearHeading):
            return [Segment(fit(row.words, width), DIM)]
        active = current and self.has_focus
        words = BOLD if active else PLAIN
        if current or row.id == self.opened:
            sign = Segment(f"{GLYPHS.cursor} ", SIGN + BOLD if active else SIGN if current else DIM)
        else:
            sign = Segment(f"{GLYPHS.unread} " if row.unread else "  ", SIGN)
        if not row.unread:
            words += DIM if not current else PLAIN
        room = width - _SIGN_CELLS
        if width < post_rows.WIDE:
            return [sign, *post_rows.narrow(row, room, self._count_cells, words)]
        said = self.news(row) if isinstance(row, PostLine) else ()
        return [sign, *post_rows.wide(row, room, said, words)]


class PostsHead(Widget):
    """The row above the posts: what they are, how many have something unread."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._words = self._count = ""

    def show(self, sidebar: Sidebar) -> None:
        """Tell about this sidebar."""
        words = "Sample posts" if sidebar.sample else "Posts"
        if sidebar.filtered_by:
            words += f": {one_line(sidebar.filtered_by)}"
        count = f"{sidebar.posts_unread:,} unread" if sidebar.lines else ""
        if sidebar.posts_new:
            count = f"{sidebar.posts_new:,} new · {count}"
        if (words, count) != (self._words, self._count):
            self._words, self._count = words, count
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the row."""
        del y
        width = self.size.width
        words = fit(self._words, max(0, width - len(self._count) - 2))
        segments = [Segment(words, BOLD), Segment(f" {self._count} ", DIM)]
        return Strip(segments).adjust_cell_length(width).apply_style(self.rich_style)
