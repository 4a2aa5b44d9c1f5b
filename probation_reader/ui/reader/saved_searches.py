"""Saved searches on the main screen: rows above the posts, and how much of each is unread.

A name is typed in one line in the place of the status row; Enter saves it, Esc
cancels. All of it is undone as marks are.

Counting begins when the index has first been brought up to date. It takes one small
piece of work after the other in a thread, with rests between them in which keys
are answered, and shows the counts only when all are known. As long as nothing
is marked or indexed nothing is counted, and nothing is painted that is the same.
"""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from probation_reader.errors import DamagedIndexError, RecordError
from probation_reader.sanitize import safe_line
from probation_reader.ui.posts.model import SearchLine
from probation_reader.ui.reader.background_tasks import in_pieces
from probation_reader.ui.render.headings import one_line

if TYPE_CHECKING:
    from textual.widget import Widget

    from probation_reader.saved_search_counts import SavedSearchCounts
    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.workspace import Workspace


#: All that was counted rests so many times longer than it took, though marks are made.
_RESTS = 10


class SavedSearchCounter:
    """The counts of the saved searches of one screen.

    Args:
        screen: the screen with its parts.
        workspace: what is counted in.
    """

    def __init__(self, screen: ReaderScreen, workspace: Workspace) -> None:
        self._screen = screen
        self._workspace = workspace
        self._tallies: SavedSearchCounts | None = None
        self._counted: list[str] = []
        self._counting = False
        self._rested = 0.0

    def begin(self) -> None:
        """Count from now on: the index can be asked."""
        if self._tallies is None:
            from probation_reader.saved_search_counts import SavedSearchCounts  # noqa: PLC0415 - not needed to start

            self._tallies = SavedSearchCounts(self._workspace)
        self.look()

    def look(self) -> None:
        """Count if something changed since the last time."""
        if self._tallies is not None and not self._counting and self._is_behind(self._tallies):
            self._counting = True
            self._screen.run_quietly(self._count)

    @property
    def _wanted(self) -> list[str]:
        return [line.words for line in self._screen.sidebar.searches]

    def _is_behind(self, tallies: SavedSearchCounts) -> bool:
        wanted = self._wanted
        if not wanted or wanted != self._counted:
            return bool(wanted)
        return perf_counter() >= self._rested and tallies.is_behind()

    async def _count(self) -> None:
        tallies, self._tallies = self._tallies, None  # given up if it fails, until `begin`
        assert tallies is not None  # noqa: S101 - `look` has seen to it
        try:
            while self._is_behind(tallies):
                wanted = self._wanted
                worked = await in_pieces(tallies.catch_up(wanted))
                self._rested = perf_counter() + _RESTS * worked
                self._counted = wanted
                self._show(tallies)
            self._tallies = tallies
        except DamagedIndexError:
            self._screen.searching.catch_up()
            raise
        finally:
            self._counting = False

    def _show(self, tallies: SavedSearchCounts) -> None:
        for line in self._screen.sidebar.searches:
            if line.words in self._counted:
                self._screen.sidebar.set_tally(line, *tallies.tally(line.words))


_NO_SEARCH = "This is no saved search"


