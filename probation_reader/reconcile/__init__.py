"""Which passage of a later capture is which passage already known. Pure.

A page that is captured again may have comments added at its end or in its
middle, some removed, some edited, and replies under an edited comment.
`reconcile` finds for every passage of the new capture the known one it is, in
the order of how sure the evidence is:

1. the same words under the same parent; among equals (ten times "Agree.") the
   same replies decide, then the neighbours, then the order;
2. words that stand once in what is left on either side, wherever they moved;
3. edited words: a passage between the same neighbours that shares most words,
   or has all of its words and more;
4. the same words anywhere, in order;
5. edited words elsewhere, if they are many;
6. other words between the same neighbours, above a reply that is the same.

Each passage is paired once, parents before their children; the work grows with
the number of passages, not with its square. Nothing recurses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.reconcile.candidates import UNPAIRED, Candidates
from probation_reader.reconcile.pairing import Matching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.model import Passage

__all__ = ["reconcile"]


def reconcile(known: Sequence[Passage], found: Sequence[Passage]) -> list[int | None]:
    """Return for each passage found the index of the known one it is.

    Args:
        known: the passages of a post in reading order, those gone included.
        found: the passages of the same post in another capture, in reading
            order. Ids only tie children to parents, separately on each side.

    Returns:
        One entry for each of ``found``, None for a passage not known before. No
        known passage stands twice, and sections are never paired with comments.
    """
    if not known:
        return [None] * len(found)
    matching = Matching(Candidates(known), Candidates(found))
    matching.run()
    return [None if pair == UNPAIRED else pair for pair in matching.found.pair]
