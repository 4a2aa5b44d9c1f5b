"""The log of unexpected errors: bounded, safe to show, private to its owner."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

from probation_reader import sanitize

if TYPE_CHECKING:
    from io import TextIOWrapper
    from pathlib import Path

_LOG = logging.getLogger("probation_reader")
_LOG_BYTES = 1_000_000


class _SafeFormatter(logging.Formatter):
    """Writes nothing to the log that could steer a terminal showing it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as safe text."""
        return sanitize.safe(super().format(record))


class _LogFile(RotatingFileHandler):
    """The log; what cannot be written to it, on a full disk for one, is left out."""

    def _open(self) -> TextIOWrapper:
        # A pipe in its place fails instead of waiting for a reader.
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NONBLOCK | os.O_NOCTTY
        handle = os.open(self.baseFilename, flags, 0o600)
        return os.fdopen(handle, "a", encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Say nothing: it would be said in the middle of the screen."""

    def close(self) -> None:
        """Close the file."""
        with suppress(OSError):
            super().close()


def write(error: BaseException, log: Path) -> OSError | None:
    """Write an error and its traceback to the log.

    Args:
        error: what happened.
        log: the file; made, with its folder, where it is missing.

    Returns:
        Why the log cannot be opened, None if it can: a home that cannot be written
        still lets the reader read.
    """
    try:
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = _LogFile(log, maxBytes=_LOG_BYTES, backupCount=1)
    except OSError as refusal:
        return refusal
    handler.setFormatter(_SafeFormatter("%(asctime)s %(levelname)s %(message)s"))
    _LOG.addHandler(handler)
    _LOG.propagate = False
    try:
        _LOG.error("%s", error, exc_info=error)
    finally:
        _LOG.removeHandler(handler)
        handler.close()
    return None
