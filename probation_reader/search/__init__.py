"""Search: a whoosh index derived from the library, disposable at any time.

The index is synced from the library's change feed and holds no text: hits
carry passage ids, and titles and snippets are read from the library. Importing
this package is cheap; whoosh is imported when `Index` is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader.search.hits import Hit, Results

if TYPE_CHECKING:
    from probation_reader.search.index import Index

__all__ = ["Hit", "Index", "Results"]


def __getattr__(name: str) -> object:
    if name == "Index":
        from probation_reader.search.index import Index  # noqa: PLC0415 - brings in whoosh

        return Index
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
