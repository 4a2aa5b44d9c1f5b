"""The items of the numbered layout: where each begins, ends and belongs.

One regular expression splits the text at everything that may stand between two
items: a closing marker and, below it, the number of the next item or the end.
`Nesting` then decides by column, sequence and words which of these places are
boundaries, and at which level the next item opens; any other place stays text.

An item is taken when its boundary is known: `_close` says what became of the
marker's lines, `_take_body` of the text's. Nearly all items are plain (no white
space around the text, every line indented alike), and those are taken as one
string, not line by line: this is what import spends its time on. `_finish` is
for the last item of a page that does not end with a marker.

One pass, no recursion, linear in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from probation_reader.importers import ledger
from probation_reader.importers.captures import words
from probation_reader.importers.captures.cursor import BLANKS, Cursor, Piece, is_blank
from probation_reader.importers.captures.nesting import Nesting

if TYPE_CHECKING:
    from collections.abc import Sequence

#: An item's indentation and number; its text begins where this ends.
OPENER: Final = re.compile(r"([ \t]*)(\d{1,7})[.)](?:[ \t\xa0]|(?=\n)|\Z)")

_GROUPS: Final = 7
#: Makes a named tuple in half the time that calling its class takes.
_new_tuple: Final = tuple.__new__


def _boundary(delete: str) -> re.Pattern[str]:
    """Return what may stand between two items.

    Groups: all of it; the marker's indentation, its reply word and the gap after
    that, both None in a reply; the lines below the marker; the indentation and
    the number of the next item, None at the end.
    """
    return re.compile(
        rf"(\n([ \t\xa0]*+)(?:({words.REPLY})({words.GAP}))?{re.escape(delete)}[ \t\xa0]*+"
        rf"((?:\n[ \t\xa0]*+(?:{words.REPLIES})?[ \t\xa0]*+(?=\n|\Z))*)"
        r"(?:\n([ \t]*+)(\d{1,7})[.)](?:[ \t\xa0]|(?=\n)|\Z)|\Z))"
    )


def take_items(cursor: Cursor, text: str, delete: str) -> list[Piece]:
    """Take everything from the first item to the end of the capture.

    Args:
        cursor: stands at the first item.
        text: the capture from the first item on, without a final newline.
        delete: the delete word that the markers of this file end with.

    Returns:
        The comments in reading order.
    """
    return _Items(cursor, delete).take(text)


class _Items:
    """Reads items one after the other.

    Args:
        cursor: stands at the first item.
        delete: the delete word of the markers.
    """

    def __init__(self, cursor: Cursor, delete: str) -> None:
        self._cursor = cursor
        self._delete = delete
        self._nesting = Nesting()
        self._pieces: list[Piece] = []
        self._after: dict[str, bytes] = {"": ledger.MARKER}
        self._shapes: dict[tuple[int, int, bytes], bytes] = {}

    def take(self, text: str) -> list[Piece]:
        """Take all items, then whatever follows the last one."""
        first = OPENER.match(text)
        if first is None:
            message = "the cursor does not stand at an item"
            raise AssertionError(message)
        nesting = self._nesting
        nesting.open(0, first.end(1), first[2])
        parts = iter(_boundary(self._delete).split(text))
        body = next(parts)[first.end() :]
        held = ""
        for whole, indent, reply, gap, below, column, number, following in zip(
            *[parts] * (_GROUPS + 1), strict=True
        ):
            width, top = len(indent), reply is not None
            after = gap + self._delete + below if gap else below
            if column is not None and nesting.follow(len(column), number, width, top):
                self._close(held + body if held else body, indent, after)
                held, body = "", following
                continue
            nesting.settle(width, top=top)
            if column is None:
                self._close(held + body, indent, after)
                return self._pieces
            left = len(column)
            level = nesting.level(left, number, width, top=top, below=below)
            if level is None:
                held += body + whole
                body = following
                continue
            self._close(held + body if held else body, indent, after)
            held, body = "", following
            nesting.learn(width)
            if oddity := nesting.open(level, left, number):
                self._cursor.note(self._cursor.index, oddity)
        self._finish(held + body)
        return self._pieces

    def _close(self, body: str, indent: str, after: str) -> None:
        """Take the current item, its marker and what leads to the next item.

        Args:
            body: from the item's number to the newline before its marker.
            indent: the white space before the marker.
            after: what follows the marker's first line, down to the next item.
        """
        codes = self._after.get(after)
        if codes is None:
            lines = after.split("\n")[1:]
            kinds = [ledger.BLANK if is_blank(line) else ledger.MARKER for line in lines]
            codes = self._after[after] = b"".join([ledger.MARKER, *kinds])
        self._take_body(body, indent, codes)

    def _take_body(self, body: str, indent: str, after: bytes = b"") -> None:
        """Take the current item's text, and the lines after it with their codes."""
        if self._delete in body:
            self._note_markers(body)
        text = body.rstrip("\n")
        if not text or text[0] in "\n \t\xa0" or text[-1] in BLANKS:
            self._take_odd(body.split("\n"), indent)
            self._cursor.take_codes(after)
            return
        more = text.count("\n")
        blanks = len(body) - len(text)
        if more:
            text = self._dedented_text(text, more, indent)
        cursor = self._cursor
        first = cursor.line(cursor.index)
        piece = _new_tuple(Piece, (self._nesting.depth, first, first + more, text))
        self._pieces.append(piece)
        shape = more, blanks, after
        codes = self._shapes.get(shape)
        if codes is None:
            codes = ledger.ITEM + ledger.PASSAGE * more + ledger.BLANK * blanks + after
            self._shapes[shape] = codes
        cursor.take_codes(codes)

    def _take_odd(self, lines: list[str], indent: str) -> None:
        """Take an item with white space around its text, or without text."""
        filled = [place for place, line in enumerate(lines) if not is_blank(line)]
        first, last = (filled[0], filled[-1]) if filled else (0, 0)
        text = "\n".join(self._dedented(lines, indent)[first : last + 1]) if filled else ""
        start = self._cursor.line(self._cursor.index)
        self._pieces.append(Piece(self._nesting.depth, start + first, start + last, text))
        codes = [ledger.BLANK] * len(lines)
        codes[first : last + 1] = [ledger.PASSAGE] * (last + 1 - first)
        codes[0] = ledger.ITEM if filled and first == 0 else ledger.MARKER
        self._cursor.take_codes(b"".join(codes))

    def _dedented_text(self, text: str, more: int, indent: str) -> str:
        """Return an item's text without the layout's indentation, at once where that is plain."""
        margin = "\n" + indent
        if len(indent) > self._nesting.column and text.count(margin) + text.count("\n\n") == more:
            return text.replace(margin, "\n")
        return "\n".join(self._dedented(text.split("\n"), indent))

    def _dedented(self, lines: list[str], indent: str) -> list[str]:
        """Return an item's lines without the layout's indentation.

        A bullet may stand left of the text; it loses what indentation it has.
        """
        if len(indent) <= self._nesting.column:
            indent = _common_indent(lines[1:])
        width = len(indent)
        return lines[:1] + [
            line[width:] if line.startswith(indent) else line.lstrip(" \t") for line in lines[1:]
        ]

    def _note_markers(self, body: str) -> None:
        """Say which lines inside an item look like its marker."""
        for place, line in enumerate(body.split("\n")):
            if place and words.MARKER_LINE.fullmatch(line):
                message = "a marker inside a comment is kept as its text"
                self._cursor.note(self._cursor.index + place, message)

    def _finish(self, body: str) -> None:
        """Close the last item where no marker ends the file: page text follows, or it is cut."""
        cursor, nesting = self._cursor, self._nesting
        # Below an earlier marker would stand comments that could not be told apart.
        *_, marker = None, *words.MARKER_BELOW.finditer(body)
        if marker and nesting.agrees(len(marker["indent"]), top=bool(marker["reply"])):
            self._close(body[: marker.start()], marker["indent"], marker[0][1:])
            cursor.leave_out(body[marker.end() :].split("\n")[1:], "after the last comment")
            return
        cursor.note(cursor.index, "no marker closes this last comment; it runs to the end")
        self._take_body(body, " " * (nesting.column + nesting.offset))


def _common_indent(lines: Sequence[str]) -> str:
    """Return the white space that all lines begin with, blank ones aside."""
    indents = [line[: len(line) - len(line.lstrip(" \t"))] for line in lines if not is_blank(line)]
    if not indents:
        return ""
    low, high = min(indents), max(indents)
    size = next((place for place, sign in enumerate(low) if high[place] != sign), len(low))
    return low[:size]
