"""Rows of styled text: whether they are safe to show, and what shows them. Pure.

It runs before anything slow is imported, so it needs next to nothing: no
dataclasses, and runs are plain tuples of column, style and text. What the three
of them mean says `frame.PostingsBuilder`.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False  # typing itself is slow to load
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    #: Column, style (parameters of SGR) and text.
    Cells = tuple[int, str, str]

_STYLE = re.compile(r"[0-9;]*")
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_JOINER = "\u200d"
#: Widest and highest picture; a terminal is smaller.
_LARGEST = 10_000


def check_run(column: int, style: str, text: str) -> None:
    """Raise ValueError if a run could do more to a terminal than show its text."""
    if column < 0 or not _STYLE.fullmatch(style):
        message = f"no run can have column {column} and style {style!r}"
        raise ValueError(message)
    if not text or _STEERING.search(text):
        message = f"no run can hold {text!r}"
        raise ValueError(message)


def check(
    width: int, height: int, rows: Sequence[Sequence[Cells]], cursor: tuple[int, int]
) -> None:
    """Raise ValueError if the parts of a picture do not fit its size.

    Args:
        width: its columns.
        height: its rows.
        rows: the runs of each row.
        cursor: column and row of the cursor.
    """
    column, row = cursor
    fits = (
        0 < width <= _LARGEST
        and 0 < height <= _LARGEST
        and len(rows) == height
        and 0 <= column < width
        and 0 <= row < height
    )
    if not fits:
        message = f"no picture of {width}x{height} has these rows and this cursor"
        raise ValueError(message)
    for runs in rows:
        columns = [run[0] for run in runs]
        if columns != sorted(set(columns)) or (columns and columns[-1] >= width):
            message = f"runs at columns {columns} do not fit {width} columns"
            raise ValueError(message)


def in_parts(text: str, style: str) -> str:
    """Return text as it is written: its style is set again after each joiner.

    Some terminals draw nothing of a text after a joiner, up to the next sequence.
    A joiner at the end is left out: it could join what is written next, anywhere.

    Args:
        text: one cluster, or text that has no joiners.
        style: parameters of SGR, which the terminal draws with.
    """
    return text.rstrip(_JOINER).replace(_JOINER, f"{_JOINER}\x1b[{style}m")


def output(rows: Iterable[Iterable[Cells]], cursor: tuple[int, int]) -> str:
    """Return what makes a terminal of the right size show rows of runs.

    The terminal is cleared first; afterwards its style is its own, lines do not
    wrap at the right edge, and the cursor stands where it is wanted.

    Args:
        rows: the runs of each row from the left, checked.
        cursor: column and row of the cursor, from 0.
    """
    out = ["\x1b[?7l\x1b[m\x1b[H\x1b[J"]
    shown = ""
    for runs in rows:
        at: int | None = 0
        for column, style, text in runs:
            if column != at:
                out.append(f"\r\x1b[{column}C" if column else "\r")
            if style != shown:
                out.append(f"\x1b[;{style}m" if style else "\x1b[m")
                shown = style
            out.append(in_parts(text, style))
            at = column + len(text) if text.isascii() else None
        out.append("\r\n")
    out.pop()
    if shown:
        out.append("\x1b[m")
    column, row = cursor
    out.append(f"\x1b[{row + 1};{column + 1}H")
    return "".join(out)
