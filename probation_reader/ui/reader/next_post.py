"""Crossing from the end of a thread to the next post with something unread.

Where only what is new is shown, that is the next post with something new. From the
last post it leads round to the first; when no other is left, round to what is unread
in this one. It is announced first; the same key again crosses, any other takes it
back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.text.widths import cells
from probation_reader.ui.keys.habits import habits_of
from probation_reader.ui.render.headings import one_line

if TYPE_CHECKING:
    from probation_reader.ui.messages import ThreadEnded
    from probation_reader.ui.posts.sidebar import Sidebar
    from probation_reader.ui.widgets.status_line import StatusLine
    from probation_reader.workspace import Workspace


#: Cells of the status row beside a message.
_MARGINS = 2


class NextPost:
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

    def _unread(self, post_id: str, *, new: bool) -> list[str]:
        done = self._workspace.done_in(post_id)
        passages = [p.id for p in self._workspace.library.thread(post_id).passages]
        wanted = self._workspace.new_in(post_id) if new else frozenset(passages)
        return [id_ for id_ in passages if id_ in wanted and id_ not in done]

    def edge(self, post_id: str, *, forward: bool, new: bool) -> str | None:
        """Return the first unread passage of a post, or the last when coming from behind."""
        unread = self._unread(post_id, new=new)
        return unread[0 if forward else -1] if unread else None

    def thread_ended(
        self, post_id: str, event: ThreadEnded, *, action: str, key: str, new: bool = False
    ) -> tuple[str, str | None] | None:
        """Decide what to do when a movement wants to leave the thread.

        The first time the next post is announced; the same key again crosses.

        Args:
            post_id: the open post.
            event: which end, and whether the next unread passage is wanted.
            action: the id of the action that moved.
            key: its key, as it is said.
            new: whether only what is new is gone through.

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
        line = self._sidebar.unread_beyond(post_id, forward=event.forward, new=new)
        # The passage one is on has been read by then, or will be.
        left = [passage for passage in self._unread(post_id, new=new) if passage != event.at]
        waits = "new" if new else "unread"
        if line is None or (line.id == post_id and not left):
            self._status.explain(f"Nothing else is {waits}, in any post")
            return None
        if self._announced == (action, line.id):
            self._announced = None
            self._status.clear_message()
            return line.id, self.edge(line.id, forward=event.forward, new=new)
        self._announced = (action, line.id)
        side = "above" if event.forward else "below"
        many = f"{line.new if new else line.unread:,} {waits}"
        if line.id == post_id:
            said = f"{key} again: round to what is {waits} {side}, {many}"
        else:
            said = f"{key} again: on to ‹{one_line(line.title)}›, {many}"
            said += self._left_here(len(left), side, room=self._status.size.width - cells(said))
        self._status.say(said, stay=True)
        return None

    def _left_here(self, left: int, side: str, room: int) -> str:
        """Return how much is left of this thread, if anything is and there is room to say it."""
        back = "previous_unread" if side == "above" else "next_unread"
        key = habits_of(self._status).keymap.key(back)
        said = f"   {key} {left:,} left {side}" if left else ""
        return said if cells(said) <= room - _MARGINS else ""

    def forget_announcement(self, action: str) -> None:
        """Take back what was announced if another action follows."""
        if self._announced is not None and self._announced[0] != action:
            self._announced = None
            self._status.clear_message()
