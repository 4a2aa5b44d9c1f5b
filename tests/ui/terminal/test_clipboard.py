"""Copies for the terminal's clipboard: what is sent where, and when nothing is."""

from __future__ import annotations

import re
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.ui.terminal.clipboard import LONGEST, hindrance, sequence

XTERM = {"TERM": "xterm-256color"}
TMUX = {"TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"}  # noqa: S108 - only a value
SCREEN = {"TERM": "screen", "STY": "1.pts-0.host"}
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
FITS = LONGEST // 4 * 3
BARE = re.compile(r"\x1b]52;c;([A-Za-z0-9+/=]*)\x07")
TMUX_HANDS_ON = re.compile(r"\x1bPtmux;((?:[^\x1b]|\x1b\x1b)*)\x1b\\")
SCREEN_HANDS_ON = re.compile(r"\x1bP([^\x1b]*(?:\x1b][^\x1b]*)?)\x1b\\")


def unpacked(bare: str) -> str:
    match = BARE.fullmatch(bare)
    assert match
    return b64decode(match[1]).decode()


@given(TEXT)
def test_a_plain_terminal_gets_the_text_as_base64(text: str) -> None:
    assert unpacked(sequence(text, XTERM)) == text


@given(TEXT)
def test_tmux_gets_it_for_itself_and_to_hand_on(text: str) -> None:
    sent = sequence(text, TMUX)
    wrapped = TMUX_HANDS_ON.search(sent)
    assert wrapped
    assert unpacked(sent[: wrapped.start()]) == text
    assert unpacked(wrapped[1].replace("\x1b\x1b", "\x1b")) == text


@pytest.mark.parametrize("length", [0, 1, 500, 5_000, FITS])
def test_screen_gets_pieces_it_can_hand_on(length: int) -> None:
    text = "é" * (length // 2) + "x" * (length % 2)
    sent = sequence(text, SCREEN)
    pieces = SCREEN_HANDS_ON.findall(sent)
    assert "".join(f"\x1bP{piece}\x1b\\" for piece in pieces) == sent
    assert max(map(len, pieces)) <= 760
    assert unpacked("".join(pieces)) == text


@pytest.mark.parametrize("environ", [XTERM, TMUX, SCREEN], ids=["xterm", "tmux", "screen"])
def test_what_is_too_long_is_not_sent_in_part(environ: dict[str, str]) -> None:
    assert sequence("x" * FITS, environ)
    assert not hindrance("x" * FITS, environ)
    longer = "x" * (FITS + 1)
    assert not sequence(longer, environ)
    assert hindrance(longer, environ) == (
        "Nothing was copied: 56,245 characters are too many for this terminal"
    )


def test_over_a_line_from_tmux_or_screen_only_what_both_can_take_is_sent() -> None:
    far = {"TERM": "screen-256color"}
    assert unpacked(sequence("short", far)) == "short"
    assert not sequence("x" * 600, far)
    assert hindrance("x" * 600, far)
    assert sequence("x" * 600, {"TERM": "tmux-256color"}).count("]52;") == 2


@pytest.mark.parametrize("term", ["", "dumb", "linux", "vt220", "cons25"])
def test_a_terminal_without_a_clipboard_gets_nothing(term: str) -> None:
    assert not sequence("text", {"TERM": term})
    assert hindrance("text", {"TERM": term}) == "This terminal takes no copies"
    assert not sequence("text", {})
