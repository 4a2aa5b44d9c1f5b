"""Opening threads where they were left, and saying where the reader is.

What is read and kept in the open thread is held by its `MarkProvider`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from probation_reader.errors import ReaderError
from probation_reader.identity import is_passage, post_of
from probation_reader.model import Comment
from probation_reader.record import ThreadViewState
from probation_reader.ui.posts.model import post_lines
from probation_reader.ui.posts.news import reading_time
from probation_reader.ui.reader.marks import Marks
from probation_reader.ui.reader.next_post import NextPost
from probation_reader.ui.render.orders import Ordering
from probation_reader.ui.thread.labels import passage_name
from probation_reader.ui.thread.motions import pages
from probation_reader.ui.thread.saved_folds import kept

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from probation_reader.model import Thread
    from probation_reader.record import Position
    from probation_reader.ui.error_report import ErrorReport
    from probation_reader.ui.posts.sidebar import Sidebar
    from probation_reader.ui.render.text_layout import Marker
    from probation_reader.ui.thread.widget import SavedThread, ThreadPane
    from probation_reader.ui.widgets.status_line import StatusLine
    from probation_reader.workspace import Workspace


class ThreadSession:
    """What is open.

    Args:
        workspace: the library and the record.
        pane: shows the open thread.
        sidebar: shows the posts.
        status: says what has happened.
        failures: told of what could not be kept.
        words_per_minute: how fast the reader reads.
    """

    def __init__(
        self,
        workspace: Workspace,
        pane: ThreadPane,
        sidebar: Sidebar,
        status: StatusLine,
        failures: ErrorReport,
        *,
        words_per_minute: int,
    ) -> None:
        self._workspace = workspace
        self._pane = pane
        self._sidebar = sidebar
        self._status = status
        self._failures = failures
        self._words_per_minute = words_per_minute
        self._comments = 0
        self.marks = Marks(workspace, pane, sidebar, status, failures)
        self.crossing = NextPost(workspace, sidebar, status)

    @property
    def post_id(self) -> str:
        """The id of the open post, empty while none is open."""
        return self._pane.thread.post.id if self._pane.thread else ""

    def load_posts(self) -> None:
        """Fill the sidebar from the library and the record; its cursor stays where it is."""
        self._sidebar.set_posts(post_lines(self._workspace.entries()))

    def first(self, wanted: str | None) -> tuple[str, str | None] | None:
        """Return what to open at the start: a post and a passage in it, or None.

        Args:
            wanted: the id of a post or passage that was asked for; without it
                the last one open, else the first with something unread.
        """
        if wanted is not None:
            with self._failures.told():
                found = self._workspace.library.resolve(wanted)
                return post_of(found), found if is_passage(found) else None
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
        only_path: bool = False,
        only_new: bool = False,
        marker: Marker | None = None,
    ) -> bool:
        """Open a thread where it was left, or at a passage; say why if it cannot be.

        Args:
            post_id: the post.
            at: the passage to land on, None for where it was left.
            only_path: True to fold everything but the way to that passage.
            only_new: True to show only what is new, whatever was shown of it when it was left.
            marker: finds in a text what a search found; None without a search.

        Returns:
            Whether it is open now.
        """
        self.save_position()
        record = self._workspace.record
        try:
            thread = self._workspace.library.thread(post_id)
            left = record.position(post_id)
            self.marks.take(post_id)
        except ReaderError as error:
            self._failures.tell(error)
            return False
        line = None
        if left is not None and at is None:
            at, line = left.passage, left.line
        said = left.view if left else None
        if only_new:
            said = replace(said or ThreadViewState(), way=Ordering.NEW.value)
        self._show(thread, at, line=line, only_path=only_path, said=said, marker=marker)
        self._sidebar.set_opened(post_id)
        return True

    def renew(self, thread: Thread) -> None:
        """Show the open thread as it is now.

        Args:
            thread: its new version.

        Raises:
            RecordError: if its marks cannot be read.
        """
        current, line, said = self._pane.current, self._pane.top_line, kept(self._pane.view)
        self.marks.take(thread.post.id)
        self._show(thread, current.id if current else None, line=line, said=said)

    def _show(
        self,
        thread: Thread,
        at: str | None,
        *,
        line: int | None = None,
        only_path: bool = False,
        said: ThreadViewState | None = None,
        marker: Marker | None = None,
    ) -> None:
        self._pane.open(
            thread,
            self.marks.marked,
            news=self.marks.news(thread),
            at=at,
            line=line,
            only_path=only_path,
            said=said,
            marker=marker,
        )
        self._opened(thread)

    def left_at(self, post_id: str) -> Position | None:
        """Return where a thread was left, None if it never was."""
        try:
            return self._workspace.record.position(post_id)
        except ReaderError as error:
            self._failures.tell(error)
            return None

    def bring_back(self, aside: SavedThread, looked_at: Mapping[str, Position | None]) -> None:
        """Show again a thread that was put aside, exactly as it was.

        Args:
            aside: the thread.
            looked_at: where the threads had been left that were only looked at meanwhile.
        """
        with self._failures.told():
            for post_id, left in looked_at.items():
                if left is not None:
                    self._workspace.record.set_position(post_id, left.passage, left.line, left.view)
        thread = aside.view.thread
        marks = self.marks
        with self._failures.told():
            marks.take(thread.post.id)
            there = self._workspace.library.passage_ids(thread.post.id)
            self._pane.bring_back(aside, marks.marked)
            self._opened(thread, unseen=len(there.difference(p.id for p in thread.passages)))
            self._sidebar.set_opened(thread.post.id)
        self.save_position()

    def _opened(self, thread: Thread, *, unseen: int = 0) -> None:
        self._comments = sum(comment.gone is None for comment in thread.comments)
        self.marks.begin(thread, unseen)

    def save_position(self) -> None:
        """Remember where the open thread is left."""
        thread, current = self._pane.thread, self._pane.current
        if thread is not None and current is not None:
            with self._failures.told():
                line, shown = self._pane.top_line, kept(self._pane.view)
                self._workspace.record.set_position(thread.post.id, current.id, line, shown)

    def place(self, room: int) -> str:
        """Return where the reader is, in words: ``9.1 of 114 · 37 unread, about 9 min``.

        Where only what is new is shown, only that is counted: ``7 new unread``.

        Args:
            room: cells for it; how long the rest takes is left out if it does not fit,
                then the page of a passage taller than the pane.
        """
        current, view = self._pane.current, self._pane.view
        if current is None or view is None:
            return ""
        where = passage_name(self._pane.thread, current)
        if isinstance(current, Comment):
            where += f" of {self._comments:,}"
        through = pages(view)
        page = f" · page {through[0]}/{through[1]}" if through else ""
        unread, words, new = self.marks.unread, self.marks.remaining.words, ""
        if view.way is Ordering.NEW:
            (unread, words), new = self.marks.left_new(view.thread), " new"
        rest, timed = f" · all{new} read", ""
        if unread:
            rest = f" · {unread:,}{new} unread"
            timed = f", {reading_time(words, self._words_per_minute)}"
        said = (where + page + rest + timed, where + page + rest, where + rest)
        return next((words for words in said if len(words) <= room), said[-1])

    def look_again(self, posts: Collection[str] | None = None) -> None:
        """Show the marks as the record has them now, here and in the sidebar.

        Args:
            posts: ids of the posts whose marks changed; any may have without it.
        """
        with self._failures.told():
            if posts is None:
                for entry, unread, new in self._workspace.entries():
                    self._sidebar.set_counts(entry.id, unread, new)
            else:
                there = [post_id for post_id in posts if self._sidebar.line(post_id)]
                for post_summary in map(self._workspace.post_summary, there):
                    self._sidebar.set_counts(
                        post_summary.row.post.id, post_summary.unread, post_summary.new
                    )
            if posts is None or self.post_id in posts:
                self.marks.look_again()
