"""What became of every line of a source: one byte per line, each line once. Pure.

Lines are taken strictly in order, so a line cannot be taken twice or skipped
without an assertion failing: losing a line is a programming error.
"""

from __future__ import annotations

from typing import Final

#: A line of a passage's text (blank lines inside the text are part of it).
PASSAGE: Final = b"p"
#: The number of an item and the first line of its text.
ITEM: Final = b"i"
#: A closing marker and a line of text, glued together.
GLUED: Final = b"g"
#: A line the layout consumes: a marker, a separator, a word of the page.
MARKER: Final = b"m"
#: A date, a title or the line that announces the comments.
HEADING: Final = b"h"
#: A blank line outside any text.
BLANK: Final = b"b"
#: A line that belongs to nothing and is named in a diagnostic.
NOTED: Final = b"n"


class Ledger:
    """Takes the lines of one source, in order.

    Args:
        size: how many lines the source has.
    """

    __slots__ = ("_runs", "_size", "_taken")

    def __init__(self, size: int) -> None:
        self._size = size
        self._taken = 0
        self._runs: list[bytes] = []

    @property
    def taken(self) -> int:
        """How many lines have been taken: the index of the next one."""
        return self._taken

    def take(self, until: int, code: bytes) -> None:
        """Say what became of the lines from the last one taken up to an index.

        Args:
            until: the index just past the last line, counted from 0.
            code: one of the codes of this file.

        Raises:
            AssertionError: if a line is taken twice or does not exist.
        """
        if not self._taken <= until <= self._size:
            message = f"lines {self._taken} to {until} of {self._size} cannot be taken"
            raise AssertionError(message)
        self._runs.append(code * (until - self._taken))
        self._taken = until

    def take_codes(self, codes: bytes) -> None:
        """Say what became of the next lines, one code each.

        Raises:
            AssertionError: if a line does not exist.
        """
        self._taken += len(codes)
        if self._taken > self._size:
            message = f"line {self._taken} of {self._size} cannot be taken"
            raise AssertionError(message)
        self._runs.append(codes)

    def close(self) -> bytes:
        """Return one byte per line.

        Raises:
            AssertionError: if a line was never taken.
        """
        if self._taken != self._size:
            message = f"{self._size - self._taken} lines are left over after line {self._taken}"
            raise AssertionError(message)
        return b"".join(self._runs)
