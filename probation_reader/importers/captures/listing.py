"""The listing layout: several dated posts on one page, as under a label.

    ``Showing posts with label YOT. Show all posts``
    Date line, blank, title, blank, body up to the next date line

A date line stands whole between blank lines; questions, quoted threads and
dates inside a body are text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from probation_reader.importers import ledger
from probation_reader.importers.base import no_layout_error
from probation_reader.importers.captures import post, words
from probation_reader.importers.captures.cursor import Cursor
from probation_reader.importers.captures.threads import make_thread

if TYPE_CHECKING:
    from probation_reader.importers.base import ImportResult
    from probation_reader.importers.source import Source

name: Final = "listing"
expects: Final = "several dated posts"


def recognises(source: Source) -> bool:
    """Return whether a label or several date lines stand over the posts."""
    cursor = Cursor(source)
    first = cursor.past_blanks(0)
    dates = _dates(source)
    if len(dates) > 1:
        return dates[0] == first or words.label(source.lines[first]) is not None
    return bool(dates) and words.label(source.lines[first]) is not None


def read(source: Source) -> ImportResult:
    """Return the posts in the order of the page.

    Raises:
        ImportFailure: if no date line follows the label.
    """
    dates = _dates(source)
    if not dates:
        raise no_layout_error(source, expects)
    cursor = Cursor(source)
    labels = _take_labels(cursor, dates[0])
    threads = []
    for end in [*dates[1:], len(source.lines)]:
        title, published = post.take_heading(cursor, end)
        sections = post.take_sections(cursor, end)
        heading = post.Heading(title, published, labels)
        threads.append(make_thread(source.name, heading, sections))
    return cursor.result(name, threads)


def _dates(source: Source) -> list[int]:
    lines = source.lines
    return [
        index
        for index, line in enumerate(lines)
        if line.rstrip()[-4:].isdecimal() and post.dated(lines, index)
    ]


def _take_labels(cursor: Cursor, until: int) -> tuple[str, ...]:
    """Take the lines above the first post and return the labels they name."""
    lines = cursor.lines
    labels: dict[str, None] = {}
    for index in range(until):
        label = words.label(lines[index])
        if label is not None:
            cursor.leave_out(lines[cursor.index : index], "above the first post")
            labels[label] = None
            cursor.take(index + 1, ledger.HEADING)
    cursor.leave_out(lines[cursor.index : until], "above the first post")
    return tuple(labels)
