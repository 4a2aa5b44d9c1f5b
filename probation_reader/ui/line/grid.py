"""The cells of a screen. Pure.

A cell is its text and its pen. A cluster of several cells has its text in the
first and none in the others. Cells and rows are never changed once they are in
a grid, so that two grids share the rows that are the same, and cells of the
same text and pen are mostly one object: comparing is comparing identities. A space
looks the same with every pen that draws no line and no background: all are one.

Terminals disagree on how wide some clusters are: joined emoji, marks, flags,
what Unicode has added since the terminal was made. Their cells are unsure, and
whoever draws a row takes care of them.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from probation_reader.sanitize import safe_cells
from probation_reader.startup.frame import Frame, Run
from probation_reader.text.widths import cells, clusters, is_plain
from probation_reader.ui.line.pens import PLAIN, blanks

Cell: TypeAlias = tuple[str, str]
Row: TypeAlias = list[Cell]

BLANK: Cell = (" ", PLAIN)
_KEPT_CELLS = 4096
#: Scripts whose characters take two cells in every terminal.
_SURELY_WIDE = ((0x2E80, 0xA4CF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFF01, 0xFF60))
_LAST_OF_PLANE = 0xFFFF


class _Cells(dict[str, Cell]):
    """The cells of one pen, by their text."""

    def __init__(self, pen: str) -> None:
        super().__init__()
        self._pen = pen

    def __missing__(self, text: str) -> Cell:
        if len(self) >= _KEPT_CELLS:
            self.clear()
        blank = text == BLANK[0] and blanks(self._pen)
        cell = self[text] = BLANK if blank else (text, self._pen)
        return cell


_cells_of = lru_cache(maxsize=256)(_Cells)


class Grid(NamedTuple):
    """What a terminal of some size shows, or is to show.

    Args:
        width: its columns.
        height: its rows.
        rows: ``height`` rows of ``width`` cells.
        cursor: column and row of the cursor, from 0.
    """

    width: int
    height: int
    rows: tuple[Row, ...]
    cursor: tuple[int, int] = (0, 0)


def blank(width: int, height: int) -> Grid:
    """Return an empty grid."""
    return Grid(width, height, ([BLANK] * width,) * height)


def place(row: Row, column: int, text: str, pen: str) -> int:
    """Write text into a row, as a terminal does; what does not fit is cut off.

    Args:
        row: the row, changed in place.
        column: where to begin.
        text: characters; of controls the signs are drawn.
        pen: how they are drawn.

    Returns:
        The column after the text, also if that is past the row's end.
    """
    text = safe_cells(text)
    end = column + cells(text)
    stop = min(end, len(row))
    if stop > column:
        made = _cells_of(pen)
        marks = ""
        if is_plain(text):
            written = [made[sign] for sign in text[: stop - column]]
        else:
            marks = _marks_at_front(text)
            written = _written(made, text[len(marks) :], stop - column)
        _heal(row, column, stop)
        row[column:stop] = written
        if marks:
            _attach(row, column, marks)
    elif end == column:
        _attach(row, column, text)
    return end


def _marks_at_front(text: str) -> str:
    """Return what of a text takes no cell before its first character that does."""
    start, end, width = clusters(text)[0]
    return "" if width else text[start:end]


def _written(made: _Cells, text: str, room: int) -> Row:
    written: Row = []
    for start, end, width in clusters(text):
        if not width:
            head = head_of(written, len(written) - 1)
            written[head] = made[written[head][0] + text[start:end]]
        elif len(written) + width <= room:
            written += [made[text[start:end]], *[made[""]] * (width - 1)]
    return written + [made[" "]] * (room - len(written))


def _attach(row: Row, column: int, marks: str) -> None:
    """Put what takes no cell on the cell before it."""
    if column:
        head = head_of(row, min(column, len(row)) - 1)
        text, pen = row[head]
        row[head] = (text.removesuffix(marks) + marks, pen)


def _heal(row: Row, start: int, stop: int) -> None:
    """Blank what is left of wide clusters cut at either end."""
    end = stop
    while end < len(row) and not row[end][0]:
        end += 1
    for column in (*range(head_of(row, start), start), *range(stop, end)):
        row[column] = _cells_of(row[column][1])[" "]


def head_of(row: Row, column: int) -> int:
    """Return the column where the cluster begins that a column is in."""
    while column > 0 and not row[column][0]:
        column -= 1
    return column


@lru_cache(maxsize=_KEPT_CELLS)
def is_sure(text: str) -> bool:
    """Return whether every terminal gives a cell's text the cells it has here."""
    if is_plain(text):
        return len(text) <= 1
    if len(text) != 1 or ord(text) > _LAST_OF_PLANE or unicodedata.category(text)[0] in "MC":
        return False
    width = cells(text)
    if unicodedata.east_asian_width(text) not in "WF":
        return width == 1
    code = ord(text)
    return width > 1 and any(first <= code <= last for first, last in _SURELY_WIDE)


def first_unsure(row: Row) -> int | None:
    """Return the first column of a row whose text is not sure, None if all is."""
    texts = [text for text, _ in row]
    if is_plain("".join(texts)) or all(map(is_sure, texts)):
        return None
    return next(column for column, text in enumerate(texts) if not is_sure(text))


def picture(grid: Grid) -> Frame:
    """Return a grid as plain data."""
    rows = tuple(tuple(_runs(row)) for row in grid.rows)
    return Frame(grid.width, grid.height, rows, grid.cursor)


def _runs(row: Row) -> list[Run]:
    begins = [column for column in range(len(row)) if not column or _breaks(row, column)]
    runs = []
    for begin, end in pairwise([*begins, len(row)]):
        pen, text = row[begin][1], "".join([text for text, _ in row[begin:end]])
        if pen == PLAIN and is_sure(row[begin][0]):  # a blank with marks on it is none
            begin += len(text) - len(text.lstrip(" "))  # noqa: PLW2901 - blanks need no run
            text = text.strip(" ")
        if text:
            runs.append(Run(begin, pen, text))
    return runs


def _breaks(row: Row, column: int) -> bool:
    """Return whether a run ends before a column."""
    text, pen = row[column]
    before = row[head_of(row, column - 1)][0]
    return pen != row[column - 1][1] or (text != "" and not (is_sure(text) and is_sure(before)))


def grid_of(shown: Frame) -> Grid:
    """Return a picture as a grid."""
    rows: list[Row] = []
    for runs in shown.rows:
        row = [BLANK] * shown.width
        for run in runs:
            place(row, run.column, run.text, run.style)
        rows.append(row)
    return Grid(shown.width, shown.height, tuple(rows), shown.cursor)
