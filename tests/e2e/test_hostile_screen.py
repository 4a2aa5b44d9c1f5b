"""No byte of a capture steers the terminal the screen is drawn on.

The same session is run twice in a real pty: once on a capture full of hostile
characters, once on the same capture with each of them replaced by a plain
sign. What is sent in the first may hold no kind of control sequence that the
second does not, and no hostile character stands before its own marker word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import Pty

pytestmark = pytest.mark.e2e

CONTROLS = [chr(code) for code in (*range(1, 9), *range(11, 13), *range(14, 32), *range(127, 160))]
BIDI = list("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SEQUENCES = [
    "\x1b]52;c;SGVsbG8=\x07",
    "\x1b]0;stolen title\x1b\\",
    "\x1b]8;;http://example.org/\x1b\\link\x1b]8;;\x1b\\",
    "\x1b[2J\x1b[H",
    "\x1b[?1049l",
    "\x1b[?25h",
    "\x1b[6n",
    "\x1bP+q544e\x1b\\",
    "\x1bc",
    "\x1b(0",
    "\x9b31m",
    "\x90q\x9c",
    "\u202ereversed\u202c",
]
HOSTILE = [f"{char}MARK{ord(char):04X}" for char in (*CONTROLS, *BIDI)] + SEQUENCES


def capture(hostile: list[str]) -> str:
    lines = ["Saturday, 27 April 2024", "", f"Title {' '.join(hostile[-6:])} end", ""]
    lines += [
        "Body opens",
        *(f"[/] {word} [bold]" for word in hostile),
        "",
        f"{len(hostile)} comments:",
        "",
    ]
    for number, word in enumerate(hostile, 1):
        lines += [
            f"  {number}. Says {word} and more",
            "",
            f"    'Name{word}",
            "",
            "    ReplyDelete",
        ]
    return "\n".join(lines) + "\n"


SEQUENCE = re.compile(
    rb"\x1b\[(?P<csi>[0-?]*[ -/]*[@-~])"
    rb"|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    rb"|\x1bP(?P<dcs>[^\x1b]*)\x1b\\"
    rb"|\x1b(?P<short>[ -/]*[0-~])"
    rb"|(?P<c1>\xc2[\x80-\x9f])"
    rb"|(?P<bare>[\x00-\x1f\x7f])",
)


def kinds(sent: bytes) -> set[tuple[str, bytes]]:
    found = set()
    for match in SEQUENCE.finditer(sent):
        kind = str(match.lastgroup)
        value = match[kind]
        if kind == "csi" and value[-1:] in b"mHABCDGdXKJLMPST":
            value = value[-1:]  # colours, movements and erasures: the numbers differ with the text
        if kind == "csi" and value[-1:] in b"LMr":
            value = b"H"  # whether rows are scrolled, too
        found.add((kind, value))
    return found


def session(
    start: Callable[..., Pty], run: Callable[..., object], folder: Path, text: str
) -> bytes:
    folder.mkdir()
    file = folder / "page.txt"
    file.write_bytes(text.encode("utf-8"))
    home = ("--data-dir", str(folder / "home"))
    run(*home, "import", str(file))
    terminal = start(*home, size=(100, 30))
    terminal.until(lambda sent: b"Says" in sent or b"Body" in sent, "the thread")
    for keys in (
        " ",
        " ",
        "j",
        "j",
        "zM",
        "zR",
        "G",
        "gg",
        "b",
        "B",
        "\x1b",
        "?",
        "\x1b",
        "fSays",
        "\r",
        "\x1b",
    ):
        terminal.press(keys)
        terminal.settle(0.15)
    for keys in ("/says", "\r", "\x1b", "\x1b", "/MARK", "\x1b", "=", "=", ":", "\x1b"):
        terminal.press(keys)
        terminal.settle(0.25)
    terminal.press("Q")
    assert terminal.close() == 0
    return terminal.sent


def test_hostile_text_sends_nothing_that_plain_text_does_not(
    in_pty: Callable[..., Pty], run: Callable[..., object], tmp_path: Path
) -> None:
    plain = [
        re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "?", word) for word in HOSTILE
    ]
    calm = session(in_pty, run, tmp_path / "plain", capture(plain))
    sent = session(in_pty, run, tmp_path / "hostile", capture(HOSTILE))
    assert b"MARK" in sent
    assert kinds(sent) <= kinds(calm)
    shown = sent.decode("utf-8")
    for char in (*CONTROLS, *BIDI):
        assert f"{char}MARK" not in shown
    assert not set(shown) & set(BIDI)
