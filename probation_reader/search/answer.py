"""The answer to one query: what matches, in its order, or what comes nearest to it.

While someone types nothing is guessed, nor in one post alone: only what matches
is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from probation_reader.search.query import parse
from probation_reader.search.ranking import BEST, ranked
from probation_reader.search.second import corrected, is_question, loosened

if TYPE_CHECKING:
    from probation_reader.library import Library
    from probation_reader.search.lookup import Found, Lookup, Page
    from probation_reader.search.nodes import Node

#: With more matches than this no word that stands somewhere is doubted.
_PLENTY = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found.

    Args:
        found: the passages.
        root: what they match, None if nothing was looked for.
        asked: False if that is not what was asked for, but near it.
        suggestion: the query with slips put right, empty if there are none.
        notes: what has to be said about it.
    """

    found: Found
    root: Node | None
    asked: bool = True
    suggestion: str = ""
    notes: tuple[str, ...] = ()


class Answering:
    """Answers queries from one state of the index.

    Args:
        lookup: the index.
        library: the texts, for their order.
        page: which matches are wanted.
    """

    def __init__(self, lookup: Lookup, library: Library, page: Page) -> None:
        self._lookup = lookup
        self._library = library
        self._page = page

    def answer(self, query: str, root: Node) -> Answer:
        """Find what matches a query, or what comes nearest if nothing does.

        Args:
            query: as it was typed.
            root: what was understood of it.
        """
        if self._page.typing or self._lookup.empty:
            return Answer(self._find(root), root)
        question = loosened(root, apart=False) if is_question(query) else None
        root = question or root
        found = self._find(root)
        # Where all words are found in plenty, none of them can be a slip.
        if self._page.within is not None or (found.total > _PLENTY and not question):
            return Answer(found, root)
        look = self._lookup
        doubtful = found.total <= _PLENTY
        better = corrected(query, root, look.lexicon, look.frequency, doubtful=doubtful)
        meant = parse(better).root if better else None
        if meant and not found.total and (near := self._find(meant)).total:
            note = f"nothing has all of “{query.strip()}”: these are for “{better}”"
            return Answer(near, meant, asked=False, suggestion=better, notes=(note,))
        notes: tuple[str, ...] = (f"did you mean “{better}”?",) if better else ()
        some = None if found.total else loosened(meant or root, apart=True)
        if some and (near := self._find(some)).total:
            notes = ("no passage has all of it: these have some of the words", *notes)
            return Answer(near, some, asked=False, suggestion=better, notes=notes)
        return Answer(found, root, suggestion=better, notes=notes)

    def _find(self, root: Node) -> Found:
        """Return a page of matches; the first `BEST` are put in order by their texts."""
        page = self._page
        if page.typing or page.offset >= BEST or not page.limit:
            return self._lookup.find(root, page)
        end = page.offset + page.limit
        found = self._lookup.find(root, replace(page, offset=0, limit=max(BEST, end)))
        ids = ranked(found.ids[:BEST], found.scores, root, self._library) + found.ids[BEST:]
        return replace(found, ids=ids[page.offset : end])
