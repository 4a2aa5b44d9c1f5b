"""The lists of muting: what of a passage, for how long, what is muted. Loaded when asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from probation_reader.model import Comment
from probation_reader.mutes import Rule, folded, told
from probation_reader.phrases import count
from probation_reader.search.analysis import FUNCTION_WORDS
from probation_reader.ui.render.headings import one_line
from probation_reader.ui.screens.picker import Choice, PickerScreen
from probation_reader.ui.thread.labels import passage_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from probation_reader.model import Passage
    from probation_reader.ui.thread.viewport import Viewport

#: How long something can be muted → days, 0 for ever. A number is found by typing it.
SPANS = {
    "for good": 0,
    "for a day": 1,
    "for a week": 7,
    "for a month": 30,
    "for a year": 365,
    **{f"for {days} days": days for days in range(2, 31)},
}
#: Before the target of a rule that would be lifted.
LIFT = "lift "

_WORD = re.compile(r"[^\W_](?:[\w'-]*[^\W_])?")
_SHORTEST = 3
_HERE, _EVERYWHERE = "in this post", "everywhere"


def of_passage(view: Viewport, passage: Passage, held: tuple[Rule, str] | None) -> PickerScreen:
    """Return what can be done with a passage; what is chosen is a rule's target.

    Args:
        view: the thread.
        passage: its current passage.
        held: the rule that mutes it now, with its words; None if none does.
    """
    lift = [Choice(LIFT + held[0].target, f"lift: {held[1]}", "")] if held else []
    return PickerScreen("Mute", [*lift, *_choices(view, passage)], "")


def _choices(view: Viewport, passage: Passage) -> Iterator[Choice]:
    """Yield what of a passage can be muted: its branch, its signature, its words."""
    replies = view.outline.size(view.cursor)
    below = f" with {count(replies, 'reply', 'replies')}" if replies else ""
    branch = f"{passage_said(view.thread, passage)}{below}"
    yield Choice(Rule.branch(passage.id).target, branch, "this branch")
    if isinstance(passage, Comment):
        for where, said in ((view.thread.post.id, _HERE), ("", _EVERYWHERE)):
            if passage.author and any(map(str.isalnum, passage.author)):
                rule = Rule.by(passage.author, where)
                yield Choice(rule.target, f"all by '{one_line(passage.author)}'", said)
        for word in dict.fromkeys(_WORD.findall(folded(passage.text))):
            if len(word) >= _SHORTEST and word not in FUNCTION_WORDS:
                yield Choice(Rule.word(word).target, f"word '{word}'", _EVERYWHERE)
                here = Rule.word(word, view.thread.post.id)
                yield Choice(here.target, f"word '{word}'", _HERE)


def of_spans(rule: Rule) -> PickerScreen:
    """Return how long something can be muted, to be chosen from `SPANS`."""
    spans = [Choice(span, span, "") for span in SPANS]
    return PickerScreen(one_line(f"Mute {told(rule)}"), spans, "")


def of_mutes(mutes: Iterable[tuple[Rule, str, str]], mute: str, lift: str) -> PickerScreen:
    """Return what is muted, to be lifted by its rule's target.

    Args:
        mutes: of each the rule, its words and where it holds.
        mute: the key that mutes something.
        lift: the key that chooses from a list.
    """
    choices = [Choice(rule.target, words, where) for rule, words, where in mutes]
    title = f"Muted, {lift} lifts" if choices else "Muted"
    return PickerScreen(title, choices, f"Nothing is muted: {mute} mutes a passage")
