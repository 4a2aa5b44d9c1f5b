"""A note that was being typed when the program ended is offered again where it was written."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.pages import PAGE
from tests.e2e.terminal import Pty

pytestmark = pytest.mark.e2e

_WORDS = "half a thought #rota"


@pytest.fixture
def thread(tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    file = tmp_path / "page.txt"
    file.write_text(PAGE.format(count=2), encoding="utf-8")
    run("import", str(file))


def _configured(home: Path, **options: str) -> None:
    (folder := home / "reader" / "config").mkdir(parents=True, exist_ok=True)
    lines = [f'{name} = "{value}"\n' for name, value in options.items()]
    (folder / "config.toml").write_text("".join(lines), encoding="utf-8")


def _opened(in_pty: Callable[..., Pty]) -> Pty:
    terminal = in_pty()
    terminal.until(lambda sent: b"no rota" in sent, "the thread")
    terminal.settle()
    return terminal


def _row(terminal: Pty) -> str:
    terminal.settle()
    return terminal.screen()[-1]


@pytest.mark.slow
@pytest.mark.usefixtures("thread")
@pytest.mark.parametrize("preset", ["vim", "emacs"])
@pytest.mark.parametrize("end", ["SIGHUP", "SIGTERM", "SIGINT", "SIGKILL", "Ctrl+C", "lost line"])
def test_a_draft_outlives_the_program(
    home: Path, in_pty: Callable[..., Pty], end: str, preset: str
) -> None:
    _configured(home, preset=preset, output="plain" if end == "SIGTERM" else "lean")
    terminal = _opened(in_pty)
    terminal.press("e")
    terminal.settle()
    terminal.press(_WORDS)
    if end == "SIGKILL":
        drafts = home / "reader" / "data" / "drafts"
        terminal.until(
            lambda _sent: any(_WORDS in f.read_text() for f in drafts.glob("*.json")), "it"
        )
    terminal.until(lambda sent: b"#rota" in sent or _WORDS in _row(terminal), "the words")
    if end == "Ctrl+C":
        terminal.press("\x03")
        assert terminal.close() == 0
    elif end == "lost line":
        terminal.hang_up()
    else:
        os.kill(terminal.pid, getattr(signal, end))
        terminal.close()
    terminal = _opened(in_pty)
    assert "Unsaved draft of a note" in _row(terminal)
    terminal.press("e")
    row = _row(terminal)
    assert _WORDS in row
    assert "unsaved draft of" in row
    terminal.press("\r")
    assert "kept with a note and 1 tag" in _row(terminal)
    assert not list((home / "reader" / "data" / "drafts").iterdir())
    terminal.press("Q" if preset == "vim" else "\x03")
    terminal.close()


@pytest.mark.usefixtures("thread")
def test_esc_drops_a_draft_for_good(home: Path, in_pty: Callable[..., Pty]) -> None:
    terminal = _opened(in_pty)
    terminal.press("e")
    terminal.settle()
    terminal.press(_WORDS)
    terminal.settle()
    os.kill(terminal.pid, signal.SIGTERM)
    terminal.close()
    (file,) = (home / "reader" / "data" / "drafts").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    terminal = _opened(in_pty)
    terminal.press("e")
    terminal.settle()
    terminal.press("\x1b")
    terminal.settle()
    assert not file.exists()
    terminal.press("e")
    assert _WORDS not in _row(terminal)
