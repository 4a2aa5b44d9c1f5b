"""Which column everything stands in, for one width of the pane. Pure.

From the left: the gutter with the cursor's bar, a guide for each level, the
fold sign, the number and below it the words. Everything ends at one edge.
"""

from __future__ import annotations

from dataclasses import dataclass, field

#: No line of text is longer than this, however wide the pane, unless the reader says so.
WIDEST_TEXT = 88
#: So wide that the pane alone is the limit.
WHOLE_PANE = 10_000
DEEPEST_GUIDE = 6

_GUTTER = 1
_SIGN = 2
_NARROW_PANE = 48
_NARROWEST_TEXT = 20


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a pane.

    Args:
        width: the pane's width in cells.
        widest: the longest line of text, in cells.
        indent: columns of one guide; None for as many as fit the pane.

    Attributes:
        edge: the column just past the last one that holds anything.
        step: columns of one guide.
        deepest: how many guides are drawn at most.
    """

    width: int
    widest: int = WIDEST_TEXT
    indent: int | None = None
    edge: int = field(init=False)
    step: int = field(init=False)
    deepest: int = field(init=False)

    def __post_init__(self) -> None:
        """Derive the columns from the width."""
        narrow = self.width < _NARROW_PANE
        widest = _GUTTER + _SIGN + self.widest
        edge = min(self.width if narrow else self.width - 1, widest)
        step = (1 if narrow else 2) if self.indent is None else self.indent
        fitting = (edge - _GUTTER - _SIGN - _NARROWEST_TEXT) // step if step else 0
        object.__setattr__(self, "edge", edge)
        object.__setattr__(self, "step", step)
        object.__setattr__(self, "deepest", max(0, min(DEEPEST_GUIDE, fitting)))

    @property
    def heading_room(self) -> int:
        """Cells of a line of the post's heading."""
        return max(1, self.edge - _GUTTER)

    def guides(self, depth: int) -> int:
        """Return how many guides stand beside a passage."""
        return min(depth, self.deepest)

    def sign_column(self, depth: int) -> int:
        """Return the column of the fold sign of a passage."""
        return _GUTTER + self.step * self.guides(depth)

    def words_column(self, depth: int) -> int:
        """Return the column of the words of a passage."""
        return self.sign_column(depth) + _SIGN

    def room(self, depth: int) -> int:
        """Return the cells of a line of text of a passage."""
        return max(1, self.edge - self.words_column(depth))
