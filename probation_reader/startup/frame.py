"""What a terminal shows: rows of styled text and a cursor, as plain data. Pure.

A picture is taken from a running screen and can be written to a terminal before
any screen runs. A picture that exists is valid: it holds nothing that could steer a
terminal but what `styled_rows.output` says.
"""

from __future__ import annotations

from dataclasses import dataclass

from probation_reader.startup import styled_rows


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
        styled_rows.check_run(self.column, self.style, self.text)


@dataclass(frozen=True, slots=True)
class Frame:
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
        styled_rows.check(self.width, self.height, self.cells(), self.cursor)

    def cells(self) -> list[list[styled_rows.Cells]]:
        """Return the rows as `styled_rows` and the last screen have them."""
        return [[(run.column, run.style, run.text) for run in runs] for runs in self.rows]
