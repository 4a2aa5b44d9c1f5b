"""What goes wrong while the screen is open: said in the status row, kept in the log.

An expected failure (`ReaderError`) is said in its own words. Anything else is a
fault of the program: its trace goes to the log, and the row says where that is.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager, suppress
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

from probation_reader import plain
from probation_reader.errors import ReaderError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from probation_reader.ui.widgets.status import StatusLine

_LOG = logging.getLogger("probation_reader.ui")
_LOG_BYTES = 1_000_000


class _SafeFormatter(logging.Formatter):
    """Writes nothing to the log that could steer a terminal showing it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as safe text."""
        return plain.safe(super().format(record))


class _File(RotatingFileHandler):
    """The log; what cannot be written to it, on a full disk for one, is left out."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Say nothing: it would be said in the middle of the screen."""

    def close(self) -> None:
        """Close the file."""
        with suppress(OSError):
            super().close()


class Failures:
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
        self._write(error)
        if isinstance(error, ReaderError):
            self._status.say(str(error))
        else:
            self._status.say(f"{type(error).__name__}: {error} (more in {self._log})")

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell an expected failure of the body instead of raising it."""
        try:
            yield
        except ReaderError as error:
            self.tell(error)

    def _write(self, error: BaseException) -> None:
        try:
            self._log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handler = _File(self._log, maxBytes=_LOG_BYTES, backupCount=1)
        except OSError:
            return  # a home that cannot be written still lets the reader read
        handler.setFormatter(_SafeFormatter("%(asctime)s %(levelname)s %(message)s"))
        _LOG.addHandler(handler)
        _LOG.propagate = False
        try:
            _LOG.error("%s", error, exc_info=error)
        finally:
            _LOG.removeHandler(handler)
            handler.close()
