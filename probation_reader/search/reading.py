"""The texts of what was found, each read from the library and marked once.

Ordering and snippets look at the same words, and an answer that grows puts the same
passages in order again and again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from probation_reader.search.snippet import Highlighter, mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from probation_reader.library import Library
    from probation_reader.model import Passage
    from probation_reader.search.nodes import Node
    from probation_reader.search.snippet import Marked


@dataclass(frozen=True, slots=True)
class Text:
    """One passage that was found.

    Args:
        post_id: the id of its post.
        passage: itself.
        marked: its text, with what is looked for in it.
    """

    post_id: str
    passage: Passage
    marked: Marked


class Texts:
    """What was found for one query. Not thread-safe.

    Args:
        library: has the passages.
        root: what is looked for, None for nothing.

    Attributes:
        library: the same.
        root: the same.
        highlighter: finds the words to be marked.
    """

    def __init__(self, library: Library, root: Node | None) -> None:
        self.library = library
        self.root = root
        self.highlighter = Highlighter(root)
        self._read: dict[str, Text] = {}

    def of(self, ids: Iterable[str]) -> dict[str, Text]:
        """Return passages by their ids; what is gone from the library is left out."""
        wanted = tuple(ids)
        unread = [id_ for id_ in wanted if id_ not in self._read]
        for post_id, passage in self.library.passages(unread) if unread else ():
            marked = mark(passage.text, self.highlighter)
            self._read[passage.id] = Text(post_id, passage, marked)
        return {id_: self._read[id_] for id_ in wanted if id_ in self._read}
