"""The index against reading every text: the same passages, whatever is asked.

The texts are made of words whose forms are known beforehand, so the reference
knows nothing of how the index cuts, folds or stems them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.search.shelf import Shelf, thread

#: As it stands in a text → (the same word as written, the family of its forms).
VOCABULARY = {
    "officer": ("officer", "officer"),
    "Officers": ("officers", "officer"),
    "officer’s": ("officer", "officer"),
    "managed": ("managed", "manage"),
    "managing": ("managing", "manage"),
    "café": ("cafe", "cafe"),
    "CAFE": ("cafe", "cafe"),
    "TR2": ("tr2", "tr2"),
    "a": ("a", "a"),
    "the": ("the", "the"),
    "1.2m": ("1.2m", "1.2m"),
    "don't": ("dont", "dont"),
}
JOINTS = [" ", ", ", "\n", " – ", "… ", "/", " \x00 "]
TITLE = "Zzz"


@dataclass(frozen=True)
class Asked:
    """A query and what it means.

    Args:
        text: the query, as one unit.
        holds: tells whether a text's words match it.
    """

    text: str
    holds: Callable[[Sequence[str]], bool]


Text: TypeAlias = list[str]

_WORDS = st.sampled_from(sorted(VOCABULARY))


def _any_form(typed: str) -> Asked:
    family = VOCABULARY[typed][1]
    return Asked(typed, lambda text: any(VOCABULARY[raw][1] == family for raw in text))


def _as_written(typed: list[str]) -> Asked:
    wanted = [VOCABULARY[raw][0] for raw in typed]

    def holds(text: Sequence[str]) -> bool:
        forms = [VOCABULARY[raw][0] for raw in text]
        return any(forms[at : at + len(wanted)] == wanted for at in range(len(forms)))

    return Asked(f'"{" ".join(typed)}"', holds)


def _beginning(typed: str) -> Asked:
    return Asked(
        f"{typed}*", lambda text: any(VOCABULARY[raw][0].startswith(typed) for raw in text)
    )


def _and(parts: list[Asked], joint: str) -> Asked:
    text = joint.join(part.text for part in parts)
    return Asked(f"({text})", lambda words: all(part.holds(words) for part in parts))


def _or(parts: list[Asked]) -> Asked:
    text = " OR ".join(part.text for part in parts)
    return Asked(f"({text})", lambda words: any(part.holds(words) for part in parts))


def _not(part: Asked, sign: str) -> Asked:
    return Asked(f"{sign}{part.text}", lambda words: not part.holds(words))


_LEAVES = (
    _WORDS.map(_any_form)
    | st.lists(_WORDS, min_size=1, max_size=3).map(_as_written)
    | st.sampled_from(["off", "man", "manag", "c", "t", "1.2", "dont"]).map(_beginning)
)
QUERIES = st.recursive(
    _LEAVES,
    lambda inner: (
        st.builds(_and, st.lists(inner, min_size=2, max_size=3), st.sampled_from([" ", " AND "]))
        | st.lists(inner, min_size=2, max_size=3).map(_or)
        | st.builds(_not, inner, st.sampled_from(["-", "NOT "]))
    ),
    max_leaves=6,
)
TEXTS = st.lists(st.lists(_WORDS, min_size=1, max_size=8), min_size=1, max_size=8)


def _written(words: Text, joints: list[str]) -> str:
    text = words[0]
    for word, joint in zip(words[1:], joints, strict=False):
        text += joint + word
    return text


@settings(max_examples=120, deadline=None)
@given(
    threads=st.lists(TEXTS, min_size=1, max_size=3),
    queries=st.lists(QUERIES, min_size=1, max_size=12),
    joints=st.lists(st.sampled_from(JOINTS), min_size=7, max_size=7),
)
def test_the_hits_are_those_of_reading_every_text(
    threads: list[list[Text]], queries: list[Asked], joints: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder, Shelf(Path(folder)) as shelf:
        texts: dict[str, Text] = {}
        for place, bodies in enumerate(threads):
            # The number keeps the posts apart; it is no word of the vocabulary.
            one = thread(f"{TITLE}{place}", [f"{place}: " + _written(b, joints) for b in bodies])
            shelf.put(one)
            shelf.index.sync()
            texts |= {p.id: body for p, body in zip(one.passages, bodies, strict=True)}
        for asked in queries:
            answer = shelf.index.search(asked.text, limit=1000)
            wanted = sorted(id_ for id_, words in texts.items() if asked.holds(words))

            assert sorted(hit.id for hit in answer.hits) == wanted, asked.text
            assert answer.total == len(wanted)
            assert answer.notes == ()

            typed = shelf.index.search(f"{asked.text} ", limit=1000, typing=True)
            assert sorted(hit.id for hit in typed.hits) == wanted, asked.text
