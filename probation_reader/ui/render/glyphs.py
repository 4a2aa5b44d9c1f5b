"""The signs that stand beside the words, and what stands for them in ASCII. Pure."""

from __future__ import annotations

from typing import NamedTuple


class Glyphs(NamedTuple):
    """One set of signs; each takes one cell unless it is a word.

    Args:
        folded: before the number of a folded passage.
        open: before the number of an open passage.
        guide: the line that leads down a branch.
        cursor: the bar beside the current passage.
        unread: nobody has read to the end of this passage yet.
        new: it came in since the last visit.
        kept: it is bookmarked.
        note: it is bookmarked, with a note.
        answer: before the number of the passage that is answered.
        dot: between two pieces of information.
    """

    folded: str
    open: str
    guide: str
    cursor: str
    unread: str
    new: str
    kept: str
    note: str
    answer: str
    dot: str


#: What is drawn.
GLYPHS = Glyphs("▸", "▾", "│", "▌", "●", "+", "★", "✎", "↳", " · ")
#: What a terminal without these signs is sent instead.
ASCII = Glyphs("+", "-", "|", ">", "*", "+", "#", "n", "^", " - ")
