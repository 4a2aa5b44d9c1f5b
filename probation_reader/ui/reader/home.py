"""Home: the posts on the whole screen, what is new first; and what opens at the start.

Where something came in since the last visit the reader opens on that, with the
thread where reading was left behind it, one key away. Else the thread opens. The
order of the posts is by what is new when something is, until the reader chooses.
How much is new, in how many branches, is looked up for the posts that are seen.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from probation_reader.errors import LibraryError, RecordError
from probation_reader.ui.posts.news import NO_CHANGE, changed_since, fresh_in, when
from probation_reader.ui.posts.post_rows import WIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.ui.posts.model import PostLine
    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.workspace import Workspace

_YOUR_OWN = "Bring your own pages with: probation-reader import FOLDER"
_EMPTY = ("There are no posts here yet.", _YOUR_OWN, "Or read the sample: probation-reader sample")


class Home:
    """What the screen shows first, and the way back to it.

    Args:
        screen: the screen with its parts.
        workspace: the library and the record.
        wanted: the id of a post or passage to open first; None for none.
    """

    def __init__(self, screen: ReaderScreen, workspace: Workspace, wanted: str | None) -> None:
        self._screen = screen
        self._workspace = workspace
        self._wanted = wanted
        #: What is new in the posts that were looked into, by post and how many were new.
        self._said: dict[tuple[str, int], Sequence[str]] = {}
        self._begun = False
        #: The order the reader chose; None as long as that was left to the reader.
        self.by_new: bool | None = None
        screen.sidebar.news = self.news

    def fill(self) -> None:
        """Show the posts and, if nothing is open yet, open what comes first."""
        screen, reading = self._screen, self._screen.reading
        with screen.failures.told():
            screen.saving.load()
            reading.load_posts()
        first = None if reading.post_id else reading.first(self._wanted)
        if first is not None and reading.open(first[0], at=first[1]):
            screen.set_focus(screen.pane)
        if reading.post_id:
            screen.arrangement.main("thread-pane")
        else:
            screen.empty.say(*_EMPTY)
            screen.arrangement.main("empty")
            screen.set_focus(screen.sidebar)
        screen.arrangement.settle()
        if not self._begun and screen.sidebar.lines:
            self._begin()
        screen.show_place()

    def _begin(self) -> None:
        """Put the posts in order; come home if something is new."""
        self._begun = True
        sidebar = self._screen.sidebar
        self._rank()
        if self._wanted is None and sidebar.posts_new and len(sidebar.lines) > 1:
            self._come_home()
            if sidebar.by_new:
                sidebar.stand_on(sidebar.lines[0].id)

    def _rank(self) -> None:
        """Put the posts in the order that was chosen, or that is of use now."""
        last, sidebar = self._workspace.record.last_visit, self._screen.sidebar
        if last is not None:
            now = datetime.now(UTC).astimezone()
            sidebar.since = f"since {when(last.astimezone(), now)}"
        sidebar.set_order(by_new=bool(sidebar.posts_new) if self.by_new is None else self.by_new)

    def _come_home(self) -> None:
        self._screen.arrangement.to_home()
        self._screen.set_focus(self._screen.sidebar)

    def news(self, line: PostLine) -> Sequence[str]:
        """Return what is new in a post, in words, from all there is to say to the least.

        Args:
            line: its line in the list.

        Returns:
            Nothing if nothing is new, or if it cannot be looked up.
        """
        if not line.new:
            return ()
        key = line.id, line.new
        if key not in self._said:
            self._said[key] = self._look_into(line.id)
        return self._said[key]

    def _look_into(self, post_id: str) -> Sequence[str]:
        workspace = self._workspace
        try:
            thread = workspace.library.thread(post_id)
            new = workspace.new_in(post_id) - workspace.done_in(post_id)
        except (LibraryError, RecordError):
            return ()  # the number is shown all the same; opening the post says what is wrong
        since = workspace.record.last_visit
        changed = changed_since(thread, since) if since else NO_CHANGE
        return fresh_in(thread, new, changed).said(self._screen.options.words_per_minute)

    def tally(self) -> str:
        """Return how many posts there are, or what is new in one whose row has no room for it."""
        sidebar = self._screen.sidebar
        line = sidebar.line(sidebar.current)
        elsewhere = line is None or sidebar.filtered_by or sidebar.size.width >= WIDE
        said = () if line is None or elsewhere else self.news(line)
        room = self._screen.status.room
        return next((words for words in said if len(words) <= room), sidebar.tally)

    def first_new(self, post_id: str) -> str | None:
        """Return the first passage of a post that is new and unread, None without one."""
        line = self._screen.sidebar.line(post_id)
        with self._screen.failures.told():
            if line is not None and line.new:
                return self._screen.reading.crossing.edge(post_id, forward=True, new=True)
        return None

    def hint(self) -> str:
        """Return what key leads from home to the thread, empty elsewhere."""
        screen = self._screen
        here = screen.arrangement.home and screen.place == "posts" and screen.reading.post_id
        return f"{screen.keymap.key('back', 'posts')} to the thread" if here else ""

    def action_home(self) -> None:
        """Show the posts on the whole screen, ranked anew; from there, back to the thread."""
        screen = self._screen
        if screen.arrangement.home and screen.place == "posts" and screen.reading.post_id:
            screen.arrangement.to_main()
            screen.set_focus(screen.pane)
            return
        in_thread, sidebar = screen.place != "posts", screen.sidebar
        self._rank()
        self._come_home()
        if in_thread:
            sidebar.stand_on(sidebar.lines[0].id if sidebar.by_new else sidebar.opened)

    def action_order_posts(self) -> None:
        """Put what is new first, then what is unread; or go by date. That is remembered."""
        sidebar = self._screen.sidebar
        self.by_new = not sidebar.by_new
        self._rank()
        said = "What is new first, then what is unread" if sidebar.by_new else "By date"
        self._screen.status.explain(said)
