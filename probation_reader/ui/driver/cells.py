"""The cells of a screen, and the SGR styles they are drawn with. Pure.

A style is a string of SGR parameters in one fixed order, so that equal styles are
equal strings: attributes by number, foreground, background. The terminal's own style is
the empty string. Few styles exist on a screen, so every answer is cached.

A cell is its text and its style. A cluster of several cells has its text in the
first and none in the others. Cells and rows are never changed once they are in
a grid, so that two grids share the rows that are the same, and cells of the
same text and style are mostly one object: comparing is comparing identities. A space
looks the same with every style that draws no line and no background: all are one.

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

#: The terminal's own pen.
PLAIN = ""

#: The pen that nobody knows, as after what others have sent.
UNKNOWN = "?"

_RESET = "\x1b[m"

#: What each parameter that ends attributes ends.
_ENDS = {
    "22": ("1", "2"),
    "23": ("3",),
    "24": ("4", "21"),
    "25": ("5", "6"),
    "27": ("7",),
    "28": ("8",),
    "29": ("9",),
    "54": ("51", "52"),
    "55": ("53",),
}

_BEGINS = {begun: end for end, ended in _ENDS.items() for begun in ended}

_INKS = {str(code) for code in (*range(30, 38), *range(90, 98))}

_PAPERS = {str(code) for code in (*range(40, 48), *range(100, 108))}

#: Attributes that cannot be seen on a space.
_UNSEEN = {"1", "2", "3", "5", "6", "8"}

#: Parameters that follow ``38;5`` and ``38;2``.
_COLOUR_LENGTHS = {"5": 1, "2": 3}


class _Parts(NamedTuple):
    attributes: frozenset[str]
    ink: str
    paper: str


def _pen(parts: _Parts) -> str:
    attributes = sorted(parts.attributes, key=int)
    return ";".join([*attributes, *filter(None, (parts.ink, parts.paper))])


@lru_cache(maxsize=1024)
def _parts(pen: str) -> _Parts:
    attributes: set[str] = set()
    colours = {"3": "", "4": ""}
    codes = iter(pen.split(";"))
    for code in codes:
        number = code.lstrip("0")
        if not number:
            attributes.clear()
            colours = {"3": "", "4": ""}
        elif number in _ENDS:
            attributes.difference_update(_ENDS[number])
        elif number in _INKS or number in _PAPERS:
            colours["3" if number in _INKS else "4"] = number
        elif number in {"38", "48"}:
            kind = next(codes, "")
            values = [next(codes, "") for _ in range(_COLOUR_LENGTHS.get(kind, 0))]
            colours[number[0]] = ";".join([number, kind, *values])
        elif number in {"39", "49"}:
            colours[number[0]] = ""
        elif number in _BEGINS:
            attributes.add(number)
    return _Parts(frozenset(attributes), colours["3"], colours["4"])


@lru_cache(maxsize=1024)
def after(pen: str, parameters: str) -> str:
    """Return the pen that SGR parameters make of a pen.

    Args:
        pen: the pen before.
        parameters: as in ``CSI parameters m``; ones that mean nothing are passed over.
    """
    return _pen(_parts(f"{pen};{parameters}" if pen else parameters))


@lru_cache(maxsize=1024)
def blanks(pen: str) -> bool:
    """Return whether a space drawn with a pen looks like one of the terminal's own."""
    parts = _parts(pen)
    return pen != UNKNOWN and not parts.paper and parts.attributes <= _UNSEEN


@lru_cache(maxsize=4096)
def change(before: str, wanted: str) -> str:
    """Return the shortest output that takes the terminal from one pen to another.

    Args:
        before: the pen it has, or `UNKNOWN`.
        wanted: the pen it is to have.
    """
    if before == wanted:
        return ""
    if wanted == PLAIN:
        return _RESET
    anew = f"\x1b[;{wanted}m"
    if before == UNKNOWN:
        return anew
    old, new = _parts(before), _parts(wanted)
    ends = {_BEGINS[code] for code in old.attributes - new.attributes}
    kept = old.attributes.difference(*(_ENDS[end] for end in ends))
    codes = [*sorted(ends), *sorted(new.attributes - kept, key=int)]
    if old.ink != new.ink:
        codes.append(new.ink or "39")
    if old.paper != new.paper:
        codes.append(new.paper or "49")
    return min(f"\x1b[{';'.join(codes)}m", anew, key=len)


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
