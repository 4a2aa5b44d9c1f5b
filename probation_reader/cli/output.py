"""The only writer to standard output and standard error.

Everything that leaves here has passed the sanitiser; nothing else in the
command line prints. Styles are this file's own and are sent only to a terminal
that wants them (``NO_COLOR``, ``TERM=dumb``). When the reader of a pipe has gone
(``| head``), output goes quiet and the work goes on. rich draws progress bars
and is imported only when one is drawn.
"""

from __future__ import annotations

import json
import os
import sys
import time
from bisect import bisect_right
from contextlib import ExitStack, contextmanager, suppress
from enum import Enum
from io import TextIOWrapper
from itertools import accumulate
from typing import IO, TYPE_CHECKING

import click

from probation_reader.sanitize import safe, safe_line
from probation_reader.startup.early import EARLY
from probation_reader.text.transliteration import ERRORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: The longest line of reading text, in cells; wider terminals get a margin.
WIDEST = 88
_NARROWEST = 20
_UTF_8 = "utf-8"

#: Work that takes no longer than this, in seconds, shows no progress bar.
_PATIENCE = 0.5


class Style(Enum):
    """How a part of a line stands out on a terminal."""

    BOLD = "1"
    DIM = "2"


#: A part of a line: text, or text with a style.
Part = str | tuple[Style, str]


def bold(text: str) -> Part:
    """Return text that stands out."""
    return (Style.BOLD, text)


def dim(text: str) -> Part:
    """Return text that stands back."""
    return (Style.DIM, text)


def say(*parts: Part) -> None:
    """Write one line to standard output."""
    stream = sys.stdout
    styled = _wants_style(stream)
    _write(stream, "".join(_part(part, styled=styled) for part in parts) + "\n")


def say_text(text: str) -> None:
    """Write text of any number of lines to standard output."""
    _write(sys.stdout, safe(text) + "\n")


def tell(text: str) -> None:
    """Write one line for the person, beside the output proper: to standard error."""
    tell_text(safe_line(text))


def tell_text(text: str) -> None:
    """Write text of any number of lines to standard error, after all that was said before."""
    _flush(sys.stdout)
    _write(sys.stderr, safe(text) + "\n")


def emit(data: object) -> None:
    r"""Write one JSON document to standard output, of a list each thing on a line of its own.

    Text is not changed: all that is not printable ASCII is escaped (DEL too,
    which JSON would let through), so that it reaches no terminal as itself and
    lone surrogates do not break the encoding.
    """
    if isinstance(data, list):
        _write(sys.stdout, "[" + ",\n ".join(map(_as_json, data)) + "]\n")
    else:
        _write(sys.stdout, _as_json(data) + "\n")


def _as_json(data: object) -> str:
    return json.dumps(data, ensure_ascii=True).replace("\x7f", "\\u007f")


def send(data: bytes) -> None:
    """Write a piece of a file to standard output; its text has been made safe already."""
    if sys.stdout is not None:
        with _hushed(sys.stdout):
            sys.stdout.buffer.write(data)


def finish() -> None:
    """Send what is still buffered; a reader that has gone is no error."""
    _flush(sys.stdout)
    with suppress(OSError):  # it is where failures are told: nobody is left to tell of this one
        _flush(sys.stderr)


def prepare() -> None:
    """Make the streams take any text: what the locale's encoding lacks is transliterated.

    Standard output is not sent line by line, also on a terminal: a thread has
    a hundred thousand lines, and each would be a packet of its own.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(
                encoding=_of_c_locale(), errors=ERRORS, line_buffering=stream is sys.stderr
            )


def _of_c_locale() -> str | None:
    """Return the encoding of a C locale; None for others, and where Python was told one.

    Python itself would write UTF-8 there, which a terminal of that locale may not show.
    """
    asked = "PYTHONUTF8" in os.environ or "utf8" in sys._xoptions  # noqa: SLF001 - documented
    if not sys.flags.utf8_mode or asked or os.environ.get("PYTHONIOENCODING"):
        return None
    from locale import getencoding  # noqa: PLC0415 - only in a C locale

    return getencoding()


def encoding() -> str:
    """Return the encoding of standard output."""
    return sys.stdout.encoding if isinstance(sys.stdout, TextIOWrapper) else _UTF_8


def sendable(text: str, stream: IO[str] | None) -> str:
    """Return safe text as a stream's encoding can write it, so that it can be measured."""
    encoding = stream.encoding if isinstance(stream, TextIOWrapper) else _UTF_8
    if text.isascii() or encoding.lower() == _UTF_8:
        return text
    from unicodedata import normalize  # noqa: PLC0415 - seldom needed

    return normalize("NFC", text).encode(encoding, ERRORS).decode(encoding)


