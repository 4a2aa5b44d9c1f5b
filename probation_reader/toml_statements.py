"""Splits TOML text into its statements, so that each can be read by itself. Pure.

A statement is a table's head or a key with its value, from the line on which it begins
to the one on which it ends. One that never ends is its first line only: what stands
below it is still read. Time is linear in the text, for a bounded number of such lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

#: No statement is longer, in characters.
LONGEST = 10_000

#: Blank lines, or one comment.
_BLANK = re.compile(r"[ \t\r\n]*\n|[ \t\r]*#[^\n]*\n")
_TOKEN = re.compile(
    r'"""|\'\'\'|"(?:[^"\\\n]|\\[^\n])*"?|\'[^\'\n]*\'?|#[^\n]*|[\[\]{}\n]|[^"\'#\[\]{}\n]+'
)
_END_OF_TEXT = {
    '"""': re.compile(r'(?:[^\\"]|\\[\s\S]|"(?!""))*"{3,5}'),
    "'''": re.compile(r"(?:[^']|'(?!''))*'{3,5}"),
}
#: What may stand in a dotted key, and what ends one.
_IN_KEY = re.compile(
    r'\.|[ \t]+|[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\[^\n])*"|\'[^\'\n]*\'|(?P<end>#[^\n]*|[\s\S])'
)
#: What begins a statement cannot stand within a list.
_KEY = re.compile(r"[ \t]*[A-Za-z0-9_.-]+[ \t]*=")


class Statement(NamedTuple):
    """One statement.

    Args:
        line: the line on which it begins, counted from 1.
        text: its text.
    """

    line: int
    text: str


def statements(text: str) -> Iterator[Statement]:
    """Yield the statements of a text in order, without blank lines and comments."""
    start, line = 0, 1
    while start < len(text):
        if blank := _BLANK.match(text, start):
            line += text.count("\n", start, blank.end())
            start = blank.end()
            continue
        end = _end(text, start) or (text.find("\n", start) + 1) or len(text)
        yield Statement(line, text[start:end])
        line += text.count("\n", start, end)
        start = end


def _end(text: str, start: int) -> int:
    """Return where the statement that begins at `start` ends, 0 if it does not."""
    depth, place = 0, start
    most = min(len(text), start + LONGEST)
    while place < most:
        token = _TOKEN.match(text, place, most)
        if token is None:  # a backslash outside of a string
            place += 1
            continue
        place, kind = token.end(), token[0]
        if kind in _END_OF_TEXT:
            closed = _END_OF_TEXT[kind].match(text, place, most)
            if closed is None:
                return 0
            place = closed.end()
        elif kind in ("[", "{"):
            depth += 1
        elif kind in ("]", "}"):
            depth = max(0, depth - 1)
        elif kind == "\n" and not depth:
            return place
        elif kind == "\n" and _KEY.match(text, place, most):
            return 0
    return place if place == len(text) and not depth else 0


def key_parts(text: str) -> int:
    """Return how many parts the longest dotted key of a statement has.

    Readers of TOML make a table for each: their time grows with the square of it.
    """
    longest = dots = 0
    for token in _IN_KEY.finditer(text) if "." in text else ():
        dots = 0 if token["end"] else dots + (token[0] == ".")
        longest = max(longest, dots)
    return longest + 1
