"""Typing on a real terminal: quick fingers, and bytes that are no text."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from tests.e2e.terminal import Pty

pytestmark = pytest.mark.e2e


@pytest.fixture
def terminal(in_pty: Callable[..., Pty]) -> Pty:
    opened = in_pty()
    opened.until(lambda sent: "▾".encode() in sent, "a thread of the sample")
    opened.settle(1.0)
    return opened


def row(terminal: Pty) -> str:
    terminal.settle()
    return terminal.screen()[-1]


@pytest.mark.parametrize(("typed", "shown"), [("\x1b/", " / "), ("\x1bf", " find: ")])
def test_esc_and_a_key_at_once_are_both_heard(terminal: Pty, typed: str, shown: str) -> None:
    terminal.press("?")
    assert "Esc back" in row(terminal)
    terminal.press(typed)
    assert row(terminal).startswith(shown)


def test_bytes_of_another_encoding_do_not_end_the_program(terminal: Pty) -> None:
    os.write(terminal.line, b"/caf\xe9 \xff")
    assert row(terminal).startswith(" / caf")
    terminal.press("\x1b")
    assert " / caf" not in row(terminal)
    terminal.press("Q")
    assert terminal.close() == 0
