"""What happens between the command and the screen: keys wait, failures are readable."""

from __future__ import annotations

import os
import pty
import signal
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import LOADING, Pty, program

pytestmark = pytest.mark.e2e

Start = Callable[..., Pty]


@pytest.fixture
def at_home(run: Callable[..., object]) -> None:
    run("sample")


def keys_wait(terminal: Pty) -> bool:
    return not termios.tcgetattr(terminal.line)[3] & termios.ECHO


def untouched() -> list[object]:
    line, other = pty.openpty()
    modes = termios.tcgetattr(other)
    os.close(line)
    os.close(other)
    return modes


@pytest.mark.usefixtures("at_home")
def test_keys_typed_before_the_screen_is_there_act_in_order(in_pty: Start) -> None:
    terminal = in_pty()
    terminal.until(lambda _: keys_wait(terminal), "the terminal taken")
    terminal.press("/waiting ")
    terminal.press("room")
    terminal.until(lambda _: "/ waiting room" in terminal.screen()[-1], "the words in the bar")
    assert terminal.sent.startswith(b"\x1b[?1049h"), "nothing was shown before the screen"
    terminal.press("\x03")
    assert terminal.close() == 0


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ended_while_it_is_loaded_the_terminal_is_as_it_was(
    in_pty: Start, end: signal.Signals
) -> None:
    terminal = in_pty(command=LOADING)
    terminal.until(lambda _: keys_wait(terminal), "the terminal taken")
    os.kill(terminal.pid, end)
    os.waitid(os.P_PID, terminal.pid, os.WEXITED | os.WNOWAIT)
    assert termios.tcgetattr(terminal.line) == untouched()
    assert terminal.close() == 128 + end
    assert terminal.sent == b""


@pytest.mark.usefixtures("at_home")
def test_keys_that_stop_a_program_wait_too(in_pty: Start) -> None:
    terminal = in_pty()
    terminal.until(lambda _: keys_wait(terminal), "the terminal taken")
    terminal.press("\x1c?")
    terminal.until(lambda _: "Reading a thread" in "".join(terminal.screen()), "the help")
    terminal.press("\x03")
    assert terminal.close() == 0


@pytest.mark.usefixtures("at_home")
def test_a_terminal_of_another_session_is_left_alone_until_the_screen(in_pty: Start) -> None:
    terminal = in_pty(command=["setsid", "--wait", *program()])
    terminal.until(lambda _: "▌" in "".join(terminal.screen()), "a thread")
    terminal.press("Q")
    assert terminal.close() == 0


def test_a_failure_is_read_on_the_screen_one_came_from(in_pty: Start, home: Path) -> None:
    (home / "reader" / "data" / "library.sqlite3").mkdir(parents=True)
    terminal = in_pty()
    terminal.until(lambda sent: b"library.sqlite3" in sent, "the failure")
    assert b"\x1b[?1049h" not in terminal.sent
    assert not keys_wait(terminal)
    assert terminal.close() == 1
