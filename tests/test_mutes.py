"""What a set of rules mutes in a post."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.model import Comment, Passage, Section, SourceSpan
from probation_reader.mutes import Rule, folded, muted, told
from probation_reader.outline import Outline

_SOURCE = SourceSpan("page.txt", 1, 1)
_WORDS = ("OASys", "oasys", "cat", "concat", "it’s", "it's", "Straße", "27%", "cat-flap", "the cat")
_NAMES = (None, "Getafix", "getafix", "An Officer")


def _passage(nth: int, depth: int, text: str, author: str | None = None) -> Passage:
    kind = Comment if nth else Section
    return kind(f"p.{nth}", None, depth, str(nth), author, False, None, text, _SOURCE)  # noqa: FBT003 - as the model has it


@st.composite
def _posts(draw: st.DrawFn) -> list[Passage]:
    depth, passages = 0, [_passage(0, 0, draw(st.sampled_from(_WORDS)))]
    for nth in range(1, draw(st.integers(1, 12))):
        depth = draw(st.integers(0, depth + 1)) if nth > 1 else 0
        text = " ".join(draw(st.lists(st.sampled_from(_WORDS), max_size=4)))
        passages.append(_passage(nth, depth, text, draw(st.sampled_from(_NAMES))))
    return passages


_RULES = st.one_of(
    st.integers(0, 12).map(lambda nth: Rule.branch(f"p.{nth}")),
    st.builds(Rule.word, st.sampled_from(_WORDS), st.sampled_from(["", "p", "q"])),
    st.builds(Rule.by, st.sampled_from(_NAMES[1:]), st.sampled_from(["", "p", "q"])),
)


def _is_muted(rule: Rule, nth: int, passages: list[Passage]) -> bool:
    """Return whether a rule mutes a passage, worked out the slow and obvious way."""
    passage = passages[nth]
    if rule.kind == "branch":
        above = Outline([one.depth for one in passages]).ancestors(nth)
        return rule.what in {passages[at].id for at in (nth, *above)}
    if rule.post == "q" or not isinstance(passage, Comment):
        return False
    if rule.kind == "by":
        return folded(passage.author or "") == rule.what
    text = f" {folded(passage.text)} "
    parts = [re.escape(part) for part in rule.what.split()]
    ends = (r"\W" if rule.what[0].isalnum() else "", r"\W" if rule.what[-1].isalnum() else "")
    return re.search(rf"{ends[0]}{' '.join(parts)}{ends[1]}", text) is not None


@given(_posts(), st.sets(_RULES, max_size=6))
def test_each_rule_mutes_what_it_says_whatever_the_others_are(
    passages: list[Passage], rules: set[Rule]
) -> None:
    assert muted(rules, passages) == {
        rule: [p.id for nth, p in enumerate(passages) if _is_muted(rule, nth, passages)]
        for rule in rules
    }


@given(_RULES)
def test_a_rule_is_known_by_its_target(rule: Rule) -> None:
    assert Rule.of(rule.target) == rule


@pytest.mark.parametrize(
    "target", ["", "p.1", "mute", "mute:word", "mute:word:", "mute:word::", "mute:sort::x"]
)
def test_what_is_no_rule_is_not_taken_for_one(target: str) -> None:
    assert Rule.of(target) is None


def test_a_branch_of_another_post_is_no_rule() -> None:
    assert Rule.of("mute:branch:q:p.1") is None
    assert Rule.of("mute:branch:p:p") is None


@pytest.mark.parametrize("typed", ["", "  ", "…", "\udcff"])
def test_a_word_needs_a_letter_or_a_digit(typed: str) -> None:
    with pytest.raises(ValueError, match="there is not a word"):
        Rule.word(typed)


def test_a_chain_of_replies_is_muted_to_its_end() -> None:
    chain = [_passage(nth, nth, "so it goes on") for nth in range(10_000)]
    assert len(muted([Rule.branch("p.1")], chain)[Rule.branch("p.1")]) == 9_999


def test_a_rule_is_said_with_its_end() -> None:
    now = datetime(2026, 11, 22, 10)  # noqa: DTZ001 - as a clock on the wall
    rule = Rule.word(" OASys ")
    assert told(rule) == "word 'oasys'"
    assert told(rule, now.replace(hour=14), now) == "word 'oasys' until 14:00"
    assert told(rule, now.replace(day=29), now) == "word 'oasys' until 29 Nov"
    assert told(Rule.by("'Getafix"), now.replace(year=2027), now) == (
        "by 'getafix' until 22 Nov 2027"
    )
    assert told(Rule.branch("p.1")) == "branch"
