"""Files that appear whole or not at all, for their owner alone."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING

from probation_reader.errors import ReaderError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def replacing(file: Path) -> Iterator[IO[bytes]]:
    """Open a file for its owner alone that takes its name when all is written.

    What is no ordinary file, a pipe or a device, is written to as it is.

    Args:
        file: where to write; a link is followed.

    Raises:
        ReaderError: if it cannot be written; an older file stays as it was.
    """
    place = file.resolve()
    try:
        if place.exists() and not place.is_file():
            with place.open("wb") as opened:
                yield opened
        else:
            yield from _whole(place)
    except OSError as error:
        message = f"the file cannot be written: {error.strerror}"
        raise ReaderError(message, where=str(file)) from error


def _whole(place: Path) -> Iterator[IO[bytes]]:
    with NamedTemporaryFile(dir=place.parent, prefix=f".{place.name}.", delete=False) as opened:
        try:
            yield opened
            opened.flush()
            os.fsync(opened.fileno())
        except BaseException:
            Path(opened.name).unlink()
            raise
    Path(opened.name).replace(place)
