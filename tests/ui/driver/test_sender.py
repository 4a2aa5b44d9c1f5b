"""However slowly a terminal takes what it is sent, nobody waits for it and it shows the present."""

from __future__ import annotations

import os
import pty
import select
import tty
from collections.abc import Iterator
from threading import Event

import pytest

from probation_reader.ui.driver.cells import Grid, blank, place
from probation_reader.ui.driver.sender import FrameSender
from tests.ui.driver.emulator import Emulator, plainly, seen

WIDTH, HEIGHT = 80, 24
PATIENCE = 10.0


class Terminal:
    """A pseudo-terminal that reads only when it is told to."""

    def __init__(self, encoding: str = "utf-8") -> None:
        self.end, self.line = pty.openpty()
        tty.setraw(self.line)
        self.failed = Event()
        self.failures: list[Exception] = []
        self.sender = FrameSender(self.line, encoding, self._fail)
        self.sent = b""

    def _fail(self, error: Exception) -> None:
        self.failures.append(error)
        self.failed.set()

    def close(self) -> None:
        os.close(self.end)
        self.sender.finish(PATIENCE)
        os.close(self.line)

    def take(self) -> None:
        """Read until everything is sent."""
        while not self.sender.settle(0.0) or select.select([self.end], [], [], 0)[0]:
            if select.select([self.end], [], [], 0.05)[0]:
                self.sent += os.read(self.end, 65536)

    def shows(self, grid: Grid) -> bool:
        screen, other = Emulator(WIDTH, HEIGHT), Emulator(WIDTH, HEIGHT)
        screen.feed(self.sent.decode())
        other.feed(plainly(grid))
        return seen(screen) == seen(other)

    def stall(self) -> int:
        """Show screens until one is not taken any more; return how many it took."""
        number = 0
        while self.sender.settle(0.2):
            number += 1
            self.sender.show(page(number))
        return number


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    made = Terminal()
    made.sender.start()
    yield made
    made.close()


def page(number: int) -> Grid:
    rows = [row[:] for row in blank(WIDTH, HEIGHT).rows]
    for y, row in enumerate(rows):
        place(row, 0, f"{(number + y) * 7919 % 10007} of page {number} " * 4, "1" if y % 2 else "")
    return Grid(WIDTH, HEIGHT, tuple(rows), (number % WIDTH, 0))


def test_a_screen_arrives_and_is_known(terminal: Terminal) -> None:
    assert terminal.sender.shown is None
    terminal.sender.show(page(1))
    terminal.take()
    assert terminal.shows(page(1))
    assert terminal.sender.shown == page(1)


def test_a_terminal_that_takes_nothing_is_sent_only_the_newest_screen(terminal: Terminal) -> None:
    taken = terminal.stall()
    for number in range(taken, taken + 2000):
        terminal.sender.show(page(number))
    terminal.take()
    assert terminal.shows(page(taken + 1999))
    in_full = len(plainly(page(1)))
    assert len(terminal.sent) < (taken + 3) * in_full


def test_what_is_handed_on_keeps_its_order_and_is_never_left_out(terminal: Terminal) -> None:
    terminal.stall()
    for number in range(300):
        terminal.sender.hand_on(f"\x1b]2;title {number}\x07")
        terminal.sender.show(page(number))
    terminal.take()
    titles = [f"\x1b]2;title {number}\x07".encode() for number in range(300)]
    places = [terminal.sent.index(title) for title in titles]
    assert places == sorted(places)
    assert terminal.shows(page(299))


def test_a_terminal_that_is_gone_is_told_of_once_and_nothing_waits() -> None:
    terminal = Terminal()
    terminal.sender.start()
    os.close(terminal.end)
    terminal.sender.show(page(1))
    assert terminal.failed.wait(PATIENCE)
    for number in range(100):
        terminal.sender.hand_on("\x1b]2;title\x07")
        terminal.sender.show(page(number))
    assert terminal.sender.settle(PATIENCE)
    assert terminal.sender.shown is None
    assert [type(error) for error in terminal.failures] == [OSError]
    os.close(terminal.line)


