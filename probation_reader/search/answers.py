"""The answer to one query: what matches, in its order, or what comes nearest to it.

Nothing is guessed while someone types, nor in one post alone, nor before all
passages have been looked at: until then only what matches is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from probation_reader.search.query.parser import parse
from probation_reader.search.ranking import BEST, ranked
from probation_reader.search.results import PassageCache, newest_first
from probation_reader.search.suggestions import correct_spelling, is_question, relax

if TYPE_CHECKING:
    from probation_reader.library import Library
    from probation_reader.search.engine.cursor import PageOfIds, PageRequest
    from probation_reader.search.engine.lookup import Lookup
    from probation_reader.search.query.ast import Node

#: With more matches than this no word that stands somewhere is doubted.
_PLENTY = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found.

    Args:
        found: the passages.
        texts: theirs, with what was looked for.
        asked: False if that is not what was asked for, but near it.
        suggestion: the query with slips put right, empty if there are none.
        notes: what has to be said about it.
    """

    found: PageOfIds
    texts: PassageCache
    asked: bool = True
    suggestion: str = ""
    notes: tuple[str, ...] = ()


class Answering:
    """The answer to one query from one state of the index; can be stopped and gone on with.

    Args:
        lookup: the index; there must be something in it.
        library: the texts, for their order.
        query: as it was typed.
        root: what was understood of it.
        page: which matches are wanted.
    """

    def __init__(
        self, lookup: Lookup, library: Library, query: str, root: Node, page: PageRequest
    ) -> None:
        self._lookup = lookup
        self._library = library
        self._page = page
        self._query = query
        self._guesses = not page.typing and page.within is None
        asks = not page.typing and is_question(query)
        self._question = relax(root, apart=False) if asks else None
        self._root = self._question or root
        self._texts = PassageCache(library, self._root)
        self._search = lookup.search(self._root, self._widened())

    def go_on(self, until: float | None = None) -> Answer:
        """Go on and return what is found so far, or what comes nearest if that is nothing.

        Args:
            until: when to stop, in seconds of `perf_counter`; None for the end.
        """
        found = self._ordered(self._search.go_on(until), self._texts)
        # Where all words are found in plenty, none of them can be a slip.
        plenty = found.total > _PLENTY and not self._question
        if not found.complete or plenty or not self._guesses:
            return Answer(found, self._texts)
        return self._nearest(found)

    def _nearest(self, found: PageOfIds) -> Answer:
        look, root = self._lookup, self._root
        doubtful = found.total <= _PLENTY
        better = correct_spelling(
            self._query, root, look.lexicon, look.frequency, doubtful=doubtful
        )
        meant = parse(better).root if better else None
        if meant and not found.total and (near := self._find(meant))[0].total:
            note = f"nothing has all of “{self._query.strip()}”: these are for “{better}”"
            return Answer(*near, asked=False, suggestion=better, notes=(note,))
        notes: tuple[str, ...] = (f"did you mean “{better}”?",) if better else ()
        # What nothing has all of may as well not be a slip: the words as typed come first.
        for all_of in () if found.total else (root, meant):
            some = all_of and relax(all_of, apart=True)
            if some and (near := self._find(some))[0].total:
                notes = ("no passage has all of it: these have some of the words", *notes)
                return Answer(*near, asked=False, suggestion=better, notes=notes)
        return Answer(found, self._texts, suggestion=better, notes=notes)

    def _find(self, root: Node) -> tuple[PageOfIds, PassageCache]:
        texts = PassageCache(self._library, root)
        return self._ordered(self._lookup.search(root, self._widened()).go_on(), texts), texts

    @property
    def _by_text(self) -> bool:
        """Whether the page has any of the first `BEST`, which their texts put in order."""
        page = self._page
        return not (page.typing or page.by_date) and page.offset < BEST and page.limit > 0

    def _widened(self) -> PageRequest:
        """Return the page with all that has to be known to put it in order."""
        if not self._by_text:
            return self._page
        return replace(self._page, offset=0, limit=max(BEST, self._page.end))

    def _ordered(self, found: PageOfIds, texts: PassageCache) -> PageOfIds:
        """Return a page of what was found on the widened one."""
        if self._page.by_date and not self._page.typing:
            ids = newest_first(self._library, found.ids)
            return replace(found, ids=ids[self._page.offset : self._page.end])
        if not self._by_text:
            return found
        ids = ranked(found.ids[:BEST], found.scores, texts) + found.ids[BEST:]
        return replace(found, ids=ids[self._page.offset : self._page.end])
