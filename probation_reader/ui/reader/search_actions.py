"""What the keys of the search bar do, and the words that come into it by other ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.timer import Timer

    from probation_reader.ui.reader.screen import ReaderScreen

#: After a pause of this long in typing the best hits are asked for.
_PAUSE_SECONDS = 0.4
#: In the empty bar this asks for help; anywhere else it is typed.
_HELP = "?"


class SearchActions:
    """The search bar of one screen.

    Args:
        screen: the screen with its parts.
    """

    def __init__(self, screen: ReaderScreen) -> None:
        self._screen = screen
        self._pause: Timer | None = None

    def typed(self, query: str) -> None:
        """Search as one types; the best hits are asked for after a pause."""
        if query == _HELP:
            self._screen.search_bar.set_value("")
            query = ""
            self.action_ask_help()
        self._screen.searching.ask(query)
        self._end_pause()
        self._pause = self._screen.set_timer(_PAUSE_SECONDS, self._screen.searching.ask_best)

    def _end_pause(self) -> None:
        if self._pause is not None:
            self._pause.stop()

    def take(self, words: str | None) -> None:
        """Search for words that were chosen, not typed; None leaves all as it is."""
        if words:
            self.put(words)

    def put(self, words: str) -> None:
        """Have these words in the bar, and their hits below it."""
        self._end_pause()
        self._screen.search_bar.set_value(words)
        self._screen.searching.ask(words, typing=False)

    def action_search(self) -> None:
        """Open the search bar, or go back to it."""
        screen = self._screen
        screen.visiting.begin(screen.focused)
        screen.run_quietly(screen.searching.mark_anew)

    def action_open_hit(self) -> None:
        """Open the thread of the hit under the cursor, or of the first that is still to come."""
        self._screen.searching.when_answered(self._open_hit)

    def _open_hit(self) -> None:
        hits = self._screen.hits
        if (hit := hits.current) is not None:
            self._screen.moving.open_hit(hit)
        else:
            self.take(hits.offered)

    def action_take_offer(self) -> None:
        """Search for the words that are offered instead, or whose hits are shown instead."""
        results = self._screen.searching.results
        if results is not None and results.suggestion:
            self.take(results.suggestion)
        else:
            self._screen.searching.say("nothing else is offered")

    def action_hits_by_date(self) -> None:
        """Show the newest hits first, or the best."""
        manner = self._screen.searching.manner
        self._arrange(by_date=not manner.by_date, by_post=manner.by_post)

    def action_hits_by_post(self) -> None:
        """Group the hits by post, or show them one after the other."""
        manner = self._screen.searching.manner
        self._arrange(by_date=manner.by_date, by_post=not manner.by_post)

    def _arrange(self, *, by_date: bool, by_post: bool) -> None:
        self._end_pause()
        self._screen.searching.arrange(by_date=by_date, by_post=by_post)

    def action_ask_help(self) -> None:
        """Show by example what can be asked; what is chosen is asked."""
        from probation_reader.ui.screens.search_help import SearchHelpScreen  # noqa: PLC0415 - as the lists

        screen = self._screen
        keys = screen.keymap.key("help", "list")
        screen.app.push_screen(SearchHelpScreen(screen.app.size.width, keys), self.take)
