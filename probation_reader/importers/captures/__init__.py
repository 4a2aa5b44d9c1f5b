"""Plain-text page captures: the ordered table of their layouts.

The first layout that recognises a capture reads it, so the surest come first.
Pages with numbered comments that were pasted into one file are read one by one.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from probation_reader.importers.base import ImportResult, no_layout_error
from probation_reader.importers.captures import bare, glued, listing, numbered, single
from probation_reader.importers.captures.pages import pages_of
from probation_reader.model import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from probation_reader.importers.base import Importer
    from probation_reader.importers.source import Source
    from probation_reader.model import Thread

LAYOUTS: Final[tuple[Importer, ...]] = (numbered, glued, listing, single, bare)

name: Final = "captures"
expects: Final = "; ".join(layout.expects for layout in LAYOUTS)


def recognises(source: Source) -> bool:
    """Return that any text may be a capture; `read` looks once, and refuses what is none."""
    return bool(source.text)


def read(source: Source) -> ImportResult:
    """Return the source as the first layout that fits reads it, page by page.

    Raises:
        ImportFailure: if none fits, or the one that fits is broken.
    """
    layout = _layout(source)
    if layout is None:
        raise no_layout_error(source, expects)
    pages = pages_of(source) if layout is numbered else [source]
    results = [layout.read(source)] if len(pages) == 1 else list(map(_read_page, pages))
    threads = tuple(chain.from_iterable(result.threads for result in results))
    notes = [*chain.from_iterable(result.diagnostics for result in results), *_repeated(threads)]
    return ImportResult(
        layout.name,
        threads,
        tuple(sorted(notes, key=lambda note: note.line)),
        b"".join(result.ledger for result in results),
    )


def _layout(source: Source) -> Importer | None:
    return next((layout for layout in LAYOUTS if layout.recognises(source)), None)


def _read_page(page: Source) -> ImportResult:
    layout = _layout(page)
    if layout is None:
        raise no_layout_error(page, expects)
    return layout.read(page)


def _repeated(threads: Iterable[Thread]) -> Iterator[Diagnostic]:
    """Say which posts have the id of one above them in the same source."""
    lines: dict[str, int] = {}
    for thread in threads:
        line = thread.passages[0].source.first_line if thread.passages else 0
        if thread.post.id in lines:
            message = (
                f"a post with the title and date, or the opening, of the one at line "
                f"{lines[thread.post.id]}: it counts as a later capture of that one"
            )
            yield Diagnostic(line, message)
        lines.setdefault(thread.post.id, line)
