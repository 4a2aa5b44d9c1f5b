"""What is read, kept and new in the open thread: sets of ids, and the deeds that change them.

Stands between the record and the widgets: a mark is committed first and shown
after, so that what could not be kept is never shown as made.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from probation_reader.errors import RecordError
from probation_reader.mutes import told
from probation_reader.ui.keys.habits import habits_of
from probation_reader.ui.posts.news import Remaining, changed_since, news
from probation_reader.ui.thread.labels import passage_said
from probation_reader.ui.thread.scene import ThreadMarks

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from collections.abc import Set as AbstractSet

    from probation_reader.model import Passage, Thread
    from probation_reader.ui.error_report import ErrorReport
    from probation_reader.ui.posts.sidebar import Sidebar
    from probation_reader.ui.thread.widget import ThreadPane
    from probation_reader.ui.widgets.status_line import StatusLine
    from probation_reader.workspace import Workspace

#: A bookmark keeps at most this many characters of its passage.
QUOTE_CHARACTERS = 500


class Marks:
    """The marks of the open thread.

    Args:
        workspace: has them and keeps them.
        pane: shows the thread.
        sidebar: shows how many are unread, and how many of these new.
        status: says what was done.
        failures: told of what could not be kept.

    Attributes:
        read: ids of the passages that are marked read.
        kept: ids of the bookmarked passages.
        noted: ids of those with a note or tags.
        new: ids of the passages that came in since the last visit, read or not.
        muted: what mutes those that are muted, in words.
        remaining: what is left to read.
        unseen: how many passages came in since the thread was opened and are not shown.
    """

    def __init__(
        self,
        workspace: Workspace,
        pane: ThreadPane,
        sidebar: Sidebar,
        status: StatusLine,
        failures: ErrorReport,
    ) -> None:
        self._workspace = workspace
        self._record = workspace.record
        self._pane = pane
        self._sidebar = sidebar
        self._status = status
        self._failures = failures
        self.read: set[str] = set()
        self.kept: set[str] = set()
        self.noted: frozenset[str] = frozenset()
        self.new: frozenset[str] = frozenset()
        self.muted: dict[str, str] = {}
        self._waiting: set[str] = set()
        #: What was read, in order, and could not be kept.
        self._refused: dict[str, None] = {}
        self.remaining = Remaining((), ())
        #: Of what is new; made when it is first asked for.
        self._remaining_new: Remaining | None = None
        self.unseen = 0

    @property
    def unread(self) -> int:
        """How many passages of the open thread are unread."""
        return self._pane.unread

    @property
    def marked(self) -> ThreadMarks:
        """All that is marked, as it is shown."""
        pending = self._record.pending_ids()
        return ThreadMarks(self.read, self.kept, self.new, self.noted, self.muted, pending)

    @property
    def _done(self) -> AbstractSet[str]:
        """What counts as unread no more: read, or muted."""
        return self.read | self.muted.keys() if self.muted else self.read

    def news(self, thread: Thread) -> str:
        """Return how much is new or changed in the thread and since when, in words."""
        if (last := self._record.last_visit) is None:
            return ""
        now, changed = datetime.now(UTC).astimezone(), changed_since(thread, last)
        return news(len(self.new.difference(self.muted)), last.astimezone(), now, changed)

    def take(self, post_id: str) -> None:
        """Take the marks of a thread that is about to be shown.

        Raises:
            RecordError: if the record cannot be read.
            LibraryError: if the library cannot be read.
        """
        new = self._workspace.new_in(post_id)
        self._take_made(post_id)
        self.new = new

    def _take_made(self, post_id: str) -> None:
        read, kept = self._record.read_in(post_id), self._record.bookmarked_in(post_id)
        self.noted = self._record.noted_in(post_id)
        self.read, self.kept = set(read), set(kept)
        now = datetime.now(UTC).astimezone()
        muted = self._record.muted_in(post_id)
        said = {
            held: told(held.rule, held.until.astimezone() if held.until else None, now)
            for held in set(muted.values())
        }
        self.muted = {id_: said[held] for id_, held in muted.items()}

    def show(self, only: Collection[str] | None = None) -> None:
        """Show the marks in the pane, and how many are unread in the sidebar.

        Args:
            only: ids of the passages for which something changed; all without it.
        """
        self._pane.set_marks(self.marked, only)
        self.remaining.update(self._done, only)
        if self._remaining_new:
            self._remaining_new.update(self._done, only)
        self._count(only)

    def left_new(self, thread: Thread) -> tuple[int, int]:
        """Return how many passages of the open thread are new and unread, and their words."""
        if self._remaining_new is None:
            new = (passage for passage in thread.passages if passage.id in self.new)
            self._remaining_new = Remaining(new, self._done)
        return len(self._waiting), self._remaining_new.words

    def begin(self, thread: Thread, unseen: int) -> None:
        """Count what is left of a thread that is shown now, and what is not shown of it."""
        self.remaining, self._remaining_new = Remaining(thread.passages, self._done), None
        self.unseen = unseen
        self._count()

    def _count(self, only: Collection[str] | None = None) -> None:
        """Show in the sidebar how many are unread, and how many of these are new."""
        if only is None:
            self._waiting = set(self.new - self._done)
        else:
            done = self._done
            changed = self.new.intersection(only)
            self._waiting.update(changed - done)
            self._waiting.difference_update(changed & done)
        if self._pane.thread is not None:
            post_id = self._pane.thread.post.id
            unseen_new = self.unseen if self._record.last_visit else 0
            new = len(self._waiting) + unseen_new
            self._sidebar.set_counts(post_id, self.unread + self.unseen, new)

    def mark_read(self, ids: Collection[str], *, passing: bool = False) -> bool:
        """Mark passages of the open thread read in one step.

        What reading on marked and could not be kept is tried again later; the
        failure is told once.

        Args:
            ids: the passages.
            passing: True for what counts as read by reading on.

        Returns:
            Whether that was kept; what was not is not shown as read.
        """
        try:
            self._record.mark_read(ids, passing=passing)
            self.read.update(ids)
        except RecordError as error:
            if not passing or not self._refused:
                self._failures.tell(error)
            if passing:
                self._refused.update(dict.fromkeys(ids))
        self.show(ids)
        return self.read.issuperset(ids)

    def try_again(self) -> None:
        """Keep now what reading on has marked and could not be kept, if it can be kept."""
        if not self._refused or not self._record.keeps:
            return
        with suppress(RecordError):  # it was told; the next time may do
            self._record.mark_read(self._refused, passing=True)
            self._status.say(f"{len(self._refused):,} refused before: now marked read")
            self._refused.clear()
            self.look_again()

    def toggle_read(self) -> None:
        """Mark the current passage read, or unread."""
        current = self._pane.current
        if current is None:
            return
        if current.gone:
            name = passage_said(self._pane.thread, current)
            self._status.explain(f"{name} is gone from its page: it counts as read")
            return
        with self._failures.told():
            name = passage_said(self._pane.thread, current)
            if current.id in self.read:
                self._record.mark_unread([current.id])
                self.read.discard(current.id)
                self._status.say(f"{name} marked unread")
            else:
                self._record.mark_read([current.id])
                self.read.add(current.id)
                self._status.say(f"{name} marked read")
            self.show([current.id])

    def toggle_bookmark(self) -> None:
        """Keep the current passage with its first words, or let it go."""
        current = self._pane.current
        if current is None:
            return
        with self._failures.told():
            name = passage_said(self._pane.thread, current)
            self._see()
            if current.id in self.kept:
                self._record.remove_bookmark(current.id)
                self.kept.discard(current.id)
                self.noted -= {current.id}
                undo = habits_of(self._status).keymap.key("undo")
                self._status.say(f"{name} no longer kept   {undo} undoes")
            else:
                self._record.bookmark(current.id, quotation(current.text))
                self.kept.add(current.id)
                listing = habits_of(self._status).keymap.key("bookmarks")
                self._status.say(f"{name} kept   {listing} lists what you kept")
            self.show([current.id])

    def keep(self, passage: Passage, note: str, tags: Sequence[str]) -> None:
        """Keep a passage with a note and tags, or edit those it has.

        Raises:
            RecordError: if that cannot be kept.
        """
        if passage == self._pane.current:
            self._see()
        quote = None if self._record.kept(passage.id) else quotation(passage.text)
        self._record.bookmark(passage.id, quote, note, tags)
        self.look_again()

    def _see(self) -> None:
        """Count the current passage as read first, so that undo is about what is done next."""
        if seen := self._pane.seen_here():
            self.mark_read(seen, passing=True)

    def look_again(self) -> None:
        """Take the marks from the record once more and show them; new is what was new.

        Raises:
            RecordError: if they cannot be read.
        """
        if self._pane.thread is not None:
            self._take_made(self._pane.thread.post.id)
            self.show()


def quotation(text: str) -> str:
    """Return what a bookmark keeps of a passage: its text, or its first words."""
    if len(text) <= QUOTE_CHARACTERS:
        return text
    cut = text.rfind(" ", 0, QUOTE_CHARACTERS)
    return text[: cut if cut > 0 else QUOTE_CHARACTERS] + "…"
