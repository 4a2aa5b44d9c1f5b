"""The list of what was kept: filtered as one types, put in order, let go, written out.

What is let go stays in the list until that is closed, and the same key keeps it after
all. A bookmark whose passage is gone keeps its words, but leads nowhere.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from probation_reader import bookmark_export
from probation_reader.errors import ReaderError, RecordError
from probation_reader.files import replacing
from probation_reader.phrases import count
from probation_reader.sanitize import safe_line
from probation_reader.text.widths import cells
from probation_reader.ui.error_report import ErrorReport
from probation_reader.ui.posts.model import folded
from probation_reader.ui.render.glyphs import GLYPHS
from probation_reader.ui.screens.picker import Choice, PickerScreen
from probation_reader.ui.widgets.prompt import Prompt
from probation_reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from probation_reader.bookmark_export import ResolvedBookmark
    from probation_reader.ui.keys.actions import Place
    from probation_reader.workspace import Workspace

_TAG = "tag:"
_TAGS_SHOWN = 3
_FILE = "bookmarks.md"
_NUMBERS = re.compile(r"\d+")


class Spot(NamedTuple):
    """Where a list is left, and what it was like.

    Args:
        query: what it was filtered by.
        id: the bookmark under the cursor.
        by_post: whether it was in the order of posts.
    """

    query: str = ""
    id: str = ""
    by_post: bool = False


@dataclass(frozen=True, slots=True)
class _Choice(Choice):
    """A bookmark as a row; ``tag:`` finds it by the beginning of a tag."""

    tags: tuple[str, ...] = ()

    def fits(self, words: Sequence[str]) -> bool:
        """Return whether each of these folded words stands in it or begins a tag."""
        stems = [word.removeprefix(_TAG) for word in words if word.startswith(_TAG)]
        tags = [folded(tag) for tag in self.tags] if stems else []
        others = [word for word in words if not word.startswith(_TAG)]
        tagged = all(any(tag.startswith(stem) for tag in tags) for stem in stems)
        return tagged and Choice.fits(self, others)


def _choice(kept: ResolvedBookmark, *, by_post: bool) -> _Choice:
    title = kept.post.title if kept.post else ""
    note = title or "not in the library"
    if kept.post and kept.passage:
        note = kept.passage.number if by_post else f"{kept.passage.number}{GLYPHS.dot}{title}"
    elif kept.post:
        note = f"gone from its post{GLYPHS.dot}{title}"
    mark = kept.bookmark
    return _Choice(
        mark.id,
        mark.quote,
        note,
        under="  ".join(
            filter(
                None, [mark.note, *(f"#{tag}" for tag in mark.tags), bookmark_export.became(kept)]
            )
        ),
        also=title,
        heading=(title or "Not in the library") if by_post else "",
        tags=tuple(map(safe_line, mark.tags)),
    )


def _place(kept: ResolvedBookmark) -> tuple[str, str, str, bool, list[int]]:
    """Return what puts bookmarks in the order of posts and of the passages in them."""
    if kept.post is None:
        return "", "", kept.bookmark.post_id, True, []
    number = kept.passage.number if kept.passage else ""
    day = kept.post.published.isoformat() if kept.post.published else ""
    numbers = [int(digits) for digits in _NUMBERS.findall(number)]
    return day, kept.post.title, kept.post.id, not number.startswith("§"), numbers


def _in_posts(kept: Sequence[ResolvedBookmark]) -> list[ResolvedBookmark]:
    """Return bookmarks by post, the newest post first, each in reading order."""
    in_order = sorted(kept, key=_place)
    return sorted(in_order, key=lambda one: _place(one)[:3], reverse=True)


class BookmarksScreen(PickerScreen):
    """Shows the bookmarks; returns the id of the chosen one, or None.

    Args:
        workspace: has them.
        empty: what to say when there are none.
        hints: ``key word`` of what keys do in any list.
        spot: where the list was left.
        changed: is told the post of a bookmark that was let go, or kept after all.
    """

    def __init__(
        self,
        workspace: Workspace,
        empty: str,
        hints: Sequence[str],
        spot: Spot,
        changed: Callable[[str], None],
    ) -> None:
        self._kept = {kept.bookmark.id: kept for kept in bookmark_export.looked_up(workspace)}
        super().__init__("Kept", (), empty, hints)
        self._workspace, self._changed = workspace, changed
        self._spot, self._by_post = spot, spot.by_post
        self._tags = Counter[str]()
        for tag, number in workspace.record.tag_counts().items():
            self._tags[safe_line(tag)] += number
        self._let_go: set[str] = set()
        #: What Tab offers in turn, and which of them it gave last.
        self._offers: list[str] = []
        self._offered = -1
        #: Where the list was when a bookmark was chosen.
        self.left = spot
        self.file_bar = Prompt("file", " write to: ", "a name")

    def compose(self) -> ComposeResult:
        """Make the list, and the line for a file's name."""
        yield from super().compose()
        yield self.file_bar

    def begin(self) -> None:
        """Show the list as it was left."""
        self.file_bar.display = False
        self._failures = ErrorReport(self._workspace.paths.log, self.query_one(StatusLine))
        self.query_one(Prompt).set_value(self._spot.query)
        self._arrange()
        self._show(self._spot.query, at=self._spot.id)

    @property
    def place(self) -> Place:
        """The list, or the line for a file's name."""
        return "file" if self.file_bar.has(self.focused) else "kept"

    def _arrange(self) -> None:
        kept = list(self._kept.values())
        by_post = self._by_post
        choices = [_choice(one, by_post=by_post) for one in (_in_posts(kept) if by_post else kept)]
        key = self.keymap.key("drop_kept", "kept")
        back = f"let go{GLYPHS.dot}{key} keeps it"
        self._choices[:] = [replace(c, note=back) if c.id in self._let_go else c for c in choices]

    def _show(self, query: str, at: str = "") -> None:
        super()._show(query, at)
        self.query_one(StatusLine).go_on()
        stem = self._stem(query) or ""
        note, room = "", self.app.size.width // 2  # the rest is for what is typed
        for tag in self._fitting(stem)[:_TAGS_SHOWN]:
            longer = f"{note}#{tag} {self._tags[tag]:,}  "
            if cells(longer) > room:
                break
            note = longer
        self.query_one(Prompt).set_note(note[:-1])

    def _stem(self, query: str) -> str | None:
        """Return the beginning of a tag that a filter ends in, None if it ends in none."""
        _, found, stem = query.rpartition(_TAG)
        stem = folded(stem)
        return stem if found and (" " not in stem or self._fitting(stem)) else None

    def _fitting(self, stem: str) -> list[str]:
        return [tag for tag in self._tags if folded(tag).startswith(stem)]

    # What keys do

    def action_filter_tag(self) -> None:
        """Complete the tag being typed; again: the next that fits. Without one, begin it."""
        line = self.query_one(Prompt)
        query = line.value
        if self._offered < 0 or query != self._offers[self._offered]:
            stem, begun = self._stem(query), query[: query.rfind(_TAG)] + _TAG
            fitting = self._fitting(stem) if stem is not None else []
            self._offers, self._offered = [begun + tag for tag in fitting], -1
            if stem is None:
                query = f"{query.rstrip()} {_TAG}".lstrip()
        if self._offers:
            self._offered = (self._offered + 1) % len(self._offers)
            query = self._offers[self._offered]
        line.set_value(query)
        self._show(query)

    def action_order_kept(self) -> None:
        """Put the newest first, or what belongs to one post together."""
        self._by_post = not self._by_post
        self._arrange()
        self.show_again()
        order = "by post" if self._by_post else "newest first"
        self.query_one(StatusLine).explain(order)

    def action_drop_kept(self) -> None:
        """Let the current bookmark go, or keep it after all."""
        current = self.current
        if current is None:
            return
        try:
            if current.id in self._let_go:
                self._workspace.record.restore([self._kept[current.id].bookmark])
            else:
                self._workspace.record.remove_bookmark(current.id)
        except RecordError as error:
            self._failures.tell(error)
            self.query_one(StatusLine).say(f"Nothing changed: {error.message}")
            return
        if self._workspace.record.pending:
            why = self._workspace.record.waits_for
            self.query_one(StatusLine).say(f"Pending: {why}")
        self._let_go ^= {current.id}
        self._arrange()
        self.show_again()
        with self._failures.told():
            self._changed(self._kept[current.id].bookmark.post_id)

    def choose(self, id_: str) -> None:
        """Go to a passage, unless it is gone."""
        if self._kept[id_].passage is None:
            self.query_one(StatusLine).explain("This passage is gone; its words are kept here")
        else:
            self.left = Spot(self.query_one(Prompt).value, id_, self._by_post)
            super().choose(id_)

    # Writing

    def action_write_kept(self) -> None:
        """Ask for the name of the file to write."""
        if not self._wanted():
            self.query_one(StatusLine).explain("There is nothing to write")
            return
        self.file_bar.set_value(_FILE)
        self._look_at_name()
        self._ask(asking=True)

    def _ask(self, *, asking: bool) -> None:
        self.file_bar.display, self.query_one(StatusLine).display = asking, not asking
        self.set_focus(self.file_bar.line if asking else self.query_one(Prompt).line)

    def _wanted(self) -> list[ResolvedBookmark]:
        return [self._kept[one.id] for one in self.shown if one.id not in self._let_go]

    def action_keep_file(self) -> None:
        """Write what is shown as Markdown to the file that was named."""
        file, kept = self._file, self._wanted()
        if not self.file_bar.value.strip() or (file.exists() and not file.is_file()):
            self.file_bar.set_note("it needs the name of a file ")
            return
        text = bookmark_export.as_markdown(kept) + "\n"
        try:
            with replacing(file) as opened:
                opened.write(text.encode("utf-8", "backslashreplace"))
        except ReaderError as error:
            self.file_bar.set_note(f"{error.message} ")
            return
        self._ask(asking=False)
        self.query_one(StatusLine).say(f"{count(len(kept), 'bookmark')} written to {file}")

    @property
    def _file(self) -> Path:
        name = self.file_bar.value.strip()
        home = Path.home() / name[2:] if name.startswith("~/") else Path(name)
        return home.absolute()

    def _look_at_name(self) -> None:
        """Say if a file of this name is there, which would be replaced."""
        self.file_bar.set_note("replaces the file " if self._file.is_file() else "")

    def typed(self, place: Place, words: str) -> None:
        """Narrow the list, or look at the name of the file."""
        if place == "file":
            self._look_at_name()
        else:
            super().typed(place, words)

    def action_back(self) -> None:
        """Drop the name of the file, else return nothing."""
        if self.place == "file":
            self._ask(asking=False)
        else:
            super().action_back()
