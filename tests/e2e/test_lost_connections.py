"""Lines that end or make noise where nobody expects it: the reader ends, or reads on."""

from __future__ import annotations

import os
import signal
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import PATIENCE, Pty, program
from tests.e2e.test_exit import restored, started

pytestmark = pytest.mark.e2e

NOISE = b"\xe9\xff\x1b[99999999999u\x1b[97:65u\x1b[48;1;1;1;1t"
PAGE = b"Enter goes back"

#: A browser that says so when it runs, and when it is ended.
BROWSER = """#!/bin/sh
trap 'echo browser ended; exit 0' TERM
echo browser runs
while :; do sleep 0.05; done
"""


@pytest.fixture(params=["lean", "plain"])
def output(request: pytest.FixtureRequest, home: Path) -> str:
    (folder := home / "reader" / "config").mkdir(parents=True)
    (folder / "config.toml").write_text(f'output = "{request.param}"\n', encoding="utf-8")
    return str(request.param)


def ended(pid: int) -> int:
    """Return the exit code of a program that nobody listens to any more."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return pytest.fail("it does not end")


@pytest.mark.usefixtures("output")
@pytest.mark.parametrize("heard", [True, False], ids=["hang-up", "no hang-up"])
def test_a_terminal_that_is_gone_ends_the_reader_in_peace(
    in_pty: Callable[..., Pty], *, heard: bool
) -> None:
    deaf = ["sh", "-c", f"trap '' HUP; exec {' '.join(program())}"]
    terminal = started(in_pty, command=[] if heard else deaf)
    os.close(terminal.line)
    assert ended(terminal.pid) == 0


@pytest.mark.usefixtures("output")
def test_noise_on_the_line_is_no_end(in_pty: Callable[..., Pty]) -> None:
    terminal = started(in_pty)
    os.write(terminal.line, NOISE)
    terminal.settle()
    before = len(terminal.sent)
    terminal.press("?")
    terminal.until(lambda sent: b"Reading a thread" in sent[before:], "the help")
    terminal.press("\x03")
    assert terminal.close() == 0


@pytest.mark.usefixtures("output")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_while_a_page_is_shown_it_ends(
    in_pty: Callable[..., Pty], number: signal.Signals
) -> None:
    terminal = started(in_pty)
    terminal.press("yy")
    terminal.until(lambda sent: PAGE in sent, "the page")
    os.kill(terminal.pid, number)
    assert terminal.close() == 0
    assert restored(terminal.sent)


def test_an_interrupt_goes_back_from_a_page(in_pty: Callable[..., Pty]) -> None:
    terminal = started(in_pty)
    terminal.press("yy")
    terminal.until(lambda sent: PAGE in sent, "the page")
    before = len(terminal.sent)
    terminal.press("\x03")
    terminal.until(lambda sent: "▾".encode() in sent[before:], "the thread again")
    terminal.press("Q")
    assert terminal.close() == 0


def test_told_to_end_while_a_browser_has_the_terminal_it_ends_both(
    in_pty: Callable[..., Pty], run: Callable[..., object], tmp_path: Path
) -> None:
    (page := tmp_path / "page.txt").write_text(
        "Saturday, 27 April 2024\n\nA link\n\n▾ See https://example.org/page.\n\n0 comments:\n",
        encoding="utf-8",
    )
    (browser := tmp_path / "w3m").write_text(BROWSER, encoding="utf-8")
    browser.chmod(0o755)
    run("import", str(page))
    terminal = started(in_pty, command=["env", f"BROWSER={browser}", *program()])
    terminal.press("o")
    terminal.until(lambda sent: b"browser runs" in sent, "the browser")
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.close() == 0
    assert b"browser ended" in terminal.sent
    assert restored(terminal.sent)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("keys", ["", "B", "?", "yy"])
def test_told_to_end_as_the_screen_comes_it_ends_in_peace(
    in_pty: Callable[..., Pty], run: Callable[..., object], keys: str, number: signal.Signals
) -> None:
    run("sample")
    terminal = in_pty()
    terminal.until(lambda sent: b"\x1b[?1049h" in sent, "the screen taken")
    terminal.press(keys)
    os.kill(terminal.pid, number)
    code = terminal.close()
    assert code in {0, 128 + number}
    assert b"went wrong" not in terminal.sent
    assert b"Traceback" not in terminal.sent
    assert terminal.sent.rfind(b"\x1b[?1049l") > terminal.sent.rfind(b"\x1b[?1049h")


@pytest.mark.parametrize("closed", ["<&-", "2>&-", ">&-", "</dev/null", "2>/dev/null"])
def test_without_a_terminal_at_every_end_it_says_so_or_reads(
    in_pty: Callable[..., Pty], closed: str
) -> None:
    terminal = in_pty(command=["sh", "-c", f"{' '.join(program())} {closed}; echo code $?"])
    terminal.until(lambda sent: b"code " in sent or "▾".encode() in sent, "an answer")
    if b"code " not in terminal.sent:
        terminal.press("Q")
        terminal.until(lambda sent: b"code 0" in sent, "the end")
    assert b"Traceback" not in terminal.sent
    assert b"went wrong" not in terminal.sent
    assert termios.tcgetattr(terminal.line)[3] & termios.ECHO
    terminal.close()


@pytest.mark.parametrize(
    "environment",
    [
        ["TERM="],
        ["-u", "TERM"],
        ["TERM=../../etc/passwd"],
        ["TERM=xterm\x1b[31m"],
        ["LANG=C", "LC_ALL=C", "PYTHONUTF8=0", "PYTHONCOERCECLOCALE=0"],
        ["COLUMNS=10", "LINES=5"],
        ["COLUMNS=x", "LINES=-3"],
    ],
    ids=repr,
)
def test_it_reads_whatever_the_environment_says(
    in_pty: Callable[..., Pty], run: Callable[..., object], environment: list[str]
) -> None:
    run("sample")
    terminal = in_pty(command=["env", *environment, *program()])
    terminal.until(lambda _: "post" in "".join(terminal.screen()), "a thread")
    terminal.settle()
    terminal.press("jQ")
    assert terminal.close() == 0
    assert b"Traceback" not in terminal.sent
