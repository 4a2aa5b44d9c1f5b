"""The end-to-end tests' terminals, closed after each test."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.e2e.terminal import PATIENCE, Pty, Tmux, environment, need, program


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def run(home: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def start(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            program(*arguments),
            capture_output=True,
            text=True,
            check=False,
            env=environment(home),
            timeout=PATIENCE * 4,
        )

    return start


@pytest.fixture
def in_pty(home: Path) -> Iterator[Callable[..., Pty]]:
    opened: list[Pty] = []

    def start(
        *arguments: str, size: tuple[int, int] = (80, 24), command: Sequence[str] = ()
    ) -> Pty:
        opened.append(Pty(home, *arguments, size=size, command=command))
        return opened[-1]

    yield start
    for terminal in opened:
        try:
            os.kill(terminal.pid, signal.SIGKILL)
            os.waitpid(terminal.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            continue


@pytest.fixture
def in_tmux(home: Path) -> Iterator[Callable[..., Tmux]]:
    need("tmux")
    opened: list[Tmux] = []

    def start(
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        command: Sequence[str] = (),
        **variables: str,
    ) -> Tmux:
        opened.append(Tmux(home, *arguments, size=size, command=command, **variables))
        return opened[-1]

    yield start
    for window in opened:
        window.close()
