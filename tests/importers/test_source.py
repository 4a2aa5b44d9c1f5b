"""Bytes become lines of text: each encoding and each oddity has its own answer."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from pathlib import Path

import pytest

from probation_reader.errors import ImportFailure
from probation_reader.importers import source as module
from probation_reader.importers.source import Source, read_source, source_from_bytes

TEXT = "Löß — ‘quoted’\nsecond line\n"


def source(data: bytes) -> Source:
    return source_from_bytes(data, "page.txt")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32-le"),
    ],
    ids=["plain", "bom", "utf16le-bom", "utf16be-bom", "utf16le", "utf16be", "utf32"],
)
def test_unicode_is_read_with_and_without_a_mark(data: bytes, encoding: str) -> None:
    read = source(data)

    assert (read.text, read.encoding, read.notes) == (TEXT, encoding, ())
    assert read.digest == hashlib.sha256(data).hexdigest()


def test_windows_1252_is_read_and_said_with_the_line_of_its_first_odd_byte() -> None:
    read = source("one\r\ntwo\nthree’s £5 – “here”\n".encode("cp1252"))

    assert read.lines == ["one", "two", "three’s £5 – “here”"]
    assert read.encoding == "windows-1252"
    (note,) = read.notes
    assert note.line == 3
    assert "Windows-1252" in note.message


def test_latin_1_is_read_as_windows_1252_which_holds_it() -> None:
    assert source("é è ñ ü\n".encode("latin-1")).lines == ["é è ñ ü"]


def test_the_bytes_that_windows_1252_leaves_open_stay_what_latin_1_says() -> None:
    assert source(b"a \x81\x92 b\n").lines == ["a \x81’ b"]


def test_odd_bytes_in_utf_8_are_read_one_by_one_and_the_rest_stays() -> None:
    read = source("naïve – ok\n".encode() + b"it\x92s broken \xe2\x80\n" + "ü\n".encode())

    assert read.lines == ["naïve – ok", "it’s broken â€", "ü"]
    assert read.encoding == "utf-8"
    assert [note.line for note in read.notes] == [2]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_newlines_are_lf_crlf_and_cr(newline: str) -> None:
    assert source(newline.join(["a", "", "b", ""]).encode()).lines == ["a", "", "b"]


@pytest.mark.parametrize("sign", "\f\v\x1c\x1d\x1e\x85\u2028\u2029")
def test_nothing_else_breaks_a_line(sign: str) -> None:
    assert source(f"a{sign}b\nc".encode()).lines == [f"a{sign}b", "c"]


def test_the_last_line_needs_no_newline_and_blank_ones_count() -> None:
    assert source(b"a\nb").lines == ["a", "b"]
    assert (source(b"a\n\n").lines, source(b"a\n\n").size) == (["a", ""], 2)
    assert (source(b"a\nb").size, source(b"a\nb\n").size) == (2, 2)


def test_a_nul_inside_text_is_kept_and_said() -> None:
    read = source(b"one line of text\nand a \x00 in the second\n")

    assert read.lines[1] == "and a \x00 in the second"
    assert [(note.line, "NUL" in note.message) for note in read.notes] == [(2, True)]


def test_a_lone_surrogate_becomes_its_visible_code_and_is_said() -> None:
    read = source(b"fine\nbad \xed\xa0\x80 half\n")

    assert read.lines == ["fine", "bad ‹D800› half"]
    assert [note.line for note in read.notes] == [2]


def test_a_lone_surrogate_in_utf_16_becomes_its_visible_code_too() -> None:
    read = source(b"\xff\xfe" + "a\nb\udc80c".encode("utf-16-le", "surrogatepass"))

    assert read.lines == ["a", "b‹DC80›c"]
    assert [note.line for note in read.notes] == [2]


def test_two_halves_encoded_apart_become_the_character_they_mean() -> None:
    read = source(b"smile \xed\xa0\xbd\xed\xb8\x80\n")

    assert read.lines == ["smile 😀"]
    assert [note.line for note in read.notes] == [1]


@pytest.mark.parametrize(
    "data",
    [
        b"a\x00b c d e",
        b"x \xed\xa0\x80",
        b"\x81\x92 y",
        b"\xff\xfea\x00\x80\xdc",
        b"\x92\xc3\xa9 z",
    ],
)
def test_whatever_was_read_can_be_stored(data: bytes) -> None:
    text = source(data).text
    with sqlite3.connect(":memory:") as database:
        assert database.execute("SELECT ?", (text,)).fetchone() == (text,)
    database.close()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04abc", "ZIP"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x7fELF" + b"\x00" * 90, "program"),
        (b"\xff\xfea\x00b", "not whole"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(ImportFailure, match=words) as refusal:
        source(data)
    assert refusal.value.where.startswith("page.txt")


def test_a_file_of_zeros_is_refused() -> None:
    with pytest.raises(ImportFailure, match="binary"):
        source(bytes(5000))


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(module.LARGEST + 1)

    with pytest.raises(ImportFailure, match="too large") as refusal:
        read_source(path)
    assert refusal.value.where == str(path)


@pytest.mark.parametrize("kind", ["directory", "pipe", "device", "missing"])
def test_what_is_no_regular_file_is_refused_without_waiting(kind: str, tmp_path: Path) -> None:
    path = tmp_path / kind
    if kind == "directory":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path("/dev/zero")

    with pytest.raises(ImportFailure) as refusal:
        read_source(path)
    assert refusal.value.where == str(path)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everyone may read it")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("text")
    path.chmod(0)

    with pytest.raises(ImportFailure, match="cannot be read"):
        read_source(path)


def test_a_path_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(ImportFailure):
        read_source(Path("a\x00b"))


def test_a_source_is_called_as_the_caller_says(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")

    assert read_source(path, "given/a.txt").name == "given/a.txt"
    assert read_source(path).name == str(path)
