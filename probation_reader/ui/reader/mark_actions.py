"""What the keys of the main screen do to the record: marks and bookmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.ui.render.headings import one_line
from probation_reader.ui.thread.labels import passage_said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.workspace import Workspace


class MarkActions:
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

    def action_mark_branch(self) -> None:
        """Mark the current passage and everything below it read."""
        view = self._screen.pane.view
        if view is not None and view.current is not None:
            below = view.outline.ends[view.cursor]
            name = passage_said(view.thread, view.current)
            what = f"{name} with its replies" if view.outline.size(view.cursor) else name
            self._mark(range(view.cursor, below), what)

    def action_mark_thread(self) -> None:
        """Mark every passage of the thread read; in the list, of the post under the cursor."""
        screen = self._screen
        wanted = screen.sidebar.current
        if screen.place == "posts" and not wanted:
            screen.status.explain("No post stands here to be marked")
        elif screen.place == "posts" and wanted != screen.reading.post_id:
            self._mark_post(wanted)
        elif screen.pane.view is not None:
            self._mark(range(len(screen.pane.view.outline)), "this thread")

    def action_mark_shown(self) -> None:
        """Mark every passage read whose words are not folded away."""
        view = self._screen.pane.view
        if view is not None:
            table = view.table
            shown = [index for index in table.visible if index not in table.folded]
            self._mark(shown, "what is open")

    def _mark(self, indices: Iterable[int], what: str) -> None:
        view, screen = self._screen.pane.view, self._screen
        if view is None:
            return
        passages = view.thread.passages
        unread = [passages[index].id for index in indices if view.unread[index]]
        if not unread or screen.reading.marks.mark_read(unread):
            self._say(len(unread), what)

    def _mark_post(self, post_id: str) -> None:
        sidebar, record = self._screen.sidebar, self._workspace.record
        line = sidebar.line(post_id)
        if line is None:
            return
        with self._screen.failures.told():
            ids = self._workspace.library.passage_ids(post_id)
            read = record.mark_read(ids)
            sidebar.set_counts(post_id, 0, 0)
            self._say(read, f"‹{one_line(line.title)}›")

    def _say(self, marked: int, what: str) -> None:
        if not marked:
            self._screen.status.explain(f"Nothing unread: {what}")
        else:
            undo = self._screen.keymap.key("undo")
            self._screen.status.say(f"{marked:,} marked read: {what}   {undo} undoes")

    def action_toggle_bookmark(self) -> None:
        """Keep the current passage, or let it go."""
        self._screen.reading.marks.toggle_bookmark()
