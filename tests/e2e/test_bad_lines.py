"""Terminals of every kind, lines that stall or drop, a shell one goes back to."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import Pty, Tmux, need, program

pytestmark = pytest.mark.e2e

Start = Callable[..., Pty]
Run = Callable[..., subprocess.CompletedProcess[str]]

#: Seconds in which nothing may be sent while nothing happens.
IDLE = 10.0
#: Seconds for which a terminal takes nothing, and what the program may grow by meanwhile.
STALL, MOST_GROWN = 3.0, 12 * 1024 * 1024
COMMENTS = 600
#: Between two looks at what cannot be waited for.
PAUSE = 0.02

HEAD = f"""Saturday, 4 May 2024

A Long Thread

What it is about.

{COMMENTS} comments:

"""
REMARK = f"""  {{0}}. Remark {{0}}: {"words and " * 30}an end.

    ReplyDelete
"""
TERMS = ["xterm-256color", "tmux-256color", "screen", "linux", "vt220", "dumb", "unknown"]


@pytest.fixture
def post(run: Run, home: Path, tmp_path: Path) -> str:
    """A library of one long thread, nothing of which is read by looking at it; its id."""
    options = home / "reader" / "config" / "config.toml"
    options.parent.mkdir(parents=True)
    options.write_text("read_after = 60\n")
    page = tmp_path / "page.txt"
    said = (REMARK.format(number) for number in range(1, COMMENTS + 1))
    page.write_text(HEAD + "".join(said), encoding="utf-8")
    run("import", str(page))
    (row,) = json.loads(run("list", "--json").stdout)
    return str(row["id"])


def shows(terminal: Pty, words: str) -> None:
    terminal.until(lambda _: words in "\n".join(terminal.screen()), words)


def reading(terminal: Pty) -> Pty:
    shows(terminal, "Remark 1:")
    terminal.settle()
    return terminal


def resident(pid: int) -> int:
    """Return the bytes of memory that a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


# Terminals


@pytest.mark.usefixtures("post")
@pytest.mark.parametrize("term", TERMS)
def test_it_reads_on_every_terminal(in_pty: Start, term: str) -> None:
    reads(in_pty(command=["env", f"TERM={term}", *program()]))


@pytest.mark.usefixtures("post")
def test_it_reads_in_screen(in_pty: Start, tmp_path: Path) -> None:
    screen, folder = need("screen"), tmp_path / "sockets"
    folder.mkdir(mode=0o700)
    command = [screen, "-c", "/dev/null", "-U", *program()]
    reads(in_pty(command=["env", f"SCREENDIR={folder}", *command]))


@pytest.mark.usefixtures("post")
def test_it_reads_over_mosh(in_pty: Start) -> None:
    server, client = need("mosh-server", "mosh"), need("mosh-client", "mosh")
    there = shlex.join([server, "new", "-i", "127.0.0.1", "--", *program()])
    here = f"set -- $({there} | sed -n 's/^MOSH CONNECT //p'); MOSH_KEY=$2 {client} 127.0.0.1 $1"
    reads(in_pty(command=["env", "LC_ALL=C.UTF-8", "sh", "-c", here]))


def reads(terminal: Pty) -> None:
    """Read in a terminal, also in one within another, and leave."""
    reading(terminal)
    terminal.press("G")
    shows(terminal, f"Remark {COMMENTS}:")
    terminal.press("gg")
    shows(terminal, "What it is about")
    terminal.press("Q")
    assert terminal.close() == 0


# Lines


@pytest.mark.usefixtures("post")
def test_a_line_is_silent_while_nothing_happens(in_pty: Start) -> None:
    terminal = reading(in_pty())
    terminal.press("jj")
    terminal.settle(2.0)
    before = len(terminal.sent)
    deadline = time.monotonic() + IDLE
    while time.monotonic() < deadline:
        terminal.read(deadline - time.monotonic())
    assert terminal.sent[before:] == b""


@pytest.mark.usefixtures("post")
def test_a_line_that_stalls_shows_the_present_afterwards(in_pty: Start) -> None:
    terminal = reading(in_pty(size=(200, 60)))
    terminal.press("G")
    shows(terminal, f"Remark {COMMENTS}:")
    terminal.press("gg")
    terminal.settle()
    before = resident(terminal.pid)
    stalled_until, most = time.monotonic() + STALL, 0
    while time.monotonic() < stalled_until:
        terminal.press("\x1b[6~\x1b[6~\x1b[5~")
        most = max(most, resident(terminal.pid))
        time.sleep(PAUSE)
    terminal.press("G")
    shows(terminal, f"Remark {COMMENTS}:")
    terminal.settle()
    assert most - before < MOST_GROWN
    shown = terminal.screen()
    terminal.press("\x0c")
    terminal.settle()
    assert terminal.screen() == shown
    terminal.press("Q")
    assert terminal.close() == 0


@pytest.mark.usefixtures("post")
def test_ctrl_s_is_a_key_and_stops_no_line(in_pty: Start) -> None:
    terminal = reading(in_pty())
    terminal.press("\x13")
    shows(terminal, "Ctrl+s does nothing here")
    terminal.press("G")
    shows(terminal, f"Remark {COMMENTS}:")
    terminal.press("Q")
    assert terminal.close() == 0


def test_every_mark_that_was_shown_is_kept_when_the_line_drops(
    in_pty: Start, run: Run, post: str
) -> None:
    terminal = reading(in_pty())
    terminal.press("jjjN")
    shows(terminal, "3 marked read")
    terminal.hang_up()
    comments = json.loads(run("show", post, "--json").stdout)["comments"]
    assert "3" in {comment["number"] for comment in comments if comment["read"]}


# The shell


@pytest.mark.usefixtures("post")
def test_the_shell_and_back_is_the_same_screen(in_tmux: Callable[..., Tmux]) -> None:
    window = in_tmux(command=["bash", "--norc", "--noprofile", "-i"], size=(100, 30), PS1="shell:")
    window.until(lambda seen: "shell:" in seen, "the shell")
    window.press(shlex.join(program()), "Enter")
    window.until(lambda seen: "Remark 1:" in seen, "the thread")
    window.press("G")
    before = window.until(lambda seen: f"Remark {COMMENTS}:" in seen, "the end")
    window.press("C-z")
    window.until(lambda seen: "Stopped" in seen, "the shell again")
    window.press("echo $((40 + 2)) typed", "Enter")
    window.until(lambda seen: "\n42 typed" in seen and "echo $((" in seen, "what is typed")
    window.press("fg", "Enter")
    assert window.until(lambda seen: f"Remark {COMMENTS}:" in seen, "the thread") == before
    window.press("C-z")
    window.until(lambda seen: "42 typed" in seen, "the shell again")
    window.resize(60, 20)
    window.press("fg", "Enter")
    rule = "─" * 60
    window.until(lambda seen: rule in seen and " of 600" in seen, "the thread in its new size")
    window.press("Q")
    window.until(lambda seen: "42 typed" in seen, "the shell at the end")
