"""How a row of the list of posts is painted: beside the thread, and on a screen of its own.

Beside the thread there is room for a title and one number: what waits in the post
or search, new or unread, else how much there is, quietly. Where the list is wide,
words say what waits, and the day of the post stands at the right.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rich.segment import Segment

from probation_reader.phrases import count
from probation_reader.text.widths import cells
from probation_reader.ui.posts.model import PostLine
from probation_reader.ui.render.headings import day, one_line
from probation_reader.ui.widgets.row_list import DIM, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style

    from probation_reader.ui.posts.model import SearchLine

#: From so many columns on a row says in words what waits.
WIDE = 60
#: No row is wider, however wide the screen: the eye has to find its way across.
WIDEST = 110

_DAY_CELLS = len("27 Apr 2024")
_BETWEEN = 2
#: A title is given so much room before all that waits is said.
_TITLE_CELLS = 28


def number(line: PostLine | SearchLine) -> str:
    """Return what waits in a post or search, new or unread, else how much there is."""
    if line.new:
        return f"+{line.new:,}"
    there = line.comments if isinstance(line, PostLine) else line.found
    return f"{waiting:,}" if (waiting := line.unread or there) else ""


def narrow(
    line: PostLine | SearchLine, room: int, number_cells: int, words: Style
) -> list[Segment]:
    """Return ``title  +7``.

    Args:
        line: the post or search.
        room: cells for it.
        number_cells: cells for the number, the same in all rows.
        words: the style of the title.
    """
    waits = f"  {number(line):>{number_cells}} "
    title = fit(_title(line), max(0, room - len(waits)))
    return [Segment(title, words), Segment(waits, words if line.unread else DIM)]


def wide(
    line: PostLine | SearchLine, room: int, said: Sequence[str], words: Style
) -> list[Segment]:
    """Return ``title  +7 new in 2 branches, about 3 min  27 Apr 2024``.

    Args:
        line: the post or search.
        room: cells for it.
        said: what is new in it, in words, from all there is to say to the least;
            empty if nothing is.
        words: the style of the title.
    """
    room = min(room, WIDEST)
    title, waits = _title(line), said or _waiting(line)
    when = _day(line).rjust(_DAY_CELLS)
    left = room - min(cells(title), _TITLE_CELLS) - _DAY_CELLS - 2 * _BETWEEN - 1
    fitting = next((one for one in waits if cells(one) <= left), waits[-1])
    between = " " * _BETWEEN
    beside = f"{between}{fitting}{between}"
    title = fit(title, max(0, room - len(beside) - _DAY_CELLS - 1))
    style = words if line.unread else DIM
    return [Segment(title, words), Segment(beside, style), Segment(f"{when} ", DIM)]


def _title(line: PostLine | SearchLine) -> str:
    return one_line(line.title if isinstance(line, PostLine) else line.name)


def _waiting(line: PostLine | SearchLine) -> list[str]:
    if line.new:
        return [f"{line.new:,} new, {line.unread:,} unread", f"+{line.new:,} new"]
    if not isinstance(line, PostLine):
        found = f"{line.found:,} found"
        return [f"{line.unread:,} unread of {line.found:,}"] if line.unread else [found]
    if line.unread:
        return [f"{line.unread:,} unread"]
    return [count(line.comments, "comment") if line.comments else ""]


def _day(line: PostLine | SearchLine) -> str:
    published = line.published if isinstance(line, PostLine) else ""
    return day(date.fromisoformat(published)) if published else ""
