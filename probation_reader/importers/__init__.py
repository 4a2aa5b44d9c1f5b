"""Bytes in, threads out: the ordered table of importers. No database, no screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from probation_reader.importers import captures
from probation_reader.importers.contract import unfit

if TYPE_CHECKING:
    from probation_reader.importers.contract import Importer, ImportResult
    from probation_reader.importers.source import Source

#: Raised whenever the same bytes may become different threads.
VERSION: Final = 1

IMPORTERS: Final[tuple[Importer, ...]] = (captures,)


def import_source(source: Source) -> ImportResult:
    """Return a source as threads, read by the first importer that recognises it.

    Raises:
        ImportFailure: if none recognises it or the one that does finds it
            broken, with the file, the line and what was looked for.
    """
    for importer in IMPORTERS:
        if importer.recognises(source):
            return importer.read(source)
    raise unfit(source, "; ".join(importer.expects for importer in IMPORTERS))
