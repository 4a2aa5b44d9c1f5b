"""Bytes in, threads out: the ordered table of importers. No database, no screen."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from probation_reader.importers import captures
from probation_reader.importers.base import no_layout_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from probation_reader.importers.base import Importer, ImportResult
    from probation_reader.importers.source import Source

#: Raised whenever the same bytes may become different threads.
VERSION: Final = 3

IMPORTERS: Final[tuple[Importer, ...]] = (captures,)


def import_source(source: Source) -> ImportResult:
    """Return a source as threads, read by the first importer that recognises it.

    Raises:
        ImportFailure: if none recognises it or the one that does finds it
            broken, with the file, the line and what was looked for.
    """
    for importer in IMPORTERS:
        if importer.recognises(source):
            with _uncollected():
                return importer.read(source)
    raise no_layout_error(source, "; ".join(importer.expects for importer in IMPORTERS))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from walking over passages while they are made.

    Reading makes no cycles, only many lasting objects; looking through them again
    and again is an eighth of its time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