def on_terminal() -> bool:
    """Return whether a person types and sees the screen; messages may go to a file."""
    return sys.stderr is not None and _is_terminal(sys.stdin) and _is_terminal(sys.stdout)


def can_ask() -> bool:
    """Return whether a person is there to answer a question."""
    return _is_terminal(sys.stdin) and _is_terminal(sys.stderr)


def ask(question: str) -> bool:
    """Ask a question on standard error; anything but yes is no.

    Raises:
        click.Abort: if the answer is Ctrl+C or the end of the input.
    """
    return click.confirm(sendable(safe_line(question), sys.stderr), err=True)


def to_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return _is_terminal(sys.stdout)


def width() -> int:
    """Return how many cells a line of reading text may take."""
    import shutil  # noqa: PLC0415 - slow to load, only for text that is wrapped

    return max(_NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


def fitted(text: str, taken: int) -> str:
    """Return what of a text fits into one row of a terminal; anywhere else all of it.

    Args:
        text: the text.
        taken: how many cells of the row are taken.
    """
    if not _is_terminal(sys.stdout):
        return text
    from unicodedata import east_asian_width  # noqa: PLC0415 - only on a terminal

    columns = os.get_terminal_size(sys.stdout.fileno()).columns or 80  # 0: it does not know
    room = max(_NARROWEST, columns - taken)
    text, cut = (sendable(part, sys.stdout) for part in (safe_line(text), "…"))
    ends = list(accumulate(2 if east_asian_width(sign) in "WF" else 1 for sign in text))
    if not ends or ends[-1] <= room:
        return text
    return text[: bisect_right(ends, room - len(cut))].rstrip() + cut


def rows(text: str, *, hanging: int, error: bool = False) -> list[str]:
    """Return a sentence as the rows of a terminal; anywhere else it stays one line.

    Args:
        text: the sentence.
        hanging: how far the second row and those below are indented, in cells.
        error: True for what goes to standard error.
    """
    stream = sys.stderr if error else sys.stdout
    if not _is_terminal(stream):
        return [text]
    import textwrap  # noqa: PLC0415 - only for text that is wrapped

    return textwrap.wrap(
        sendable(safe_line(text), stream),
        width(),
        subsequent_indent=" " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far long work has come, on standard error if that is a terminal.

    The bar appears when the work turns out to be long, and goes when it is done.

    Args:
        what: the work, in a word or two.

    Yields:
        A function to call with what is done and what there is in all.
    """
    shown = _is_terminal(sys.stderr) and not _is_dumb()
    begun = time.monotonic()
    bar: Callable[[int, int], None] | None = None

    def advance(done: int, total: int) -> None:
        nonlocal bar
        if bar is None and shown and time.monotonic() - begun > _PATIENCE:
            bar = _draw(what, stack)
        if bar is not None:
            bar(done, total)

    with ExitStack() as stack:
        yield advance


def _draw(what: str, stack: ExitStack) -> Callable[[int, int], None]:
    from rich.console import Console  # noqa: PLC0415 - slow to load, seldom needed
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    bar = Progress(
        *columns,
        console=Console(stderr=True),
        transient=True,
        refresh_per_second=4,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    task = stack.enter_context(bar).add_task(safe_line(what), total=None)
    return lambda done, total: bar.update(task, completed=done, total=total)


def _part(part: Part, *, styled: bool) -> str:
    if isinstance(part, str):
        return safe_line(part)
    style, text = part
    text = safe_line(text)
    return f"\x1b[{style.value}m{text}\x1b[0m" if styled and text else text


def _wants_style(stream: IO[str] | None) -> bool:
    return not os.environ.get("NO_COLOR") and not _is_dumb() and _is_terminal(stream)


def _is_dumb() -> bool:
    return os.environ.get("TERM", "dumb") == "dumb"


def _is_terminal(stream: IO[str] | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def _flush(stream: IO[str] | None) -> None:
    if stream is not None:
        with _hushed(stream):
            stream.flush()


def _write(stream: IO[str] | None, text: str) -> None:
    EARLY.take_down()
    if stream is not None:  # a closed descriptor (``>&-``): nobody listens
        with _hushed(stream):
            stream.write(sendable(text, stream))


@contextmanager
def _hushed(stream: IO[str]) -> Iterator[None]:
    """Turn a stream that takes no more to nowhere, for good; it is an error unless a pipe."""
    try:
        yield
    except OSError as error:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        with suppress(OSError):  # a stream of no descriptor has nothing to turn
            os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        if not isinstance(error, BrokenPipeError):
            raise
