"""The widgets of the main screen, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical

from probation_reader.ui.screens.keyed import KeyedScreen
from probation_reader.ui.widgets.hitlist import HitList
from probation_reader.ui.widgets.lines import Notice, Rule
from probation_reader.ui.widgets.prompt import Prompt
from probation_reader.ui.widgets.sidebar import PostsHead, Sidebar
from probation_reader.ui.widgets.status import StatusLine
from probation_reader.ui.widgets.thread_pane import ThreadPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from probation_reader.options import Options


class ReaderParts(KeyedScreen[None]):
    """A screen with the posts, the thread, the hits and the bars.

    Args:
        options: what the reader chose.
    """

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.options = options
        self.head, self.sidebar = PostsHead(id="posts-head"), Sidebar(id="sidebar")
        self.pane, self.hits = (
            ThreadPane(dwell=options.read_after, id="thread-pane"),
            HitList(id="hits"),
        )
        self.empty, self.status = Notice(id="empty"), StatusLine(id="status")
        self.filter_bar = Prompt("filter", " filter: ", "words is:unread label:x")
        self.search_bar = Prompt("search", " / ", "search every thread")
        self.find_bar = Prompt("find", " find: ", "in this thread")

    def compose(self) -> ComposeResult:
        """Put the parts in their places."""
        with Horizontal(id="body"):
            with Vertical(id="posts"):
                yield self.head
                yield self.filter_bar
                yield self.sidebar
            yield Rule(upright=True, id="upright")
            with Vertical(id="main"):
                yield self.pane
                yield self.hits
                yield self.empty
        yield Rule(upright=False, id="level")
        yield self.status
        yield self.search_bar
        yield self.find_bar

    def bars(self) -> Sequence[Prompt]:
        """Return the lines to type in."""
        return (self.filter_bar, self.search_bar, self.find_bar)
