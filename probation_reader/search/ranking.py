"""The order of the best matches, by how their words stand in the text.

BM25F knows how often and how rarely words stand in a passage, not where. So the
first `BEST` passages are looked at again: words that stand side by side as they
do in the query count more than the same words far apart, and passages with all
of the words more than those with some.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from probation_reader.errors import UnknownIdError
from probation_reader.model import Section
from probation_reader.search.query.ast import wanted_words
from probation_reader.search.snippet import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.search.results import PassageCache, Text
    from probation_reader.search.snippet import Marked

#: So many of the best matches are put in order by their texts.
BEST = 100
#: BM25F: how much the length of a passage counts, and how much repetition does.
LENGTH, REPETITION = 0.6, 1.2
#: What words side by side, words close together and the words being there add.
_SIDE_BY_SIDE, _CLOSE, _COVERED, _TITLED = 2.0, 0.5, 3.0, 3.0
# Within so many characters words are close.
_NEAR = 40
# So many characters between two words do not keep them apart: a space and a sign.
_GAP = 2
_FIRST = "§1"


def ranked(ids: Sequence[str], scores: Sequence[float], texts: PassageCache) -> tuple[str, ...]:
    """Return passages in the order in which they answer a query.

    Args:
        ids: the best of its matches, by their scores.
        scores: theirs, and perhaps more.
        texts: theirs; what is gone from the library since stands last.
    """
    many = len({words.at for words in wanted_words(texts.root) if words.where == "text"})
    if many <= 1 or len(ids) <= 1:
        return tuple(ids)
    found = texts.of(ids)
    worth = {
        id_: -score * _fit(_title(found[id_], texts), found[id_].marked, many)
        for id_, score in zip(ids, scores, strict=False)
        if id_ in found
    }
    return tuple(sorted(ids, key=lambda id_: worth.get(id_, 1.0)))


def _title(text: Text, texts: PassageCache) -> Marked:
    """Return the title that counts as part of a passage: its post's, if it is the first."""
    title = ""
    if isinstance(text.passage, Section) and text.passage.number == _FIRST:
        with suppress(UnknownIdError):  # gone since its passages were read
            title = texts.library.post(text.post_id).post.title
    return mark(title, texts.highlighter)


@dataclass(slots=True)
class _Closeness:
    """How the words of a query stand in a text.

    Args:
        parts: which words of the query are there.
        pairs: which of them stand before their next one, side by side.
        span: characters of the shortest stretch with all that are there.
    """

    parts: set[int]
    pairs: set[int]
    span: int


def _fit(title: Marked, text: Marked, many: int) -> float:
    """Return how much better a passage matches than its words alone say, at least 0."""
    before = len(title.line) + 1 if title.line else 0
    found = title.marks + [(before + start, before + end, part) for start, end, part in text.marks]
    close = _closeness(found, before + len(text.line))
    covered = max(1, len(close.parts)) / many  # without any it is found by a field
    side_by_side = len(close.pairs) / (many - 1)
    near = _NEAR / (_NEAR + close.span) if len(close.parts) > 1 else 0.0
    titled = len({part for *_, part in title.marks}) == many
    more = _SIDE_BY_SIDE * side_by_side + _CLOSE * near + _TITLED * titled
    return float(covered**_COVERED * (1 + more))


def _closeness(found: list[tuple[int, int, int]], size: int) -> _Closeness:
    parts = {part for _, _, part in found}
    pairs: set[int] = set()
    last: dict[int, int] = {}
    span = size
    before: tuple[int, int] | None = None
    for start, end, part in found:
        if before and part == before[1] + 1 and start - before[0] <= _GAP:
            pairs.add(before[1])
        before = (end, part)
        last[part] = start
        if len(last) == len(parts):
            span = min(span, end - min(last.values()))
    return _Closeness(parts, pairs, span)
