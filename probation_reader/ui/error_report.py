"""What goes wrong while the screen is open: said in the status row, kept in the log.

An expected failure (`ReaderError`) is said in its own words: what happened and what
to do first, the place last, since a long path leaves no room in a narrow row. Anything
else is a fault of the program: its trace goes to the log, and the row says where that is.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from probation_reader.errors import ReaderError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from probation_reader.ui.widgets.status_line import StatusLine


class ErrorReport:
    """Where failures of one screen go.

    Args:
        log: the file they are written to; made when first needed.
        status: the row they are said in.
    """

    def __init__(self, log: Path, status: StatusLine) -> None:
        self._log = log
        self._status = status

    def tell(self, error: BaseException) -> None:
        """Say and log one failure."""
        from probation_reader import error_log  # noqa: PLC0415 - most days nothing fails

        error_log.write(error, self._log)
        if isinstance(error, ReaderError):
            self._status.say(said(error))
        else:
            self._status.say(f"{type(error).__name__}: {error} (more in {self._log})")

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell an expected failure of the body instead of raising it."""
        try:
            yield
        except ReaderError as error:
            self.tell(error)


def said(error: ReaderError) -> str:
    """Return an expected failure as one sentence or two, with the place at their end."""
    sentences = [part[0].upper() + part[1:] for part in (error.message, error.advice) if part]
    place = f"   ({error.where})" if error.where else ""
    return ". ".join(sentences) + place
