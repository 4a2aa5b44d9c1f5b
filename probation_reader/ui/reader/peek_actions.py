"""Looking at what the current passage answers or said before, and coming back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.ui.thread.ancestors import Parents
from probation_reader.ui.thread.labels import passage_said, refusal

if TYPE_CHECKING:
    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.workspace import Workspace


class PeekActions:
    """The list of parents, or of earlier texts, over the thread pane.

    Args:
        screen: the screen with its parts.
        workspace: has the earlier texts.
    """

    def __init__(self, screen: ReaderScreen, workspace: Workspace) -> None:
        self._screen = screen
        self._library = workspace.library

    def action_peek(self) -> None:
        """Show the parents of the current passage."""
        screen, view = self._screen, self._screen.pane.view
        if view is None or view.current is None:
            return
        if view.outline.parents[view.cursor] < 0:
            screen.status.explain(refusal("parent", view))
            return
        screen.peek.open(view, Parents)
        screen.set_focus(screen.peek.pane)

    def action_versions(self) -> None:
        """Show what the current passage said before it was edited."""
        from probation_reader.ui.thread.versions import Versions  # noqa: PLC0415 - as the lists

        screen, view = self._screen, self._screen.pane.view
        if view is None or view.current is None:
            return
        earlier = self._library.versions(view.current.id) if view.current.edited else []
        if not earlier:
            name = passage_said(view.thread, view.current)
            screen.status.explain(f"No other text of {name} was captured")
            return
        screen.peek.open(view, lambda of, room: Versions(of, room, earlier))
        screen.set_focus(screen.peek.pane)

    def action_peek_go(self) -> None:
        """Go to the parent under the cursor; from earlier texts, back to the passage."""
        screen, wanted = self._screen, self._screen.peek.pane.current
        self.close()
        view = screen.pane.view
        if wanted is not None and view is not None and wanted.id in view.indices:
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
