"""One cursor over the lines of a capture: it only goes forward and takes each line once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from probation_reader.importers import ledger
from probation_reader.importers.base import ImportResult
from probation_reader.model import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from probation_reader.importers.source import Source
    from probation_reader.model import Thread

#: What a blank line may consist of.
BLANKS: Final = " \t\xa0"
#: A diagnostic quotes about so many characters, with this between two lines.
_QUOTED: Final = 300
_BETWEEN: Final = " / "


class Piece(NamedTuple):
    """A run of lines that is the text of one passage.

    Args:
        depth: 0 at the top.
        first: the first line, counted from 1.
        last: the last line, inclusive.
        text: its words without outer blank lines.
    """

    depth: int
    first: int
    last: int
    text: str


def is_blank(line: str) -> bool:
    """Return whether a line shows nothing."""
    return not line.strip(BLANKS)


def quoted(lines: Iterable[str]) -> str:
    """Return lines as a diagnostic names them: on one line, the beginning if they are long."""
    words: list[str] = []
    room, more = _QUOTED, ""
    for line in filter(None, map(str.strip, lines)):
        if room > 0:
            words.append(" ".join(line[:room].split()))
        room -= len(line)
        if room < 0:
            more = "…"
            break
    return f"“{_BETWEEN.join(words)}{more}”"


class Cursor:
    """Goes over the lines of a source and keeps the ledger and the diagnostics.

    Args:
        source: the capture.
        lines: as many of its first lines as will be looked at, all if not given.
    """

    __slots__ = ("_ledger", "_notes", "above", "lines", "name", "take", "take_codes")

    def __init__(self, source: Source, lines: list[str] | None = None) -> None:
        self.name = source.name
        self.above = source.above
        self.lines = source.lines if lines is None else lines
        self._notes = list(source.notes)
        self._ledger = ledger.Ledger(source.size)
        self.take = self._ledger.take
        self.take_codes = self._ledger.take_codes

    @property
    def index(self) -> int:
        """The index of the next line, counted from 0."""
        return self._ledger.taken

    def line(self, index: int) -> int:
        """Return the line of the file, counted from 1, that an index means."""
        return self.above + index + 1

    def note(self, index: int, message: str) -> None:
        """Say something about the line at an index."""
        self._notes.append(Diagnostic(self.line(index), message))

    def leave_out(self, lines: Sequence[str], where: str) -> None:
        """Take the next lines, which belong to nothing, and name those with words.

        Args:
            lines: the lines.
            where: where they stand, as in ``after the last comment``.
        """
        filled = [place for place, line in enumerate(lines) if not is_blank(line)]
        first, last = (filled[0], filled[-1] + 1) if filled else (0, 0)
        self.take_codes(ledger.BLANK * first)
        if left := lines[first:last]:
            many = "1 line" if len(left) == 1 else f"{len(left)} lines"
            self.note(self.index, f"{many} {where} left out: {quoted(left)}")
            self.take_codes(ledger.NOTED * len(left))
        self.take_codes(ledger.BLANK * (len(lines) - last))

    def past_blanks(self, index: int) -> int:
        """Return the index of the first line from here on that is not blank."""
        size = len(self.lines)
        while index < size and is_blank(self.lines[index]):
            index += 1
        return index

    def before_blanks(self, index: int, start: int) -> int:
        """Return where the lines from start up to an index end without their last blanks."""
        while index > start and is_blank(self.lines[index - 1]):
            index -= 1
        return index

    def take_blanks(self) -> None:
        """Take the blank lines that follow."""
        self.take(self.past_blanks(self.index), ledger.BLANK)

    def take_text(self, until: int) -> Piece | None:
        """Take the lines up to an index as one text.

        Returns:
            The text without outer blank lines, or None if there is none.
        """
        first = min(self.past_blanks(self.index), until)
        last = self.before_blanks(until, first)
        self.take(first, ledger.BLANK)
        self.take(last, ledger.PASSAGE)
        self.take(until, ledger.BLANK)
        if first == last:
            return None
        return Piece(0, self.line(first), self.line(last - 1), "\n".join(self.lines[first:last]))

    def result(self, layout: str, threads: Iterable[Thread]) -> ImportResult:
        """Return what the capture became; every line must have been taken.

        Args:
            layout: the name of the layout that read it.
            threads: its posts, in order.
        """
        notes = sorted(self._notes, key=lambda note: note.line)
        return ImportResult(layout, tuple(threads), tuple(notes), self._ledger.close())
