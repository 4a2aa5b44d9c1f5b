"""The list of a passage's links: one is opened or copied. Loaded when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.ui.screens.picker import PickerScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from probation_reader.ui.keys.actions import Place
    from probation_reader.ui.screens.picker import Choice


class LinkScreen(PickerScreen):
    """Shows links; returns the id of the one to open, or None.

    Args:
        choices: the links.
        hints: ``key word`` of what keys do in any list.
        copy: is told the id of a link to copy, once the list is gone.
    """

    def __init__(
        self, choices: Sequence[Choice], hints: Sequence[str], copy: Callable[[str], None]
    ) -> None:
        super().__init__("Links", choices, "", hints)
        self._copy = copy

    @property
    def place(self) -> Place:
        """The list of links."""
        return "links"

    def action_copy_link(self) -> None:
        """Copy the address under the cursor and go back to reading."""
        if (current := self.current) is not None:
            self.app.call_later(self._copy, current.id)
            self.dismiss(None)
