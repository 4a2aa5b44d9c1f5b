"""The actions of the thread pane by name, as keys and palette call them."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING

from probation_reader.ui.messages import MoveRefused, ThreadEnded
from probation_reader.ui.thread import motions as folds
from probation_reader.ui.thread import motions as moves
from probation_reader.ui.thread import muted as mutes
from probation_reader.ui.thread.read_tracker import Motion

if TYPE_CHECKING:
    from probation_reader.ui.thread.motions import Move

    Past = ThreadEnded | MoveRefused


def _end() -> ThreadEnded:
    return ThreadEnded(forward=True, unread=False)


def _start() -> ThreadEnded:
    return ThreadEnded(forward=False, unread=False)


class ThreadActions:
    """Every movement and fold of the thread pane as an action."""

    @abstractmethod
    def move(self, move: Move, *, passing: Motion = Motion.JUMP, past: Past | None = None) -> None:
        """Make a movement and show what came of it.

        Args:
            move: the movement.
            passing: what it says about the passages left behind.
            past: the message to post if it cannot be made.
        """

    def _try(self, move: Move, action: str) -> None:
        self.move(move, past=MoveRefused(action))

    def action_next_passage(self) -> None:
        """Go to the next passage; first through one taller than the pane."""
        self.move(moves.next_passage, passing=Motion.STEP, past=_end())

    def action_previous_passage(self) -> None:
        """Go to the previous passage; first through one taller than the pane."""
        self.move(moves.previous_passage, past=_start())

    def action_read_on(self) -> None:
        """Show the rest of this passage, then go to the next unread one."""
        past = ThreadEnded(forward=True, unread=True)
        self.move(moves.read_on, passing=Motion.STEP, past=past)

    def read_back(self) -> None:
        """Show what comes before."""
        self.move(moves.read_back, past=_start())

    def action_next_unread(self) -> None:
        """Go to the next unread passage."""
        past = ThreadEnded(forward=True, unread=True)
        self.move(moves.next_unread, past=past)

    def action_previous_unread(self) -> None:
        """Go to the previous unread passage."""
        past = ThreadEnded(forward=False, unread=True)
        self.move(moves.previous_unread, past=past)

    def action_next_sibling(self) -> None:
        """Go to the next passage that answers the same one."""
        self._try(moves.next_sibling, "next_sibling")

    def action_previous_sibling(self) -> None:
        """Go to the previous passage that answers the same one."""
        self._try(moves.previous_sibling, "previous_sibling")

    def action_parent(self) -> None:
        """Go to the passage this one answers."""
        self._try(moves.parent, "parent")

    def action_branch_root(self) -> None:
        """Go to the top of this branch."""
        self._try(moves.branch_root, "branch_root")

    def action_next_top(self) -> None:
        """Go to the next passage at the top level."""
        self._try(moves.next_top, "next_top")

    def action_top(self) -> None:
        """Go to the beginning of the thread."""
        self.move(moves.top)

    def action_bottom(self) -> None:
        """Go to the end of the thread."""
        self.move(moves.bottom)

    def action_line_down(self) -> None:
        """Scroll one row down."""
        self.move(moves.line_down, passing=Motion.PAGE, past=_end())

    def action_line_up(self) -> None:
        """Scroll one row up."""
        self.move(moves.line_up, past=_start())

    def action_half_down(self) -> None:
        """Scroll half a pane down."""
        self.move(moves.half_down, passing=Motion.PAGE, past=_end())

    def action_half_up(self) -> None:
        """Scroll half a pane up."""
        self.move(moves.half_up, past=_start())

    def action_page_down(self) -> None:
        """Scroll a pane down."""
        self.move(moves.page_down, passing=Motion.PAGE, past=_end())

    def action_page_up(self) -> None:
        """Scroll a pane up."""
        self.move(moves.page_up, past=_start())

    def action_fold(self) -> None:
        """Fold this branch, or go to its parent."""
        self._try(mutes.shut(folds.fold), "fold")

    def action_unfold(self) -> None:
        """Unfold this branch, or go to its first reply."""
        self._try(mutes.opened(folds.unfold), "unfold")

    def action_toggle_fold(self) -> None:
        """Fold or unfold this passage."""
        self.move(mutes.shut(mutes.opened(folds.toggle_fold)))

    def action_fold_all(self) -> None:
        """Fold every passage."""
        self._try(folds.fold_all, "fold_all")

    def action_unfold_all(self) -> None:
        """Unfold every passage."""
        self._try(folds.unfold_all, "unfold_all")

    def action_fold_on(self) -> None:
        """Fold the whole branch and go to the next one."""
        self._try(folds.fold_on, "fold_on")

    def action_fold_read(self) -> None:
        """Fold what is read, and only that."""
        self._try(folds.fold_read, "fold_read")

    def action_show_left_out(self) -> None:
        """Show the heads of what is left out nearby."""
        self._try(folds.show_left_out, "show_left_out")

    def fold_to(self, depth: int) -> None:
        """Fold exactly the passages at this depth or deeper, counted from 0."""
        self._try(partial(folds.to_depth, depth=depth), "fold_to")
