"""What becomes of everything that can go wrong in a run, and its exit code.

Expected failures are one line: ``probation-reader: where: what. advice.``
What nobody expected is written to the log, and the line says where that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from probation_reader import sanitize
from probation_reader.cli import output
from probation_reader.errors import ReaderError

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = "probation-reader"
#: So much of an unexpected error is shown, in characters; the log has all of it.
_MOST_WORDS = 200

DONE = 0
REFUSED = 1
USAGE = 2
UNEXPECTED = 70
INTERRUPTED = 130


def complain(text: str) -> None:
    """Write one line of complaint, ending as a sentence does; on a terminal it is wrapped."""
    ending = "" if text.endswith((".", "?", "!", ")")) else "."
    for row in output.rows(f"{PROGRAM}: {text}{ending}", hanging=2, error=True):
        output.tell(row)


def report(error: Exception, *, log: Path, debug: bool) -> int:
    """Say what went wrong and return the exit code of the run.

    Args:
        error: what ended the run.
        log: the file that what is unexpected is written to.
        debug: True to show the whole traceback instead.
    """
    match error:
        case click.exceptions.Abort():
            complain("stopped")
            return INTERRUPTED
        case click.UsageError():
            command = error.ctx.command_path if error.ctx else PROGRAM
            said = error.format_message().rstrip(".")
            complain(f"{said}. Try '{command} --help'")
            return USAGE
        case click.ClickException():
            complain(error.format_message())
            return error.exit_code
        case ReaderError():
            complain(str(error))
            return REFUSED
        case OSError() if error.strerror:
            place = f"{error.filename}: " if error.filename else ""
            complain(f"{place}{error.strerror}")
            return REFUSED
    return _unexpected(error, log=log, debug=debug)


def _unexpected(error: Exception, *, log: Path, debug: bool) -> int:
    if debug:
        output.tell_text(_traceback(error))
        return UNEXPECTED
    message, written = logged(error, log)
    complain(message)
    if not written:
        output.tell_text(_traceback(error))
    return UNEXPECTED


def logged(error: BaseException, log: Path) -> tuple[str, bool]:
    """Write an unexpected error to the log.

    Args:
        error: what happened.
        log: the file.

    Returns:
        One sentence for the person, and whether the log has the traceback.
    """
    from probation_reader import error_log  # noqa: PLC0415 - only where something is broken

    words = str(error).partition("\n")[0][:_MOST_WORDS]
    what = f"something went wrong inside the program ({type(error).__name__}: {words})"
    refusal = error_log.write(error, log)
    if refusal:
        return f"{what}; the log {log} cannot be written: {refusal.strerror}", False
    return f"{what}. The details are in {log}", True


def _traceback(error: BaseException) -> str:
    import traceback  # noqa: PLC0415 - as `logged`

    return sanitize.safe("".join(traceback.format_exception(error)))
