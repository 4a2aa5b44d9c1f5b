"""Real terminals for the end-to-end tests: a bare pty, and tmux.

Both run the installed program with a home of its own. Nothing here sleeps for
a fixed time: every wait is for something to appear, with a deadline.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

import pyte
import pytest

PATIENCE = 30.0

#: The program as it is while it is being loaded, for as long as one likes.
LOADING = [
    sys.executable,
    "-c",
    """
import signal, sys
from probation_reader.cli import main, start
main.main = signal.pause
sys.exit(start.main())
""",
]


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "PROBATION_READER_HOME": str(home / "reader"),
        "TERM": "xterm-256color",
        "PYTHONUTF8": "1",
        **more,
    }


def program(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "probation_reader", *arguments]


def need(tool: str, package: str = "") -> str:
    """Return where a tool is; without it the test is skipped, or fails where all are installed."""
    found = shutil.which(tool, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        how = f"{tool} is missing: apt-get install {package or tool}"
        if os.environ.get("CI"):
            pytest.fail(f"{how}; this run may not do without it")
        pytest.skip(how)
    return found


class Pty:
    """The program in a bare pseudo-terminal; every byte it sends is kept."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        command: Sequence[str] = (),
    ) -> None:
        self.sent = b""
        self.size = columns, lines = size
        command = command or program(*arguments)
        self.pid, self.line = pty.fork()
        if self.pid == 0:
            window = struct.pack("HHHH", lines, columns, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, window)
            os.execvpe(command[0], list(command), environment(home))  # noqa: S606 - the program itself

    def read(self, wait: float) -> bool:
        ready, _, _ = select.select([self.line], [], [], wait)
        if not ready:
            return False
        try:
            data = os.read(self.line, 65536)
        except OSError:  # the other side is closed
            return False
        self.sent += data
        return bool(data)

    def until(self, done: Callable[[bytes], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not done(self.sent):
            assert time.monotonic() < deadline, f"{what}: not seen in {self.sent[-2000:]!r}"
            self.read(0.1)

    def settle(self, quiet: float = 0.4) -> None:
        while self.read(quiet):
            pass

    def emulator(self) -> pyte.Screen:
        """Return a terminal after all that was sent."""
        screen = pyte.Screen(*self.size)
        pyte.ByteStream(screen).feed(self.sent)
        return screen

    def screen(self) -> list[str]:
        """Return the rows that a terminal shows after all that was sent."""
        return list(self.emulator().display)

    def resize(self, columns: int, lines: int) -> None:
        self.size = columns, lines
        fcntl.ioctl(self.line, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def press(self, keys: str) -> None:
        os.write(self.line, keys.encode())

    def hang_up(self) -> None:
        """Drop the line, as a lost connection does, and wait for the program to end."""
        os.close(self.line)
        os.kill(self.pid, signal.SIGHUP)
        os.waitpid(self.pid, 0)

    def close(self) -> int:
        """Wait for the program to end (ending it if need be); return its exit code."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                break
        else:
            os.kill(self.pid, signal.SIGKILL)
            _, status = os.waitpid(self.pid, 0)
        os.close(self.line)
        return os.waitstatus_to_exitcode(status)


class Tmux:
    """The program in a tmux window of a given size; what is seen is the screen."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        command: Sequence[str] = (),
        **variables: str,
    ) -> None:
        self.socket = f"reader-{uuid.uuid4().hex[:12]}"
        columns, lines = size
        env = environment(home, TERM="screen-256color", **variables)
        shell = " ".join(
            [
                "exec",
                "env",
                "-i",
                *(f"'{name}={value}'" for name, value in env.items()),
                *(command or program(*arguments)),
            ]
        )
        self.tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(lines), shell
        )
        self.tmux("set", "-g", "status", "off")
        self.tmux("resize-window", "-x", str(columns), "-y", str(lines))

    def tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-u", "-L", self.socket, *arguments],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        return done.stdout

    @property
    def screen(self) -> str:
        return self.tmux("capture-pane", "-p")

    def press(self, *keys: str) -> None:
        self.tmux("send-keys", *keys)

    def resize(self, columns: int, lines: int) -> None:
        self.tmux("resize-window", "-x", str(columns), "-y", str(lines))

    def until(self, done: Callable[[str], bool], what: str) -> str:
        deadline = time.monotonic() + PATIENCE
        while not done(screen := self.screen):
            assert time.monotonic() < deadline, f"{what}: not seen in\n{screen}"
            time.sleep(0.05)
        return screen

    def ended(self) -> bool:
        return "reader" not in self.tmux("list-sessions", "-F", "reader")

    def close(self) -> None:
        self.tmux("kill-server")
