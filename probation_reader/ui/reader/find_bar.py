"""Find in the open thread: a line to type in, matches as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from probation_reader.ui.reader.layout import ScreenLayout
    from probation_reader.ui.thread.widget import ThreadPane
    from probation_reader.ui.widgets.prompt import Prompt


class FindBar:
    """The find bar and the pane it searches.

    Args:
        arrangement: shows the bar in the bottom row.
        prompt: the bar.
        pane: finds and marks.
    """

    def __init__(self, arrangement: ScreenLayout, prompt: Prompt, pane: ThreadPane) -> None:
        self._arrangement = arrangement
        self._prompt = prompt
        self._pane = pane

    def begin(self) -> None:
        """Open the bar, empty."""
        self._prompt.set_value("")
        self._prompt.set_note("")
        self._arrangement.bottom("find-prompt")
        self._arrangement.focus(self._prompt.line)

    def look_for(self, words: str) -> None:
        """Mark the matches and go to the nearest."""
        if words:
            self._pane.find(words)
        else:
            self._pane.find_clear(restore=True)

    def show_note(self) -> None:
        """Say in the bar which match it is, of how many."""
        self._prompt.set_note(f"{state} " if (state := self.state()) else "")

    def state(self) -> str:
        """Return ``3 of 17``, ``17 so far`` while more is searched, empty if nothing is."""
        if (found := self._pane.find_state) is None:
            return ""
        current, total = found
        if not self._pane.find_done:
            return f"{total:,} so far" if total else "looking"
        return f"{current:,} of {total:,}" if total else "no match"

    def keep(self) -> bool:
        """Close the bar and keep the matches; without any, as if never opened.

        Returns:
            False if something was looked for and is not there.
        """
        if self._pane.find_state == (0, 0):
            self._pane.find_through()
        found = self._pane.find_state
        self._close()
        missing = found is not None and not found[1]
        if missing:
            self._pane.find_clear(restore=True)
        return not missing

    def cancel(self) -> None:
        """Close the bar, clear the matches and return to where it began."""
        self._pane.find_clear(restore=True)
        self._close()

    def _close(self) -> None:
        self._arrangement.bottom("status")
        self._arrangement.focus(self._pane)
