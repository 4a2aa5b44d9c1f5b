"""What is done to every drawn line at the very end: colours, and signs a terminal lacks.

The widgets draw with the terminal's own colours and with the signs they like
best. Whoever sees other colours, none, or only ASCII, gets each line through
one of these, so that no widget has to know. A filter never changes how many
cells a line takes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.filter import LineFilter

from probation_reader.sanitize import safe_cells
from probation_reader.text.transliteration import transliterated
from probation_reader.text.widths import cells, clusters
from probation_reader.ui.render.glyphs import ASCII, GLYPHS
from probation_reader.ui.terminal.themes import PALETTES

if TYPE_CHECKING:
    from textual.color import Color as Ground

    from probation_reader.options import Options
    from probation_reader.ui.terminal.capabilities import Terminal
    from probation_reader.ui.terminal.themes import Palette

_KEPT_STYLES = 1024

#: Lines and typographic signs, each with its nearest in ASCII; one cell for one.
_LIKE = str.maketrans(
    "─│┌┐└┘├┤┬┴┼‘’‚“”„‹›«»–—−‐‑·•…§×",
    '-|+++++++++\'\',"""<><>------*~sx',
) | {
    ord(sign): plain
    for sign, plain in zip(GLYPHS, ASCII, strict=True)
    if len(sign) == len(plain) == 1
}


def filters(options: Options, terminal: Terminal) -> tuple[LineFilter, ...]:
    """Return what every line goes through for this reader at this terminal; often nothing."""
    made: list[LineFilter] = []
    in_ascii = options.signs == "ascii"
    if in_ascii or not terminal.any_text or (options.signs == "auto" and not terminal.signs):
        made.append(Plain(terminal, in_ascii=in_ascii))
    if not terminal.colours:
        made.append(Colourless())
    elif palette := PALETTES.get(options.theme):
        made.append(Coloured(palette))
    return tuple(made)


class Safe(LineFilter):
    """Signs for control characters, should a widget draw any."""

    def apply(self, segments: list[Segment], background: Ground) -> list[Segment]:
        """Return the segments, each as wide as before, without control characters."""
        del background
        return [
            segment
            if segment.text.isprintable() or (safe := safe_cells(segment.text)) == segment.text
            else Segment(set_cell_size(safe, segment.cell_length), segment.style)
            for segment in segments
        ]


class Plain(LineFilter):
    """Signs in ASCII; of other characters those that the terminal's encoding has.

    Args:
        terminal: the terminal.
        in_ascii: whether signs that its encoding has are in ASCII, too.
    """

    def __init__(self, terminal: Terminal, *, in_ascii: bool = False) -> None:
        super().__init__()
        self._terminal = terminal
        everything = in_ascii or terminal.any_text
        self._signs = {
            code: sign for code, sign in _LIKE.items() if everything or not terminal.has(chr(code))
        }

    def apply(self, segments: list[Segment], background: Ground) -> list[Segment]:
        """Return the segments, each as wide as before, with signs that the terminal has."""
        del background
        return [
            segment
            if segment.text.isascii()
            else Segment(self._like(segment.text), segment.style, segment.control)
            for segment in segments
        ]

    def _like(self, text: str) -> str:
        text = text.translate(self._signs)
        if text.isascii() or self._terminal.any_text:
            return text
        return "".join(
            self._nearest(text[start:end], width) for start, end, width in clusters(text)
        )

    def _nearest(self, cluster: str, width: int) -> str:
        """Return a cluster, or its letter without marks, or a question mark for each cell."""
        bare = "".join(sign for sign in normalize("NFKD", cluster) if not combining(sign))
        known = transliterated(cluster, self._terminal.encoding)
        for form in (normalize("NFC", cluster), known, bare):
            if cells(form) == width and self._terminal.has(form):
                return form
        return "?" * width


class Colourless(LineFilter):
    """No colours at all: bold, underline, dim and reverse stay."""

    def apply(self, segments: list[Segment], background: Ground) -> list[Segment]:
        """Return the segments without colours."""
        del background
        return [
            Segment(text, style and _without_colours(style), control)
            for text, style, control in segments
        ]


@lru_cache(_KEPT_STYLES)
def _without_colours(style: Style) -> Style:
    return style.without_color


class Coloured(LineFilter):
    """The colours of a palette in place of the terminal's own.

    Args:
        palette: the colours.
    """

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._style = lru_cache(_KEPT_STYLES)(palette.style)

    def apply(self, segments: list[Segment], background: Ground) -> list[Segment]:
        """Return the segments in these colours."""
        del background
        return [
            Segment(text, self._style(style or Style.null()), control)
            for text, style, control in segments
        ]
