"""Looking at what the current passage answers, and going there or coming back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.ui.widgets.thread_words import refusal

if TYPE_CHECKING:
    from probation_reader.ui.screens.reader import ReaderScreen


class Peeking:
    """The list of parents over the thread pane.

    Args:
        screen: the screen with its parts.
    """

    def __init__(self, screen: ReaderScreen) -> None:
        self._screen = screen

    def action_peek(self) -> None:
        """Show the parents of the current passage."""
        screen, view = self._screen, self._screen.pane.view
        if view is None or view.current is None:
            return
        if view.outline.parents[view.cursor] < 0:
            screen.status.explain(refusal("parent", view))
            return
        screen.peek.open(view)
        screen.set_focus(screen.peek.pane)

    def action_peek_go(self) -> None:
        """Go to the parent under the cursor."""
        screen, wanted = self._screen, self._screen.peek.pane.current
        self.close()
        if wanted is not None:
            begun = screen.moving.here()
            screen.pane.move(lambda view: view.go_to(wanted.id))
            screen.moving.leave(begun)

    def close(self) -> None:
        """Return to the thread as it was."""
        if self._screen.peek.display:
            self._screen.peek.close()
            self._screen.set_focus(self._screen.pane)

    def settle(self) -> None:
        """Close the list if the focus went elsewhere."""
        screen = self._screen
        if screen.peek.display and screen.focused is not screen.peek.pane:
            screen.peek.close()
