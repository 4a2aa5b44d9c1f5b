"""The head of a passage: number, who, when, replies, SIGNS. Pure.

Where there is no room for everything, the least needed goes first; signs keep
their columns at the right edge, so that a changed mark changes one cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.phrases import count
from probation_reader.text.widths import cells, clip
from probation_reader.ui.render.heading import day, one_line
from probation_reader.ui.render.pieces import HeadRow, Piece, Role
from probation_reader.ui.render.signs import SIGNS

if TYPE_CHECKING:
    from probation_reader.model import Passage

#: A space, kept or noted, new, unread.
_MARKS = 4
_GAP = 2
_LEAST_OPENING = 12
_LONGEST_NAME = 24
#: The weight of what must be said, and what of it is left out where there is no room.
_GONE, _IN_FULL = 9, "from the capture of "


def facts(passage: Passage, row: HeadRow, replies: int, lines: int) -> list[tuple[int, str]]:
    """Return what the right side of a head says, in order, each with its weight.

    Args:
        passage: the passage.
        row: how it is shown.
        replies: passages below it, at any depth.
        lines: lines of its text.

    Returns:
        Pairs of weight and words; where room is short the lightest go first.
    """
    said = []
    if passage.gone:
        said.append((_GONE, f"gone {_IN_FULL}{day(passage.gone.astimezone().date())}"))
    if row.muted and not row.hushed:
        said.append((8, "muted"))
    if passage.edited:
        said.append((7, "edited"))
    if passage.author and not row.hushed:
        name = clip(one_line(passage.author), _LONGEST_NAME)
        said.append((5, "'" + name if passage.signed else name))
    if passage.published and not row.hushed:
        said.append((2, day(passage.published)))
    if replies:
        said.append((6, _replies(replies, row)))
    elif row.folded and lines > 1:
        said.append((4, count(lines, "line")))
    if row.pending:
        said.append((8, "pending"))
    return said


def _replies(replies: int, row: HeadRow) -> str:
    if row.new_below:
        return f"{count(replies, 'reply', 'replies')}, {row.new_below:,} new"
    if row.below == replies:
        return count(replies, "unread reply", "unread replies")
    return count(replies, "reply", "replies") + (f", {row.below:,} unread" if row.below else "")


def label_fits(label: str, room: int) -> bool:
    """Return whether all of a label has its place in a head.

    Args:
        label: as for `head`.
        room: as for `head`.
    """
    return cells(f"{SIGNS.open} {label}") <= room - _MARKS


def head(
    label: str, said: list[tuple[int, str]], opening: str, *, row: HeadRow, room: int
) -> list[Piece]:
    """Return the pieces of a head, from its fold sign to the edge.

    Args:
        label: the passage's number, and what it answers if that must be said.
        said: from `facts`.
        opening: its first words if folded, or what mutes it; else empty.
        row: how it is shown.
        room: cells from the fold sign to the edge.
    """
    role = Role.CURRENT if row.current else Role.HEAD
    left = f"{SIGNS.folded if row.folded or row.closed else SIGNS.open} {label}"
    left = clip(left, room - _MARKS)
    space = room - _MARKS - cells(left) - _GAP
    wanted = min(_LEAST_OPENING, cells(opening)) + _GAP if opening else 0
    right = fit_facts(said, space - wanted) or fit_facts(said, space)
    pieces = [Piece(left, role)]
    if opening := clip(opening, space - cells(right) - _GAP):
        opened = role if row.current or row.quiet or row.hushed else Role.WORDS
        pieces.append(Piece("  " + opening, opened))
    used = sum(cells(piece.text) for piece in pieces) + cells(right)
    pieces.append(Piece(" " * (room - _MARKS - used), Role.BLANK))
    if right:
        pieces.append(Piece(right, role))
    return [*pieces, *_marks(row)]


def _marks(row: HeadRow) -> list[Piece]:
    """Return the signs at the right edge, each in its column; a note stands for what is kept."""
    blank = Piece(" ", Role.BLANK)
    kept = Piece(SIGNS.note if row.noted else SIGNS.kept, Role.KEPT)
    return [
        blank,
        kept if row.kept or row.noted else blank,
        Piece(SIGNS.new, Role.NEW) if row.new else blank,
        Piece(SIGNS.unread, Role.UNREAD) if row.unread else blank,
    ]


def fit_facts(said: list[tuple[int, str]], room: int) -> str:
    """Return as much of what is to be said as fits.

    Args:
        said: from `facts`; the heaviest are the last to go.
        room: cells for it.
    """
    kept = list(said)
    while kept:
        words = SIGNS.dot.join(text for _, text in kept)
        if cells(words) <= room:
            return words
        kept.remove(min(kept))
    weight, words = max(said, default=(0, ""))
    return clip(words.replace(_IN_FULL, ""), room) if weight >= _GONE else ""
