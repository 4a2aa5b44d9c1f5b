"""Every message the widgets send up to the application, as dataclasses.

State goes down by method calls, events come up as these messages; no widget
knows the library, the record or the index.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class PassagesRead(Message):
    """The end of these passages has been on screen long enough to count as read.

    Args:
        ids: passage ids, in reading order.
    """

    ids: tuple[str, ...]


@dataclass
class CursorMoved(Message):
    """The current passage of the thread pane changed, or its find state did.

    Args:
        id: the passage's id.
        number: its number as a person says it.
    """

    id: str
    number: str


@dataclass
class ThreadEnded(Message):
    """A movement wants to go past the end (or the start) of the open thread.

    Args:
        forward: True past the end, False before the start.
        unread: True if what is wanted is the next unread passage.
    """

    forward: bool
    unread: bool


@dataclass
class PostChosen(Message):
    """A post was chosen in the sidebar.

    Args:
        id: the post's id.
    """

    id: str


@dataclass
class QueryChanged(Message):
    """The words in the search bar changed.

    Args:
        query: what stands in the bar now.
        complete: True after Enter, False while typing.
    """

    query: str
    complete: bool


@dataclass
class HitChosen(Message):
    """A search hit was chosen.

    Args:
        id: the passage's id.
    """

    id: str
