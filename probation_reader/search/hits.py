"""What a search gives back, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from probation_reader.model import SourceSpan


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage that matches.

    Args:
        id: the passage's id.
        post_id: the id of its post.
        number: its number as a person says it.
        title: the title of its post.
        published: when the passage was posted, else when its post was.
        snippet: one line of its text around the best matches, as it was
            written but with white space folded; at most 160 characters.
        highlights: ``(start, end)`` offsets into the snippet of every matched
            word, in order and apart.
        source: where it stands in the capture.
    """

    id: str
    post_id: str
    number: str
    title: str
    published: date | None
    snippet: str
    highlights: tuple[tuple[int, int], ...]
    source: SourceSpan

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """Yield the snippet cut at its highlights, with True for a match.

        A sink that replaces characters sanitises piece by piece, so that the
        marks stay on their words.
        """
        at = 0
        for start, end in self.highlights:
            if at < start:
                yield self.snippet[at:start], False
            yield self.snippet[start:end], True
            at = end
        if at < len(self.snippet):
            yield self.snippet[at:], False


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one query.

    Args:
        query: what was asked, as it was asked.
        total: how many passages match; a lower bound where `exact` is False.
        took_ms: how long the answer took, in milliseconds.
        hits: the page that was asked for.
        notes: what was not understood or is not searched yet, one sentence
            each; they quote the query.
        exact: False where counting was cut short to answer a keystroke.
        asked: False where no passage has all that was asked for, and these are
            found by `suggestion`, or have only some of the words.
        suggestion: the query with words put right that seem to be slips, empty
            if none does.
        complete: False if these are only the hits among the passages looked at
            so far, and a better answer follows.
        behind: True if there is more in the library than in the index.
        marker: finds in any text the words that were looked for: the offsets of
            their beginnings and ends, in order.
    """

    query: str
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    notes: tuple[str, ...] = ()
    exact: bool = True
    asked: bool = True
    suggestion: str = ""
    complete: bool = True
    behind: bool = False
    marker: Callable[[str], Iterable[tuple[int, int]]] = field(
        default=lambda _: (), compare=False, repr=False
    )
