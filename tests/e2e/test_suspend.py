"""Ctrl+Z while plain text or another program has the terminal: nothing hangs, all is given back."""

from __future__ import annotations

import os
import signal
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import Pty, program

pytestmark = pytest.mark.e2e

#: Is told to stop when it has just given the terminal away.
UNLUCKY = """
import os, signal, sys
from probation_reader.cli import start
from probation_reader.ui.driver.driver import LineDriver
suspend = LineDriver.suspend_application_mode
def unlucky(self):
    suspend(self)
    os.kill(os.getpid(), signal.SIGTSTP)
LineDriver.suspend_application_mode = unlucky
sys.exit(start.main())
"""
PAGE = b"Enter goes back to reading."
TAKEN = b"\x1b[?2004h"


def opened(terminal: Pty) -> Pty:
    terminal.until(lambda sent: "▾".encode() in sent, "a thread of the sample")
    terminal.settle(1.0)
    return terminal


def plain_text(terminal: Pty) -> None:
    terminal.press("y")
    terminal.until(lambda sent: b"Copied" in sent, "what was copied")
    terminal.settle()
    terminal.press("y")
    terminal.until(lambda sent: PAGE in sent, "the words as plain text")


def is_cooked(terminal: Pty) -> bool:
    modes = termios.tcgetattr(terminal.line)[3]
    return bool(modes & termios.ECHO and modes & termios.ICANON)


def goes_on(terminal: Pty) -> None:
    """Press a key that the plain text takes, then one of the screen's."""
    before = len(terminal.sent)
    terminal.press("q")
    terminal.until(lambda sent: TAKEN in sent[before:], "the screen")
    terminal.settle()
    assert "▾".encode() in terminal.sent[before:]
    terminal.press("Q")
    terminal.until(lambda sent: sent.rfind(b"\x1b[?1004l") > before, "the end")


@pytest.mark.parametrize("shell", [["sh", "-i"], ["bash", "--norc", "--noprofile", "-i"]])
def test_plain_text_is_left_for_the_shell_and_found_again(
    in_pty: Callable[..., Pty], shell: list[str]
) -> None:
    terminal = in_pty(command=shell)
    terminal.press(" ".join(program()) + "\r")
    plain_text(opened(terminal))
    terminal.settle()
    terminal.press("\x1a")
    terminal.until(lambda sent: b"Stopped" in sent, "the shell")
    terminal.press("stty -a\r")  # a shell that edits lines has modes of its own while it waits
    terminal.until(lambda sent: b"icanon" in sent, "the modes")
    assert b" -icanon" not in terminal.sent
    before = len(terminal.sent)
    terminal.press("fg\r")
    terminal.until(lambda sent: PAGE in sent[before:], "the words again")
    assert not is_cooked(terminal)
    goes_on(terminal)
    terminal.press("stty -a; exit\r")
    assert terminal.close() == 0
    assert b" -icanon" not in terminal.sent


@pytest.mark.parametrize("command", [program(), [sys.executable, "-c", UNLUCKY]])
def test_where_no_shell_is_plain_text_stays(in_pty: Callable[..., Pty], command: list[str]) -> None:
    terminal = opened(in_pty(command=command))
    plain_text(terminal)
    terminal.press("\x1a")
    goes_on(terminal)
    assert terminal.close() == 0
    assert b"Traceback" not in terminal.sent


def test_stopped_without_notice_plain_text_is_shown_again(in_pty: Callable[..., Pty]) -> None:
    terminal = opened(in_pty())
    plain_text(terminal)
    terminal.settle()
    os.kill(terminal.pid, signal.SIGSTOP)
    os.waitid(os.P_PID, terminal.pid, os.WSTOPPED | os.WNOWAIT)
    before = len(terminal.sent)
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.until(lambda sent: PAGE in sent[before:], "the words again")
    goes_on(terminal)
    assert is_cooked(terminal)
    assert terminal.close() == 0


def test_where_no_shell_is_a_browser_in_the_terminal_cannot_stop_the_reader(
    in_pty: Callable[..., Pty], run: Callable[..., object], home: Path
) -> None:
    page = home / "page.txt"
    page.write_text(
        "Saturday, 1 June 2024\n\nA link\n\nSee https://example.org/a first.\n\n0 comments:\n"
    )
    run("import", str(page))
    w3m = home / "w3m"
    w3m.write_text("#!/bin/sh\necho a page of the web\nread line\n")
    w3m.chmod(0o755)
    terminal = opened(in_pty(command=["env", f"BROWSER={w3m}", *program()]))
    terminal.press("o")
    terminal.until(lambda sent: b"a page of the web" in sent, "the page")
    terminal.press("\x1a\n")
    goes_on(terminal)
    assert terminal.close() == 0
