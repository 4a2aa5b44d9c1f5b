"""What was searched for of late, walked through in the search bar as in a shell.

Up from the first hit brings back earlier words that begin with those that were
typed, Down goes the way back to these, and Esc takes it at once. Whatever is
typed belongs to the words that stand there. Words are remembered when a hit is
opened that they found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.sanitize import safe_line

if TYPE_CHECKING:
    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.workspace import Workspace


class SearchHistory:
    """The earlier words of one search bar.

    Args:
        screen: the screen with its parts.
        workspace: has the record.
    """

    def __init__(self, screen: ReaderScreen, workspace: Workspace) -> None:
        self._screen = screen
        self._record = workspace.record
        #: What was typed, then what was searched for and begins so, the newest first.
        self._walked: list[str] = []
        self._at = 0
        self._remembered = ""

    @property
    def _walking(self) -> bool:
        """Whether words stand in the bar that were brought back, as they were."""
        return self._at > 0 and self._walked[self._at] == self._screen.search_bar.value

    @property
    def _in_history(self) -> bool:
        """Whether Up and Down are about words that were brought back, not about their hits."""
        return self._walking and not self._screen.hits.moved

    def remember(self) -> None:
        """Remember the words of the hits that are shown: they led somewhere."""
        results = self._screen.searching.results
        words = results.query.strip() if results else ""
        if words and words != self._remembered:
            with self._screen.failures.told():
                self._record.remember_search(words)
            self._remembered = words

    def action_older_words(self) -> None:
        """Go up in the hits; from the first, bring back earlier words."""
        screen = self._screen
        if not self._in_history:
            before = screen.hits.cursor
            screen.hits.action_row_up()
            if screen.hits.cursor != before:
                return
        if not self._walking:
            self._begin()
        if self._at + 1 < len(self._walked):
            self._go_to(self._at + 1)
        else:
            screen.searching.say("no earlier words begin so")

    def action_newer_words(self) -> None:
        """Go back towards what was typed; from there on, down in the hits."""
        if self._in_history:
            self._go_to(self._at - 1)
        else:
            self._screen.hits.action_row_down()

    def action_forget_words(self) -> None:
        """Forget the words in the bar if they were searched for of late."""
        screen = self._screen
        words = screen.search_bar.value.strip()
        with screen.failures.told():
            forgotten = self._record.forget_searches(words)
            if self._walking:
                del self._walked[self._at]
                self._go_to(min(self._at, len(self._walked) - 1))
            self._remembered = ""
            screen.searching.say("forgotten" if forgotten else "these words are not remembered")

    def give_back(self) -> bool:
        """Put back what was typed and return True, if other words were brought."""
        walking = self._walking
        if walking:
            self._go_to(0)
        return walking

    def _begin(self) -> None:
        typed = self._screen.search_bar.value
        begun = typed.casefold()
        with self._screen.failures.told():
            earlier = map(safe_line, self._record.searched())
            self._walked = [typed, *(w for w in earlier if _continues(w, begun))]
            self._at = 0

    def _go_to(self, at: int) -> None:
        self._at = at
        self._screen.asking.put(self._walked[at])


def _continues(words: str, begun: str) -> bool:
    folded = words.casefold()
    return folded.startswith(begun) and folded != begun
