"""The links of a text: what its source marked up, and the addresses that stand in it. Pure.

Nothing about a link is taken on trust: its host is the one a browser would
really go to, and an address that could be another than it looks is refused.
Most texts have none, which is seen without loading what finds them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.links.link import Link
    from probation_reader.model import Passage, Span


def links_in(passage: Passage) -> tuple[Link, ...]:
    """Return the links of a passage in order; no two of them overlap."""
    return links_of(passage.text, passage.spans)


def links_of(text: str, spans: Sequence[Span] = ()) -> tuple[Link, ...]:
    """Return the links of a text in order; no two of them overlap.

    Args:
        text: any text.
        spans: its marked-up runs, in order of their start; what they cover is
            not looked at again.
    """
    if not spans and "://" not in text and "www." not in text.lower():
        return ()
    from probation_reader.links.detect import find  # noqa: PLC0415 - see above

    return find(text, spans)
