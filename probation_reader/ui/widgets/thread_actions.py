"""The actions of the thread pane by name, as keys and palette call them."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from probation_reader.ui.messages import ThreadEnded
from probation_reader.ui.widgets import thread_moves as moves
from probation_reader.ui.widgets.thread_reading import Passing

if TYPE_CHECKING:
    from probation_reader.ui.widgets.thread_moves import Move


class ThreadActions:
    """Every movement and fold of the thread pane as an action."""

    @abstractmethod
    def move(
        self, move: Move, *, passing: Passing = Passing.JUMP, past: ThreadEnded | None = None
    ) -> None:
        """Make a movement and show what came of it.

        Args:
            move: the movement.
            passing: what it says about the passages left behind.
            past: the message to post if it would lead out of the thread.
        """

    def action_next_passage(self) -> None:
        """Go to the next passage; first through one taller than the pane."""
        past = ThreadEnded(forward=True, unread=False)
        self.move(moves.next_passage, passing=Passing.STEP, past=past)

    def action_previous_passage(self) -> None:
        """Go to the previous passage; first through one taller than the pane."""
        past = ThreadEnded(forward=False, unread=False)
        self.move(moves.previous_passage, past=past)

    def action_read_on(self) -> None:
        """Show the rest of this passage, then go to the next unread one."""
        past = ThreadEnded(forward=True, unread=True)
        self.move(moves.read_on, passing=Passing.STEP, past=past)

    def action_read_back(self) -> None:
        """Show what comes before."""
        past = ThreadEnded(forward=False, unread=False)
        self.move(moves.read_back, past=past)

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
        self.move(moves.next_sibling)

    def action_previous_sibling(self) -> None:
        """Go to the previous passage that answers the same one."""
        self.move(moves.previous_sibling)

    def action_parent(self) -> None:
        """Go to the passage this one answers."""
        self.move(moves.parent)

    def action_branch_root(self) -> None:
        """Go to the top of this branch."""
        self.move(moves.branch_root)

    def action_next_top(self) -> None:
        """Go to the next passage at the top level."""
        self.move(moves.next_top)

    def action_top(self) -> None:
        """Go to the beginning of the thread."""
        self.move(moves.top)

    def action_bottom(self) -> None:
        """Go to the end of the thread."""
        self.move(moves.bottom)

    def action_line_down(self) -> None:
        """Scroll one row down."""
        self.move(moves.line_down, passing=Passing.PAGE)

    def action_line_up(self) -> None:
        """Scroll one row up."""
        self.move(moves.line_up)

    def action_half_down(self) -> None:
        """Scroll half a pane down."""
        self.move(moves.half_down, passing=Passing.PAGE)

    def action_half_up(self) -> None:
        """Scroll half a pane up."""
        self.move(moves.half_up)

    def action_page_down(self) -> None:
        """Scroll a pane down."""
        self.move(moves.page_down, passing=Passing.PAGE)

    def action_page_up(self) -> None:
        """Scroll a pane up."""
        self.move(moves.page_up)

    def action_fold(self) -> None:
        """Fold this branch, or go to its parent."""
        self.move(moves.fold)

    def action_unfold(self) -> None:
        """Unfold this branch, or go to its first reply."""
        self.move(moves.unfold)

    def action_toggle_fold(self) -> None:
        """Fold or unfold this passage."""
        self.move(moves.toggle_fold)

    def action_fold_all(self) -> None:
        """Fold every passage."""
        self.move(moves.fold_all)

    def action_unfold_all(self) -> None:
        """Unfold every passage."""
        self.move(moves.unfold_all)
