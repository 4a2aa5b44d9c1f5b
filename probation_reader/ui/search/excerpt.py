"""The part of a snippet for which a hit has room: rows of words, never without the match. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.text.widths import cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CUT = "…"
#: So much of the first row stands before the first match, where not all has room.
_LEAD = 3

Row = tuple[str, list[bool]]


def excerpt(text: str, marks: Sequence[bool], room: int, rows: int) -> list[Row]:
    """Return the rows of a text that show most of its matches, from as early on as can be.

    Args:
        text: one line, safe to draw.
        marks: for each of its characters whether it was found.
        room: cells of a row.
        rows: how many rows at most.

    Returns:
        The text of each row with its marks; an ellipsis stands where it was cut.
    """
    whole = _rows(text, marks, 0, room, rows)
    wanted = list(_matches(marks))
    if sum(map(_count, whole)) >= len(wanted):
        return whole
    tried = [whole]
    for match in wanted:
        before = max(0, match - room // _LEAD)
        space = text.find(" ", max(0, before - 1), match)
        tried += [_rows(text, marks, start, room, rows) for start in (space + 1 or match, match)]
    return max(tried, key=lambda found: sum(map(_count, found)))


def _matches(marks: Sequence[bool]) -> Iterator[int]:
    """Yield where each marked run begins."""
    for index, found in enumerate(marks):
        if found and not (index and marks[index - 1]):
            yield index


def _count(row: Row) -> int:
    """Return how many matches a row holds to their ends."""
    return sum(1 for _ in _matches(row[1]))


def _rows(text: str, marks: Sequence[bool], start: int, room: int, rows: int) -> list[Row]:
    if start:
        text, marks = _CUT + text[start:], [False, *marks[start:]]
    found: list[Row] = []
    at = 0
    while at < len(text) and len(found) < rows:
        end = _break(text, at, room)
        if end < len(text) and len(found) == rows - 1:
            end = _break(text, at, room - 1)
            cut = "" if text[end - 1] == _CUT else _CUT
            found.append((text[at:end] + cut, [*marks[at:end], *[False] * len(cut)]))
        else:
            found.append((text[at:end], list(marks[at:end])))
        at = end + (text[end : end + 1] == " ")
    return found


def _break(text: str, start: int, room: int) -> int:
    """Return where a row that starts here ends: before a space if there is one."""
    end, used = start, 0
    while end < len(text) and used < room:
        used += 1 if text[end].isascii() else cells(text[end])
        end += 1
    if used > room:
        end -= 1
    if end < len(text) and text[end] != " ":
        space = text.rfind(" ", start + 1, end)
        if space > start:
            return space
    return max(end, start + 1)
