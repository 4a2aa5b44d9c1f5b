"""What a search may ask of the record of what the reader did.

Searching does not know the record: whoever opens the index hands in something
that answers these questions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection


class MarkProvider(Protocol):
    """Tells which passages the reader has marked.

    Called while a search runs, from any thread. The same object must come back
    as long as nothing has changed: what was made from it is then used again.
    """

    def ids(self, how: str, tag: str = "") -> Collection[str]:
        """Return ids of passages; that of a post stands for its first passage.

        Args:
            how: ``read``, ``new``, ``muted``, ``bookmarked`` or ``tag``.
            tag: which tag; the answer does not depend on its case.
        """


class NoMarks:
    """Nothing is marked."""

    def ids(self, how: str, tag: str = "") -> Collection[str]:  # noqa: ARG002 - the protocol's
        """Return no id."""
        return frozenset()
