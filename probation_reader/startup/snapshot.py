"""The last screen: what the terminal showed on leaving, kept for the next start to show at once.

It is read before anything slow is imported, so this file, too, needs next to
nothing: no dataclasses, no pathlib. What is kept is text and styles as data,
never control sequences. What is read back is believed only where every part of
it is as this program writes it, and used only where it still holds: the same
program, size and terminal, and files that nobody has changed since. The record
of marks and positions is one of those files: what is shown has to be what the
next key acts on.
"""

from __future__ import annotations

import json
import os
import stat
from contextlib import suppress

from probation_reader import __version__
from probation_reader.sanitize import safe
from probation_reader.startup import styled_rows

TYPE_CHECKING = False  # typing itself is slow to load
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    from probation_reader.startup.frame import Frame
    from probation_reader.startup.styled_rows import Cells

    #: The runs of each row, and column and row of the cursor.
    Kept = tuple[list[list[Cells]], tuple[int, int]]

#: What of the environment changes how the screen looks; of the second, only whether it is set,
#: since its value is another one with each connection.
_LOOK = ("TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "LANG", "LC_ALL", "LC_CTYPE")
_SET = ("SSH_CONNECTION", "SSH_TTY")

#: No terminal that people use shows more.
_MOST_BYTES = 2_000_000


def keep(file: Path, picture: Frame, watched: Sequence[Path]) -> None:
    """Write a picture down for the next start; where nothing can be written there is none.

    Args:
        file: where; readable by its owner only. Its folder is made if missing.
        picture: what the terminal shows.
        watched: the absolute paths of the files that it was made from; there may
            be none at a path.
    """
    kept = {
        "look": _look(),
        "files": {str(name): _stamp(name) for name in watched},
        "size": [picture.width, picture.height],
        "cursor": picture.cursor,
        "rows": picture.cells(),
    }
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.touch(mode=0o600)
        beside.write_text(json.dumps(kept), encoding="ascii")
        beside.replace(file)
    except OSError:  # then the next start shows nothing before its time, that is all
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def load(file: str, size: tuple[int, int]) -> Kept | None:
    """Return what was kept, or None where there is nothing that still holds.

    Args:
        file: where it was kept.
        size: columns and rows of the terminal now.
    """
    try:
        with open(file, "rb", opener=_at_once) as source:
            if not stat.S_ISREG(os.fstat(source.fileno()).st_mode):
                return None
            kept = json.loads(source.read(_MOST_BYTES))
        if kept["look"] != _look() or kept["size"] != list(size):
            return None
        if any(_stamp(name) != stamp for name, stamp in kept["files"].items()):
            return None
        return _checked(kept["rows"], kept["cursor"], size)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None  # no file, or not one of ours: the next one takes its place


def _at_once(file: str, flags: int) -> int:
    """Open a file, but wait for nothing: a pipe in its place might never say anything."""
    return os.open(file, flags | os.O_NONBLOCK | os.O_NOCTTY)


def _checked(rows: Any, cursor: Any, size: tuple[int, int]) -> Kept:  # noqa: ANN401 - any JSON
    believed: list[list[Cells]] = [[_run(*run) for run in runs] for runs in rows]
    column, row = cursor
    at = (_number(column), _number(row))
    styled_rows.check(*size, believed, at)
    return believed, at


def _run(column: Any, style: Any, text: Any) -> Cells:  # noqa: ANN401 - any JSON
    styled_rows.check_run(_number(column), style, text)
    if safe(text) != text:
        message = "text that was not made safe"
        raise ValueError(message)
    return column, style, text


def _number(value: Any) -> int:  # noqa: ANN401 - any JSON
    if type(value) is not int:
        message = f"{value!r} is no column or row"
        raise TypeError(message)
    return value


def _look() -> list[object]:
    said = [os.environ.get(name) for name in _LOOK]
    return [__version__, *said, *(name in os.environ for name in _SET)]


def _stamp(name: str | Path) -> list[int] | None:
    """Return what changes with a file's content; an empty file is as good as none."""
    try:
        found = os.stat(name)
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns] if found.st_size else None
