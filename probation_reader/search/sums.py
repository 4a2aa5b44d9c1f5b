"""Checksums of the files of an index, each file read through once. Not thread-safe."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK = 1 << 20


class Sums:
    """The checksums that are known."""

    def __init__(self) -> None:
        #: What tells that a file is the same, and its sum.
        self._known: dict[Path, tuple[tuple[int, int, int], int]] = {}

    def forget(self) -> None:
        """Read every file again."""
        self._known.clear()

    def of(self, path: Path) -> int:
        """Return the CRC-32 of a file; it is read through again only if it is another.

        Raises:
            OSError: if it cannot be read.
        """
        found = path.stat()
        identity = found.st_ino, found.st_size, found.st_mtime_ns
        known = self._known.get(path)
        if known is None or known[0] != identity:
            known = self._known[path] = (identity, _checksum(path))
        return known[1]


def _checksum(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            crc = zlib.crc32(chunk, crc)
    return crc
