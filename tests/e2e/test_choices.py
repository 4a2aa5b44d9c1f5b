"""What the reader chose, and what the terminal can show, on real terminals."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import Pty, Tmux, program

pytestmark = pytest.mark.e2e

#: The beginning of a colour in a style that is sent.
COLOUR = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[0-9;]*m")
MOUSE = b"\x1b[?1000h"


def choose(home: Path, text: str) -> None:
    file = home / "reader" / "config" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")


def in_sight(window: Pty) -> bytes:
    window.until(lambda sent: b"help" in sent, "the keys")
    window.settle()
    return window.sent


def test_a_wrong_choice_is_told_and_the_reader_opens(
    home: Path, in_tmux: Callable[..., Tmux]
) -> None:
    choose(home, 'theme = "drak"\n[keys.thread]\n"x" = "help"\n')
    window = in_tmux()
    said = "config.toml:1: theme cannot be 'drak', perhaps 'dark'; see doctor"
    window.until(lambda screen: said in screen, "the remark")
    window.until(lambda screen: "▾ post" in screen, "a thread")
    window.press("x")
    window.until(lambda screen: "Reading a thread" in screen, "help, by the reader's own key")


def test_hands_from_emacs_find_their_chords(home: Path, in_tmux: Callable[..., Tmux]) -> None:
    choose(home, 'preset = "emacs"\n')
    window = in_tmux()
    window.until(lambda screen: "▾ post" in screen, "a thread")
    window.press("C-x", "b")
    window.until(lambda screen: "filter:" in screen, "the filter")
    window.press("C-g")
    window.until(lambda screen: "filter:" not in screen, "the posts")
    window.press("C-x", "C-c")
    window.until(lambda _: window.ended(), "the end")


def test_alt_is_told_from_the_letter_alone(home: Path, in_tmux: Callable[..., Tmux]) -> None:
    choose(home, '[keys.thread]\n"Alt+q" = "help"\n')
    window = in_tmux()
    window.until(lambda screen: "▾ post" in screen, "a thread")
    window.press("M-q")
    window.until(lambda screen: "Reading a thread" in screen, "help")


@pytest.mark.parametrize("colourless", ["NO_COLOR=1", "TERM=vt220"])
def test_where_no_colours_are_wanted_none_is_sent(
    in_pty: Callable[..., Pty], colourless: str
) -> None:
    assert not COLOUR.search(in_sight(in_pty(command=["env", colourless, *program()])))


@pytest.mark.parametrize("theme", ["auto", "dark"])
def test_elsewhere_colours_are_sent(in_pty: Callable[..., Pty], theme: str) -> None:
    sent = in_sight(in_pty("read", "--theme", theme))
    assert COLOUR.search(sent)
    assert (b"[38;" in sent or b";38;" in sent) == (theme == "dark")


@pytest.mark.parametrize("poor", ["LC_ALL=C", "TERM=vt220"])
def test_a_terminal_that_has_only_ascii_is_sent_only_ascii(
    in_pty: Callable[..., Pty], poor: str
) -> None:
    assert in_sight(in_pty(command=["env", poor, *program()])).isascii()


@pytest.mark.parametrize("mouse", [True, False])
def test_the_mouse_is_listened_to_only_if_it_is_wanted(
    home: Path, in_pty: Callable[..., Pty], *, mouse: bool
) -> None:
    choose(home, f"mouse = {str(mouse).lower()}\n")
    assert (MOUSE in in_sight(in_pty())) == mouse
