"""Plain-text page captures: the ordered table of their layouts.

The first layout that recognises a capture reads it, so the surest come first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from probation_reader.importers.captures import bare, glued, listing, numbered, single
from probation_reader.importers.contract import unfit

if TYPE_CHECKING:
    from probation_reader.importers.contract import Importer, ImportResult
    from probation_reader.importers.source import Source

LAYOUTS: Final[tuple[Importer, ...]] = (numbered, glued, listing, single, bare)

name: Final = "captures"
expects: Final = "; ".join(layout.expects for layout in LAYOUTS)


def recognises(source: Source) -> bool:
    """Return whether one of the layouts fits."""
    return _layout(source) is not None


def read(source: Source) -> ImportResult:
    """Return the source as the first layout that fits reads it.

    Raises:
        ImportFailure: if none fits, or the one that fits is broken.
    """
    layout = _layout(source)
    if layout is None:
        raise unfit(source, expects)
    return layout.read(source)


def _layout(source: Source) -> Importer | None:
    return next((layout for layout in LAYOUTS if layout.recognises(source)), None)
