"""A parsed query → a whoosh query over the fields of `schema`.

A prefix is never whoosh's own: over a big index that takes seconds. It becomes
the few most frequent of the words that begin so, looked up in the lists of
words that `Lexicon` keeps in memory; so do words with slips, and ranges.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from probation_reader.search.analysis import stem
from probation_reader.search.engine import whoosh
from probation_reader.search.query.ast import (
    And,
    DateRange,
    DepthRange,
    HasFlag,
    InPost,
    MarkFilter,
    Not,
    Or,
    TermQuery,
)
from probation_reader.search.query.values import last_day
from probation_reader.search.schema import AS_WRITTEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from probation_reader.search.engine.term_dictionary import Lexicon
    from probation_reader.search.engine.whoosh import Matcher, Query, Searcher
    from probation_reader.search.query.ast import Node

#: A prefix stands for at most so many words: while typing, and when asked for.
TYPED_WORDS = 4
ASKED_WORDS = 64
_LAST_DAY = "9999-99"


class AnyTerm(whoosh.Query):  # type: ignore[misc]  # whoosh is untyped
    """Documents with any of many words, each as good as the other.

    Whoosh's tree of unions compares every posting with every other branch;
    gathering the documents into a set takes a tenth of that.

    Args:
        where: the name of the field.
        forms: the words.
    """

    def __init__(self, where: str, forms: list[str]) -> None:
        #: One query for each of the words.
        self.words = [whoosh.Term(where, form) for form in forms]
        self._gathered: dict[int, list[int]] = {}

    def matcher(self, searcher: Searcher, context: object = None) -> Matcher:  # noqa: ARG002 - whoosh's signature
        """Return the documents of one segment, in order."""
        documents = self._gathered.get(id(searcher))
        if documents is None:
            documents = sorted({n for term in self.words for n in term.docs(searcher)})
            self._gathered[id(searcher)] = documents
        return whoosh.ListMatcher(documents) if documents else whoosh.NullMatcher()

    def estimate_size(self, reader: object) -> int:
        """Return the most documents there can be."""
        return sum(term.estimate_size(reader) for term in self.words)


class DocIdSet(whoosh.Query):  # type: ignore[misc]  # whoosh is untyped
    """Documents by their numbers.

    Args:
        documents: the numbers, sorted.
        searcher: whose numbers they are.
    """

    def __init__(self, documents: list[int], searcher: Searcher) -> None:
        self.documents = documents
        self._bases = {id(leaf): base for leaf, base in searcher.leaf_searchers()}

    def matcher(self, searcher: Searcher, context: object = None) -> Matcher:  # noqa: ARG002 - whoosh's signature
        """Return the documents of one segment, in order."""
        base = self._bases[id(searcher)]
        here = self.among(base, range(searcher.doc_count_all()))
        return whoosh.ListMatcher(here) if here else whoosh.NullMatcher()

    def among(self, base: int, window: range) -> list[int]:
        """Return those of a window of a segment, by their numbers there.

        Args:
            base: the number of the first document of the segment.
            window: the numbers of documents in the segment.
        """
        first = bisect_left(self.documents, base + window.start)
        last = bisect_left(self.documents, base + window.stop, first)
        return [document - base for document in self.documents[first:last]]

    def estimate_size(self, reader: object) -> int:  # noqa: ARG002 - whoosh's signature
        """Return how many documents there are."""
        return len(self.documents)


class QueryCompiler:
    """Turns parsed queries into whoosh queries against one searcher.

    Args:
        searcher: what the queries will be run by.
        lexicon: its words.
        marked: returns the sorted numbers of the documents the reader has marked.
    """

    def __init__(
        self, searcher: Searcher, lexicon: Lexicon, marked: Callable[[MarkFilter], list[int]]
    ) -> None:
        self._searcher = searcher
        self._lexicon = lexicon
        self._marked = marked
        self._expanded: dict[tuple[TermQuery, int], tuple[list[str], int]] = {}

    def plan(self, root: Node, *, typing: bool) -> tuple[Query, tuple[str, ...]]:
        """Return the query, and notes about what it leaves out.

        Args:
            root: what was understood.
            typing: prefixes stand for few words, in exchange for speed.
        """
        notes: list[str] = []
        return self._node(root, TYPED_WORDS if typing else ASKED_WORDS, notes), tuple(notes)

    def _node(self, node: Node, most: int, notes: list[str]) -> Query:  # noqa: PLR0911 - one kind each
        # As deep as brackets may be, which the parser limits.
        match node:
            case And() | Or():
                parts = [self._node(part, most, notes) for part in node.parts]
                return (whoosh.And if isinstance(node, And) else whoosh.Or)(parts)
            case Not():
                # Not whoosh's AndNot: it lets the first document through.
                return whoosh.Not(self._node(node.part, most, notes))
            case DateRange():
                return AnyTerm("date", self._periods(node))
            case DepthRange():
                return AnyTerm("depth", self._depths(node))
            case HasFlag():
                return whoosh.Term("traits", node.name)
            case InPost():
                return AnyTerm("post", self._lexicon.beginning("post", node.prefix, ASKED_WORDS)[0])
            case MarkFilter():
                return DocIdSet(self._marked(node), self._searcher)
            case TermQuery():
                return self._words(node, most, notes)

    def _words(self, node: TermQuery, most: int, notes: list[str]) -> Query:
        if node.how not in {"prefix", "fuzzy"}:
            return _as_asked(node)
        where, _ = _written(node.where)
        found, of = self._expansions(node, most)
        if of > most > TYPED_WORDS:
            are = "begin with" if node.how == "prefix" else "are like"
            notes.append(
                f"{of} words {are} “{node.forms[0]}”; "
                f"the {most} most frequent of them are looked for"
            )
        if most > TYPED_WORDS or node.how == "fuzzy":
            return AnyTerm(where, found)
        # A word typed to its end is found in all its forms, as it will be on Enter.
        typed = [whoosh.Term(where, form) for form in found]
        return whoosh.Or([*typed, _as_asked(TermQuery(node.forms, node.where))])

    def _expansions(self, node: TermQuery, most: int) -> tuple[list[str], int]:
        """Return the words of the index that a prefix or a word with slips stands for."""
        key = (node, most)
        if key not in self._expanded:
            where, mark = _written(node.where)
            if node.how == "prefix":
                found = self._lexicon.beginning(where, mark + node.forms[0], most)
            else:
                found = self._lexicon.like(where, mark, node.forms[0], node.slips, most)
            self._expanded[key] = found
        return self._expanded[key]

    def _periods(self, node: DateRange) -> list[str]:
        """Return the fewest of the index's years, months and days that are these days."""
        first = node.first.removesuffix("-01").removesuffix("-01")  # or its month, or its year
        last = node.last or _LAST_DAY
        found: list[str] = []
        for term in self._lexicon.between("date", first, last):
            covered = found and term.startswith(found[-1])
            if not covered and last_day(term) <= last:
                found.append(term)
        return found

    def _depths(self, node: DepthRange) -> list[str]:
        depths = self._lexicon.between("depth", "0", "9" * 10)
        most = node.most
        return [d for d in depths if node.least <= int(d) and (most is None or int(d) <= most)]


def _written(where: str) -> tuple[str, str]:
    """Return the field of words as written, and what stands before each of them."""
    return ("exact", "") if where == "text" else (where, AS_WRITTEN)


def _as_asked(node: TermQuery) -> Query:
    if node.how in {"stem", "prefix"} and len(node.forms) == 1:
        return whoosh.Term("stems" if node.where == "text" else node.where, stem(node.forms[0]))
    where, mark = _written(node.where)
    forms = [mark + form for form in node.forms]
    return whoosh.Term(where, forms[0]) if len(forms) == 1 else whoosh.Phrase(where, forms)
