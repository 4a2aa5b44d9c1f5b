"""Files as the program reads and writes them.

What is read is a regular file, or what the shell handed over: a pipe or a device in
its place is refused at once. What is written appears whole or not at all, for its
owner alone.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from probation_reader.errors import ReaderError

if TYPE_CHECKING:
    from collections.abc import Iterator


#: Standard input, as a path: what ``-`` stands for.
STANDARD_INPUT = Path("/dev/stdin")
#: Names of what the shell has opened already: pipes and terminals among them are meant.
_INHERITED = re.compile(r"/dev/(?:(stdin)|fd/([0-9]{1,9}))|/proc/self/fd/([0-9]{1,9})")
_FOLDER = "a folder"
_KINDS = (
    (stat.S_ISDIR, _FOLDER),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def opened(file: Path) -> IO[bytes]:
    """Open a file that a person named, for reading.

    Args:
        file: a regular file; or standard input or another descriptor of this
            process (``/dev/stdin``, ``/dev/fd/63`` as a shell's process substitution
            names it), which may also be a pipe or a terminal.

    Returns:
        The open file. How much is read of it, its reader bounds: a pipe may never end.

    Raises:
        OSError: if it cannot be opened, or is a named pipe, a device, a socket or a
            folder. Nothing is waited for.
    """
    inherited = _INHERITED.fullmatch(str(file))
    if inherited:
        number = next((int(digits) for digits in inherited.groups()[1:] if digits), 0)
        if not number and sys.stdin is None:  # another file may have its descriptor by now
            raise OSError(errno.EBADF, "standard input is closed", str(file))
        handle = os.dup(number)
    else:
        _refuse_others(file, file.stat())  # a socket cannot even be opened
        handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        _refuse_others(file, os.fstat(handle), only_folders=bool(inherited))
    except OSError:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def _refuse_others(file: Path, status: os.stat_result, *, only_folders: bool = False) -> None:
    """Raise `OSError` for what is no regular file, or only for a folder."""
    kind = kind_of(status.st_mode)
    if kind == _FOLDER or (kind and not only_folders):
        raise OSError(errno.EINVAL, f"it is {kind}, not a file", str(file))


def kind_of(mode: int) -> str:
    """Return what a mode of `os.stat` says a file is, empty if it is a regular file."""
    if stat.S_ISREG(mode):
        return ""
    return next((kind for test, kind in _KINDS if test(mode)), "something that is no file")


def content(file: Path, limit: int) -> bytes:
    """Return what a regular file of the program's own holds.

    Args:
        file: which; links are followed.
        limit: the most bytes it may hold.

    Raises:
        OSError: if it cannot be read, is no regular file or is larger than that.
    """
    with opened(file) as source:
        data = source.read(limit + 1)
    if len(data) > limit:
        raise OSError(errno.EFBIG, "it is too large", str(file))
    return data


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
    from tempfile import NamedTemporaryFile  # noqa: PLC0415 - slow to load, and most only read

    with NamedTemporaryFile(dir=place.parent, prefix=f".{place.name}.", delete=False) as opened:
        try:
            yield opened
            opened.flush()
            os.fsync(opened.fileno())
        except BaseException:
            Path(opened.name).unlink()
            raise
    Path(opened.name).replace(place)
