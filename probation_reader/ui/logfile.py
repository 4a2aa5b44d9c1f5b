"""The log of failures: bounded, safe to show, silent where it cannot be written."""

from __future__ import annotations

import logging
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

from probation_reader import plain

if TYPE_CHECKING:
    from pathlib import Path

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


def write(error: BaseException, log: Path) -> None:
    """Write a failure and its trace to the log.

    A home that cannot be written still lets the reader read: then nothing is written.

    Args:
        error: what happened.
        log: the file; made, with its folder, where it is missing.
    """
    try:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = _File(log, maxBytes=_LOG_BYTES, backupCount=1)
    except OSError:
        return
    handler.setFormatter(_SafeFormatter("%(asctime)s %(levelname)s %(message)s"))
    _LOG.addHandler(handler)
    _LOG.propagate = False
    try:
        _LOG.error("%s", error, exc_info=error)
    finally:
        _LOG.removeHandler(handler)
        handler.close()
