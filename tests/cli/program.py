"""The program run as people run it: in a process of its own, with a home of its own."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PATIENCE = 120

#: A page of the numbered layout: four comments, of which two answer the second one.
PAGE = """\
Tuesday, 4 March 2025

The Waiting Room

A chair was broken and nobody came to mend it.

5 comments:

  1. The chair in our office has been broken since spring.

    ReplyDelete
  2. Ours too, and the lift with it.

    'Clockwatcher

    ReplyDelete
    Replies
    1. Lifts are not in the contract, as I was told.

      Delete
    2. Then who mends the stairs?

      Delete
"""


@dataclass(frozen=True)
class Home:
    """One user's data, and the program run on them."""

    folder: Path

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        home = str(self.folder / "home")
        ours = {"HOME": str(self.folder), "PROBATION_READER_HOME": home, "PYTHONUTF8": "1"}
        return {**kept, **ours, "TERM": "xterm-256color", "PROBATION_READER_DEBUG": "1", **more}

    def command(self, *arguments: str | Path) -> list[str]:
        return [sys.executable, "-m", "probation_reader", *map(str, arguments)]

    def run(
        self, *arguments: str | Path, code: int = 0, stdin: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            self.command(*arguments),
            capture_output=True,
            input=stdin,
            encoding="utf-8",
            check=False,
            env=self.environment(**environment),
            timeout=PATIENCE,
        )
        assert done.returncode == code, f"{arguments}: {done.returncode}\n{done.stderr}"
        return done

    def json(self, *arguments: str | Path, code: int = 0) -> Any:  # noqa: ANN401 - that is JSON
        return json.loads(self.run(*arguments, "--json", code=code).stdout)

    def in_terminal(
        self,
        *arguments: str | Path,
        keys: str = "",
        after: str = "",
        size: str = "80x24",
        **environment: str,
    ) -> tuple[int, str]:
        """Run in a terminal of its own; return the exit code and all that was sent to it.

        The keys are typed once ``after`` is on the screen.
        """
        command = self.command(*arguments)
        return self._in_terminal(command, keys, after, size, environment)

    def in_terminal_of(
        self, line: str, *, size: str = "80x24", **environment: str
    ) -> tuple[int, str]:
        """Run a line of shell as `in_terminal` runs the program."""
        return self._in_terminal(["bash", "-c", line], "", "", size, environment)

    def _in_terminal(
        self, command: list[str], keys: str, after: str, size: str, environment: dict[str, str]
    ) -> tuple[int, str]:
        child, terminal = pty.fork()
        if child == 0:
            os.execvpe(command[0], command, self.environment(**environment))  # noqa: S606
        columns, lines = map(int, size.split("x"))
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        sent, typed = bytearray(), b""
        while chunk := _read(terminal, command, typed):
            sent += chunk
            if not typed and after.encode() in sent:
                typed = keys.encode()
                os.write(terminal, typed)
        os.close(terminal)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return code, sent.decode("utf-8").replace("\r\n", "\n")

    def write(self, text: str, name: str = "page.txt") -> Path:
        file = self.folder / name
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        return file

    def post(self) -> str:
        """The id of the only post."""
        (row,) = self.json("list")
        return str(row["id"])


def _read(terminal: int, command: list[str], typed: bytes) -> bytes:
    for _ in range(PATIENCE):
        if select.select([terminal], [], [], 1)[0]:
            break
        os.write(terminal, typed)  # a Ctrl+C just before input is waited for is not heard
    else:
        pytest.fail(f"{command} neither ends nor says anything")
    try:
        return os.read(terminal, 65536)
    except OSError:  # the program has closed its side
        return b""
