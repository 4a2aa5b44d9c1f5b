"""What may stand in a text for one thing that was typed. Pure.

What is one thing may be typed as one word or as two, and so it may stand in a text:
a short form with a number (``TR2``, ``TR 2``), an amount (``27%``, ``1.2 million``),
a word with a hyphen. However it is typed, all of them are found.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from probation_reader.search.analysis import FUNCTION_WORDS, compound_spans, fold
from probation_reader.search.query.ast import And, TermQuery, joined
from probation_reader.search.query.tokens import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from probation_reader.search.query.ast import Node

#: Where in a query words that may be one word stand: (start, end, that word).
Join = tuple[int, int, str]

_SHORT_FORM = re.compile(r"([^\W\d_]{2,5})([0-9]{1,2})")
# Not after the name of a field or a sign that holds for the first of them alone.
_PARTED = re.compile(r"(?<![\w:=~*'’-])([^\W\d_]{2,5})\s+([0-9]{1,2})(?![\w.,:/%~'’-])")


def joins(query: str) -> tuple[Join, ...]:
    """Return where words of a query, typed apart, may be one word."""
    amounts = (
        (start, end, form)
        for start, end, form in compound_spans(query)
        if form == "%" or any(map(str.isspace, query[start:end]))
    )
    return (*amounts, *_short_forms(query))


def _short_forms(query: str) -> Iterator[Join]:
    for match in _PARTED.finditer(query):
        letters, number = match.groups()
        if letters not in OPERATORS and fold(letters) not in FUNCTION_WORDS:
            yield match.start(), match.end(), fold(letters + number)


def spelling_variants(
    asked: TermQuery, text: str, apart: Sequence[Join] = (), *, beginning: bool
) -> list[Node]:
    """Return what may stand for a word or a phrase: side by side, or joined as one word.

    Args:
        asked: the words, as they would be one by one.
        text: what was typed.
        apart: the `joins` of the whole query.
        beginning: whether the last of them is only a beginning.
    """
    found, where, at = asked.forms, asked.where, asked.at
    how = asked.how if len(found) == 1 else "exact"
    parts: list[Node] = []
    if beginning:
        parts.append(TermQuery(found[-1:], where, "prefix", at=at))
        found = found[:-1]
    if found:
        parts.insert(0, TermQuery(found, where, how, asked.slips, at))
    found_as = [joined(And, parts)]
    if asked.how == "stem":
        found_as += _otherwise(asked, text, "prefix" if beginning else "")
        if where == "text":
            found_as += _with_others(asked, apart, beginning=beginning)
    return found_as


def _otherwise(asked: TermQuery, text: str, how: str) -> Iterator[TermQuery]:
    """Yield what was typed as one word instead of two, or as two instead of one."""
    whole = [form for start, end, form in compound_spans(text) if (start, end) == (0, len(text))]
    if whole and asked.where == "text":
        yield TermQuery((whole[0],), asked.where, how or "stem", at=asked.at)
    short = _SHORT_FORM.fullmatch("".join(asked.forms))
    if short is None or short[1] in FUNCTION_WORDS:
        return
    if len(asked.forms) == 1:
        yield TermQuery((short[1], short[2]), asked.where, "exact", at=asked.at)
    elif asked.forms == short.groups():
        yield TermQuery((short[0],), asked.where, how or "exact", at=asked.at)


def _with_others(
    asked: TermQuery, apart: Sequence[Join], *, beginning: bool
) -> Iterator[TermQuery]:
    """Yield what stands for a word together with those beside it."""
    for start, end, form in apart:
        if start < asked.at[1] and asked.at[0] < end:
            forms = (*asked.forms[:-1], form)
            how = "prefix" if beginning and len(forms) == 1 else "exact"
            yield TermQuery(forms, asked.where, how, at=asked.at)
