"""A day's reading over a bad line: real OpenSSH through a relay that delays and throttles.

What each step costs is printed at the end of the run: bytes on the line (encrypted,
with all that ssh adds), seconds until its words are shown, and until no more comes
(marks that are made a moment later included).
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from probation_reader.outline import numbers
from tests.e2e.relay import Relay, Speed
from tests.e2e.seen import Seen
from tests.e2e.server import Server, serving
from tests.e2e.terminal import environment, program
from tests.importers.generate import Page, Said, Writer, numbered

pytestmark = pytest.mark.e2e

Run = Callable[..., subprocess.CompletedProcess[str]]

BAD_LINE = Speed(round_trip=0.3, downstream=2_048)
FAIR_LINE = Speed(round_trip=0.05, downstream=65_536)
#: On a slow line the answer to a key is over when nothing has come for so long.
QUIET = 0.6
COMMENTS = 40
LEVELS = [0 if place % 4 == 0 else 1 for place in range(COMMENTS)]
NUMBERS = numbers(LEVELS)


def page() -> str:
    """Return a page whose comments are told apart by their first words, two by a rare one."""
    writer = Writer(seed=5)
    said = []
    for number, level in enumerate(LEVELS, 1):
        rare = "The escalator stood still. " if number in {20, 30} else ""
        said.append(Said(level, f"Remark {number}. {rare}{writer.text(40)}"))
    return numbered(Page(("It rained on the day.",), tuple(said), "A Long Day", date(2024, 5, 4)))


@dataclass
class Session:
    """The reader at the other end of the line."""

    screen: Seen
    relay: Relay
    pid_file: Path
    figures: list[tuple[str, int, float, float]] = field(default_factory=list)

    def step(self, name: str, keys: str, *shown: str) -> None:
        """Press keys, wait for what they must show, and until the line is quiet."""
        carried, begun = self.relay.carried, time.perf_counter()
        seen = begun
        if keys:
            self.screen.press(keys)
        for words in shown:
            self.screen.until_shown(words)
        seen = time.perf_counter()
        while time.perf_counter() - max(begun, self.relay.last) < QUIET:
            self.screen.read(0.05)
        self._note(name, carried, seen - begun, self.relay.last - begun)

    def _note(self, name: str, carried: int, shown: float, quiet: float) -> None:
        self.figures.append((name, self.relay.carried - carried, shown, quiet))

    def quit(self) -> int:
        """Leave the program; return the exit code it had, as ssh hands it on."""
        carried, begun = self.relay.carried, time.perf_counter()
        self.screen.press("Q")
        code = self.screen.close()
        took = time.perf_counter() - begun
        self._note("quit", carried, took, took)
        return code

    def unread(self) -> int:
        """Return how many passages the screen says are unread."""
        counted = re.findall(r"([\d,]+) unread", self.screen.shown().splitlines()[-1])
        assert counted, self.screen.shown()
        return int(counted[-1])

    def has_ended(self) -> bool:
        """Tell whether the program at the other end runs no longer."""
        try:
            os.kill(int(self.pid_file.read_text(encoding="ascii")), 0)
        except ProcessLookupError:
            return True
        return False

    def report(self) -> str:
        """Return the figures as a table."""
        rows = [f"{'':<24}{'bytes':>8}{'shown s':>9}{'quiet s':>9}"]
        sums = [sum(column) for column in list(zip(*self.figures, strict=True))[1:]]
        for name, size, shown, quiet in [*self.figures, ("in all", *sums)]:
            rows.append(f"{name:<24}{size:>8,}{shown:>9.1f}{quiet:>9.1f}")
        return "\n".join(rows)


@pytest.fixture
def post(run: Run, tmp_path: Path) -> str:
    file = tmp_path / "page.txt"
    file.write_text(page(), encoding="utf-8")
    assert run("import", str(file)).returncode == 0
    return run("list").stdout.splitlines()[1].split()[0]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "sshd"
    folder.mkdir()
    with serving(folder) as one:
        yield one


@pytest.fixture
def connect(home: Path, post: str, server: Server) -> Iterator[Callable[[Speed], Session]]:
    with ExitStack() as stack:

        def start(speed: Speed) -> Session:
            relay = stack.enter_context(Relay(server.port, speed))
            pid_file = home / "pid"
            names = [f"{name}={value}" for name, value in environment(home).items()]
            words = shlex.join(["env", *names, *program("read", post)])
            far = f"cd {shlex.quote(str(home))} && echo $$ > {pid_file} && exec {words}"
            seen = Seen(home, server.login(far, port=relay.port), (80, 24))
            stack.callback(_end, seen)
            return Session(seen, relay, pid_file)

        yield start


def _end(seen: Seen) -> None:
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(seen.pid, signal.SIGKILL)
        os.waitpid(seen.pid, 0)


def test_reading_over_a_bad_line(
    connect: Callable[[Speed], Session],
    run: Run,
    record_property: Callable[[str, object], None],
) -> None:
    session = connect(BAD_LINE)
    session.step("log in and open", "", "read on", "A Long Day", f"{COMMENTS + 1} unread")
    for place in NUMBERS[:10]:
        session.step(f"read on, to {place}", " ", f"\n {place} of {COMMENTS} · ")
    session.step("to the top of the branch", "{", f"\n 3 of {COMMENTS} · ", "▌▾ 3 ")
    session.step("fold it", "h", "▌▸ 3 ")
    session.step("unfold it", "l", "▌▾ 3 ")
    session.step("search for a word", "/escalator", "/ escalator", "stood still")
    session.step("open the hit", "\r", f" of {COMMENTS} · ", "The escalator stood still.")
    session.step("keep it", "b", " kept")
    kept = re.search(r"Remark (\d+)\. The escalator", session.screen.shown())
    session.step("back to the hits", "\x1b", "/ escalator")
    session.step("back to where I was", "\x1b", f"\n 3 of {COMMENTS} · ")
    unread = session.unread()
    assert session.quit() == 0
    record_property("figures", session.report())
    assert unread <= COMMENTS - 9
    assert run("unread", "--count").stdout == f"{unread}\n"
    assert kept is not None
    (bookmark,) = json.loads(run("bookmarks", "--json").stdout)
    assert bookmark["quote"].startswith(f"Remark {kept[1]}. ")


def test_a_line_that_breaks_keeps_what_the_screen_said(
    connect: Callable[[Speed], Session], run: Run
) -> None:
    session = connect(FAIR_LINE)
    session.step("log in and open", "", "read on", f"{COMMENTS + 1} unread")
    session.step("keep it", "b", " kept")
    for place in NUMBERS[:3]:
        session.step("read on", " ", f"\n {place} of {COMMENTS} · ")
    unread = session.unread()
    assert unread < COMMENTS
    session.screen.press("  ")  # what is under way when it breaks
    session.relay.cut()
    deadline = time.monotonic() + 10
    while not session.has_ended():
        assert time.monotonic() < deadline, "the program outlives its line"
        time.sleep(0.05)
    assert int(run("unread", "--count").stdout) <= unread
    (bookmark,) = json.loads(run("bookmarks", "--json").stdout)
    assert bookmark["quote"] == "It rained on the day."
