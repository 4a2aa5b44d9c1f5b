"""Crossing from the end of a thread to the next post with something unread.

From the last post it leads round to the first; when no other is left, round to
what is unread in this one. It is announced first; the same key again crosses, any
other takes it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.ui.keys.habits import habits_of
from probation_reader.ui.render.cells import cells
from probation_reader.ui.render.heading import one_line

if TYPE_CHECKING:
    from probation_reader.ui.messages import ThreadEnded
    from probation_reader.ui.widgets.sidebar import Sidebar
    from probation_reader.ui.widgets.status import StatusLine
    from probation_reader.workspace import Workspace


#: Cells of the status row beside a message.
_MARGINS = 2


class Crossing:
    """What happens at the ends of a thread.

    Args:
        workspace: the library and the record.
        sidebar: knows which posts have something unread.
        status: says what would happen.
    """

    def __init__(self, workspace: Workspace, sidebar: Sidebar, status: StatusLine) -> None:
        self._workspace = workspace
        self._sidebar = sidebar
        self._status = status
        self._announced: tuple[str, str] | None = None

    def _unread(self, post_id: str) -> list[str]:
        done = self._workspace.done_in(post_id)
        passages = self._workspace.library.thread(post_id).passages
        return [passage.id for passage in passages if passage.id not in done]

    def _edge(self, post_id: str, *, forward: bool) -> str | None:
        """Return the first unread passage of a post, or the last when coming from behind."""
        unread = self._unread(post_id)
        return unread[0 if forward else -1] if unread else None

    def thread_ended(
        self, post_id: str, event: ThreadEnded, *, action: str, key: str
    ) -> tuple[str, str | None] | None:
        """Decide what to do when a movement wants to leave the thread.

        The first time the next post is announced; the same key again crosses.

        Args:
            post_id: the open post.
            event: which end, and whether the next unread passage is wanted.
            action: the id of the action that moved.
            key: its key, as it is said.

        Returns:
            The post to open and the passage to land on, or None to stay.

        Raises:
            ReaderError: if a post or its marks cannot be read.
        """
        if not event.unread:
            self._status.explain(
                "The end of this thread" if event.forward else "The start of this thread"
            )
            return None
        line = self._sidebar.unread_beyond(post_id, forward=event.forward)
        # The passage one is on has been read by then, or will be.
        left = [passage for passage in self._unread(post_id) if passage != event.at]
        if line is None or (line.id == post_id and not left):
            self._status.explain("Nothing else is unread, in any post")
            return None
        if self._announced == (action, line.id):
            self._announced = None
            self._status.clear_message()
            return line.id, self._edge(line.id, forward=event.forward)
        self._announced = (action, line.id)
        side = "above" if event.forward else "below"
        if line.id == post_id:
            said = f"{key} again: round to what is unread {side}, {line.unread:,} unread"
        else:
            said = f"{key} again: on to ‹{one_line(line.title)}›, {line.unread:,} unread"
            back = "previous_unread" if event.forward else "next_unread"
            named = habits_of(self._status).keymap.key(back)
            also = f"   {named} {len(left):,} left {side}" if left else ""
            said += also if cells(said + also) <= self._status.size.width - _MARGINS else ""
        self._status.say(said, stay=True)
        return None

    def forget_announcement(self, action: str) -> None:
        """Take back what was announced if another action follows."""
        if self._announced is not None and self._announced[0] != action:
            self._announced = None
            self._status.clear_message()
