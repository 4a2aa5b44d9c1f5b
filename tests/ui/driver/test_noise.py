"""What comes in is keys, whatever else comes in between."""

from __future__ import annotations

import random

import pytest
from textual import events

from probation_reader.ui.driver.keyboard import Typed

#: Bytes that are no UTF-8, and sequences of numbers that stand for nothing.
NOISE = [
    b"\xe9",
    b"\xff\xfe",
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b"\x1b[99999999999u",
    b"\x1b[99999999999999999999999u",
    b"\x1b[1114112u",
    b"\x1b[97:65u",
    b"\x1b[97;1;99999999u",
    b"\x1b[48;1;1;1;1t\x1b[48;0;0;0;0t\x1b[<0;3;3M",
]


def keys(typed: Typed, *pieces: bytes) -> str:
    made = [event for piece in pieces for event in typed.read(piece)]
    return "".join(event.character or "" for event in made if isinstance(event, events.Key))


@pytest.mark.parametrize("noise", NOISE, ids=repr)
def test_noise_takes_no_key_away(noise: bytes) -> None:
    typed = Typed()
    assert keys(typed, b"ab") == "ab"
    list(typed.read(noise))
    assert keys(typed, b"cd").endswith("cd")


def test_a_character_may_come_in_pieces() -> None:
    assert keys(Typed(), *(bytes([byte]) for byte in "é漢👍".encode())) == "é漢👍"


def test_a_terminal_of_8_bits_types_its_own_characters() -> None:
    typed = Typed(encoding="iso8859-1")
    assert keys(typed, "café ½".encode("latin-1")) == "café ½"
    assert keys(typed, b"\x9b31m", b"\x90+q\xe9\x9c", b"x") == "x"
    assert keys(typed, b"\x1b[M \xe9\xe9", b"x") == "x"


def test_no_bytes_at_all_break_it() -> None:
    dice = random.Random(7)  # noqa: S311 - the same bytes every time
    typed = Typed()
    for _ in range(3000):
        digits = bytes(dice.choices(b"0123456789;:<?$", k=dice.randrange(20)))
        noise = dice.choice([dice.randbytes(dice.randrange(30)), digits])
        final = bytes(dice.choices(b"uMmtRy~ABCHZqc", k=1))
        list(typed.read(dice.choice([noise, b"\x1b[" + digits + final, b"\x1b" + noise])))
    assert keys(typed, b"\x1b[201~", b"x").endswith("x")
