"""The character set of the terminal: text as it can be shown there, before it is laid out.

What the terminal's encoding lacks is transliterated here, so that wrapping, cutting
and columns count the cells of what is really drawn. What has no form stays, and
becomes a sign of the same width when it is drawn. Stored text, and what is copied
or edited, never changes. Each application has a terminal of its own, so the
encoding belongs to the context that the application runs in.
"""

from __future__ import annotations

from bisect import bisect_right
from codecs import lookup
from contextvars import ContextVar
from itertools import accumulate
from typing import TYPE_CHECKING

from probation_reader.text.transliteration import transliterated

if TYPE_CHECKING:
    from collections.abc import Sequence

_UTF_8 = "utf-8"  # as `codecs` calls it
_encoding: ContextVar[str] = ContextVar("encoding", default=_UTF_8)


def use(encoding: str) -> None:
    """Set the encoding of the terminal for this application.

    Args:
        encoding: any name that `codecs` knows.
    """
    _encoding.set(lookup(encoding).name)


def displayable(text: str) -> str:
    """Return safe text with the forms of what the terminal's encoding lacks."""
    if text.isascii() or (encoding := _encoding.get()) == _UTF_8:
        return text
    return transliterated(text, encoding)


def offsets(text: str) -> Sequence[int]:
    """Return where each character of a safe text begins in what is shown of it, and the end."""
    if displayable(text) == text:
        return range(len(text) + 1)
    return list(accumulate((len(displayable(character)) for character in text), initial=0))


def source_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return which characters of a safe text a span of what is shown of it stands for.

    Args:
        text: the text.
        start: offset into ``displayable(text)``.
        end: offset just past the span.

    Returns:
        Offsets into the text; a character of which a part is in the span is in it whole.
    """
    begins = offsets(text)
    if start >= end:
        return 0, 0
    first = bisect_right(begins, start) - 1 if start else 0
    return first, max(bisect_right(begins, end - 1), bisect_right(begins, end) - 1)
