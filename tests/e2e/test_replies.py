"""Answers of terminals that arrive as input, in a real terminal: nothing comes of them.

Also where the screen opens when one of the program's ends is not the terminal.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.terminal import LOADING, PATIENCE, Pty, Tmux, program

pytestmark = pytest.mark.e2e

EXAMPLES = [
    b"\x1b]11;rgb:1c1c/1c1c/1c1c\x07",
    b"\x1bP>|XTerm(390)\x1b\\",
    b"\x1b[8;24;80t",
    b"\x1b[?62;22;52c",
]
#: Keys that open the lines one types in, and the list of posts.
PLACES = ["", "/", "f", "e", ":", "=", "?"]
#: As many sequences are sent in one run.
_MANY = 250
#: An unfinished sequence has been dropped by then, in seconds.
_DROPPED = 0.8


def events_of(home: Path) -> int:
    """Return how many events the record holds, but for visits and where the reader is."""
    with closing(sqlite3.connect(home / "reader" / "data" / "personal.sqlite3")) as record:
        passing = "'position', 'visit-begin', 'visit-end'"
        sql = f"SELECT count(*) FROM event WHERE action NOT IN ({passing})"  # noqa: S608 - ours
        found: int = record.execute(sql).fetchone()[0]
    return found


@pytest.fixture
def terminal(in_pty: Callable[..., Pty], home: Path) -> Pty:
    (folder := home / "reader" / "config").mkdir(parents=True)
    (folder / "config.toml").write_text("read_after = 0\n", encoding="utf-8")
    opened = in_pty()
    opened.until(lambda sent: "▾".encode() in sent, "a thread of the sample")
    opened.settle(1.0)
    return opened


@pytest.mark.parametrize("place", PLACES)
def test_the_examples_change_nothing_wherever_the_reader_is(terminal: Pty, place: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while "Space read on" not in terminal.screen()[-1]:  # a notice of the start stands there
        assert time.monotonic() < deadline
        terminal.press("jk")
        terminal.settle(0.6)
    terminal.press(place)
    terminal.settle(0.6)
    shown = terminal.screen()
    for answer in EXAMPLES:
        os.write(terminal.line, answer)
        for at in (2, 3, len(answer) // 2, len(answer) - 1):  # 1 is Esc
            os.write(terminal.line, answer[:at])
            time.sleep(0.05)
            os.write(terminal.line, answer[at:])
            os.write(terminal.line, answer[:at])
            time.sleep(_DROPPED)
    terminal.settle()
    assert terminal.screen() == shown


def _sequence(dice: random.Random) -> bytes:
    """Return a control sequence that is no key and no report of the mouse or the size."""
    if dice.random() < 0.5:
        text = bytes(dice.choices(range(0x20, 0x7F), k=dice.randrange(60)))
        introducer = b"\x1b" + bytes([dice.choice(b"PX]^_")])
        return introducer + text + dice.choice([b"\x07", b"\x1b\\", b"\xc2\x9c"])
    private = dice.choice([b"?", b">", b"=", b"", b"", b"12;", b"62;1;"])
    numbers = b";".join(b"%d" % dice.randrange(20000) for _ in range(dice.randrange(6)))
    middle = bytes(dice.choices(b" !\"$'*+", k=dice.randrange(2)))
    final = bytes([dice.choice(b"`bcdefghijklmnopqrstvwxyzGJKLNTUVWXY")])
    if not (private or numbers or middle) or final == b"t":
        private = b"?"
    if private + middle == b"" and final in b"abcd":
        private = b">"
    return b"\x1b[" + private + numbers + middle + final


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_no_random_sequence_is_a_command(terminal: Pty, home: Path, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - the same ones every time
    shown, events = terminal.screen(), events_of(home)
    for _ in range(_MANY):
        sequence = _sequence(dice)
        at = dice.randrange(2, len(sequence))
        os.write(terminal.line, sequence[:at])
        if dice.random() < 0.9:
            time.sleep(dice.choice([0, 0.03]))
            os.write(terminal.line, sequence[at:])
        else:
            time.sleep(_DROPPED)
    terminal.settle(1.0)
    assert terminal.screen() == shown
    assert events_of(home) == events
    terminal.press("Q")
    assert terminal.close() == 0
    assert events_of(home) == events


def test_answers_that_came_while_the_program_was_loaded_are_no_keys(
    in_pty: Callable[..., Pty], run: Callable[..., object], home: Path
) -> None:
    run("sample")
    terminal = in_pty()
    os.write(terminal.line, b"".join(EXAMPLES))
    terminal.until(lambda sent: "▾".encode() in sent, "a thread of the sample")
    terminal.settle(1.0)
    screen = terminal.screen()
    assert "? help" in screen[-1]
    assert events_of(home) == 0
    terminal.press("Q")
    assert terminal.close() == 0


def test_a_hostile_paste_is_text(terminal: Pty) -> None:
    terminal.press("/")
    terminal.settle()
    terminal.press("\x1b[200~quit\x1b]11;rgb:0/0/0\x07\x1bb\x1b[201~")
    terminal.settle()
    row = terminal.screen()[-1]
    assert row.startswith(" / quit")
    terminal.press("\x1b")
    terminal.settle()
    terminal.press("\x1b[200~Qbbb\x1b[201~")
    terminal.settle()
    assert "▾" in "".join(terminal.screen())


@pytest.mark.parametrize("redirected", ["2>", ">", "<"])
def test_the_screen_opens_where_a_person_types_and_looks(
    in_pty: Callable[..., Pty], run: Callable[..., object], home: Path, redirected: str
) -> None:
    run("sample")
    file = home / "file"
    file.touch()
    words = f"{' '.join(program())} {redirected}{file}; echo code $?"
    terminal = in_pty(command=["sh", "-c", words])
    if redirected == "2>":
        terminal.until(lambda sent: "▾".encode() in sent, "a thread of the sample")
        terminal.settle()
        terminal.press("Q")
        terminal.until(lambda sent: b"code 0" in sent, "the end")
        assert file.read_bytes() == b""
    else:
        terminal.until(lambda sent: b"the screen needs a terminal" in sent, "why not")
        assert b"\x1b[?1049h" not in terminal.sent
    terminal.close()


def test_the_last_screen_is_shown_early_though_messages_go_to_a_file(
    in_pty: Callable[..., Pty], home: Path
) -> None:
    first = in_pty()
    first.until(lambda sent: "▾".encode() in sent, "a thread of the sample")
    first.settle(1.0)
    first.press("Q")
    assert first.close() == 0
    words = " ".join(f"'{word}'" for word in LOADING)
    terminal = in_pty(command=["sh", "-c", f"exec {words} 2>{home / 'file'}"])
    terminal.until(lambda sent: "▾".encode() in sent, "the last screen")
    assert (home / "file").read_bytes() == b""


def test_a_parent_without_job_control_keeps_the_reader(in_pty: Callable[..., Pty]) -> None:
    words = " ".join(program())
    terminal = in_pty(command=["bash", "--norc", "-ic", f"trap '' TSTP; {words}"])
    terminal.until(lambda sent: "▾".encode() in sent, "a thread of the sample")
    terminal.settle(1.0)
    terminal.press("\x1a")
    terminal.settle()
    assert "There is no shell here" in terminal.screen()[-1]


def test_answers_typed_by_tmux_change_nothing(in_tmux: Callable[..., Tmux]) -> None:
    window = in_tmux()
    window.until(lambda screen: "▾ post" in screen, "a thread")
    time.sleep(1.0)
    shown = window.screen
    for answer in EXAMPLES:
        window.press("-H", *(f"{byte:02x}" for byte in answer))
    time.sleep(_DROPPED)
    assert window.screen == shown
