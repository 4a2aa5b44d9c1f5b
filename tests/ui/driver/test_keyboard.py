"""What terminals send for keys: Esc before a key, Alt with it, and longer sequences."""

from __future__ import annotations

import pytest
from textual import events

from probation_reader.ui.driver.control_sequences import Tokenizer
from probation_reader.ui.driver.keyboard import Typed, apart
from probation_reader.ui.keys import chords


def keys(*lumps: str) -> list[events.Key]:
    """Return the keys that a terminal sent, after a moment without any."""
    now = [0.0]
    reading = Typed(Tokenizer(lambda: now[0]))
    found = [message for lump in lumps for message in reading.read(lump.encode())]
    now[0] = 9.0
    found += reading.read(None)
    return [message for message in found if isinstance(message, events.Key)]


def spelled(found: list[events.Key]) -> list[str]:
    return [chords.spelled(key.key, key.character) for key in found]


@pytest.mark.parametrize("typed", ["j", "J", "f", "b", "/", "?", "=", "1", "'", "D", "é"])
def test_esc_and_a_character_come_as_one_and_can_be_taken_apart(typed: str) -> None:
    (pair,) = keys("\x1b" + typed)
    assert spelled([pair]) == [f"Alt+{typed}"]
    assert spelled(apart(pair)) == ["Esc", typed]


def test_what_follows_the_pair_is_on_its_own() -> None:
    assert spelled(keys("\x1b/abc")) == ["Alt+/", "a", "b", "c"]


def test_esc_and_space_are_taken_apart() -> None:
    (pair,) = keys("\x1b ")
    assert spelled([pair]) == ["Alt+Space"]
    assert spelled(apart(pair)) == ["Esc", "Space"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("\x1b", ["Esc"]),
        ("\x1b\x1b", ["Esc", "Esc"]),
        ("\x1b[A", ["Up"]),
        ("\x1bOB", ["Down"]),
        ("\x1b[5~", ["PgUp"]),
        ("\x1b\t", ["Shift+Tab"]),
        ("\x1b\x1b[A", ["Esc", "Up"]),
        ("\x04", ["Ctrl+d"]),
    ],
)
def test_all_else_is_as_textual_has_it(sent: str, said: list[str]) -> None:
    found = keys(sent)
    assert spelled(found) == said
    assert [apart(key) for key in found] == [[]] * len(found)


def test_alt_that_a_terminal_reports_as_such_stays_alt() -> None:
    (key,) = keys("\x1b[106;3u")
    assert spelled([key]) == ["Alt+j"]
    assert apart(key) == []
