"""The program in a real terminal, as a person sees it: sizes, keys, coming back."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import Pty, Tmux

pytestmark = pytest.mark.e2e

Run = Callable[..., subprocess.CompletedProcess[str]]

PAGE = """Saturday, 4 May 2024

A Page of Our Own

The post says what it has to say.

4 comments:

  1. First of all, a word about parking.

    ReplyDelete
    Replies
    1. Parking is hardly the point.

      Delete
    2. It was the point where I worked.

      'Tallowfield

      Delete
  2. Second, and quite apart from that, unpaid work.

    ReplyDelete
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.txt"
    file.write_text(PAGE, encoding="utf-8")
    return file


@pytest.mark.parametrize("size", [(80, 24), (40, 20), (200, 60)], ids=["80x24", "40x20", "200x60"])
def test_a_first_start_shows_the_sample(
    in_tmux: Callable[..., Tmux], size: tuple[int, int]
) -> None:
    window = in_tmux(size=size)
    screen = window.until(
        lambda seen: "probation-reader import" in seen and "▾" in seen, "a thread of the sample"
    )
    lines = screen.split("\n")
    assert len(lines) - 1 == size[1]
    assert all(len(line) <= size[0] for line in lines)
    assert ("Sample posts" in screen) == (size[0] >= 70)
    window.press("=")
    window.until(lambda seen: ("Sample posts" in seen) == (size[0] < 70), "the sidebar toggled")


def test_reading_on_marks_and_comes_back_where_it_was(
    in_tmux: Callable[..., Tmux], run: Run, page: Path
) -> None:
    run("import", str(page))
    assert run("unread", "--count").stdout == "5\n"
    window = in_tmux()
    window.until(lambda seen: "parking" in seen, "the thread")
    for _ in range(3):
        window.press("j")
    window.until(lambda seen: "Tallowfield" in seen and " 1.2 " in seen.split("\n")[-2], "1.2")
    window.press("b")
    window.until(lambda seen: "kept" in seen, "the bookmark confirmed")
    window.press("Q")
    window.until(lambda _: window.ended(), "the end")
    assert int(run("unread", "--count").stdout) < 5
    (kept,) = json.loads(run("bookmarks", "--json").stdout)
    assert kept["quote"].startswith("It was the point")
    again = in_tmux()
    again.until(lambda seen: " 1.2 " in seen.split("\n")[-2], "the place where it was left")


def test_search_goes_to_the_comment_and_back(
    in_tmux: Callable[..., Tmux], run: Run, page: Path
) -> None:
    run("import", str(page))
    window = in_tmux()
    window.until(lambda seen: "parking" in seen, "the thread")
    window.press("/")
    window.press("unpaid")
    window.until(lambda seen: "quite apart" in seen and "/ unpaid" in seen, "the hit")
    window.press("Enter")
    window.until(lambda seen: " 2 of 4" in seen.split("\n")[-2], "comment 2")
    window.press("Escape")
    window.until(lambda seen: "/ unpaid" in seen, "the results")


def test_folding_holds_the_line_under_the_cursor(
    in_tmux: Callable[..., Tmux], run: Run, page: Path
) -> None:
    run("import", str(page))
    window = in_tmux()
    window.until(lambda seen: "parking" in seen, "the thread")
    window.press("j")
    opened = window.until(lambda seen: "▌▾ 1 " in seen, "the cursor on 1")
    window.press("h")
    folded = window.until(lambda seen: "▌▸ 1 " in seen, "1 folded")
    row = [line for line, text in enumerate(opened.split("\n")) if "▌▾ 1 " in text]
    assert row == [line for line, text in enumerate(folded.split("\n")) if "▌▸ 1 " in text]
    assert "hardly the point" not in folded
    window.press("l")
    window.until(lambda seen: "hardly the point" in seen, "1 unfolded")


def test_the_keys_of_the_way_back_arrive(
    in_tmux: Callable[..., Tmux], run: Run, page: Path
) -> None:
    run("import", str(page))
    window = in_tmux()

    def cursor_on(number: str) -> Callable[[str], bool]:
        return lambda seen: f" {number} of 4" in seen.split("\n")[-2]

    window.until(lambda seen: "parking" in seen, "the thread")
    window.press("j")
    window.until(cursor_on("1"), "the cursor on 1")
    window.press("G")
    window.until(cursor_on("2"), "2 at the end")
    window.press("C-o")
    window.until(cursor_on("1"), "1 after Ctrl+o")
    window.press("'", "'")
    window.until(cursor_on("2"), "2 after two apostrophes")


def test_a_peek_at_what_is_answered_leaves_the_screen_as_it_was(
    in_tmux: Callable[..., Tmux], run: Run, page: Path
) -> None:
    run("import", str(page))
    window = in_tmux(size=(40, 20))
    window.until(lambda seen: "parking" in seen, "the thread")
    window.press("j", "j")
    rested = "1.1 of 4 · 2 unread"
    before = window.until(lambda seen: rested in seen.split("\n")[-2], "1.1 read, too")
    window.press("i")
    twice = "a word about parking"
    window.until(
        lambda seen: "1 of 1 above 1.1" in seen and seen.count(twice) == 2, "what 1.1 answers"
    )
    window.press("i")
    window.until(lambda seen: seen == before, "the thread as it was")


def drawn_at(columns: int, lines: int) -> Callable[[str], bool]:
    """Tell whether the rule above the status row is as wide and as low as the window."""

    def drawn(seen: str) -> bool:
        rows = seen.split("\n")[:-1]
        rule = rows[-2] if len(rows) > 1 else ""
        return len(rows) == lines and len(rule) == columns and set(rule) <= set("─┴")

    return drawn


def test_resizing_keeps_the_program_whole(
    in_tmux: Callable[..., Tmux], run: Run, page: Path
) -> None:
    run("import", str(page))
    window = in_tmux(size=(120, 40), COLUMNS="80", LINES="24")  # as some shells export them
    window.until(lambda seen: "parking" in seen, "the thread")
    for columns, lines in ((40, 12), (200, 60), (30, 8), (80, 24)):
        window.resize(columns, lines)
        window.until(drawn_at(columns, lines), f"the screen at {columns}x{lines}")
    window.until(lambda seen: "parking" in seen and "Posts" in seen, "the thread again")


def test_a_dropped_line_keeps_what_was_marked(
    in_pty: Callable[..., Pty], run: Run, page: Path
) -> None:
    run("import", str(page))
    terminal = in_pty()
    terminal.until(lambda sent: b"parking" in sent, "the thread")
    terminal.press("N")
    terminal.until(lambda sent: b"marked" in sent or b"4 unread" in sent, "the mark confirmed")
    terminal.hang_up()
    assert run("unread", "--count").stdout == "4\n"
