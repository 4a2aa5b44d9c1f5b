"""How a thread looks in the pane, as far as the reader decides: its order, its columns."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from probation_reader.ui.orders import Way
    from probation_reader.ui.widgets.thread_view import ThreadView


class ThreadLooks:
    """The order and the columns of a pane.

    Attributes:
        widest: the longest line of text, in cells.
        indent: columns of one guide; None for as many as fit the pane.
    """

    view: ThreadView | None
    widest: int
    indent: int | None

    @abstractmethod
    def show_anew(self) -> None:
        """Draw everything again."""

    def turn(self, way: Way) -> None:
        """Show the open thread in another way; the current passage stays on its row."""
        if self.view is not None:
            self.view.turn(way)
            self.show_anew()

    def set_columns(self, *, widest: int, indent: int | None) -> None:
        """Take other columns, for this thread and the next; the words at the top stay there.

        Args:
            widest: the longest line of text, in cells.
            indent: columns of one guide; None for as many as fit the pane.
        """
        self.widest, self.indent = widest, indent
        if self.view is not None:
            self.view.set_layout(widest=widest, indent=indent)
            self.show_anew()
