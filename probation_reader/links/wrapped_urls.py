"""Whether an address goes on in the next line of a text broken at some width. Pure.

Signs are counted: how the line ends, how the next one begins, whether the line
is as full as the text's lines can be. Two of them make it sure; one makes it
possible. An address in angle brackets goes on to the closing one.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise

#: Nobody's address takes more lines.
_MOST_LINES = 20
_NARROWEST, _WIDEST = 40, 120
_SURE = 2

#: Where a line ends inside an address: nobody's address ends so.
_CUT = re.compile(r"[-_=&#+~]\Z|%[0-9a-f]?\Z", re.IGNORECASE)
_NEXT = re.compile(r"(?!www\.|\S*https?:)(?![-+.\d]*[.)]?\s)[\w/?&=%#~+.-]\S*", re.IGNORECASE)
_ENDS_NEXT = re.compile('[<>"“”„«»‹›`|^{}\\\\…]')
#: How no word of a sentence begins.
_INSIDE = re.compile(r"[/?&=~]\w|%[0-9a-f]{2}", re.IGNORECASE)
_ADDRESS_LIKE = re.compile(
    r"\w/|[/=_]\w|%[0-9a-f]{2}|\w-\w+-\w|\w\.(?:html?|pdf|aspx?|php|jsp|docx?)\b"
    r"|\A(?=[a-z-]*\d)(?=\d*[a-z])\w{8,}",
    re.IGNORECASE,
)
_FILE_ENDING = re.compile(r"(?:html?|pdf|aspx?|php|jsp|docx?)\b", re.IGNORECASE)
_ANGLED = re.compile(r"[^\s<>]*(?:\n[^\s<>]+){1,19}(?=>)")


class Wrapping:
    """How a text is broken into lines.

    Args:
        text: any text.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def follow(self, start: int, end: int) -> tuple[int, int]:
        """Return where an address surely ends, and where it may end.

        Args:
            start: where it begins.
            end: where its first line ends.
        """
        if self._text[end : end + 1] != "\n":
            return end, end
        angled = _ANGLED.match(self._text, end) if self._text[start - 1 : start] == "<" else None
        if angled:
            return angled.end(), angled.end()
        sure = 0
        line = self._text.rfind("\n", 0, start) + 1
        alone = line == start
        for _ in range(_MOST_LINES):
            further = self._next(end)
            signs = self._signs(line, end, further, alone=alone) if further > end else 0
            if not signs or (sure and signs < _SURE):
                break
            if signs < _SURE:
                sure = end
            line, end = end + 1, further
        return sure or end, end

    def _next(self, end: int) -> int:
        """Return where the first word of the next line ends; ``end`` if there is none."""
        text = self._text
        match = _NEXT.match(text, end + 1) if text[end : end + 1] == "\n" else None
        if match is None:
            return end
        word = _ENDS_NEXT.split(match[0], maxsplit=1)[0]
        return end + 1 + len(word) if any(map(str.isalnum, word)) else end

    def _signs(self, line: int, end: int, further: int, *, alone: bool) -> int:
        """Return how many signs say that a line's last word goes on.

        Args:
            line: where the line begins.
            end: where it ends.
            further: where the first word of the next one ends.
            alone: whether nothing stood before the address.
        """
        above, word = self._text[line:end], self._text[end + 1 : further]
        if above.endswith(".") and _FILE_ENDING.match(word):
            return _SURE
        cut = bool(_CUT.search(above[-3:]))
        ends_line = self._text[further : further + 1] in {"", "\n"}
        return (
            cut
            + bool(_INSIDE.match(word))
            + bool(_ADDRESS_LIKE.search(word))
            + self._is_full(above, word, whole=ends_line)
            + (cut and alone and ends_line)
        )

    def _is_full(self, above: str, word: str, *, whole: bool) -> bool:
        """Return whether a line holds all that it could of the word below.

        Args:
            above: the line.
            word: the first word of the next line.
            whole: whether that is all of the next line.
        """
        widest, among, forced = self._lines
        if not _NARROWEST <= widest <= _WIDEST:
            return False
        if len(above) == widest:
            return among > 1 or forced or (whole and len(word) == widest)
        return forced and above.endswith("-") and len(above) + len(word.partition("-")[0]) >= widest

    @cached_property
    def _lines(self) -> tuple[int, int, bool]:
        """The longest line, how many lines are so long, and whether most are as long as can be."""
        lines = self._text.split("\n")
        widest = max(map(len, lines))
        pairs = [(above, below) for above, below in pairwise(lines) if above and below]
        full = sum(len(above) + 1 + len(below.split(" ", 1)[0]) > widest for above, below in pairs)
        among = sum(len(line) == widest for line in lines)
        return widest, among, len(pairs) > _SURE and 2 * full > len(pairs)
