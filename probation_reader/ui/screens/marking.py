"""What the keys of the main screen do to the record: marks and bookmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.ui.screens.pick import Choice, PickScreen

if TYPE_CHECKING:
    from probation_reader.ui.screens.reader import ReaderScreen
    from probation_reader.workspace import Workspace

_NOTHING_KEPT = "Nothing kept yet: {key} keeps a passage"


class Marking:
    """The actions that mark and keep.

    Args:
        screen: the screen with its parts.
        workspace: has the bookmarks.
    """

    def __init__(self, screen: ReaderScreen, workspace: Workspace) -> None:
        self._screen = screen
        self._workspace = workspace

    def action_toggle_read(self) -> None:
        """Mark the current passage read or unread."""
        self._screen.reading.marks.toggle_read()

    def action_toggle_bookmark(self) -> None:
        """Keep the current passage, or let it go."""
        self._screen.reading.marks.toggle_bookmark()

    def action_bookmarks(self) -> None:
        """List what was kept."""
        titles = {line.id: line.title for line in self._screen.sidebar.lines}
        choices = [
            Choice(
                kept.id,
                kept.quote,
                titles.get(kept.post_id, "no longer in the library"),
                under="  ".join((*filter(None, [kept.note]), *(f"#{tag}" for tag in kept.tags))),
            )
            for kept in self._workspace.bookmarks()
        ]
        empty = _NOTHING_KEPT.format(key=self._screen.keymap.key("toggle_bookmark"))
        self._screen.app.push_screen(PickScreen("Kept", choices, empty), self._go_to)

    def _go_to(self, passage_id: str | None) -> None:
        if passage_id is not None:
            at = passage_id if "." in passage_id else None
            self._screen.open_post(passage_id.partition(".")[0], at=at)
