"""The library room: what has been imported, kept in SQLite."""

from __future__ import annotations

from probation_reader.library.library import Library
from probation_reader.library.records import (
    Change,
    Changes,
    Counts,
    Entry,
    HeldSource,
    PostRow,
    Shortfall,
    SourceRecord,
    Version,
)

__all__ = [
    "Change",
    "Changes",
    "Counts",
    "Entry",
    "HeldSource",
    "Library",
    "PostRow",
    "Shortfall",
    "SourceRecord",
    "Version",
]
