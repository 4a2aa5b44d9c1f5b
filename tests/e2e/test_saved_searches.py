"""Saved searches in real terminals: saved here, counted there, quiet while nothing happens."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.pages import ONE_MORE, PAGE
from tests.e2e.terminal import Pty, Tmux

pytestmark = pytest.mark.e2e

Run = Callable[..., subprocess.CompletedProcess[str]]

_IDLE_SECONDS = 4.0


def test_a_search_saved_in_one_terminal_is_counted_in_another_and_after_a_restart(
    in_tmux: Callable[..., Tmux], run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "page.txt"
    file.write_text(PAGE.format(count=2), encoding="utf-8")
    run("import", str(file))
    here, there = in_tmux(), in_tmux()
    for window in (here, there):
        window.until(lambda seen: "no rota" in seen, "the thread")
    here.press("/", "f", "i", "l", "l", "*")
    here.until(lambda seen: "of 2" in seen, "the hits")
    here.press("C-y")
    here.until(lambda seen: "save as: fill*" in seen, "the line for a name")
    here.press("C-u", "T", "e", "a", "Enter")
    for window in (here, there):
        window.until(lambda seen: "● Tea                        2" in seen, "the row, counted")
    there.press("m", "t")
    for window in (here, there):
        window.until(lambda seen: "Tea                        2" in seen, "what there is, read")
        window.until(lambda seen: "● Tea" not in seen, "that it is read")
    more = ONE_MORE.replace("By the caretaker", "Filled by the caretaker")
    file.write_text(PAGE.format(count=3) + more, encoding="utf-8")
    run("import", str(file))
    for window in (here, there):
        window.until(lambda seen: "● Tea                        1" in seen, "the one that came")
    assert "Tea  fill*" in run("searches").stdout
    again = in_tmux()
    again.until(lambda seen: "● Tea" in seen, "the row after a start")


def test_nothing_is_sent_for_saved_searches_while_nothing_happens(
    in_pty: Callable[..., Pty], run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "page.txt"
    file.write_text(PAGE.format(count=2), encoding="utf-8")
    run("import", str(file))
    for words in ("fill*", "is:unread", "date:2024"):
        run("search", "--save", words, words)
    terminal = in_pty()
    terminal.until(lambda sent: b"date:2024" in sent, "the rows")
    terminal.settle(2.0)
    terminal.press("mt")
    terminal.until(lambda sent: b"undoes" in sent, "the marks")
    terminal.settle(6.0)
    sent, until = len(terminal.sent), time.monotonic() + _IDLE_SECONDS
    while (left := until - time.monotonic()) > 0:
        terminal.read(left)
    assert len(terminal.sent) == sent
