"""Notes on what a query seems to mean and cannot. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from probation_reader.search.engine.term_dictionary import near
from probation_reader.search.query.tokens import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

#: So many characters of a query are quoted in a note.
QUOTED = 40

# An address begins so, too, but goes on with a slash.
_IN_A_FIELD = re.compile(r"([a-z]{3,12}):[^/].*", re.IGNORECASE)
_SLIPS = 2


def doubts(word: str, name: str) -> Iterator[str]:
    """Yield notes on a word.

    Args:
        word: as it was typed.
        name: the field it is looked for in, empty for the text.
    """
    if "*" in word.rstrip("*"):
        yield f"{quoted(word)}: a star is understood at the end of a word only"
    if not name and (other := _IN_A_FIELD.fullmatch(word)):
        like = field_like(other[1].lower())
        but = f", but “{like}:”" if like else ""
        yield f"there is no {quoted(other[1] + ':')}{but}; it is looked for as a word"


def field_like(name: str) -> str:
    """Return the field that was probably meant by a name, empty if none was."""
    like = {FIELDS[place]: slips for place, slips in near(FIELDS, name, _SLIPS)}
    return min(like, key=lambda field: like[field], default="")


def never_closed(what: str, rest: str) -> str:
    """Return a note on an opening mark.

    Args:
        what: the mark.
        rest: what comes after it.
    """
    which = f"{what} before {quoted(rest)}" if rest.strip() else f"last {what}"
    return f"the {which} is never closed"


def quoted(text: str) -> str:
    """Return the beginning of a part of a query as it is shown in notes."""
    line = " ".join(text.split())
    return f"“{line[:QUOTED]}…”" if len(line) > QUOTED else f"“{line}”"
