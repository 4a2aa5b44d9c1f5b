"""The list of posts: year headings, unread marks, counts, filter.

A virtualised list; it is given `PostLine` rows and never sees the library. The
bar marks the current row, in bold while the list has the focus; a second, quiet
bar stays at the open post while the cursor is elsewhere. At the right stands one
number: ``+7`` for what is new, as long as anything is, else how many are unread;
in a post that has been read, quietly, how many comments it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from probation_reader.ui.messages import RowChosen
from probation_reader.ui.reading.posts import Heading, PostLine, filtered, with_headings
from probation_reader.ui.render.heading import one_line
from probation_reader.ui.render.signs import SIGNS
from probation_reader.ui.widgets.lines import BOLD, DIM, PLAIN, SIGN, RowList, fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SIGN_CELLS = 2


class Sidebar(RowList[Heading | PostLine]):
    """The posts of the library.

    Attributes:
        lines: every post, filtered or not, in the order of the list.
        filtered_by: the filter that holds now.
        opened: the id of the post that is open, empty while none is.
        posts_unread: how many posts have something unread.
        posts_new: how many of these have something new.
        sample: whether these posts came with the program.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.lines: Sequence[PostLine] = ()
        self.filtered_by = ""
        self.opened = ""
        self.posts_unread = self.posts_new = 0
        self.sample = False
        self._by_id: dict[str, PostLine] = {}
        #: On which row each post stands that the filter shows.
        self._places: dict[str, int] = {}
        self._shown = 0
        self._count_cells = 1

    def set_posts(self, lines: Sequence[PostLine]) -> None:
        """Show these posts, through the filter that holds now; the cursor stays on its row."""
        before, here, top = self.cursor, self.current, self.scroll_offset.y
        self.lines = lines
        self._by_id = {line.id: line for line in lines}
        self.posts_unread = sum(1 for line in lines if line.unread)
        self.posts_new = sum(1 for line in lines if line.new)
        self.sample = any(line.sample for line in lines)
        self._count_cells = max((len(_count(line)) for line in lines), default=1)
        self.set_filter(self.filtered_by)
        if here and self.current != here:
            self.move_to(before)
        if here:
            self._scroll(max(0, top + self.cursor - before))

    def set_filter(self, query: str) -> None:
        """Show only what a filter lets through; the cursor stays if it can.

        The same filter again never takes the post under the cursor away.
        """
        here = self.current or self.opened
        keep = here if query == self.filtered_by else ""
        self.filtered_by = query
        shown = filtered(self.lines, query, keep) if query else self.lines
        self._shown = len(shown)
        rows = with_headings(shown)
        self._places = {row.id: at for at, row in enumerate(rows) if isinstance(row, PostLine)}
        self.set_rows(rows, self._places.get(here, -1))

    @property
    def current(self) -> str:
        """The id of the post under the cursor, empty if there is none."""
        row = self.rows[self.cursor] if self.cursor >= 0 else None
        return row.id if isinstance(row, PostLine) else ""

    @property
    def tally(self) -> str:
        """How many posts there are, and how many of them the filter shows."""
        total = len(self.lines)
        return f"{self._shown:,} of {total:,} posts" if self.filtered_by else f"{total:,} posts"

    def line(self, post_id: str) -> PostLine | None:
        """Return the line of a post, None if it is not in the library."""
        return self._by_id.get(post_id)

    def set_opened(self, post_id: str) -> None:
        """Mark a post as the open one and put the cursor on it if it is shown."""
        self._refresh(self.opened)
        self.opened = post_id
        if post_id in self._places:
            self.move_to(self._places[post_id])

    def set_counts(self, post_id: str, unread: int, new: int) -> None:
        """Change how many are unread in a post, and new; the list stays as it is."""
        line = self._by_id.get(post_id)
        if line is None or (line.unread, line.new) == (unread, new):
            return
        self.posts_unread += bool(unread) - bool(line.unread)
        self.posts_new += bool(new) - bool(line.new)
        line.unread, line.new = unread, new
        cells = len(_count(line))
        if cells > self._count_cells:
            self._count_cells = cells
            self.refresh()
        self._refresh(post_id)

    def _refresh(self, post_id: str) -> None:
        if post_id in self._places:
            self.refresh_lines(self._places[post_id])

    def unread_beyond(self, post_id: str, *, forward: bool) -> PostLine | None:
        """Return the nearest post with something unread, round the end of the list.

        The post itself comes last.

        Args:
            post_id: where to start from.
            forward: True down the list, False up.
        """
        lines = self.lines if forward else self.lines[::-1]
        start = next((at for at, line in enumerate(lines) if line.id == post_id), -1) + 1
        return next((line for line in (*lines[start:], *lines[:start]) if line.unread), None)

    def action_next_year(self) -> None:
        """Move to the first post of the next year."""
        self._to_heading(range(self.cursor + 1, len(self.rows)))

    def action_previous_year(self) -> None:
        """Move to the first post of this year; from there, of the year before."""
        self._to_heading(range(self.cursor - 2, -1, -1))

    def _to_heading(self, indices: Iterable[int]) -> None:
        headings = (index for index in indices if isinstance(self.rows[index], Heading))
        if (heading := next(headings, None)) is not None:
            self.move_to(heading)

    def selectable(self, row: Heading | PostLine) -> bool:
        """Return True for posts, False for headings."""
        return isinstance(row, PostLine)

    def choose(self, row: Heading | PostLine) -> None:
        """Ask for the post to be opened."""
        if isinstance(row, PostLine):
            self.post_message(RowChosen("posts", row.id))

    def paint(self, row: Heading | PostLine, width: int, *, current: bool) -> list[Segment]:
        """Return ``● title  count``, or a year."""
        if isinstance(row, Heading):
            return [Segment(fit(row.words, width), DIM)]
        active = current and self.has_focus
        words = BOLD if active else PLAIN
        if current or row.id == self.opened:
            sign = Segment(f"{SIGNS.cursor} ", SIGN + BOLD if active else SIGN if current else DIM)
        else:
            sign = Segment(f"{SIGNS.unread} " if row.unread else "  ", SIGN)
        count = f"  {_count(row):>{self._count_cells}} "
        title = fit(one_line(row.title), max(0, width - _SIGN_CELLS - len(count)))
        if not row.unread:
            words += DIM if not current else PLAIN
        return [sign, Segment(title, words), Segment(count, words if row.unread else DIM)]


def _count(line: PostLine) -> str:
    """Return what waits in a post, new or unread, else how many comments it has."""
    if line.new:
        return f"+{line.new:,}"
    return f"{waiting:,}" if (waiting := line.unread or line.comments) else ""


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
