"""What a person types, understood as far as it goes. Pure.

Words are all wanted (AND). ``OR`` between them is weaker than AND, brackets
group, ``NOT`` or ``-`` before a word, phrase or bracket excludes it. A word in
quotation marks, or one made of several (``27%``, ``gov.uk``), is looked for as
written; any other word by its stem. ``word*`` is a prefix. ``title:``,
``author:`` (``by:``) and ``label:`` take a word, a prefix or a phrase, ``date:`` takes
``2024``, ``2024-04`` or ``2024-04-13``.

Nothing typed is an error: what is not understood is left out, and a note says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from probation_reader.search.words import forms

if TYPE_CHECKING:
    from collections.abc import Callable

#: More words than this are left out of a query, with a note.
MOST_WORDS = 64
#: Brackets within more brackets than this are not understood.
MOST_BRACKETS = 16
_QUOTED_IN_NOTES = 40

_FIELDS = {"title": "title", "author": "author", "by": "author", "label": "label"}
_QUOTES = '"“”„‟«»＂'
_PIECE = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<open>\()
    | (?P<close>\))
    | (?P<minus>-(?=[^\s)]))
    | (?P<field>(?:title|author|by|label|date):(?=[^\s()]))
    | [{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?P<end>[{_QUOTES}]?)
    | (?P<word>[^\s(){_QUOTES}]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_WHOLE_DATE = "2000-01-01"


@dataclass(frozen=True, slots=True)
class Words:
    """Passages with this word, or with these words side by side.

    Args:
        forms: the folded words, at least one.
        where: ``text``, ``title``, ``author`` or ``label``.
        how: ``stem`` (one word, any form of it), ``exact`` (as written) or
            ``prefix`` (one word that begins so).
    """

    forms: tuple[str, ...]
    where: str = "text"
    how: str = "stem"


@dataclass(frozen=True, slots=True)
class When:
    """Passages of a year, month or day, as an ISO date or its beginning."""

    day: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Whatever is not this."""

    part: Node


