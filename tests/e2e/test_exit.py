"""Every way out leaves the terminal as it was found, and says what went wrong."""

from __future__ import annotations

import os
import signal
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import Pty

pytestmark = pytest.mark.e2e

#: What has to be the last word about each: alternate screen left, cursor seen, mouse
#: and pasted text as before.
RESTORED = {b"?1049": b"l", b"?25": b"h", b"?1000": b"l", b"?1003": b"l", b"?2004": b"l"}

FAULTY = """
import sys
from probation_reader.cli.main import main
from probation_reader.ui.reader.mark_actions import MarkActions

def broken(self):
    raise ZeroDivisionError("a fault\x1b[31m of the program")

MarkActions.action_bookmarks = broken
sys.exit(main(sys.argv[1:]))
"""


def started(in_pty: Callable[..., Pty], *arguments: str, command: list[str] | None = None) -> Pty:
    terminal = in_pty(*arguments, command=command or ())
    terminal.until(lambda sent: "▾".encode() in sent, "a thread of the sample")
    terminal.settle()
    return terminal


def restored(sent: bytes) -> bool:
    for mode, wanted in RESTORED.items():
        at = max(sent.rfind(b"\x1b[" + mode + b"h"), sent.rfind(b"\x1b[" + mode + b"l"))
        if at < 0 or sent[at + 2 + len(mode) :][:1] != wanted:
            return False
    return True


@pytest.mark.parametrize(
    ("keys", "number"),
    [("Q", 0), ("qq", 0), ("\x03", 0), ("", signal.SIGTERM), ("", signal.SIGHUP)],
    ids=["Q", "q q", "Ctrl+C", "SIGTERM", "SIGHUP"],
)
def test_the_terminal_is_as_it_was(in_pty: Callable[..., Pty], keys: str, number: int) -> None:
    terminal = started(in_pty)
    assert not restored(terminal.sent)
    for key in keys:
        terminal.press(key)
    if number:
        os.kill(terminal.pid, number)
    terminal.until(restored, "the terminal restored")
    terminal.settle()
    modes = termios.tcgetattr(terminal.line)[3]
    assert modes & termios.ECHO
    assert modes & termios.ICANON
    assert terminal.close() == 0
    assert restored(terminal.sent)
    assert b"Traceback" not in terminal.sent


def test_a_fault_is_one_sentence_with_the_log_and_a_whole_terminal(
    in_pty: Callable[..., Pty], home: Path
) -> None:
    terminal = started(in_pty, command=[sys.executable, "-c", FAULTY])
    terminal.press("B")
    terminal.until(lambda sent: b"reader.log" in b"".join(sent.split()), "where the log is")
    assert terminal.close() == 70
    assert restored(terminal.sent)
    after = b" ".join(terminal.sent[terminal.sent.rfind(b"?1049l") :].split())  # it is wrapped
    assert b"went wrong inside the program" in after
    assert b"a fault" in after
    assert b"\x1b[31m" not in after
    assert b"Traceback" not in after
    (log,) = home.rglob("*.log")
    assert "in broken" in log.read_text(encoding="utf-8")


def test_a_fault_is_shown_whole_to_those_who_ask(in_pty: Callable[..., Pty]) -> None:
    terminal = started(in_pty, command=[sys.executable, "-c", FAULTY, "--debug"])
    terminal.press("B")
    terminal.until(lambda sent: b"in broken" in sent, "the traceback")
    assert terminal.close() == 70
    assert restored(terminal.sent)
