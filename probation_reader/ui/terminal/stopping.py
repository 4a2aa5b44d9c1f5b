"""Ctrl+Z while the terminal is not the screen's: nothing stops half way, nor where none goes on.

Textual answers the signals that stop and continue a program by giving the terminal
up and taking it. Where the terminal has been given up already that leaves it in
modes that are nobody's.
"""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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