Node: TypeAlias = Words | When | AllOf | AnyOf | Without


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was understood of a query.

    Args:
        root: what to look for, None if nothing was understood.
        notes: what was not, one sentence each.
    """

    root: Node | None
    notes: tuple[str, ...]


def parse(text: str, *, typing: bool = False) -> Parsed:
    """Understand a query.

    Args:
        text: what stands in the search bar.
        typing: the person is still typing: the last word is a beginning, and
            what is unfinished at the end is no cause for a note.
    """
    return _Parser(text, typing=typing).parsed()


@dataclass(slots=True)
class _Level:
    """The alternatives gathered inside one pair of brackets."""

    alternatives: list[list[Node]] = field(default_factory=lambda: [[]])
    excluded: bool = False

    def node(self) -> Node | None:
        wholes = [_joined(AllOf, parts) for parts in self.alternatives if parts]
        return _joined(AnyOf, wholes) if wholes else None


class _Parser:
    def __init__(self, text: str, *, typing: bool) -> None:
        self._text = text
        self._typing = typing
        self._notes: list[str] = []
        self._levels = [_Level()]
        self._ignored_brackets = 0
        self._words = 0
        self._negated = False
        self._where = "text"
        self._operator = ""

    def parsed(self) -> Parsed:
        """Read the text from left to right, once."""
        readers: dict[str, Callable[[re.Match[str]], None]] = {
            "open": self._open,
            "close": self._close,
            "minus": self._minus,
            "field": self._field,
            "end": self._phrase,
            "word": self._word,
        }
        for match in _PIECE.finditer(self._text):
            if match.lastgroup in readers:
                readers[match.lastgroup](match)
        return self._finish()

    def _finish(self) -> Parsed:
        self._dangling()
        if len(self._levels) > 1 and not self._typing:
            self._note("a bracket is never closed")
        while len(self._levels) > 1:
            self._leave()
        root = self._levels[0].node()
        if root is None and self._text.strip() and not self._notes and not self._typing:
            self._note(f"there is no word to look for in {_quoted(self._text)}")
        return Parsed(root, tuple(self._notes))

    def _note(self, message: str) -> None:
        if message not in self._notes:
            self._notes.append(message)

    def _open(self, _match: re.Match[str]) -> None:
        if len(self._levels) > MOST_BRACKETS:
            self._ignored_brackets += 1
            self._note(f"brackets more than {MOST_BRACKETS} deep are not understood")
            return
        self._levels.append(_Level(excluded=self._negated))
        self._negated = False
        self._operator = ""

    def _close(self, _match: re.Match[str]) -> None:
        if self._ignored_brackets:
            self._ignored_brackets -= 1
        elif len(self._levels) == 1:
            self._note("a closing bracket has no opening one")
        else:
            self._dangling()
            self._leave()

    def _leave(self) -> None:
        level = self._levels.pop()
        node = level.node()
        if node is not None:
            self._levels[-1].alternatives[-1].append(Without(node) if level.excluded else node)
        self._operator = ""

    def _minus(self, _match: re.Match[str]) -> None:
        self._negated = not self._negated

    def _operate(self, word: str) -> None:
        self._operator = word
        if word == "NOT":
            self._negated = not self._negated
            return
        parts = self._levels[-1].alternatives
        if not parts[-1]:
            self._note(f"{word} has nothing before it")
        elif word == "OR":
            parts.append([])

    def _dangling(self) -> None:
        """Forget an operator that nothing follows."""
        if (self._operator or self._negated) and not self._typing:
            self._note(f"{self._operator or '-'} has nothing after it")
        self._operator = ""
        self._negated = False

    def _field(self, match: re.Match[str]) -> None:
        self._where = match["field"][:-1].lower()

    def _phrase(self, match: re.Match[str]) -> None:
        unfinished = not match["end"]
        if unfinished and not self._typing:
            self._note(f"the quotation mark before {_quoted(match['phrase'])} is never closed")
        if self._where == "date":
            self._date(match["phrase"])
            return
        found = tuple(forms(match["phrase"]))
        beginning = unfinished and self._typing and match["phrase"][-1:].strip() != ""
        self._look_for(found, match["phrase"], "exact", beginning=beginning)

    def _word(self, match: re.Match[str]) -> None:
        word = match["word"]
        if word in {"AND", "OR", "NOT"} and self._where == "text":
            self._operate(word)
        elif self._where == "date":
            self._date(word)
        else:
            starred = word.endswith("*")
            beginning = starred or (self._typing and match.end() == len(self._text))
            found = tuple(forms(word))
            self._look_for(found, word, "stem", beginning=beginning, starred=starred)

    def _date(self, text: str) -> None:
        whole = text + _WHOLE_DATE[len(text) :]
        try:
            understood = _DATE.fullmatch(text) and date.fromisoformat(whole)
        except ValueError:
            understood = None
        if understood:
            self._add(When(text))
        elif not self._typing:
            self._note(f"date: wants 2024, 2024-04 or 2024-04-13, not {_quoted(text)}")
        self._where, self._negated = "text", False

    def _look_for(
        self,
        found: tuple[str, ...],
        text: str,
        how: str,
        *,
        beginning: bool = False,
        starred: bool = False,
    ) -> None:
        where = _FIELDS.get(self._where, "text")
        self._where = "text"
        if not found:
            self._negated = False
            if starred or how == "exact":
                self._note(f"there is no word to look for in {_quoted(text)}")
            return
        if self._words + len(found) > MOST_WORDS:
            self._note(f"only the first {MOST_WORDS} words are looked for")
            return
        self._words += len(found)
        if len(found) > 1:
            how = "exact"
        parts: list[Node] = []
        if beginning:
            parts.append(Words(found[-1:], where, "prefix"))
            found = found[:-1]
        if found:
            parts.insert(0, Words(found, where, how))
        self._add(_joined(AllOf, parts))

    def _add(self, node: Node) -> None:
        self._levels[-1].alternatives[-1].append(Without(node) if self._negated else node)
        self._negated = False
        self._operator = ""


def _joined(kind: type[AllOf | AnyOf], parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line[:_QUOTED_IN_NOTES]}…”" if len(line) > _QUOTED_IN_NOTES else f"“{line}”"
