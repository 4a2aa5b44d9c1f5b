"""What a reader mutes, and which passages that is. Pure.

A rule mutes a branch (a passage with all its replies), or the comments with a word
or of a name, in one post or in all. Words are whole ones, whatever their case; so
are several, with any white space between them. The post's own text is never muted
by a word or a name. In the record a rule is known by its `Rule.target`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self, get_args

from probation_reader.identity import is_passage, post_of
from probation_reader.model import Comment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from probation_reader.model import Passage

Kind = Literal["branch", "word", "by"]

_BEFORE = "mute"
#: The longest word or name, in characters.
LONGEST = 200
_CONTROL = re.compile(r"[\0-\x1f\x7f-\x9f]")
_APOSTROPHES = str.maketrans("’‘`´", "''''")


def folded(text: str) -> str:
    """Return text as rules compare it: without case, with one kind of apostrophe."""
    return text.lower() if text.isascii() else text.casefold().translate(_APOSTROPHES)


@dataclass(frozen=True, slots=True)
class Rule:
    """What is muted.

    Args:
        kind: what ``what`` is.
        what: the id of a passage; the word, or the name, as `folded` gives it.
        post: the id of the only post it is about, empty for all; a branch has its own.
    """

    kind: Kind
    what: str
    post: str = ""

    @classmethod
    def branch(cls, passage_id: str) -> Self:
        """Return the rule that mutes a passage with all its replies."""
        return cls("branch", passage_id, post_of(passage_id))

    @classmethod
    def word(cls, typed: str, post: str = "") -> Self:
        """Return the rule that mutes comments with a word.

        Args:
            typed: the word, or several that follow each other.
            post: the id of the only post it is about, empty for all.

        Raises:
            ValueError: if there is no letter or digit in it.
        """
        return cls("word", _words(typed, "a word"), post)

    @classmethod
    def by(cls, name: str, post: str = "") -> Self:
        """Return the rule that mutes comments of a name or signature; as `word`."""
        return cls("by", _words(name.strip(" '’‘"), "a name"), post)

    @classmethod
    def of(cls, target: str) -> Self | None:
        """Return the rule that events call so, None if that is no rule."""
        before, kind, post, what, *_ = *target.split(":", 3), "", "", "", ""
        if before != _BEFORE or not what:
            return None
        if kind == "branch" and is_passage(what) and post_of(what) == post:
            return cls.branch(what)
        if kind not in get_args(Kind)[1:] or not _is_sound(what):
            return None
        return cls(kind, what, post)  # type: ignore[arg-type]  # just seen

    @property
    def target(self) -> str:
        """What events call it."""
        return f"{_BEFORE}:{self.kind}:{self.post}:{self.what}"


def _words(typed: str, what: str) -> str:
    if len(typed) > LONGEST:
        message = f"{what} to mute has at most {LONGEST} characters, not {len(typed):,}"
        raise ValueError(message)
    words = _normal(typed)
    if not any(map(str.isalnum, words)):
        message = f"there is not {what} in “{typed}”"
        raise ValueError(message)
    return words


def _normal(typed: str) -> str:
    spaced = " ".join(folded(typed.encode(errors="replace").decode()).split())
    return " ".join(_CONTROL.sub("", spaced).split())


def _is_sound(words: str) -> bool:
    """Return whether a word or name is one that `_words` gives."""
    # Folding makes some letters longer, at most three for one.
    if len(words) > 3 * LONGEST or not any(map(str.isalnum, words)):
        return False
    return _normal(words) == words


def muted(rules: Collection[Rule], passages: Sequence[Passage]) -> dict[Rule, list[str]]:
    """Return the ids of the passages that each rule mutes.

    Args:
        rules: the rules.
        passages: those of one post, in reading order.
    """
    post = post_of(passages[0].id) if passages else ""
    found: dict[Rule, list[str]] = {rule: [] for rule in rules}
    words = []
    for rule in rules:
        if rule.post not in ("", post):
            continue
        if rule.kind == "branch":
            found[rule] = _branch(rule.what, passages)
        elif rule.kind == "by":
            found[rule] = [p.id for p in _comments(passages) if _is_by(rule.what, p)]
        else:
            words.append(rule)
    if words:
        texts = [(passage.id, folded(passage.text)) for passage in _comments(passages)]
        for rule in words:
            found[rule] = _with(rule.what, texts)
    return found


def _comments(passages: Iterable[Passage]) -> Iterable[Passage]:
    return (passage for passage in passages if isinstance(passage, Comment))


def _is_by(name: str, passage: Passage) -> bool:
    return bool(passage.author) and " ".join(folded(passage.author or "").split()) == name


def _branch(top: str, passages: Sequence[Passage]) -> list[str]:
    ids: list[str] = []
    depth = 0
    for passage in passages:
        if passage.id == top:
            depth = passage.depth
            ids = [top]
        elif ids and passage.depth <= depth:
            break
        elif ids:
            ids.append(passage.id)
    return ids


def _with(words: str, texts: Sequence[tuple[str, str]]) -> list[str]:
    first, *others = words.split()
    # Most texts have not even the letters: that is seen in no time.
    near = [(id_, text) for id_, text in texts if first in text]
    if not near:
        return []
    spaced = r"\s+".join(map(re.escape, (first, *others)))
    before = r"(?<!\w)" if first[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    whole = re.compile(before + spaced + after)
    return [id_ for id_, text in near if whole.search(text)]


def told(rule: Rule, until: datetime | None = None, now: datetime | None = None) -> str:
    """Return in words what a rule mutes: ``word 'xyz' until 3 Dec``.

    Args:
        rule: the rule.
        until: when it ends, as the clock of the reader shows it; None for never.
        now: what that clock shows now.
    """
    what = {"branch": "branch", "word": f"word '{rule.what}'", "by": f"by '{rule.what}'"}
    return what[rule.kind] + (f" until {_when(until, now)}" if until and now else "")


def _when(moment: datetime, now: datetime) -> str:
    if moment.date() == now.date():
        return f"{moment:%H:%M}"
    day = f"{moment.day} {moment:%b}"
    return day if moment.year == now.year else f"{day} {moment.year}"
