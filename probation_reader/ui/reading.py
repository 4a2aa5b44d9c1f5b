"""Opening threads, marking passages, keeping them.

Stands between the record and the widgets: a mark is committed first and shown
after. What is read and kept in the open thread is held here as sets of ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.errors import ReaderError
from probation_reader.model import Comment, Section
from probation_reader.ui.crossing import Crossing
from probation_reader.ui.habits import habits_of
from probation_reader.ui.posts import post_lines
from probation_reader.ui.render.heading import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from probation_reader.model import Passage, Thread
    from probation_reader.personal import Position
    from probation_reader.ui.failures import Failures
    from probation_reader.ui.widgets.sidebar import Sidebar
    from probation_reader.ui.widgets.status import StatusLine
    from probation_reader.ui.widgets.thread_pane import Aside, ThreadPane
    from probation_reader.workspace import Workspace

#: A bookmark keeps at most this many characters of its passage.
QUOTE_CHARACTERS = 500


class Reading:
    """What is open and what has been done in it.

    Args:
        workspace: the library and the record.
        pane: shows the open thread.
        sidebar: shows the posts.
        status: says what has happened.
        failures: told of what could not be kept.
    """

    def __init__(
        self,
        workspace: Workspace,
        pane: ThreadPane,
        sidebar: Sidebar,
        status: StatusLine,
        failures: Failures,
    ) -> None:
        self._workspace = workspace
        self._pane = pane
        self._sidebar = sidebar
        self._status = status
        self._failures = failures
        self._read: set[str] = set()
        self._kept: set[str] = set()
        self._comments = 0
        self.unread = 0
        self.crossing = Crossing(workspace, sidebar, status, failures)

    @property
    def post_id(self) -> str:
        """The id of the open post, empty while none is open."""
        return self._pane.thread.post.id if self._pane.thread else ""

    def load_posts(self) -> None:
        """Fill the sidebar from the library and the record."""
        self._sidebar.set_posts(post_lines(self._workspace.shelf()))

    def first(self, wanted: str | None) -> tuple[str, str | None] | None:
        """Return what to open at the start: a post and a passage in it, or None.

        Args:
            wanted: the id of a post or passage that was asked for; without it
                the last one open, else the first with something unread.
        """
        if wanted is not None:
            with self._failures.told():
                found = self._workspace.library.resolve(wanted)
                return found.partition(".")[0], found if "." in found else None
        last = self._workspace.record.last_post()
        if last is not None and self._sidebar.line(last) is not None:
            return last, None
        lines = self._sidebar.lines
        line = next((line for line in lines if line.unread), lines[0] if lines else None)
        return (line.id, None) if line else None

    def open(
        self,
        post_id: str,
        *,
        at: str | None = None,
        line: int = 0,
        only_path: bool = False,
        words: Sequence[str] = (),
    ) -> bool:
        """Open a thread where it was left, or at a passage; say why if it cannot be.

        Args:
            post_id: the post.
            at: the passage to land on, None for where it was left.
            line: the line within it.
            only_path: True to fold everything but the way to that passage.
            words: words to mark.

        Returns:
            Whether it is open now.
        """
        self.save_position()
        record = self._workspace.record
        try:
            thread = self._workspace.library.thread(post_id)
            left = None if at else record.position(post_id)
            self._take_marks(post_id)
        except ReaderError as error:
            self._failures.tell(error)
            return False
        if left is not None:
            at, line = left.passage, left.line
        read, kept = self._read, self._kept
        self._pane.open(
            thread, read=read, kept=kept, at=at, line=line, only_path=only_path, words=words
        )
        self._opened(thread)
        return True

    def left_at(self, post_id: str) -> Position | None:
        """Return where a thread was left, None if it never was."""
        try:
            return self._workspace.record.position(post_id)
        except ReaderError as error:
            self._failures.tell(error)
            return None

    def bring_back(self, aside: Aside, looked_at: Mapping[str, Position | None]) -> None:
        """Show again a thread that was put aside, exactly as it was.

        Args:
            aside: the thread.
            looked_at: where the threads had been left that were only looked at meanwhile.
        """
        with self._failures.told():
            for post_id, left in looked_at.items():
                if left is not None:
                    self._workspace.record.set_position(post_id, left.passage, left.line)
        thread = aside.view.thread
        with self._failures.told():
            self._take_marks(thread.post.id)
            self._pane.bring_back(aside, read=self._read, kept=self._kept)
            self._opened(thread)
        self.save_position()

    def _take_marks(self, post_id: str) -> None:
        record = self._workspace.record
        read, kept = record.read_in(post_id), record.bookmarked_in(post_id)
        self._read, self._kept = set(read), set(kept)

    def _opened(self, thread: Thread) -> None:
        self._comments = len(thread.comments)
        self._count()
        self._sidebar.set_opened(thread.post.id)

    def save_position(self) -> None:
        """Remember where the open thread is left."""
        thread, current = self._pane.thread, self._pane.current
        if thread is not None and current is not None:
            with self._failures.told():
                line = self._pane.top_line
                self._workspace.record.set_position(thread.post.id, current.id, line)

    def place(self) -> str:
        """Return where the reader is, in words: ``9.1 of 114 · 37 unread``."""
        current = self._pane.current
        if current is None:
            return ""
        where = self._name(current)
        if isinstance(current, Comment):
            where += f" of {self._comments:,}"
        return f"{where} · {self.unread:,} unread" if self.unread else f"{where} · all read"

    def _name(self, passage: Passage) -> str:
        """Return what a passage is called: its number, or that it is all of the post."""
        thread = self._pane.thread
        if isinstance(passage, Section) and thread and len(thread.sections) == 1:
            return "post"
        return one_line(passage.number)

    def mark_read(self, ids: Sequence[str]) -> None:
        """Mark passages read, then show them so; what was not kept is not shown as read."""
        with self._failures.told():
            self._workspace.record.mark_read(ids)
            self._read.update(ids)
        self._show_marks(ids)

    def toggle_read(self) -> None:
        """Mark the current passage read, or unread."""
        current = self._pane.current
        if current is None:
            return
        with self._failures.told():
            name = self._name(current)
            if current.id in self._read:
                self._workspace.record.mark_unread([current.id])
                self._read.discard(current.id)
                self._status.say(f"{name} marked unread")
            else:
                self._workspace.record.mark_read([current.id])
                self._read.add(current.id)
                self._status.say(f"{name} marked read")
            self._show_marks([current.id])

    def toggle_bookmark(self) -> None:
        """Keep the current passage with its first words, or let it go."""
        current = self._pane.current
        if current is None:
            return
        with self._failures.told():
            name = self._name(current)
            if current.id in self._kept:
                self._workspace.record.remove_bookmark(current.id)
                self._kept.discard(current.id)
                self._status.say(f"{name} is no longer kept")
            else:
                self._workspace.record.bookmark(current.id, quotation(current.text))
                self._kept.add(current.id)
                listing = habits_of(self._status).keymap.key("bookmarks")
                self._status.say(f"{name} kept   {listing} lists what you kept")
            self._show_marks([current.id])

    def look_again(self) -> None:
        """Show the marks as the record has them now, here and in the sidebar."""
        with self._failures.told():
            for shelved in self._workspace.shelf():
                self._sidebar.set_unread(shelved.row.post.id, shelved.unread)
            if post_id := self.post_id:
                self._take_marks(post_id)
                self._show_marks()

    def _show_marks(self, only: Collection[str] | None = None) -> None:
        self._pane.set_marks(self._read, self._kept, only=only)
        self._count()

    def _count(self) -> None:
        self.unread = self._pane.unread
        self._sidebar.set_unread(self.post_id, self.unread)


def quotation(text: str) -> str:
    """Return what a bookmark keeps of a passage: its text, or its first words."""
    if len(text) <= QUOTE_CHARACTERS:
        return text
    cut = text.rfind(" ", 0, QUOTE_CHARACTERS)
    return text[: cut if cut > 0 else QUOTE_CHARACTERS] + "…"
