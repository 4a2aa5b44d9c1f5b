"""What other programs do to library and record while the screen is open.

Marks show at once. The list of posts is brought up to date around its cursor; the
open thread is never changed under the reader, who is told and may have it shown.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from probation_reader.model import Comment
from probation_reader.phrases import count
from probation_reader.ui.reader.background_tasks import SAMPLE
from probation_reader.ui.reader.pane_anchor import stand_again, standing

if TYPE_CHECKING:
    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.workspace import Workspace


class LiveUpdates:
    """Looks now and then for what changed.

    Args:
        screen: the screen with its parts.
        workspace: the library and the record.
    """

    def __init__(self, screen: ReaderScreen, workspace: Workspace) -> None:
        self._screen = screen
        self._workspace = workspace
        self._seen = workspace.library.last_change()
        self._revision = workspace.record.revision()

    def look(self) -> None:
        """Show what changed since the last time; nothing is sent when nothing did."""
        screen = self._screen
        screen.pending.settle()
        if any(worker.group == SAMPLE for worker in screen.workers):
            return  # it says by itself when it is done
        with screen.failures.told():
            changed = self._changed_posts()
            if changed:
                self._show_posts()
                if screen.reading.post_id in changed:
                    self._tell_of_thread(screen.reading.post_id)
            if self._workspace.record.changed_elsewhere():
                screen.saving.load()
                screen.reading.look_again(self._marked_posts())
                screen.show_place()
            screen.muting.look()
            screen.reading.marks.try_again()
            screen.saving.counting.look()

    def _marked_posts(self) -> frozenset[str] | None:
        """Return the open post and those that were marked in, None if it may be any.

        To count all of thousands takes long while an index is made beside it.
        """
        record = self._workspace.record
        before, self._revision = self._revision, record.revision()
        posts = record.posts_marked_after(before)
        return None if posts is None else posts | {self._screen.reading.post_id}

    def _changed_posts(self) -> frozenset[str]:
        last = self._workspace.library.last_change()
        if last == self._seen:
            return frozenset()
        changes = self._workspace.library.changes(min(self._seen, last))
        self._seen = last
        return frozenset(change.post_id for change in changes)

    def _show_posts(self) -> None:
        screen = self._screen
        if screen.reading.post_id or screen.place != "posts":
            screen.reading.load_posts()
            screen.show_place()
        else:
            screen.home.fill()

    def _tell_of_thread(self, post_id: str) -> None:
        thread = self._screen.pane.thread
        there = self._workspace.library.passage_ids(post_id)
        if thread is None:
            return
        if not there:
            self._screen.status.say("This post was taken out of the library")
            return
        known = {passage.id for passage in thread.passages}
        self._screen.reading.marks.unseen = len(there - known)
        came = [passage for _, passage in self._workspace.library.passages(there - known)]
        key = self._screen.keymap.key("redraw")
        if came:
            comments = all(isinstance(passage, Comment) for passage in came)
            what = count(len(came), "new comment" if comments else "new passage")
            them = "it" if len(came) == 1 else "them"
            self._screen.status.say(f"{what} came in   {key} shows {them}", stay=True)
        elif self._workspace.library.thread(post_id) != thread:
            self._screen.status.say(f"This thread was changed   {key} shows it", stay=True)

    def action_redraw(self) -> None:
        """Show the open thread as it is in the library now, and draw the screen again."""
        screen = self._screen
        view = screen.pane.view
        with screen.failures.told():
            if view is not None and screen.sidebar.line(view.thread.post.id):
                thread = self._workspace.library.thread(view.thread.post.id)
                if thread != view.thread:
                    before = standing(view)
                    screen.reading.renew(thread)
                    screen.walking.mark_again()
                    if before is not None:
                        screen.pane.move(partial(stand_again, before))
                    screen.status.clear_message()
        screen.app.action_redraw()  # type: ignore[attr-defined]  # ReaderApp's
