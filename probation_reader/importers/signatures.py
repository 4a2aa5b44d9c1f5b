"""Signatures: a name a writer set under a comment. Pure.

A signature is a line of its own, the last one or the last before a postscript:
an apostrophe and a name, ``'Getafix``. A name in a sentence only mentions
someone, a quoted word is closed by a second apostrophe, and a role or initials
without the apostrophe could be anyone's, so none of these is taken.
"""

from __future__ import annotations

import re
from typing import Final

_APOSTROPHES: Final = "'‘’`´"
_NAME = r"(?![a-zß-ÿ])[^\W\d_][\w-]*"
_SIGNATURE: Final = re.compile(
    rf"[ \t\xa0]*[{_APOSTROPHES}](?P<name>{_NAME}(?: {_NAME}){{0,2}})\.?[ \t\xa0]*"
)
_POSTSCRIPT: Final = re.compile(r"\n[ \t\xa0]*+P\.?S\b")


_OPENINGS: Final = _APOSTROPHES + " \t\xa0"


def signature(text: str) -> str | None:
    """Return the name a comment is signed with, or None.

    Args:
        text: the comment, without outer blank lines.
    """
    start = text.rfind("\n") + 1
    if not start:
        return None
    if text[start] in _OPENINGS and (match := _SIGNATURE.fullmatch(text, start)):
        return match["name"]
    if "\nP" in text and (postscript := _POSTSCRIPT.search(text)):
        return signature(text[: postscript.start()].rstrip(" \t\xa0\n"))
    return None
