"""What a query asks for, as a tree of plain values. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class TermQuery:
    """Passages with this word, or with these words side by side.

    Args:
        forms: the folded words, at least one.
        where: ``text``, ``title``, ``author`` or ``label``.
        how: ``stem`` (one word, any form of it), ``exact`` (as written),
            ``prefix`` (one word that begins so) or ``fuzzy`` (one word like it).
        slips: in how many letters a ``fuzzy`` word may differ.
        at: ``(start, end)`` of where it stands in the query.
    """

    forms: tuple[str, ...]
    where: str = "text"
    how: str = "stem"
    slips: int = 0
    at: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class DateRange:
    """Passages of these days, as ISO dates, both of them included; empty for no bound."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class DepthRange:
    """Passages at these depths, both of them included; None for no bound."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class HasFlag:
    """Passages that are something, or have something: see `schema.traits_of`."""

    name: str


@dataclass(frozen=True, slots=True)
class InPost:
    """Passages of the posts whose ids begin so."""

    prefix: str


@dataclass(frozen=True, slots=True)
class MarkFilter:
    """Passages the reader has marked.

    Args:
        how: ``read``, ``new``, ``muted``, ``bookmarked`` or ``tag``.
        tag: which tag.
    """

    how: str
    tag: str = ""


#: What is left out where it is not asked for.
MUTED = MarkFilter("muted")


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever is not this."""

    part: Node


Node: TypeAlias = (
    TermQuery | DateRange | DepthRange | HasFlag | InPost | MarkFilter | And | Or | Not
)


def joined(kind: type[And | Or], parts: list[Node]) -> Node:
    """Return parts as one node: a lone part is itself."""
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def asks_for_marks(root: Node | None) -> bool:
    """Return whether what matches changes with what the reader marks."""
    return any(True for _ in marks_asked(root))


def marks_asked(root: Node | None) -> Iterator[MarkFilter]:
    """Yield the marks that a query asks for, in no order."""
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, MarkFilter):
            yield node
        elif isinstance(node, And | Or):
            waiting.extend(node.parts)
        elif isinstance(node, Not):
            waiting.append(node.part)


def wanted_words(root: Node | None) -> Iterator[TermQuery]:
    """Yield the words a query looks for, in its order; not those it excludes."""
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, And | Or):
            waiting.extend(reversed(node.parts))
        elif isinstance(node, TermQuery):
            yield node
