"""Another program holds or removes the record while the reader is open in a real terminal."""

from __future__ import annotations

import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.e2e.pages import PAGE
from tests.e2e.terminal import Pty

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def record(tmp_path: Path, run: Run) -> Path:
    file = tmp_path / "page.txt"
    file.write_text(PAGE.format(count=2), encoding="utf-8")
    run("import", str(file))
    return tmp_path / "reader" / "data" / "personal.sqlite3"


@contextmanager
def _held(record: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(record, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield connection


def _said(terminal: Pty, words: str) -> float:
    """Wait for words and return how long that took."""
    begun, before = time.monotonic(), len(terminal.sent)
    terminal.until(
        lambda sent: words.encode() in sent[before:] or words in "\n".join(terminal.screen()), words
    )
    return time.monotonic() - begun


def _opened(in_pty: Callable[..., Pty]) -> Pty:
    terminal = in_pty()
    terminal.until(lambda sent: b"no rota" in sent, "the thread")
    terminal.settle()
    return terminal


def test_marks_are_pending_until_the_other_program_lets_go(
    in_pty: Callable[..., Pty], record: Path, run: Run
) -> None:
    terminal = _opened(in_pty)
    with _held(record) as connection:
        terminal.press("jb")
        _said(terminal, "Pending: ")
        assert run("bookmarks", "--json").stdout.strip() == "[]"
        _said(terminal, "waiting for another program that holds the record")
        for key, words in (
            ("?", "Reading on"),
            ("q", "rota"),
            ("/", "search every"),
            ("\x1b", "rota"),
        ):
            terminal.press(key)
            assert _said(terminal, words) < 1
        connection.execute("ROLLBACK")
        _said(terminal, "saved")
    assert "Nobody fills it" in run("bookmarks", "--json").stdout
    terminal.press("Q")
    assert terminal.close() == 0


def test_what_is_still_pending_on_the_way_out_is_said_not_to_be_kept(
    in_pty: Callable[..., Pty], record: Path, run: Run
) -> None:
    with _held(record):
        terminal = _opened(in_pty)
        terminal.press("jb")
        _said(terminal, "Pending: ")
        terminal.press("Q")
        _said(terminal, "Leaving when")
        assert terminal.close() == 1
        said = b" ".join(terminal.sent.split())
        assert b"1 passage kept" in said
        assert b"another program held the record" in said
    assert run("bookmarks", "--json").stdout.strip() == "[]"


def test_a_command_says_that_the_record_is_held(record: Path, run: Run) -> None:
    post = run("list").stdout.splitlines()[1].split()[0]
    with _held(record):
        done = run("mark", "read", post)
        assert done.returncode == 1
        assert "another program holds the personal record" in done.stderr
        assert run("list").returncode == 0


def test_a_record_that_is_removed_is_there_again(
    in_pty: Callable[..., Pty], record: Path, run: Run
) -> None:
    terminal = _opened(in_pty)
    terminal.press("jb")
    _said(terminal, "kept")
    record.unlink()
    _said(terminal, "The personal record was removed or replaced")
    terminal.press("jb")
    _said(terminal, "comment 2 kept")
    terminal.press("Q")
    assert terminal.close() == 0
    assert run("bookmarks", "--json").stdout.count('"quote"') == 2
