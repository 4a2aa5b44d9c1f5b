"""The widgets of the main screen, where they stand, and which of them keys are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical

from probation_reader.ui.posts.sidebar import PostsHead, Sidebar
from probation_reader.ui.screens.base import ActionScreen
from probation_reader.ui.search.hit_list import HitList
from probation_reader.ui.thread.peek import Peek
from probation_reader.ui.thread.widget import ThreadPane
from probation_reader.ui.widgets.prompt import Prompt
from probation_reader.ui.widgets.row_list import Notice, Separator
from probation_reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from probation_reader.options import Options
    from probation_reader.ui.keys.actions import Place


class ReaderLayout(ActionScreen[None]):
    """A screen with the posts, the thread, the hits and the bars.

    Args:
        options: what the reader chose.
    """

    def __init__(self, options: Options) -> None:
        super().__init__()
        self.options = options
        self.head, self.sidebar = PostsHead(id="posts-head"), Sidebar(id="sidebar")
        self.pane, self.hits = (
            ThreadPane(
                dwell=options.read_after,
                widest=options.text_width,
                indent=options.indent or None,
                id="thread-pane",
            ),
            HitList(id="hits"),
        )
        self.peek = Peek()
        self.empty, self.status = Notice(id="empty"), StatusLine(id="status")
        self.filter_bar = Prompt("filter", " filter: ", "words is:unread is:new label:x")
        self.search_bar = Prompt("search", " / ", "search every thread")
        self.find_bar = Prompt("find", " find: ", "in this thread")
        self.note_bar = Prompt("note", " note: ", "your words, then #tags")
        self.name_bar = Prompt("name", " save as: ", "a name")

    def compose(self) -> ComposeResult:
        """Put the parts in their places."""
        with Horizontal(id="body"):
            with Vertical(id="posts"):
                yield self.head
                yield self.filter_bar
                yield self.sidebar
            yield Separator(upright=True, id="upright")
            with Vertical(id="main"):
                yield self.pane
                yield self.hits
                yield self.empty
                yield self.peek
        yield Separator(upright=False, id="level")
        yield self.status
        yield self.search_bar
        yield self.find_bar
        yield self.note_bar
        yield self.name_bar

    def bars(self) -> Sequence[Prompt]:
        """Return the lines to type in."""
        return (self.filter_bar, self.search_bar, self.find_bar, self.note_bar, self.name_bar)

    @property
    def place(self) -> Place:
        """What has the focus decides what keys mean."""
        focused = self.focused
        if focused is self.sidebar or focused is None:
            return "posts"
        if focused is self.pane:
            return "thread" if self.pane.find_state is None else "found"
        if focused is self.peek.pane:
            return "peek"
        return next(bar.place for bar in self.bars() if bar.has(focused))

    @property
    def moved(self) -> Widget:
        """The widget that the keys of this place move."""
        if self.place in {"posts", "filter"}:
            return self.sidebar
        others: dict[Place, Widget] = {"search": self.hits, "peek": self.peek.pane}
        return others.get(self.place, self.pane)
