"""The main screen: the posts, the open thread, the search, one status row.

It passes keys and messages on between its parts; opening and marking
is `ReadTracker`, asking is `Searcher`, going to hits and back is `SearchSession`, long
work is `BackgroundTasks`, who is seen where is `ScreenLayout`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.worker import Worker, WorkerState

from probation_reader.ui.error_report import ErrorReport
from probation_reader.ui.keys import chords
from probation_reader.ui.keys.habits import remark
from probation_reader.ui.reader.background_tasks import BackgroundTasks
from probation_reader.ui.reader.bookmark_actions import BookmarkActions
from probation_reader.ui.reader.find_bar import FindBar
from probation_reader.ui.reader.hit_navigation import HitNavigation
from probation_reader.ui.reader.home import Home
from probation_reader.ui.reader.layout import ScreenLayout
from probation_reader.ui.reader.live_updates import LiveUpdates
from probation_reader.ui.reader.mark_actions import MarkActions
from probation_reader.ui.reader.mute_actions import MuteActions
from probation_reader.ui.reader.navigation import Navigation
from probation_reader.ui.reader.note_actions import NoteActions
from probation_reader.ui.reader.parts import ReaderLayout
from probation_reader.ui.reader.peek_actions import PeekActions
from probation_reader.ui.reader.pending_marks import Pending
from probation_reader.ui.reader.post_actions import PostActions
from probation_reader.ui.reader.saved_searches import SavedSearchActions
from probation_reader.ui.reader.search_actions import SearchActions
from probation_reader.ui.reader.search_history import SearchHistory
from probation_reader.ui.reader.search_session import SearchSession
from probation_reader.ui.reader.share import CopyActions, LinkActions
from probation_reader.ui.reader.thread_session import ThreadSession
from probation_reader.ui.reader.undo_actions import UndoActions
from probation_reader.ui.reader.view_actions import ViewActions
from probation_reader.ui.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual import events
    from textual.timer import Timer
    from textual.worker import WorkType

    from probation_reader.errors import OptionsError
    from probation_reader.options import Options
    from probation_reader.ui import messages
    from probation_reader.workspace import Workspace

#: How often what other programs did is looked for.
_LOOK_SECONDS = 1.0
#: A position is written when the cursor has rested for so long.
_REST_SECONDS = 2.0

_SAMPLE = "This is the sample. Your own pages: probation-reader import FOLDER"
_SAMPLE_NARROW = "Sample; yours: probation-reader import"


class ReaderScreen(ReaderLayout):
    """The posts and the thread.

    Args:
        workspace: everything the reader has, open.
        options: what the reader chose.
        open_id: the id of a post or passage to open first.
        sample: the folder of the sample, for an empty library.
        problems: what of the options could not be taken.
    """

    def __init__(
        self,
        workspace: Workspace,
        options: Options,
        open_id: str | None,
        sample: Path | None,
        problems: Sequence[OptionsError] = (),
    ) -> None:
        super().__init__(options)
        self._problems = problems
        self._workspace, self._sample = workspace, sample
        self._rest: Timer | None = None
        self.arrangement = ScreenLayout(self)
        self.failures = ErrorReport(workspace.paths.log, self.status)
        self.pending = Pending(workspace.record, self.status, self._settled)
        self.reading = ThreadSession(
            workspace,
            self.pane,
            self.sidebar,
            self.status,
            self.failures,
            words_per_minute=options.words_per_minute,
        )
        self.background = BackgroundTasks(self, workspace)
        self.searching = Searcher(workspace, self.search_bar, self.hits, self.run_quietly)
        self.searching.catch_up = self.background.catch_up
        self.visiting = SearchSession(
            self.arrangement, self.reading, self.searching, self.search_bar, self.pane
        )
        self.finding = FindBar(self.arrangement, self.find_bar, self.pane)
        self.copying, self._linking = CopyActions(self), LinkActions(self)
        self.moving, self.peeking = Navigation(self), PeekActions(self, workspace)
        self.asking, self.walking = SearchActions(self), HitNavigation(self)
        self.noting, self.elsewhere = NoteActions(self, workspace), LiveUpdates(self, workspace)
        self.saving, self.recalling = (
            SavedSearchActions(self, workspace),
            SearchHistory(self, workspace),
        )
        self.looking, self.home = ViewActions(self, workspace), Home(self, workspace, open_id)
        self.keeping, self.muting = BookmarkActions(self, workspace), MuteActions(self, workspace)
        self._deeds = (
            *(
                PostActions(self),
                self.looking,
                MarkActions(self, workspace),
                UndoActions(self, workspace),
            ),
            *(self.noting, self.keeping, self.elsewhere, self.moving, self.peeking, self.muting),
            *(self._linking, self.copying, self.asking, self.saving, self.recalling, self.home),
        )

    def on_mount(self) -> None:
        """Show what there is."""
        self.filter_bar.display = False
        self.arrangement.bottom("status")
        self._workspace.record.defer()
        with self.failures.told():
            self.looking.begin()
            self._workspace.record.begin_visit()
        for notice in self._workspace.notices:
            self.status.say(notice, stay=True)
        if self._problems:
            self.status.say(remark(self._problems, self.app.size.width - 2), stay=True)
        self.home.fill()
        if not self.status.message:
            self.noting.offer()
        self.set_interval(_LOOK_SECONDS, self.elsewhere.look)

    def begin_work(self) -> None:
        """Begin what takes long, now that there is something to read and keys are answered."""
        lines, library = self.sidebar.lines, self._workspace.library
        if not lines and self._sample is not None and not library.sample_ids():  # it never came
            self.empty.say("Bringing the sample…")
            self.background.bring_sample(self._sample)
        elif lines:
            self.background.check_sources(self._sample)

    # Where the reader is, and what keys mean there

    def owners(self) -> Sequence[object]:
        """Return the widget that the keys of this place move, then what else keys do."""
        return (self.walking, self.moved, *self._deeds)

    def chord_changed(self, pressed: chords.Pressed) -> None:
        """Show the keys of an unfinished chord, or that it means nothing."""
        self.status.set_pending(chords.shown(pressed.pending))
        if pressed.refused:
            self._means_nothing(pressed.refused)

    async def take(self, event: events.Key) -> bool:
        """Run what a key is bound to; where nobody types, say that it means nothing."""
        taken = await super().take(event)
        if not taken and self.place in {"thread", "posts", "peek"}:
            self._means_nothing(self.key)
        return taken

    def _means_nothing(self, key: str) -> None:
        helping = self.keymap.key("help", self.place)
        self.status.explain(f"{key} does nothing here   {helping} help")

    async def perform(self, action: str) -> None:
        """Run an action, then say where it led."""
        self.status.go_on()
        self.reading.crossing.forget_announcement(action)
        begun = self.moving.here()
        with self.failures.told():
            await super().perform(action)
        self.moving.done(action, begun)
        self.show_place()

    def show_place(self) -> None:
        """Bring the status row and the head of the sidebar up to date."""
        self.head.show(self.sidebar)
        self.pending.look()
        if not self.is_current or not self.is_mounted:
            return
        place = self.place
        notes = {"search": self.searching.show_note, "find": self.finding.show_note}
        if place in notes:
            notes[place]()
        found = f"{self.walking.state()} · " if place == "found" else ""
        in_posts = place in {"posts", "filter"}
        here = (
            self._linking.hint()
            if place in {"thread", "found"}
            else self.saving.hint() or self.home.hint()
        )
        room = self.status.room - len(found) - len(here and f"   {here}")
        words = self.home.tally() if in_posts else found + self.reading.place(room)
        words = self.peek.pane.state if place == "peek" else words
        if self.sidebar.lines:
            self.status.set_place(words, self.keymap.hints(place), here)
        else:
            self.status.set_place("", self.keymap.named("posts", "quit", "help"))

    def on_descendant_focus(self) -> None:
        """Say what the keys mean now, also when the focus went by a click."""
        self.peeking.settle()
        self.show_place()

    def on_screen_resume(self) -> None:
        """Say where the reader is, after another screen."""
        self.show_place()

    def on_resize(self) -> None:
        """Fold the sidebar away or bring it back; what had the focus stays in sight."""
        self.peeking.close()
        in_posts = self.focused is self.sidebar or self.filter_bar.has(self.focused)
        if self.arrangement.narrow and in_posts and self.sidebar.lines:
            self.arrangement.alone = True
        self.arrangement.settle()

    # What the parts say

    def on_passages_read(self, event: messages.PassagesRead) -> None:
        """Keep the marks in the order they came."""
        self.reading.marks.mark_read(event.ids, passing=True)
        self.status.know_unsaved()
        self.show_place()

    def on_cursor_moved(self, event: messages.CursorMoved) -> None:
        """Say where the cursor is; write it down once it rests."""
        del event
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_REST_SECONDS, self.reading.save_position)
        self.show_place()

    def on_copy_wanted(self, event: messages.CopyWanted) -> None:
        """Copy what was selected."""
        self.copying.copy_selection(event.text)

    def on_thread_ended(self, event: messages.ThreadEnded) -> None:
        """Announce the next post, or cross to it."""
        self.moving.cross(event, self.last_action)

    def on_move_refused(self, event: messages.MoveRefused) -> None:
        """Say why nothing has moved."""
        self.moving.refuse(event)

    def on_row_chosen(self, event: messages.RowChosen) -> None:
        """Open the post, or the thread of the hit."""
        if event.place == "posts":
            self.saving.open_row(event.id)
        elif (hit := self.searching.hit(event.id)) is not None:
            self.moving.open_hit(hit)
        self.show_place()

    def on_words_offered(self, event: messages.WordsOffered) -> None:
        """Search for them."""
        self.asking.take(event.query)

    def on_query_changed(self, event: messages.QueryChanged) -> None:
        """Filter, find or search as one types."""
        if event.place == "filter":
            self.sidebar.set_filter(event.query)
        elif event.place == "find":
            self.finding.look_for(event.query)
        elif event.place == "note":
            self.noting.look()
        elif event.place == "name":
            self.saving.look()
        else:
            self.asking.typed(event.query)
        self.show_place()

    def on_work_progress(self, event: messages.WorkProgress) -> None:
        """Show how far long work has come."""
        self.status.set_progress(event.words)
        self.searching.set_progress(event.words)
        if not event.words:
            self.saving.counting.begin()
            if self.place == "search":
                self.searching.ask_best()

    def on_noticed(self, event: messages.Noticed) -> None:
        """Say what work in the background found."""
        self.status.say(event.words, stay=True)

    def on_posts_changed(self) -> None:
        """Show the posts that came."""
        self.home.fill()
        if self.sidebar.sample and not self.status.message:  # a remark weighs more
            self.status.say(_SAMPLE_NARROW if self.arrangement.narrow else _SAMPLE, stay=True)

    def _settled(self) -> None:
        """Show the marks as the record has them now; they may not be those of before."""
        with self.failures.told():
            self.saving.load()
            if self._workspace.muted.is_behind():
                self.muting.follow()
            else:
                self.reading.look_again()
            self.noting.settled()
        self.show_place()

    def run_quietly(self, work: WorkType[None]) -> None:
        """Run a coroutine function as a worker whose failure is told, not fatal."""
        self.run_worker(work, exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell what failed in the background."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.failures.tell(event.worker.error)
