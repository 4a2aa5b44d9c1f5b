"""How many terminal cells characters take, as the screen will draw them.

Rich measures what Textual draws, so its measure is used here and nowhere else
is one kept. Terminals disagree on some characters: joined emoji, flags, skin tones,
spacing vowel signs. Such text is given the cells of the terminal that draws it
widest, so that what follows covers none of it anywhere; in the others cells stay free.

Most text is of characters that surely take one cell each; finding
that out is one search in C, and then no character is looked at by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from unicodedata import category

from rich import cells as measure
from rich._unicode_data import load
from rich.cells import CellTable, cached_cell_len, cell_len

#: What tmux keeps of one cell, in bytes of UTF-8; the rest it drops.
_KEPT_BYTES = 21
#: More marks and joiners than this on one cell are counted, not drawn: more are not kept.
MARKS_PER_CELL = 9

_ONE_CELL = (
    "\n\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0373\u0384-\u038a\u0391-\u03ff\u0400-\u0482"
    "\u1e00-\u1eff\u2010-\u2027\u202f-\u203b\u203d-\u2048\u20a0-\u20bf\u2190-\u2193\u2400-\u2426"
    "\u2500-\u25a9\u25cf"
)
_TWO_CELLS = "\u3001-\u3029\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
_PICTURES = "\u2190-\u2bff\U0001f000-\U0001faff"
#: A joiner that joins no two pictures: between letters some terminals hide the second.
_IDLE_JOINER = re.compile(f"(?<![{_PICTURES}\ufe0f])\u200d|\u200d(?![{_PICTURES}])")
_JOINER, _NO_JOINER = "\u200d", "\u2060"
_NOT_PLAIN = re.compile(f"[^{_ONE_CELL}]")
#: What may share a cluster with the character before it, although it has cells of its own:
#: signs of the scripts that have spacing vowel signs, skin tones, letters of flags, joined emoji.
_SHARING = re.compile(
    "[\u0903-\u1cff\u200d\u302e\u302f\ua823-\uabec\U00011000-\U00016ff1"
    "\U0001d165-\U0001d172\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
)
_PICTURE = re.compile(f"[{_PICTURES}\ufe0f]")
#: Cells of a letter with its vowel signs, and of a sequence of emoji, at most.
_WIDEST, _WIDEST_SEQUENCE = 2, 12
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
#: Characters that some terminals draw wider than rich measures: (first, last, cells).
_WIDER = (
    (0x302E, 0x302F, 2),
    (0x3164, 0x3164, 2),
    (0x3248, 0x324F, 2),
    (0xFFA0, 0xFFA0, 1),
    (0x16FF0, 0x16FF1, 2),
    (0x1F1E6, 0x1F1FF, 2),
    (0x1F3FB, 0x1F3FF, 2),
)


@cache
def _vowel_signs(version: str = "auto") -> frozenset[str]:
    """Return the spacing vowel signs, all of which rich takes for marks."""
    marks = (range(first, last + 1) for first, last, width in load(version).widths if not width)
    return frozenset(sign for codes in marks for sign in map(chr, codes) if category(sign) == "Mc")


@cache
def _widths(version: str = "auto") -> CellTable:
    """Return rich's table of widths, with the cells of the widest terminal for each character.

    Rich takes spacing vowel signs and skin tones for marks; most terminals (glibc's
    table, tmux) give them cells.
    """
    table = load(version)
    wider = {ord(sign): 1 for sign in _vowel_signs(version)}
    for first, last, width in _WIDER:
        wider |= dict.fromkeys(range(first, last + 1), width)
    signs = sorted(wider)
    widths = [(sign, sign, wider[sign]) for sign in signs]
    for first, last, width in table.widths:
        begin = first
        for sign in signs[bisect_left(signs, first) : bisect_right(signs, last)]:
            widths.append((begin, sign - 1, width))
            begin = sign + 1
        widths.append((begin, last, width))
    return table._replace(widths=sorted(span for span in widths if span[0] <= span[1]))


_rich_cell_len, _rich_split = measure._cell_len, measure.split_graphemes  # noqa: SLF001


def _cell_len(text: str, unicode_version: str) -> int:
    return _rich_cell_len(text.replace(_JOINER, _NO_JOINER), unicode_version)


def split_graphemes(
    text: str, unicode_version: str = "auto"
) -> tuple[list[tuple[int, int, int]], int]:
    """As rich's function of the name; what is joined takes its cells like anything else.

    Rich takes it for drawn on top of what it is joined to. Many terminals draw it behind.
    """
    return _rich_split(text.replace(_JOINER, _NO_JOINER), unicode_version)


#: The cells of a short text, kept for the next time.
word_cells = cached_cell_len

# Textual lays out by these, too.
measure.load_cell_table = _widths  # type: ignore[attr-defined]
measure._cell_len = _cell_len  # noqa: SLF001
measure.split_graphemes = split_graphemes


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
    drawn on top of it, a letter with its vowel signs, or a sequence of emoji that may
    be drawn as one; a line is never broken inside one.
    """
    spans = split_graphemes(line)[0]
    return spans if _SHARING.search(line) is None else _merged(line, spans)


@cache
def _sharing() -> frozenset[str]:
    return _vowel_signs().union(_SKIN_TONES, _FLAG_LETTERS)


def _merged(line: str, spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return spans with each that belongs to the one before it made one with it."""
    held = spans[:1]
    sharing = _sharing()
    for span in spans[1:]:
        start, end, width = span
        if line[start] in sharing or line[start - 1] == _JOINER:
            first, _, before = held[-1]
            most = _most(line, first, start)
            if 0 < before <= most - width and (most <= _WIDEST or _kept(line[first:end])):
                held[-1] = (first, end, before + width)
                continue
        held.append(span)
    return held


def _kept(cluster: str) -> bool:
    return len(cluster.encode("utf-8", "surrogatepass")) <= _KEPT_BYTES


def _most(line: str, start: int, at: int) -> int:
    """Return how many cells a cluster may take, with a sign that may share one.

    Args:
        line: the text.
        start: where the cluster starts.
        at: where the sign is.
    """
    before, begins = line[at - 1], line[at]
    joined = before == _JOINER and _PICTURE.match(begins)
    if joined or (begins in _SKIN_TONES and _PICTURE.match(before)):
        return _WIDEST_SEQUENCE
    if begins in _FLAG_LETTERS:
        return 2 * _WIDEST if at == start + 1 and before in _FLAG_LETTERS else 0
    return _WIDEST if begins in _vowel_signs() else 0


def clip(text: str, room: int) -> str:
    """Return a line cut to so many cells, with an ellipsis where it was cut."""
    if room <= 0:
        return "" if cells(text) else text
    head = text[: 2 * room]  # mostly enough, and a text may be long
    if cells(head) <= room:
        if cells(text) <= room:
            return text
        head = text[: room * (MARKS_PER_CELL + 1)]
    if is_plain(head):
        return text[: room - 1].rstrip() + "…"
    taken = fits = 0
    for _, end, width in clusters(head):
        taken += width
        if taken >= room:
            break
        fits = end
    return text[:fits].rstrip() + "…"


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
