"""The lean output goes to terminals that can take it, and to no others."""

from __future__ import annotations

import pytest

from probation_reader.ui.driver.terminals import is_capable, shapes_cursor

CAPABLE = (
    "xterm xterm-256color XTERM tmux-256color screen screen.xterm-256color linux vt102 vt220 vt525 "
    "rxvt-unicode-256color st st-256color alacritty"
)


@pytest.mark.parametrize("term", CAPABLE.split())
def test_these_can(term: str) -> None:
    assert is_capable(term)


@pytest.mark.parametrize("term", ["", "dumb", "unknown", "vt100", "vt52", "ansi", "emacs", "stv52"])
def test_of_these_it_is_not_known(term: str) -> None:
    assert not is_capable(term)
    assert not shapes_cursor(term)


def test_where_a_shape_would_be_seen_as_letters_none_is_sent() -> None:
    assert shapes_cursor("xterm-256color")
    assert not shapes_cursor("linux")
    assert not shapes_cursor("vt220")
