"""A terminal to send output to, and what can be seen on it.

pyte keeps every attribute but dim, which the reader uses for all that is quiet:
here it is kept where blinking would be, which the reader never uses.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pyte

from probation_reader.startup.styled_rows import in_parts
from probation_reader.ui.driver.cells import is_sure

if TYPE_CHECKING:
    from pyte.screens import Char

    from probation_reader.ui.driver.cells import Grid

#: Parameters that a colour takes after its own and the kind of colour.
_COLOUR_LENGTHS = {5: 1, 2: 3}


class Emulator(pyte.Screen):
    """A terminal; lines do not wrap at its right edge."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines)
        self.stream = pyte.Stream(self)
        self.feed("\x1b[?7l")

    def feed(self, output: str) -> None:
        self.stream.feed(output)

    def select_graphic_rendition(self, *attrs: int) -> None:
        codes, given = [], iter(attrs)
        for code in given:
            if code in {38, 48}:
                kind = next(given)
                codes += [code, kind, *(next(given) for _ in range(_COLOUR_LENGTHS[kind]))]
            else:
                codes += {2: [5], 22: [22, 25]}.get(code, [code])
        super().select_graphic_rendition(*codes)


def looks(screen: Emulator) -> list[list[Char]]:
    """Return what is seen in each cell: of a space only its background and lines."""
    return [
        [_look(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)
    ]


@cache
def _look(char: Char) -> Char:
    if char.data != " " or char.reverse or char.underscore or char.strikethrough:
        return char
    return char._replace(fg="default", bold=False, italics=False, blink=False)


class Seen(NamedTuple):
    """A screen as a person sees it."""

    cells: list[list[Char]]
    cursor: tuple[int, int]


def seen(screen: Emulator) -> Seen:
    return Seen(looks(screen), (screen.cursor.x, screen.cursor.y))


def plainly(grid: Grid) -> str:
    """Return output that draws a grid cell by cell, without any cleverness."""
    out = ["\x1b[m\x1b[2J"]
    for y, row in enumerate(grid.rows):
        for x, (text, pen) in enumerate(row):
            if not text:
                continue
            to = f"\x1b[{y + 1};{x + 1}H"
            after = next((at for at in range(x + 1, len(row)) if row[at][0]), len(row))
            under = "" if is_sure(text) else to + " " * (after - x)
            out.append(f"\x1b[0;{pen or '0'}m{under}{to}{in_parts(text, pen)}")
    x, y = grid.cursor
    return "".join([*out, f"\x1b[{y + 1};{x + 1}H"])
