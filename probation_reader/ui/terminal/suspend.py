"""Giving the terminal up for a while: Ctrl+Z, a browser in it, text to be selected by hand.

Textual answers the signals that stop and continue a program by giving the terminal
up and taking it. Where the terminal has been given up already that leaves it in
modes that are nobody's; here nothing stops half way, nor where no shell could have it
go on.

While another program or plain text has the terminal, it is as the shell had it, and
afterwards the screen is drawn anew. Text stands there as the terminal's own lines: it
breaks them itself, so that a long address is selected and copied whole, and the mouse
is the terminal's.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import termios
import tty
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported
from textual.events import Key

from probation_reader import sanitize
from probation_reader.ui.driver.keyboard import Typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.app import App
    from textual.message import Message


#: A parent without job control starts programs so; asked before any handler is set.
_IGNORED = signal.getsignal(signal.SIGTSTP) is signal.SIG_IGN


def has_shell() -> bool:
    """Return whether a shell waits that can have a stopped program go on."""
    session = os.getsid(0)
    try:
        has_parent = os.getsid(os.getppid()) == session
    except OSError:  # it has just ended
        has_parent = False
    return has_parent and not _IGNORED and os.getpgrp() != session


@contextmanager
def unstopped() -> Iterator[None]:
    """Let nothing that is typed stop the body."""
    with _heard(signal.SIGTSTP, signal.SIG_IGN), _heard(signal.SIGCONT, signal.SIG_DFL):
        yield


@contextmanager
def stopped_by(give_up: Callable[[], None], go_on: Callable[[], None]) -> Iterator[None]:
    """Let Ctrl+Z stop the body where there is a shell.

    Args:
        give_up: gives the terminal back before it stops.
        go_on: is called when it goes on, however it was stopped.
    """

    def stop(_number: int, _frame: object) -> None:
        if has_shell():
            give_up()
            os.kill(os.getpid(), signal.SIGSTOP)

    with _heard(signal.SIGCONT, lambda *_: go_on()), _heard(signal.SIGTSTP, stop):
        yield


@contextmanager
def _heard(number: int, handler: Callable[[int, object], None] | int) -> Iterator[None]:
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


_GO_BACK = "Enter goes back to reading."

#: What else does, for those who have left so many pages with it.
_BACK = frozenset(("enter", "ctrl+j", "q", "space", "escape"))

#: Seconds between two looks at whether the reader is told to end: its own loop stands still.
_TICK = 0.2


def run(app: App[None], words: list[str]) -> str:
    """Let a program have the terminal until it ends.

    Whoever ends the reader meanwhile ends the program.

    Args:
        app: the application.
        words: the program and its arguments.

    Returns:
        Why it failed, in words; empty if it did not.
    """
    try:
        with (
            _standing_back(app),
            stopped_by(_nothing, _nothing),
            subprocess.Popen(words) as program,  # noqa: S603 - a list, never a shell
        ):
            code = _wait_for(program, app)
    except SuspendNotSupported:
        return "it needs a terminal to itself"
    except OSError as error:
        return error.strerror or str(error)
    return f"it ended with {code}" if code else ""


def show(app: App[None], said: str, text: str) -> bool:
    """Show a text as the terminal's own lines until Enter is pressed.

    Args:
        app: the application.
        said: a sentence to set before it.
        text: any text.

    Returns:
        Whether that could be done here.
    """
    page = f"\n{sanitize.safe_line(said)}\n\n{sanitize.safe(text)}\n\n{_GO_BACK} "
    try:
        with _standing_back(app) as interrupted:
            _wait_for_enter(page, lambda: _leaves(app) or bool(interrupted))
    except SuspendNotSupported:
        return False
    return True


def _wait_for(program: subprocess.Popen[bytes], app: App[None]) -> int:
    """Return the exit code of a program that ends, by itself or with the reader."""
    told = False
    while True:
        with suppress(subprocess.TimeoutExpired):
            return program.wait(_TICK)
        if _leaves(app) and not told:
            told = True
            program.terminate()


def _wait_for_enter(page: str, given_up: Callable[[], bool]) -> None:
    """Show a page till a key says so, the terminal is gone, or it is given up; hide typing.

    After a while in the shell it is shown again.
    """
    if sys.__stdin__ is None:
        return
    line = sys.__stdin__.fileno()
    with suppress(OSError, termios.error):  # the line dropped: who waits for the screen is told
        modes = termios.tcgetattr(line)
        give_back = partial(termios.tcsetattr, line, termios.TCSANOW, modes)
        due = [True]
        typed, done = Typed(), False
        try:
            with stopped_by(give_back, lambda: due.append(True)):
                while not done and not given_up():
                    if due:
                        tty.setcbreak(line, termios.TCSANOW)  # in the background it stops here
                        due.clear()
                        _write(page)
                    ready = select.select([line], [], [], typed.wait)[0]
                    data = os.read(line, 1024) if ready else None
                    done = data == b"" or any(map(_goes_back, typed.read(data)))
        finally:
            give_back()


def _goes_back(message: Message) -> bool:
    return isinstance(message, Key) and message.key in _BACK


def _write(page: str) -> None:
    """Send a page to where the screen itself is drawn."""
    if sys.__stdout__ is not None:
        sys.__stdout__.write(page)
        sys.__stdout__.flush()


def _nothing() -> None:
    """Leave the terminal as the program in it does."""


def _leaves(app: App[None]) -> bool:
    """Return whether the reader was told to end."""
    return bool(getattr(app, "leaving", False))


@contextmanager
def _standing_back(app: App[None]) -> Iterator[Sequence[int]]:
    """Give the terminal away for the body; Ctrl+C there does not end the reader.

    Yields:
        Grows by something with each Ctrl+C.
    """
    interrupted: list[int] = []
    with unstopped(), app.suspend():
        before = signal.signal(signal.SIGINT, lambda number, _: interrupted.append(number))
        try:
            yield interrupted
        finally:
            signal.signal(signal.SIGINT, before)
    app.screen.refresh(layout=True)
