"""What may stand in a text for one thing that was typed. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.search.nodes import AllOf, Words, joined
from probation_reader.search.words import compound_spans

if TYPE_CHECKING:
    from probation_reader.search.nodes import Node


def ways(asked: Words, text: str, *, beginning: bool) -> list[Node]:
    """Return what may stand for a word or a phrase: side by side, or joined as one word.

    Args:
        asked: the words, as they would be one by one.
        text: what was typed.
        beginning: whether the last of them is only a beginning.
    """
    found, where, at = asked.forms, asked.where, asked.at
    how = asked.how if len(found) == 1 else "exact"
    parts: list[Node] = []
    if beginning:
        parts.append(Words(found[-1:], where, "prefix", at=at))
        found = found[:-1]
    if found:
        parts.insert(0, Words(found, where, how, asked.slips, at))
    found_as = [joined(AllOf, parts)]
    compound = [form for start, end, form in compound_spans(text) if (start, end) == (0, len(text))]
    if compound and where == "text" and asked.how == "stem":
        found_as.append(Words((compound[0],), where, "prefix" if beginning else "stem", at=at))
    return found_as
