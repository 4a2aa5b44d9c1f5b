"""How many terminal cells characters take, as the screen will draw them.

Rich measures what Textual draws, so its measure is used here and nowhere else
is one kept. Most text is of characters that surely take one cell each; finding
that out is one search in C, and then no character is looked at by itself.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category

from rich import cells as measure
from rich._unicode_data import load
from rich.cells import CellTable, cell_len, split_graphemes

#: More marks and joiners than this on one cell are counted, not drawn.
MARKS_PER_CELL = 20

_ONE_CELL = (
    "\n\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0373\u0384-\u038a\u0391-\u03ff\u0400-\u0482"
    "\u1e00-\u1eff\u2010-\u2027\u202f-\u203b\u203d-\u2048\u20a0-\u20bf\u2190-\u2193\u2400-\u2426"
    "\u2500-\u25a9\u25cf"
)
_TWO_CELLS = "\u3001-\u3029\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
#: A joiner that joins no two pictures. Whatever follows one is measured as drawn on
#: what stands before it: between letters it would hide the second.
_PICTURES = "\u2190-\u2bff\U0001f000-\U0001faff"
_IDLE_JOINER = re.compile(f"(?<![{_PICTURES}\ufe0f])\u200d|\u200d(?![{_PICTURES}])")
_NO_JOINER = "\u2060"
_NOT_PLAIN = re.compile(f"[^{_ONE_CELL}]")
#: Where the scripts are that have vowel signs with a cell of their own.
_SPACING = re.compile(
    "[\u0903-\u1cff\u302e\u302f\ua823-\uabec\U00011000-\U00016ff1\U0001d165-\U0001d172]"
)
_WIDEST = 2
_SKIN_TONES = range(0x1F3FB, 0x1F400)


def _own_width(code: int) -> int:
    """Return the cells of a character that rich takes for a mark and terminals do not."""
    return 2 if code in _SKIN_TONES else int(category(chr(code)) == "Mc")


@cache
def _widths(version: str = "auto") -> CellTable:
    """Return rich's table of widths with cells for spacing vowel signs and skin tones.

    Rich takes them for marks; most terminals (glibc's table, tmux) give them cells,
    and what follows would be drawn over them. Where a terminal gives them none,
    these cells are left free.
    """
    table = load(version)
    widths: list[tuple[int, int, int]] = []
    for first, last, width in table.widths:
        for sign in () if width else filter(_own_width, range(first, last + 1)):
            if first < sign:
                widths.append((first, sign - 1, width))
            widths.append((sign, sign, _own_width(sign)))
            first = sign + 1  # noqa: PLW2901 - the rest of the range
        if first <= last:
            widths.append((first, last, width))
    return table._replace(widths=widths)


measure.load_cell_table = _widths  # type: ignore[attr-defined]  # Textual lays out by it, too


def is_plain(text: str) -> bool:
    """Return whether every character but newlines surely takes one cell."""
    return text.isascii() or _NOT_PLAIN.search(text) is None


@cache
def not_alone() -> re.Pattern[str]:
    """Return what finds a character that may share its cells with others.

    Compiled when first needed: that takes long, and few texts are not plain.
    """
    return re.compile(f"[^{_ONE_CELL}{_TWO_CELLS}]")


def cells(text: str) -> int:
    """Return the cells of one line."""
    return len(text) if is_plain(text) else cell_len(text)


def clusters(line: str) -> list[tuple[int, int, int]]:
    """Return what a line's cells hold: (start, end, cells) of each cluster.

    A cluster is a character with the marks, joiners and selectors that are
    drawn on top of it; a line is never broken inside one.
    """
    spans = split_graphemes(line)[0]
    return spans if _SPACING.search(line) is None else _with_vowel_signs(line, spans)


def _with_vowel_signs(line: str, spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return spans with each spacing vowel sign in that of its letter, up to two cells."""
    held: list[tuple[int, int, int]] = []
    for start, end, width in spans:
        if held and category(line[start]) == "Mc" and 0 < held[-1][2] <= _WIDEST - width:
            held[-1] = (held[-1][0], end, held[-1][2] + width)
        else:
            held.append((start, end, width))
    return held


def clip(text: str, room: int) -> str:
    """Return a line cut to so many cells, with an ellipsis where it was cut."""
    if cells(text) <= room:
        return text
    if room <= 0:
        return ""
    if is_plain(text):
        return text[: room - 1].rstrip() + "…"
    taken, ends = 0, []
    for _, end, width in clusters(text[: room * (MARKS_PER_CELL + 1)]):
        taken += width
        if taken >= room:
            break
        ends.append(end)
    # Measured again as a whole: a joiner before the ellipsis can change the sum.
    while ends:
        clipped = text[: ends.pop()].rstrip() + "…"
        if cells(clipped) <= room:
            return clipped
    return "…"


def bound_marks(text: str) -> str:
    """Return text whose cells hold a bounded number of characters each.

    A terminal would have to take ten thousand marks on one letter as they come;
    here what is beyond `MARKS_PER_CELL` becomes a sign saying how many. A joiner
    between other things than pictures joins nothing.
    """
    if is_plain(text) or not_alone().search(text) is None:
        return text
    text = _IDLE_JOINER.sub(_NO_JOINER, text)
    return "\n".join(line if is_plain(line) else _bound_line(line) for line in text.split("\n"))


def _bound_line(line: str) -> str:
    parts = []
    for start, end, _ in clusters(line):
        if end - start > MARKS_PER_CELL + 1:
            cut = start + MARKS_PER_CELL + 1
            parts.append(f"{line[start:cut]}‹+{end - cut}›")
        else:
            parts.append(line[start:end])
    return "".join(parts)