class SavedSearchActions:
    """The saved searches of one screen.

    Args:
        screen: the screen with its parts.
        workspace: has the record, and what is searched.

    Attributes:
        counting: counts what they find.
    """

    def __init__(self, screen: ReaderScreen, workspace: Workspace) -> None:
        self._screen = screen
        self._bar = screen.name_bar
        self._record = workspace.record
        self._words = ""
        #: The name that the line was filled with.
        self._filled = ""
        #: The name that is to be changed, empty for a new search.
        self._renamed = ""
        self._return_to: Widget | None = None
        #: The search that was run last, and as which one since the start.
        self._run: tuple[SearchLine | None, int] = (None, 0)
        self.counting = SavedSearchCounter(screen, workspace)

    def load(self) -> None:
        """Show the saved searches above the posts, with the counts that are known."""
        shown = self._screen.sidebar.searches
        saved = self._record.saved_searches()
        if [(one.name, one.words) for one in saved] != [(line.name, line.words) for line in shown]:
            known = {line.words: line for line in shown}
            self._screen.sidebar.set_searches(
                [
                    replace(known[one.words], name=one.name)
                    if one.words in known
                    else SearchLine(one.name, one.words)
                    for one in saved
                ]
            )
            self.counting.look()

    def hint(self) -> str:
        """Return what a key does with the saved search under the cursor, empty without one."""
        screen = self._screen
        here = screen.place == "posts" and screen.sidebar.search is not None
        return f"{screen.keymap.key('drop_search', 'posts')} remove" if here else ""

    # Running

    def open_row(self, row_id: str) -> None:
        """Open a row of the list: a post, or the hits of a saved search."""
        searches = self._screen.sidebar.searches
        line = next((line for line in searches if line.id == row_id), None)
        if line is None:
            self._screen.moving.open_post(row_id)
        else:
            self.run(line)

    def run(self, line: SearchLine) -> None:
        """Search for the words of a saved search: the newest hits first, wherever they stand."""
        screen = self._screen
        screen.visiting.forget()
        screen.visiting.begin(screen.focused)
        self._run = (line, screen.visiting.begun)
        screen.searching.thread = None
        screen.searching.manner = screen.searching.usual._replace(by_date=True)
        screen.asking.put(safe_line(line.words))

    @property
    def _running(self) -> SearchLine | None:
        """The saved search that the search bar was opened by, None if it was not."""
        line, begun = self._run
        return line if begun == self._screen.visiting.begun else None

    def stand_again(self) -> None:
        """Put the cursor back on the search whose hits were left for the list of posts."""
        if self._running is not None and self._screen.place == "posts":
            self._screen.sidebar.stand_on(self._running.id)

    # Saving

    def action_save_search(self) -> None:
        """Ask for the name to save the words in the bar under."""
        screen = self._screen
        words = screen.search_bar.value.strip()
        if not words:
            screen.searching.say("there are no words to save")
            return
        lines, run = screen.sidebar.searches, self._running
        same = next((line for line in lines if safe_line(line.words).strip() == words), None)
        changed = next((line for line in lines if run and line.name == run.name), None)
        known = same or changed
        self._words = same.words if same else words
        self._ask_name(known.name if known else words, renamed="")
        self._bar.line.select_all()  # a name typed now is one of its own

    def action_rename_search(self) -> None:
        """Ask for another name of the saved search under the cursor."""
        line = self._screen.sidebar.search
        if line is None:
            self._screen.status.explain(_NO_SEARCH)
            return
        self._words = line.words
        self._ask_name(line.name, renamed=line.name)

    def action_drop_search(self) -> None:
        """Remove the saved search under the cursor."""
        screen = self._screen
        line = screen.sidebar.search
        if line is None:
            screen.status.explain(_NO_SEARCH)
            return
        self._record.drop_search(line.name)
        self.load()
        undo = screen.keymap.key("undo", "posts")
        screen.status.say(f"Saved search “{one_line(line.name)}” removed   {undo} undoes")

    def _ask_name(self, name: str, *, renamed: str) -> None:
        screen = self._screen
        self._renamed, self._return_to = renamed, screen.focused
        self._filled = name
        self._bar.set_value(name)
        self.look()
        screen.arrangement.bottom("name-prompt")
        screen.set_focus(self._bar.line)

    @property
    def _name(self) -> str:
        """The name that was typed, or the one that is kept if that stands there as it was shown."""
        typed, kept = self._bar.value, {line.name for line in self._screen.sidebar.searches}
        stands = typed == safe_line(self._filled) and self._filled in kept
        return self._filled if stands else " ".join(typed.split())

    def look(self) -> None:
        """Say if the name that stands there is another search's, which would be replaced."""
        name = self._name
        others = {line.name: line.words for line in self._screen.sidebar.searches}
        others.pop(self._renamed, None)
        replaces = others.get(name, self._words) != self._words
        self._bar.set_note(f"replaces “{others[name]}” " if replaces else "")

    def action_keep_name(self) -> None:
        """Save the search under the name that was typed."""
        name = self._name
        if not name:
            self._bar.set_note("it needs a name ")
            return
        try:
            self._record.save_search(name, self._words, self._renamed)
        except RecordError as error:
            self._screen.failures.tell(error)
            self._bar.set_note(f"{error.message} ")
            return
        self.load()
        self.cancel()
        self._tell(f"saved as “{one_line(name)}”")

    def _tell(self, said: str) -> None:
        if self._screen.place == "search":
            self._screen.searching.say(said)
        else:
            self._screen.status.say(said[:1].upper() + said[1:])

    def cancel(self) -> None:
        """Close the line and go back to where it was opened."""
        screen = self._screen
        searching = screen.search_bar.has(self._return_to)
        screen.arrangement.bottom("search-prompt" if searching else "status")
        screen.set_focus(self._return_to)
