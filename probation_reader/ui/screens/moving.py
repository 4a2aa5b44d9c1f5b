"""What the keys of the main screen do to where the reader is in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.ui.widgets.thread_words import refusal

if TYPE_CHECKING:
    from probation_reader.ui.messages import MoveRefused, ThreadEnded
    from probation_reader.ui.screens.reader import ReaderScreen


class Moving:
    """The movements and folds that take more than the thread pane.

    Args:
        screen: the screen with its parts.
    """

    def __init__(self, screen: ReaderScreen) -> None:
        self._screen = screen

    def refuse(self, event: MoveRefused) -> None:
        """Say why nothing has moved, unless something else has moved since."""
        view = self._screen.pane.view
        if view is not None and view.current is not None and view.current.id == event.at:
            self._screen.status.say(refusal(event.action, view))

    def cross(self, event: ThreadEnded, action: str) -> None:
        """Announce the next post, or cross to it, unless something else has moved since.

        Args:
            event: which end of the thread was reached.
            action: the id of the action that did.
        """
        screen, current = self._screen, self._screen.pane.current
        if (current.id if current else "") != event.at:
            return
        ended = screen.reading.crossing.thread_ended
        crossing = ended(screen.reading.post_id, event, action=action, key=screen.key)
        if crossing is not None:
            screen.open_post(crossing[0], at=crossing[1])

    def action_fold_to(self) -> None:
        """Fold to the depth that the last key names; by name, to the first."""
        key = self._screen.key
        self._screen.pane.fold_to(int(key) if key.isdecimal() else 1)
