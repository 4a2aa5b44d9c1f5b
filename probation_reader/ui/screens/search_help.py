"""What can be asked of the search, by example: a list to choose one from."""

from __future__ import annotations

from probation_reader.search.query.examples import EXAMPLES
from probation_reader.ui.screens.help import HelpScreen
from probation_reader.ui.screens.picker import Choice, PickerScreen

#: On fewer columns the meaning stands below the words that mean it.
_BESIDE = 64
_GAP = 4


class SearchHelpScreen(PickerScreen):
    """Shows the language of the search; returns the example to ask, or None.

    Args:
        width: columns of the screen.
        keys: the key that shows the keys of the search bar, as it is said.
    """

    def __init__(self, width: int, keys: str) -> None:
        super().__init__("Ask", _choices(beside=width >= _BESIDE), "", (f"{keys} keys",))

    def action_help(self) -> None:
        """Show the keys of the search bar."""
        self.app.push_screen(HelpScreen("search"))


def _choices(*, beside: bool) -> list[Choice]:
    column = max(len(one.query) for part in EXAMPLES.values() for one in part) + _GAP
    return [
        Choice(
            example.query,
            example.query,
            example.meaning if beside else "",
            whole="" if beside else example.meaning,
            heading=title,
            column=column if beside else 0,
        )
        for title, part in EXAMPLES.items()
        for example in part
    ]