def test_a_fault_is_told_and_the_last_words_are_sent(terminal: Terminal) -> None:
    terminal.sender.show(Grid(WIDTH, HEIGHT, ([("no pen",)],) * HEIGHT))  # type: ignore[arg-type]
    assert terminal.failed.wait(PATIENCE)
    terminal.sender.show(page(1))
    terminal.sender.hand_on("last words")
    terminal.take()
    assert terminal.sent == b"last words"
    assert [type(error) for error in terminal.failures] == [ValueError]


def test_the_end_is_not_held_up_by_a_terminal_that_takes_nothing(terminal: Terminal) -> None:
    terminal.stall()
    terminal.sender.rest(0.05)
    terminal.sender.hand_on("last words")
    terminal.sender.finish(0.05)
    terminal.take()
    assert terminal.sent.endswith(b"last words")


def test_last_words_come_after_the_last_screen_and_none_after_them(terminal: Terminal) -> None:
    terminal.sender.show(page(1))
    terminal.sender.rest(PATIENCE)
    terminal.sender.show(page(2))
    terminal.sender.hand_on("last words")
    terminal.sender.finish(PATIENCE)
    terminal.take()
    assert terminal.sent.endswith(b"last words")
    assert b"page 1" in terminal.sent
    assert b"page 2" not in terminal.sent


def test_what_is_forgotten_is_sent_in_full(terminal: Terminal) -> None:
    terminal.sender.show(page(1))
    terminal.take()
    before = len(terminal.sent)
    terminal.sender.repaint()
    terminal.take()
    assert len(terminal.sent) == before
    terminal.sender.forget()
    terminal.sender.repaint()
    terminal.take()
    assert len(terminal.sent) >= 2 * before
    terminal.sent = terminal.sent[before:]
    assert terminal.shows(page(1))


def test_what_is_forgotten_while_it_is_sent_is_not_taken_as_shown(terminal: Terminal) -> None:
    terminal.stall()
    terminal.sender.forget()
    terminal.take()
    assert terminal.sender.shown is None


def test_what_the_terminal_shows_already_is_not_sent(terminal: Terminal) -> None:
    terminal.sender.begin_with(page(1))
    terminal.sender.show(page(1))
    terminal.take()
    assert len(terminal.sent) < 10


def test_a_line_that_others_made_non_blocking_gets_everything(terminal: Terminal) -> None:
    os.set_blocking(terminal.line, False)
    taken = terminal.stall()
    terminal.sender.show(page(taken + 1))
    terminal.take()
    assert terminal.shows(page(taken + 1))


@pytest.mark.parametrize(
    ("holds_back", "before", "after"),
    [(False, b"\x1b[?25l", b"\x1b[?25h"), (True, b"\x1b[?2026h", b"\x1b[?2026l")],
)
def test_only_a_long_frame_is_held_together(
    terminal: Terminal, *, holds_back: bool, before: bytes, after: bytes
) -> None:
    terminal.sender.holds_back = holds_back
    terminal.sender.show(page(1))
    terminal.take()
    assert terminal.sent.startswith(before)
    assert terminal.sent.endswith(after)
    terminal.sent = b""
    terminal.sender.show(Grid(WIDTH, HEIGHT, page(1).rows, (3, 3)))
    terminal.take()
    assert terminal.sent
    assert b"?" not in terminal.sent


def test_signs_the_terminal_cannot_have_are_question_marks() -> None:
    terminal = Terminal("ascii")
    terminal.sender.start()
    rows = [row[:] for row in blank(WIDTH, HEIGHT).rows]
    place(rows[0], 0, "café \u0378", "")
    terminal.sender.show(Grid(WIDTH, HEIGHT, tuple(rows)))
    terminal.take()
    assert b"caf?  \x08?" in terminal.sent
    terminal.close()
