"""Two terminals on one record, an import beside them, and an end by force."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.pages import ONE_MORE, PAGE
from tests.e2e.terminal import Pty, Tmux

pytestmark = pytest.mark.e2e

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.txt"
    file.write_text(PAGE.format(count=2), encoding="utf-8")
    return file


def test_two_terminals_and_an_import_see_each_other(
    in_tmux: Callable[..., Tmux], run: Run, page: Path
) -> None:
    run("import", str(page))
    here, there = in_tmux(), in_tmux(size=(40, 20))
    for window in (here, there):
        window.until(lambda seen: "no rota" in seen and "unread" in seen, "the thread")
    here.press("m", "t")
    here.until(lambda seen: "u undoes" in seen, "the marks")
    there.until(lambda seen: "all read" in seen, "the marks of the other terminal")
    there.press("u")
    there.until(lambda seen: "undone:" in seen, "what was undone")
    here.until(lambda seen: "of 2 · 3 unread" in seen or "post · 3 unread" in seen, "it undone")

    page.write_text(PAGE.format(count=3) + ONE_MORE, encoding="utf-8")
    assert "1 new" in run("import", str(page)).stdout
    for window in (here, there):
        window.until(lambda seen: "1 new comment came in" in seen, "that it came in")
        assert "caretaker" not in window.screen
        window.press("C-l")
        window.until(lambda seen: "caretaker" in seen, "the new comment")


def test_killed_in_the_middle_it_can_still_be_undone_and_the_visit_has_ended(
    in_pty: Callable[..., Pty], in_tmux: Callable[..., Tmux], run: Run, page: Path
) -> None:
    run("import", str(page))
    terminal = in_pty()
    terminal.until(lambda sent: b"no rota" in sent, "the thread")
    terminal.settle()
    terminal.press("mt")
    terminal.until(lambda sent: b"undoes" in sent, "the marks")
    os.kill(terminal.pid, signal.SIGKILL)
    os.waitpid(terminal.pid, 0)
    page.write_text(PAGE.format(count=3) + ONE_MORE, encoding="utf-8")
    run("import", str(page))
    window = in_tmux()
    window.until(lambda seen: "+1 new since" in seen and "1 new · 1 unread" in seen, "what is new")
    window.press("u")
    window.until(lambda seen: "undone: 3 passages of Whose Turn It Is" in seen, "the marks undone")
