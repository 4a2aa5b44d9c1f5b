"""What a person types, understood as far as it goes. Pure.

Words are all wanted (AND, ``&``). ``OR`` or ``|`` between them is weaker, brackets
group, ``NOT`` or ``-`` before anything excludes it. A word in quotation marks,
one after ``=``, or one made of several (``27%``, ``gov.uk``), is looked for as
written; any other word by its stem. ``word*`` is a prefix, ``word~`` takes slips.
`examples` lists every field.

Nothing typed is an error: what is not understood is left out, and a note says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from probation_reader.search.analysis import forms
from probation_reader.search.query.ast import And, InPost, Not, Or, TermQuery, joined
from probation_reader.search.query.tokens import FUZZY, OPERATORS, PIECE, SLIPS_ALONE, TEXT_FIELDS
from probation_reader.search.query.values import VALUES
from probation_reader.search.query.variants import joins, spelling_variants
from probation_reader.search.query.warnings import QUOTED, doubts, never_closed, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from probation_reader.search.query.ast import Node

#: More words than this are left out of a query, with a note.
MOST_WORDS = 64
#: Brackets within more brackets than this are not understood.
MOST_BRACKETS = 16
#: Of a query so much is said to be wrong, and no more.
MOST_NOTES = 16
_SHORT, _FEW_SLIPS, _MORE_SLIPS = 5, 1, 2

_POST_ID = re.compile(r"([0-9a-f]{4,12})(?:\..*)?")


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

    start: int = 0
    name: str = ""
    excluded: bool = False
    alternatives: list[list[Node]] = field(default_factory=lambda: [[]])

    def node(self) -> Node | None:
        wholes = [joined(And, parts) for parts in self.alternatives if parts]
        return joined(Or, wholes) if wholes else None


class _Parser:
    def __init__(self, text: str, *, typing: bool) -> None:
        self._text = text
        self._typing = typing
        self._joins = joins(text)
        self._notes: dict[str, None] = {}
        self._levels = [_Level()]
        self._ignored_brackets = 0
        self._words = 0
        self._negated = False
        self._named = ""
        self._operator = ""
        self._filled = 0

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
        for match in PIECE.finditer(self._text):
            if match.lastgroup in readers:
                readers[match.lastgroup](match)
                if match.lastgroup not in {"close", "space"}:
                    self._filled = match.end()
        return self._finish()

    def _finish(self) -> Parsed:
        self._dangling()
        if len(self._levels) > 1 and not self._typing:
            self._note(never_closed("bracket", self._text[self._levels[1].start :]))
        while len(self._levels) > 1:
            self._leave()
        root = self._levels[0].node()
        if root is None and self._text.strip() and not self._notes and not self._typing:
            self._note(f"there is no word to look for in {quoted(self._text)}")
        return Parsed(root, tuple(self._notes))

    def _note(self, message: str) -> None:
        if len(self._notes) < MOST_NOTES:
            self._notes.setdefault(message)

    # -- brackets and operators

    def _open(self, match: re.Match[str]) -> None:
        if len(self._levels) > MOST_BRACKETS:
            self._ignored_brackets += 1
            self._note(f"brackets more than {MOST_BRACKETS} deep are not understood")
            return
        self._levels.append(_Level(match.end(), self._current_field(), self._negated))
        self._negated = False
        self._operator = ""

    def _close(self, _match: re.Match[str]) -> None:
        if self._ignored_brackets:
            self._ignored_brackets -= 1
        elif len(self._levels) == 1:
            before = self._text[max(0, self._filled - 2 * QUOTED) : self._filled].strip()[-QUOTED:]
            after = f"after {quoted(before)}" if before else "at the beginning"
            self._note(f"the closing bracket {after} has no opening one")
        else:
            self._dangling()
            self._leave()

    def _leave(self) -> None:
        level = self._levels.pop()
        node = level.node()
        if node is not None:
            self._levels[-1].alternatives[-1].append(Not(node) if level.excluded else node)
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
        named = self._named and f"{self._named}:"
        if (left := named or self._operator or (self._negated and "-")) and not self._typing:
            self._note(f"{left} has nothing after it")
        self._operator = self._named = ""
        self._negated = False

    # -- words and values

    def _field(self, match: re.Match[str]) -> None:
        self._named = match["field"][:-1].lower()

    def _current_field(self) -> str:
        """Return the field of what comes now; a name holds for one word or bracket."""
        named, self._named = self._named, ""
        return named or self._levels[-1].name

    def _phrase(self, match: re.Match[str]) -> None:
        text, unfinished = match["phrase"], not match["end"]
        if unfinished and not self._typing:
            self._note(never_closed("quotation mark", text))
        name = self._current_field()
        if name in VALUES:
            self._value(name, text)
            return
        found = TermQuery(tuple(forms(text)), TEXT_FIELDS[name], "exact", at=match.span("phrase"))
        beginning = unfinished and self._typing and text[-1:].strip() != ""
        self._look_for(found, text, beginning=beginning, wanted=not unfinished)

    def _word(self, match: re.Match[str]) -> None:
        word = match["word"]
        if word in OPERATORS and not self._named:
            self._operate(OPERATORS[word])
            return
        name = self._current_field()
        if name in VALUES:
            self._value(name, word)
        elif SLIPS_ALONE.fullmatch(word):
            self._note(f"{quoted(word)} is understood after a word only")
            self._negated = False
        else:
            self._plain_word(name, match)

    def _plain_word(self, name: str, match: re.Match[str]) -> None:
        word, start = match["word"], match.start("word")
        typed = self._typing and match.end() == len(self._text)
        where = TEXT_FIELDS[name]
        found = tuple(forms(word))
        fuzzy = FUZZY.fullmatch(word)
        if word.startswith("="):
            span = (start + 1, match.end())
            self._look_for(TermQuery(found, where, "exact", at=span), word, beginning=typed)
        elif fuzzy and len(found := tuple(forms(fuzzy[1]))) == 1:
            few = _FEW_SLIPS if len(found[0]) <= _SHORT else _MORE_SLIPS
            span = (start, start + fuzzy.end(1))
            slips = int(fuzzy[2] or 0) or few
            if slips > _MORE_SLIPS:
                self._note(f"{quoted(word)} may differ in {_MORE_SLIPS} letters at most")
                slips = _MORE_SLIPS
            self._look_for(TermQuery(found, where, "fuzzy", slips, span), word)
        else:
            for doubt in () if self._typing else doubts(word, name):
                self._note(doubt)
            starred = word.endswith("*")
            asked = TermQuery(found, where, at=(start, match.end() - starred))
            self._look_for(asked, word, beginning=starred or typed, wanted=starred, post=name)

    def _value(self, name: str, text: str) -> None:
        read, wanted = VALUES[name]
        node = read(text)
        if node is not None:
            self._add(node)
            return
        self._negated = False
        if not self._typing:
            self._note(f"{name}: wants {wanted}, not {quoted(text)}")

    def _look_for(
        self,
        asked: TermQuery,
        text: str,
        *,
        beginning: bool = False,
        wanted: bool = False,
        post: str = "",
    ) -> None:
        """Add a word or a phrase.

        Args:
            asked: the words, perhaps none, as they would be one by one.
            text: what was typed.
            beginning: whether the last of them is only a beginning.
            wanted: whether a note is due if there is no word in it.
            post: ``in`` if it may also be the id of a post.
        """
        if not asked.forms:
            self._negated = False
            if wanted:
                self._note(f"there is no word to look for in {quoted(text)}")
            return
        if self._words + len(asked.forms) > MOST_WORDS:
            self._note(f"only the first {MOST_WORDS} words are looked for")
            return
        self._words += len(asked.forms)
        found = spelling_variants(asked, text.rstrip("*"), self._joins, beginning=beginning)
        if post == "in" and (id_ := _POST_ID.fullmatch(text.lower())):
            found.append(InPost(id_[1]))
        self._add(joined(Or, found))

    def _add(self, node: Node) -> None:
        self._levels[-1].alternatives[-1].append(Not(node) if self._negated else node)
        self._negated = False
        self._operator = ""
