"""Opens a source once: bytes in, lines of text out, and every oddity has an answer.

- UTF-8, UTF-16 and UTF-32 by their byte order mark, UTF-16 without one by its NULs.
- Bytes that are not UTF-8 are read as Windows-1252, and said.
- Surrogates: two encoded halves become the character they mean; a half alone
  becomes its code in angle quotes, ``‹D800›``, so that all text can be stored. Said.
- Newlines are LF, CR LF and CR, nothing else: a form feed or U+2028 is text.
- NULs and other control characters inside text are kept, and NULs are said.
- Binary, empty and oversized files, and what is no regular file, are refused; what the
  shell hands over (standard input, a process substitution) may be a pipe.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from probation_reader import files
from probation_reader.errors import ImportFailure
from probation_reader.model import Diagnostic

if TYPE_CHECKING:
    from pathlib import Path

#: The largest file that is read, in bytes.
LARGEST: Final = 512 * 1024 * 1024

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY: Final = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_SAMPLE: Final = 64 * 1024
#: Control characters that no text holds in numbers; tab, newlines and form feed may.
_CONTROL: Final = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1b")) + b"\x7f"
_TOO_MANY_CONTROLS: Final = 0.02
_NUL_SHARE: Final = 0.25
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_ODD_FALLBACK: Final = "probation_reader.windows_1252"


@dataclass(frozen=True)
class Source:
    """A source file as text.

    Args:
        name: the path as it was given.
        text: its text, lines ended or separated by newlines.
        encoding: how its bytes were read.
        digest: SHA-256 of its bytes, in hexadecimal.
        notes: what was odd about its bytes.
        above: how many lines of the file stand above the text, where it is one
            page of several.
    """

    name: str
    text: str
    encoding: str
    digest: str
    notes: tuple[Diagnostic, ...] = ()
    above: int = 0

    @cached_property
    def lines(self) -> list[str]:
        """The lines without newlines; a final newline opens no further line."""
        lines = self.text.split("\n")
        if not lines[-1]:
            del lines[-1]
        return lines

    @property
    def size(self) -> int:
        """How many lines there are."""
        return self.text.count("\n") + (not self.text.endswith("\n"))


def read_source(path: Path, name: str | None = None) -> Source:
    """Return a file as a source.

    Args:
        path: a regular file, or what `files.opened` takes for one.
        name: what to call it, the path itself if not given.

    Raises:
        ImportFailure: if it is no regular file, cannot be read, is larger than
            `LARGEST`, empty or binary.
    """
    name = name or str(path)
    try:
        with files.opened(path) as file:
            size = os.fstat(file.fileno()).st_size
            data = b"" if size > LARGEST else file.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise _refused(name, f"cannot be read: {reason}") from error
    except ValueError as error:
        raise _refused(name, f"is not a path: {error}") from error
    if size > LARGEST or len(data) > LARGEST:
        message = f"the file is too large to be a page: the limit is {LARGEST // 2**20} MiB"
        raise ImportFailure(message, where=name, advice="Split it into its pages")
    return source_from_bytes(data, name)


def source_from_bytes(data: bytes, name: str) -> Source:
    """Return bytes as a source.

    Args:
        data: the bytes of the file.
        name: what to call it in messages and in the source spans.

    Raises:
        ImportFailure: if it is empty, binary, too large or ends inside a character.
    """
    if len(data) > LARGEST:
        raise _refused(name, "the file is too large to be a page")
    mark, encoding = _encoding(data)
    _refuse_binary(data, encoding, name)
    text, encoding, notes = _decode(data, mark, encoding, name)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        count, line = text.count("\x00"), 1 + text.count("\n", 0, text.index("\x00"))
        notes.append(Diagnostic(line, f"{count} NUL characters kept in the text, the first here"))
    if not text or text.isspace():
        raise _refused(name, "the file is empty; looked for a page capture")
    digest = hashlib.sha256(data).hexdigest()
    return Source(name, text, encoding, digest, tuple(notes))


def _refused(name: str, message: str) -> ImportFailure:
    return ImportFailure(message, where=name)


def _encoding(data: bytes) -> tuple[bytes, str]:
    """Return the byte order mark and the encoding it, or the NULs, speak for."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return mark, encoding
    sample = data[:_SAMPLE]
    half = max(1, len(sample) // 2)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > _NUL_SHARE and even < odd / 8:
        return b"", "utf-16-le"
    if even > _NUL_SHARE and odd < even / 8:
        return b"", "utf-16-be"
    return b"", "utf-8"


def _refuse_binary(data: bytes, encoding: str, name: str) -> None:
    for start, kind in _BINARY:
        if data.startswith(start):
            raise _refused(name, f"the file is {kind}, not text")
    if encoding != "utf-8":
        return
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    if controls > max(1, len(sample) * _TOO_MANY_CONTROLS):
        message = f"the file is binary, not text: {controls} control characters at its start"
        raise ImportFailure(message, where=name)


def _decode(
    data: bytes, mark: bytes, encoding: str, name: str
) -> tuple[str, str, list[Diagnostic]]:
    """Return the text, the encoding it was in, and what was odd."""
    body = data[len(mark) :] if mark else data
    if encoding != "utf-8":
        try:
            text, notes = _whole_characters(body.decode(encoding, "surrogatepass"))
        except UnicodeDecodeError as error:
            message = f"the file is not whole {encoding.upper()}: {error.reason}"
            line = _line(body[: error.start].decode(encoding, "replace"))
            raise ImportFailure(message, where=f"{name}:{line}") from error
        return text, encoding, notes
    try:
        return body.decode(), encoding, []
    except UnicodeDecodeError:
        pass
    try:
        text, notes = _whole_characters(body.decode("utf-8", "surrogatepass"))
    except UnicodeDecodeError as error:
        line = _line(body[: error.start].decode("latin-1"))
    else:
        return text, encoding, notes
    if body.decode("utf-8", "ignore").isascii():
        note = Diagnostic(line, "not UTF-8 from here on: the file is read as Windows-1252")
        return _windows_1252(body), "windows-1252", [note]
    note = Diagnostic(line, "not UTF-8 here: such bytes are read as Windows-1252 one by one")
    return body.decode("utf-8", _ODD_FALLBACK), encoding, [note]


def _windows_1252(data: bytes) -> str:
    """Return bytes as Windows-1252; the five it leaves open as Latin-1 has them."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(map(_TABLE.__getitem__, data))


def _odd_bytes(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _windows_1252(error.object[error.start : error.end]), error.end


_TABLE: Final = [bytes((code,)).decode("cp1252", "ignore") or chr(code) for code in range(256)]
codecs.register_error(_ODD_FALLBACK, _odd_bytes)


def _line(before: str) -> int:
    """Return the line, counted from 1, that follows this text."""
    before = before.replace("\r\n", "\n")
    return 1 + before.count("\n") + before.count("\r")


def _whole_characters(text: str) -> tuple[str, list[Diagnostic]]:
    """Return text without surrogates, and where the first one was."""
    first = _SURROGATE.search(text)
    if first is None:
        return text, []
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    made, halves = _SURROGATE.subn(lambda half: f"‹{ord(half[0]):04X}›", joined)
    message = (
        f"{halves} lone surrogates are written as their codes, the first surrogate here"
        if halves
        else "characters encoded as surrogate pairs are joined, the first here"
    )
    return made, [Diagnostic(_line(text[: first.start()]), message)]
