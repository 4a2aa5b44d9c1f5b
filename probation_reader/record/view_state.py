"""How the reader had things shown: each thread, and the screen of this machine.

How a thread was shown is kept with the position in it, so that it goes wherever the
record goes. Columns and sidebar are kept beside the log: another machine has
another screen.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

from probation_reader.record import events
from probation_reader.record.mutes import Mutes

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOOK = "look"


@dataclass(frozen=True, slots=True)
class ThreadViewState:
    """How a thread was shown.

    Args:
        way: a word for the order of its passages.
        depth: passages at this depth and deeper were folded, but for ``but``; None for none.
        but: those, without the post's id, for which that is the other way round.
    """

    way: str = "tree"
    depth: int | None = None
    but: tuple[str, ...] = ()

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Self:
        """Return what a payload says; what it leaves out is as usual."""
        return cls(payload.get("way", "tree"), payload.get("depth"), tuple(payload.get("but", ())))

    @property
    def payload(self) -> dict[str, object]:
        """What is unusual about it, as JSON can hold it."""
        usual, said = asdict(ThreadViewState()), asdict(self)
        return {name: value for name, value in said.items() if value != usual[name]}


@dataclass(frozen=True, slots=True)
class Position:
    """Where a thread was left.

    Args:
        passage: the id of the passage the cursor was on.
        line: the line at the top of the pane, counted from the head of that passage;
            below 0 where it is above the head.
        view: how the thread was shown.
    """

    passage: str
    line: int
    view: ThreadViewState = ThreadViewState()


@dataclass(frozen=True, slots=True)
class ScreenState:
    """How the screen was set by keys.

    Args:
        sidebar: whether the posts stood beside the thread.
        text_width: the longest line of text, in cells.
        indent: columns of one guide; None for as many as fit.
        instead_of: what the options said of these two at that time.
        by_new: whether the posts with something new came first; None if that was
            left open.
    """

    sidebar: bool
    text_width: int
    indent: int | None
    instead_of: tuple[int, int]
    by_new: bool | None = None


class ViewStates(Mutes):
    """An open record that keeps how the screen was set. Made by `open`."""

    def look(self) -> ScreenState | None:
        """Return how the screen was set last, None if it never was."""
        with self._errors():
            kept = events.meta(self._connection, _LOOK)
        if kept is None:
            return None
        said = json.loads(kept)
        return ScreenState(**{**said, "instead_of": tuple(said["instead_of"])})

    def set_look(self, look: ScreenState) -> None:
        """Remember how the screen is set; nothing is written if that is known.

        Raises:
            RecordError: if it cannot be written.
        """
        if self.keeps and look != self.look():
            with self._transaction():
                events.set_meta(self._connection, _LOOK, json.dumps(asdict(look)))
