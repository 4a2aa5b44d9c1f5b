"""Every message the widgets send up to the application, as dataclasses.

State goes down by method calls, events come up as these messages; no widget
knows the library, the record or the index.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from probation_reader.ui.keys.actions import Place


@dataclass
class PassagesRead(Message):
    """The end of these passages has been on screen long enough to count as read.

    Args:
        ids: passage ids, in reading order.
    """

    ids: tuple[str, ...]


@dataclass
class CursorMoved(Message):
    """The thread pane shows another passage or other lines, or its find state changed.

    Args:
        id: the passage's id.
        number: its number as a person says it.
    """

    id: str
    number: str


@dataclass
class CopyWanted(Message):
    """Text was selected and is to be copied.

    Args:
        text: the text as it is to stand on the clipboard.
    """

    text: str


@dataclass
class ThreadEnded(Message):
    """A movement wants to go past the end (or the start) of the open thread.

    Args:
        forward: True past the end, False before the start.
        unread: True if what is wanted is the next unread passage.
        at: the id of the passage that was current then.
    """

    forward: bool
    unread: bool
    at: str = field(default="", compare=False)


@dataclass
class MoveRefused(Message):
    """A movement within the thread has nowhere to go, or a fold nothing to do.

    Args:
        action: the id of the action.
        at: the id of the passage that was current then.
        why: why, in words, if the action and the thread do not tell.
    """

    action: str
    at: str = field(default="", compare=False)
    why: str = field(default="", compare=False)


@dataclass
class QueryChanged(Message):
    """The words in a line of typing changed.

    Args:
        place: which line: ``search``, ``find``, ``filter`` or ``list``.
        query: what stands in it now.
    """

    place: Place
    query: str


@dataclass
class RowChosen(Message):
    """A row of a list was chosen: a post, a search hit, a bookmark, an action.

    Args:
        place: the list: ``posts``, ``search`` or ``list``.
        id: the id of what the row stands for.
    """

    place: Place
    id: str


@dataclass
class WordsOffered(Message):
    """Other words to search for were chosen.

    Args:
        query: the words.
    """

    query: str


@dataclass
class WorkProgress(Message):
    """Long work in the background has come this far.

    Args:
        words: one short sentence; empty when it is done.
    """

    words: str


@dataclass
class Noticed(Message):
    """Work in the background found something that the reader should know.

    Args:
        words: one sentence, shown until something else is.
    """

    words: str


@dataclass
class PostsChanged(Message):
    """Posts came into the library, or went."""
