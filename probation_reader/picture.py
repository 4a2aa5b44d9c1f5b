"""What a terminal shows: rows of styled text and a cursor, as plain data. Pure.

A picture is taken from a running screen and can be written to a terminal before
any screen runs. Only the standard library is needed, so that it costs nothing
to load. A picture that exists is valid: it holds nothing that could steer a
terminal but what `Picture.as_output` itself says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_STYLE = re.compile(r"[0-9;]*")
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
#: Widest and highest picture; a terminal is smaller.
_LARGEST = 10_000


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one style on one row.

    A cluster whose width terminals disagree on ends its run: after a run that is
    not ASCII the cursor is placed anew, never left to how far the text moved it.

    Args:
        column: the cell it begins in, from 0.
        style: parameters of SGR, as ``1;31``; empty for the terminal's own.
        text: the characters, spaces included.

    Raises:
        ValueError: if the style or the text could do more than show the text.
    """

    column: int
    style: str
    text: str

    def __post_init__(self) -> None:
        if self.column < 0 or not _STYLE.fullmatch(self.style):
            message = f"no run can have column {self.column} and style {self.style!r}"
            raise ValueError(message)
        if not self.text or _STEERING.search(self.text):
            message = f"no run can hold {self.text!r}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Picture:
    """What a terminal of some size shows.

    Args:
        width: its columns.
        height: its rows.
        rows: the runs of each row from the left; cells in no run are blank.
        cursor: column and row of the cursor, from 0.

    Raises:
        ValueError: if the parts do not fit the size.
    """

    width: int
    height: int
    rows: tuple[tuple[Run, ...], ...]
    cursor: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        column, row = self.cursor
        fits = (
            0 < self.width <= _LARGEST
            and 0 < self.height <= _LARGEST
            and len(self.rows) == self.height
            and 0 <= column < self.width
            and 0 <= row < self.height
        )
        if not fits:
            message = f"no picture of {self.width}x{self.height} has these rows and this cursor"
            raise ValueError(message)
        for runs in self.rows:
            columns = [run.column for run in runs]
            if columns != sorted(set(columns)) or (columns and columns[-1] >= self.width):
                message = f"runs at columns {columns} do not fit {self.width} columns"
                raise ValueError(message)

    def as_output(self) -> str:
        """Return what makes a terminal of this size show the picture.

        The terminal is cleared first; afterwards its style is its own, lines do
        not wrap at the right edge, and the cursor stands where it stands here.
        """
        out = ["\x1b[?7l\x1b[m\x1b[H\x1b[J"]
        style = ""
        for runs in self.rows:
            at: int | None = 0
            for run in runs:
                if run.column != at:
                    out.append("\r")
                    if run.column:
                        out.append(f"\x1b[{run.column}C")
                if run.style != style:
                    out.append(f"\x1b[;{run.style}m" if run.style else "\x1b[m")
                    style = run.style
                out.append(run.text)
                at = run.column + len(run.text) if run.text.isascii() else None
            out.append("\r\n")
        out.pop()
        if style:
            out.append("\x1b[m")
        column, row = self.cursor
        out.append(f"\x1b[{row + 1};{column + 1}H")
        return "".join(out)
