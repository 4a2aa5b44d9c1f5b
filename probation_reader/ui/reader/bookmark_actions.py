"""The list of bookmarks as it is reached from a thread, and the way back to its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.identity import is_passage, post_of

if TYPE_CHECKING:
    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.ui.screens.bookmarks import Spot
    from probation_reader.workspace import Workspace

_NOTHING_KEPT = "Nothing kept yet: {key} keeps a passage"


class BookmarkActions:
    """Opens the list, and again where it was left.

    Args:
        screen: the screen with its parts.
        workspace: has the bookmarks.
    """

    def __init__(self, screen: ReaderScreen, workspace: Workspace) -> None:
        self._screen = screen
        self._workspace = workspace
        #: Where the list was left, and the post that was opened from it.
        self._left: tuple[Spot, str] | None = None

    @property
    def away(self) -> bool:
        """Whether the open thread was opened from the list and not left since."""
        if self._left is not None and self._left[1] != self._screen.reading.post_id:
            self._left = None
        return self._left is not None

    def action_bookmarks(self) -> None:
        """List what was kept."""
        from probation_reader.ui.screens.bookmarks import Spot  # noqa: PLC0415 - not needed to start

        self._open(Spot())

    def go_back(self) -> None:
        """Open the list where it was left."""
        if self._left is not None:
            self._open(self._left[0])

    def _open(self, spot: Spot) -> None:
        from probation_reader.ui.screens.bookmarks import BookmarksScreen  # noqa: PLC0415 - as above

        keymap = self._screen.keymap
        empty = _NOTHING_KEPT.format(key=keymap.key("toggle_bookmark"))
        listed = BookmarksScreen(self._workspace, empty, keymap.hints("list"), spot, self._changed)

        def chosen(id_: str | None) -> None:
            self._left = None
            if id_ is not None:
                at = id_ if is_passage(id_) else None
                self._screen.moving.open_post(post_of(id_), at=at)
                self._left = (listed.left, post_of(id_))

        self._screen.app.push_screen(listed, chosen)

    def _changed(self, post_id: str) -> None:
        self._screen.reading.look_again((post_id,))
