"""Undo and redo on the main screen: what was taken back is said and shown.

The screen jumps nowhere: changed marks show in the thread if they are of the open
one, in the list of posts at any rate, and the status row says of which post.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.model import Comment
from probation_reader.phrases import DONE, count
from probation_reader.text.widths import cells, clip
from probation_reader.ui.render.headings import one_line
from probation_reader.ui.thread.labels import passage_said

if TYPE_CHECKING:
    from collections.abc import Callable

    from probation_reader.model import Thread
    from probation_reader.record import UndoEntry
    from probation_reader.ui.reader.screen import ReaderScreen
    from probation_reader.workspace import Workspace

#: A title is cut to no less than so many cells.
LEAST_TITLE = 8


class UndoActions:
    """The actions that take back and do again.

    Args:
        screen: the screen with its parts.
        workspace: has the record and the threads.
    """

    def __init__(self, screen: ReaderScreen, workspace: Workspace) -> None:
        self._screen = screen
        self._workspace = workspace

    def action_undo(self) -> None:
        """Take back what was marked or kept last."""
        self._turn(self._workspace.record.undo, "undone", "Nothing to undo")

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        self._turn(self._workspace.record.redo, "redone", "Nothing to redo")

    def _turn(self, turn: Callable[[], UndoEntry | None], word: str, nothing: str) -> None:
        screen = self._screen
        step = turn()
        if step is None:
            screen.status.explain(nothing)
            return
        if step.mutes:
            screen.muting.turned(step, word)
            return
        if step.searches:
            screen.saving.load()
            screen.status.say(f"{word}: {search_told(step)}")
            return
        screen.reading.look_again(step.posts)
        line = screen.sidebar.line(step.posts[0])
        title = one_line(line.title) if line else "a post that is gone"
        thread = self._thread(step.posts[0]) if line else None
        screen.status.say(
            f"{word}: {told(step, thread, title, screen.status.room - len(word) - 2)}"
        )

    def _thread(self, post_id: str) -> Thread:
        opened = self._screen.pane.thread
        if opened is not None and opened.post.id == post_id:
            return opened
        return self._workspace.library.thread(post_id)


def told(step: UndoEntry, thread: Thread | None, title: str, room: int) -> str:
    """Return what a step was about: ``42 comments of A New Diktat marked read``.

    Args:
        step: the step.
        thread: the thread of its first passage, None if it is gone.
        title: what that is called.
        room: cells for all of it; the title gives way, and is left out where there is none.
    """
    done = DONE[step.what]
    if len(step.posts) > 1:
        return f"{count(len(step.ids), 'passage')} of {len(step.posts):,} posts {done}"
    subject = _subject(step, thread)
    left = room - cells(subject) - cells(done) - len(" of  ")
    if left < LEAST_TITLE:
        return f"{subject} {done}"
    return f"{subject} of {clip(title, left)} {done}"


def search_told(step: UndoEntry) -> str:
    """Return what a step with saved searches was about: ``search “PSS” saved``."""
    named = [f"“{one_line(name)}”" for name in step.searches]
    renamed = f"renamed {named[-1]}" if len(named) > 1 else DONE[step.what]
    return f"search {named[0]} {renamed}"


def _subject(step: UndoEntry, thread: Thread | None) -> str:
    ids = frozenset(step.ids)
    found = [passage for passage in thread.passages if passage.id in ids] if thread else []
    if len(ids) == 1 and found:
        return passage_said(thread, found[0])
    only_comments = len(found) == len(ids) and all(isinstance(one, Comment) for one in found)
    return count(len(ids), "comment" if only_comments else "passage")
