"""A parsed query → a whoosh query over the schema of `fields`.

A prefix is never whoosh's own: over a big index that takes seconds. It becomes
the few most frequent of the words that begin so, looked up in the lists of
words that `Lexicon` keeps in memory.
"""

from __future__ import annotations

from bisect import bisect_left
from heapq import nsmallest
from typing import TYPE_CHECKING

from probation_reader.search import door
from probation_reader.search.codec import read_lexicon
from probation_reader.search.door import stem
from probation_reader.search.fields import AS_WRITTEN
from probation_reader.search.query import AllOf, AnyOf, When, Without, Words

if TYPE_CHECKING:
    from probation_reader.search.door import Matcher, Query, Searcher
    from probation_reader.search.query import Node

#: A prefix stands for at most so many words: while typing, and when asked for.
TYPED_WORDS = 4
ASKED_WORDS = 64
_PAST_ANY = "\U0010ffff"


class Lexicon:
    """The words of an index with the number of documents each is in.

    Args:
        searcher: whose words; a new searcher needs a new lexicon.
    """

    def __init__(self, searcher: Searcher) -> None:
        self._segments = [read_lexicon(leaf.reader()) for leaf, _ in searcher.leaf_searchers()]

    def beginning(self, where: str, prefix: str, most: int) -> tuple[list[str], int]:
        """Return the most frequent words of a field that begin so, and how many there are."""
        found: dict[str, int] = {}
        for segment in self._segments:
            words, counts = segment.get(where, ([], []))
            first = bisect_left(words, prefix)
            last = bisect_left(words, prefix + _PAST_ANY)
            for word, count in zip(words[first:last], counts[first:last], strict=True):
                found[word] = found.get(word, 0) + count
        return nsmallest(most, found, key=lambda word: (-found[word], word)), len(found)


class OneOf(door.Query):  # type: ignore[misc]  # whoosh is untyped
    """Documents with any of many words, each as good as the other.

    Whoosh's tree of unions compares every posting with every other branch;
    gathering the documents into a set takes a tenth of that.

    Args:
        where: the name of the field.
        forms: the words.
    """

    def __init__(self, where: str, forms: list[str]) -> None:
        self._terms = [door.Term(where, form) for form in forms]

    def matcher(self, searcher: Searcher, context: object = None) -> Matcher:  # noqa: ARG002 - whoosh's signature
        """Return the documents of one segment, in order."""
        documents: set[int] = set()
        for term in self._terms:
            documents.update(term.docs(searcher))
        return door.ListMatcher(sorted(documents)) if documents else door.NullMatcher()

    def estimate_size(self, reader: object) -> int:
        """Return the most documents there can be."""
        return sum(term.estimate_size(reader) for term in self._terms)


class Planner:
    """Turns parsed queries into whoosh queries against one searcher.

    Args:
        searcher: what the queries will be run by.
    """

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._lexicon: Lexicon | None = None
        self._expanded: dict[tuple[str, str, int], tuple[list[str], int]] = {}

    def plan(self, root: Node, *, typing: bool) -> tuple[Query, tuple[str, ...]]:
        """Return the query, and notes about what it leaves out.

        Args:
            root: what was understood.
            typing: prefixes stand for few words, in exchange for speed.
        """
        notes: list[str] = []
        return self._node(root, TYPED_WORDS if typing else ASKED_WORDS, notes), tuple(notes)

    def _node(self, node: Node, most: int, notes: list[str]) -> Query:
        # As deep as brackets may be, which the parser limits.
        if isinstance(node, AllOf | AnyOf):
            parts = [self._node(part, most, notes) for part in node.parts]
            return (door.And if isinstance(node, AllOf) else door.Or)(parts)
        if isinstance(node, Without):
            # Not whoosh's AndNot: it lets the first document through.
            return door.Not(self._node(node.part, most, notes))
        if isinstance(node, When):
            return door.Term("date", node.day)
        if node.how == "prefix":
            return self._prefix(node, most, notes)
        return _words(node)

    def _prefix(self, node: Words, most: int, notes: list[str]) -> Query:
        where, mark = _written(node.where)
        found, of = self._beginning(where, mark + node.forms[0], most)
        if of > most > TYPED_WORDS:
            notes.append(
                f"{of} words begin with “{node.forms[0]}”; "
                f"the {most} most frequent of them are looked for"
            )
        if most > TYPED_WORDS:
            return OneOf(where, found)
        # A word typed to its end is found in all its forms, as it will be on Enter.
        typed = [door.Term(where, form) for form in found]
        return door.Or([*typed, _words(Words(node.forms, node.where))])

    def _beginning(self, where: str, prefix: str, most: int) -> tuple[list[str], int]:
        key = (where, prefix, most)
        if key not in self._expanded:
            if self._lexicon is None:
                self._lexicon = Lexicon(self._searcher)
            self._expanded[key] = self._lexicon.beginning(where, prefix, most)
        return self._expanded[key]


def _written(where: str) -> tuple[str, str]:
    """Return the field of words as written, and what stands before each of them."""
    return ("exact", "") if where == "text" else (where, AS_WRITTEN)


def _words(node: Words) -> Query:
    if node.how == "stem" and len(node.forms) == 1:
        return door.Term("stems" if node.where == "text" else node.where, stem(node.forms[0]))
    where, mark = _written(node.where)
    forms = [mark + form for form in node.forms]
    return door.Term(where, forms[0]) if len(forms) == 1 else door.Phrase(where, forms)
