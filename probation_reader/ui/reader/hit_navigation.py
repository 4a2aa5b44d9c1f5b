"""From hit to hit of a search without going back to the list: inside a thread and across.

While a hit is open the matches in its thread are those of the search; `n` and
`N` go through the hits in the order in which the list shows them. Another thread
is announced first; the same key again crosses. What is found in the thread by
other words since is gone through instead, until that is cleared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.phrases import count
from probation_reader.ui.render.headings import one_line
from probation_reader.ui.search.search_messages import tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.search import Hit
    from probation_reader.ui.reader.screen import ReaderScreen

#: With less room than this the status row says nothing of the hits in one post.
_ROOMY = 60


class HitNavigation:
    """The way through the hits of the search.

    Args:
        screen: the screen with its parts.
    """

    def __init__(self, screen: ReaderScreen) -> None:
        self._screen = screen
        self._announced = ""

    @property
    def on(self) -> bool:
        """Whether keys go through the hits of a search."""
        return self._screen.visiting.away and self._screen.pane.found_by_search

    def action_find_next(self) -> None:
        """Go to the next hit, or match in this thread."""
        if self.on:
            self._step(1)
        else:
            self._screen.pane.action_find_next()

    def action_find_previous(self) -> None:
        """Go to the previous hit, or match in this thread."""
        if self.on:
            self._step(-1)
        else:
            self._screen.pane.action_find_previous()

    def _step(self, by: int) -> None:
        screen, hits = self._screen, self._screen.hits.hits
        at = self._at(hits) + by
        if at >= len(hits) and screen.searching.more:
            screen.searching.bring_more()
            screen.status.say(f"More hits are on their way: {screen.key} again")
            return
        if not 0 <= at < len(hits):
            back = screen.keymap.key("back", "found")
            which = "last" if by > 0 else "first"
            screen.status.explain(f"That was the {which} hit   {back} shows them all")
            return
        hit = hits[at]
        if hit.post_id != screen.reading.post_id and not self._is_announced(hit):
            return
        self._announced = ""
        screen.status.clear_message()
        screen.hits.stand_on(hit)
        if hit.post_id == screen.reading.post_id:
            screen.pane.stand_on(hit.id)
        else:
            screen.visiting.go(hit)

    def _is_announced(self, hit: Hit) -> bool:
        """Return whether the same key has announced this hit's thread; else announce it."""
        screen = self._screen
        if screen.again and self._announced == hit.id:
            return True
        self._announced = hit.id
        many = sum(other.post_id == hit.post_id for other in screen.hits.hits)
        title = one_line(hit.title)
        screen.status.say(f"{screen.key} again: on to ‹{title}›, {count(many, 'hit')}")
        return False

    def _at(self, hits: Sequence[Hit]) -> int:
        """Return the place of the current passage among the hits, or of the hit opened last."""
        current = self._screen.pane.current
        ids = [hit.id for hit in hits]
        if current is not None and current.id in ids:
            return ids.index(current.id)
        return self._screen.hits.position[0] - 1

    def hit_by(self, post_id: str, passage_id: str) -> Hit | None:
        """Return the hit from which the way goes on, if a jump leads back to one or beside one.

        In the thread in which the search was begun only the hits themselves are on it.
        """
        visiting = self._screen.visiting
        hits = self._screen.hits.hits if visiting.away else ()
        here = [hit for hit in hits if hit.post_id == post_id]
        beside = None if visiting.came_from(post_id) or not here else here[0]
        return next((hit for hit in here if hit.id == passage_id), beside)

    def mark_again(self) -> None:
        """Mark the words of the search again, after something else was looked for."""
        if self._screen.visiting.away:
            self._screen.pane.mark(self._screen.searching.marker)
            self._screen.show_place()

    def state(self) -> str:
        """Return ``3 of 17 · in this post 2 of 5``, or how far one is through the matches."""
        screen = self._screen
        results, hits = screen.searching.results, screen.hits.hits
        if not self.on or results is None or not hits:
            return screen.finding.state()
        at = self._at(hits)
        said = tally(at + 1, len(hits), results)
        here = [place for place, hit in enumerate(hits) if hit.post_id == screen.reading.post_id]
        if screen.status.room < _ROOMY or len(here) in {1, len(hits)} or at not in here:
            return said
        return f"{said} · in this post {here.index(at) + 1:,} of {len(here):,}"
