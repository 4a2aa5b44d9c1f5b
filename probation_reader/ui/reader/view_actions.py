"""What the keys of the main screen do to how a thread looks: its order, its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.phrases import count
from probation_reader.record import ScreenState
from probation_reader.ui.render.columns import WHOLE_PANE
from probation_reader.ui.render.orders import Ordering

if TYPE_CHECKING:
    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.ui.thread.viewport import Viewport
    from probation_reader.workspace import Workspace

#: The text widths one goes through.
_WIDTHS = (60, 72, 88, WHOLE_PANE)
_MOST_INDENT = 4
_NOT_OPEN = "No thread is open"
_FOLLOWING = {
    Ordering.TREE: Ordering.TIME,
    Ordering.TIME: Ordering.NEW,
    Ordering.NEW: Ordering.TREE,
}


class ViewActions:
    """The actions that show the open thread in another way.

    Args:
        screen: the screen with its parts.
    """

    def __init__(self, screen: ReaderScreen, workspace: Workspace) -> None:
        self._screen = screen
        self._record = workspace.record

    def begin(self) -> None:
        """Set the screen as it was left; what the options say anew since then wins."""
        screen, look = self._screen, self._record.look()
        if look is None:
            return
        screen.arrangement.beside = look.sidebar
        screen.home.by_new = look.by_new
        if look.instead_of == self._options:
            screen.pane.set_columns(widest=look.text_width, indent=look.indent)

    def end(self) -> None:
        """Remember how the screen is set."""
        screen = self._screen
        beside, pane, by_new = screen.arrangement.beside, screen.pane, screen.home.by_new
        with screen.failures.told():
            look = ScreenState(beside, pane.widest, pane.indent, self._options, by_new)
            self._record.set_look(look)

    @property
    def _options(self) -> tuple[int, int]:
        return self._screen.options.text_width, self._screen.options.indent

    def action_turn(self) -> None:
        """Show the thread as a tree, in the order of time, or only what is new."""
        self._screen.status.explain(self._turn())

    def _turn(self) -> str:
        view = self._screen.pane.view
        if view is None or view.current is None:
            return _NOT_OPEN
        new, timed = view.new.count(1), _timed(view)
        following, without = _FOLLOWING[view.way], []
        if following is Ordering.TIME and not timed:
            following, without = Ordering.NEW, ["this page keeps no times"]
        if following is Ordering.NEW and not new:
            following, without = Ordering.TREE, [*without, "nothing here is new"]
        said = {
            Ordering.TREE: "The tree stays" if view.way is Ordering.TREE else "The tree of replies",
            Ordering.TIME: _time_said(view, timed),
            Ordering.NEW: f"Only what is new: {count(new, 'passage')}   {self._more} shows more",
        }[following]
        self._screen.pane.turn(following)
        return "; ".join(filter(None, [said, " and ".join(without)]))

    @property
    def _more(self) -> str:
        return self._screen.keymap.key("show_left_out")

    def action_text_width(self) -> None:
        """Have the next width of the text; after the widest the narrowest."""
        pane = self._screen.pane
        widest = next((width for width in _WIDTHS if width > pane.widest), _WIDTHS[0])
        pane.set_columns(widest=widest, indent=pane.indent)
        said = "as wide as the pane" if widest == WHOLE_PANE else f"up to {widest} columns"
        room = pane.view.layout.room(0) if pane.view else widest
        here = f"; there is room for {room} here" if room < widest < WHOLE_PANE else ""
        self._screen.status.explain(f"Text {said}{here}")

    def action_indent_less(self) -> None:
        """Indent replies one column less."""
        self._screen.status.explain(self._indent(-1))

    def action_indent_more(self) -> None:
        """Indent replies one column more."""
        self._screen.status.explain(self._indent(1))

    def _indent(self, by: int) -> str:
        pane = self._screen.pane
        view = pane.view
        if view is None:
            return _NOT_OPEN
        if view.way is Ordering.TIME:
            return "In the order of time nothing is indented"
        indent = view.layout.step + by
        if not 0 <= indent <= _MOST_INDENT:
            return "Replies are indented as far as can be" if by > 0 else "Nothing is indented"
        pane.set_columns(widest=pane.widest, indent=indent)
        return f"Replies indented by {count(indent, 'column')}" if indent else "Nothing indented"


def _timed(view: Viewport) -> int:
    """Return how many comments the page keeps the times of."""
    return sum(comment.published is not None for comment in view.thread.comments)


def _time_said(view: Viewport, timed: int) -> str:
    """Return how far the order of time is one: by how many times the page keeps."""
    without = len(view.thread.comments) - timed
    if not without:
        return "In the order of time"
    return f"In the order of time; {without:,} without one stand where the page has them"
