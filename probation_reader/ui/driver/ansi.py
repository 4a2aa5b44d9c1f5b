"""Reads what Textual sends and keeps the grid it stands for. Pure.

Textual paints by moving the cursor, choosing a pen and writing text; all that
goes into the grid. What only decides how a frame is put on the screen (showing
and hiding the cursor, holding updates back) is left to who sends the grid.
Everything else, such as modes, queries, titles and copies, is handed on
unchanged and in order, if nothing is painted beside it, nor a place gone to: then it
came with the text, and is shown as signs. Hyperlinks are dropped: nothing here is drawn as one.
"""

from __future__ import annotations

import re

from probation_reader.sanitize import safe_cells
from probation_reader.startup.styled_rows import in_parts
from probation_reader.text.widths import cells, clusters, is_plain
from probation_reader.ui.driver.cells import PLAIN, Grid, Row, after, blank, is_sure, place

_SEQUENCE = r"\x1b\[(?P<parameters>[0-?]*)(?P<kind>[ -/]*[@-~])"
_STRING = r"\x1b[]P^_X].*?(?:\x07|\x1b\\)"
_SHORT = r"\x1b[ -/]*[0-~]"
_HYPERLINK = r"\x1b\]8;[^\x07\x1b]*(?:\x07|\x1b\\)"
_REST = r"[\x00-\x1f\x7f-\x9f]|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
_WORD = re.compile(f"{_SEQUENCE}|{_STRING}|{_SHORT}|{_REST}", re.DOTALL)
#: In a frame a control string is none: what its text leaves open would take the rows with it.
_FRAME = re.compile(f"{_SEQUENCE}|{_HYPERLINK}|{_REST}")
#: Every frame ends by placing the cursor.
_PLACED = re.compile(r"\x1b\[[0-9;]*H")
_FRAME_MODES = {"?25", "?2026"}
_LINK = "\x1b]8;"


def refused(data: str) -> str:
    """Return output with signs for all that the text in it could steer a terminal with.

    What follows a cluster that terminals give different cells is placed anew.

    Args:
        data: whole sequences and text. Output that neither holds text nor moves the
            cursor is Textual's own word and stays; of other output only what paints does.
    """
    is_frame, tokens = _read(data)
    if not is_frame:
        return data
    out, pen = [], PLAIN
    begin: tuple[int, int] | None = None
    for token in tokens:
        if not _paints(token):
            shown = _shown(token[0])
            out.append(_placed(shown, begin, pen))
            begin = begin and (begin[0] + cells(shown), begin[1])
            continue
        out.append(token[0])
        if token["kind"] == "H":
            begin = _place(token["parameters"])
        elif token["kind"] == "m":
            pen = token["parameters"]
        elif token[0] == "\n":
            begin = begin and (0, begin[1] + 1)
    return "".join(out)


def _place(parameters: str) -> tuple[int, int]:
    """Return the column and row, from 0, that a cursor move goes to."""
    row, _, column = parameters.partition(";")
    return int(column or 1) - 1, int(row or 1) - 1


def _placed(text: str, begin: tuple[int, int] | None, pen: str) -> str:
    """Return text as it is written from a column and row on, if these are known."""
    if begin is None or is_plain(text):
        return text
    (x, y), out = begin, []
    for start, end, width in clusters(text):
        part = text[start:end]
        if not is_sure(part):
            back, on = f"\x1b[{y + 1};{x + 1}H", f"\x1b[{y + 1};{x + width + 1}H"
            part = f"{' ' * width}{back}{in_parts(part, pen)}{on}"
        out.append(part)
        x += width
    return "".join(out)


def _read(data: str) -> tuple[bool, list[re.Match[str]]]:
    """Return whether output is a frame, which places the cursor or holds text, and its parts."""
    if not _PLACED.search(data):
        words = list(_WORD.finditer(data))
        if all(word["text"] is None for word in words):
            return False, words
    return True, list(_FRAME.finditer(data))


def _paints(token: re.Match[str]) -> bool:
    kind = token["kind"]
    frame = kind in {"h", "l"} and token["parameters"] in _FRAME_MODES
    return frame or kind in {"m", "H"} or token[0] == "\n"


def _shown(part: str) -> str:
    return "" if part.startswith(_LINK) else safe_cells(part)


class AnsiReader:
    """The reading end of Textual's output.

    Args:
        width: columns of the terminal.
        height: rows of the terminal.
    """

    def __init__(self, width: int, height: int) -> None:
        self._pen = PLAIN
        self._held_back = False
        self.resize(width, height)

    @property
    def size(self) -> tuple[int, int]:
        """The columns and rows of the grid."""
        return self._width, self._height

    @property
    def grid(self) -> Grid:
        """What the terminal is to show now."""
        self._own.clear()
        cursor = (min(self._x, self._width - 1), min(self._y, self._height - 1))
        return Grid(self._width, self._height, tuple(self._rows), cursor)

    @property
    def whole(self) -> bool:
        """Whether all of the grid has been painted since the size was set.

        For a moment after a resize Textual still paints what it had laid out for
        the old size: that must not be shown.
        """
        return self._whole

    @property
    def holds_back(self) -> bool:
        """Whether the terminal is known to hold an update back until it is whole."""
        return self._held_back

    def resize(self, width: int, height: int) -> None:
        """Begin an empty grid of this size."""
        self._width, self._height = width, height
        self._rows: list[Row] = list(blank(width, height).rows)
        self._own: set[int] = set()
        self._whole = False
        self._x = self._y = 0

    def feed(self, data: str) -> tuple[bool, str]:
        """Read output.

        Args:
            data: whole sequences, as Textual writes them.

        Returns:
            Whether it painted or moved the cursor, and what is to be handed on.
        """
        painted, handed_on = False, []
        self._begun: set[int] = set()
        self._ends: dict[int, int] = {}
        paints, tokens = _read(data)
        for token in tokens:
            text, kind = token["text"], token["kind"]
            if text is not None:
                self._paint(text)
                painted = True
            elif kind == "m":
                self._pen = after(self._pen, token["parameters"])
            elif kind == "H":
                self._x, self._y = _place(token["parameters"])
                painted = True
            elif self._is_ours(token):
                continue
            elif paints:
                self._paint(safe_cells(token[0]))
            else:
                handed_on.append(token[0])
        self._whole = self._whole or self._is_layout()
        return painted, "".join(handed_on)

    def _is_ours(self, token: re.Match[str]) -> bool:
        if token[0] == "\n":
            self._x, self._y = 0, self._y + 1
        elif token["kind"] in {"h", "l"} and token["parameters"] in _FRAME_MODES:
            self._held_back |= token["parameters"] == "?2026"
        else:
            return token[0].startswith(_LINK)
        return True

    def _is_layout(self) -> bool:
        """Return whether the last output painted a whole screen of this size.

        All rows must begin at the left; that one ends at the right edge is
        enough, as of unsure text the end cannot be told.
        """
        return self._begun == set(range(self._height)) and self._width in self._ends.values()

    def _paint(self, text: str) -> None:
        y = self._y
        if not self._x:
            self._begun.add(y)
        if not 0 <= y < self._height:
            return
        if y not in self._own:
            self._own.add(y)
            self._rows[y] = self._rows[y][:]
        self._x = place(self._rows[y], self._x, text, self._pen)
        self._ends[y] = self._x
