"""No byte of a stored text steers the terminal: one hostile home in real terminals of each kind.

All that is sent is read as ECMA-48 reads it. Each sequence must be one that the drivers
make themselves; of the rest, only text and the ends of rows are left.
"""

from __future__ import annotations

import base64
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pyte
import pytest

from tests.e2e.terminal import Pty, program
from tests.hostile_home import BIDI, HIDDEN, NAME, NEVER_IN_TEXT, fill, hostile, shown

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

#: What the drivers send: pens, moves, erasing, scrolling, shapes of cursor and pointer, modes,
#: queries.
OURS = re.compile(
    r"\x1b\[[0-9;]*[mABCDGHJKLMPSTdr@X]"
    r"|\x1b\[[0-6] q"
    r"|\x1b\[\?(?:7|25|1000|1002|1003|1004|1006|1015|1016|1049|2004|2026|2031|2048)[hl]"
    r"|\x1b\[\?20(?:26|48)\$p"
    r"|\x1b\[[<>=][0-9]*u"
    r"|\x1b\]22;[a-z-]*\x07"
    r"|\x1b\[\?[0-9;]*[un]"
    r"|\x1b[78]"
)
COPY = re.compile(r"\x1bP?(?:tmux;\x1b\x1b)?\]52;c;([A-Za-z0-9+/=]*)\x07(?:\x1b\\)?")
SEEN = ("TITLE", "AUTHOR", "COMMENT", "QUOTE", "NOTE", "TAG", "SAVED", "QUERY", "HISTORY")
#: Keys, one screen or bar after the other.
PRESSED = (
    *("j", "y", "y", "\r", "Y", "j", "y", "i", "\x1b", "e", "\x1b", "O", "\t", "\x1b", "j"),
    *("o", "\r", "G", "v", "j", "\x1b", "zM", "zR", "t", "t", "t", "M", "\x1b", "mm", "\x1b"),
    *("B", "tag:k", "\t", "\x01", "\x0f", "\x1b", "fwet", "\r", "\x1b", ":", "\x1b", "?", "\x1b"),
    *(
        "/wet",
        "\x13",
        "\x1b",
        "\x1b",
        "/",
        "\x15",
        "\x1b[A",
        "\x01",
        "\x1b[A",
        "\x1b[B",
        "\x1b",
        "\x1b",
    ),
    *(
        "\x1b",
        "gg",
        "\r",
        "\x01",
        "\x1b",
        "gg",
        "e",
        "\x01",
        "\x1b",
        "Flabel:k",
        "\r",
        "\x1b",
        "H",
        "\x0c",
    ),
)


#: The program without what makes text safe for widgets, and without the filter behind them.
WITHOUT_SINKS = """
import re, sys
from probation_reader import sanitize
sanitize._UNSAFE = sanitize._UNSAFE_LINE = re.compile("(?!)")
from probation_reader.cli import start
"""
WITHOUT_FILTER = """
from probation_reader.ui import app
app.Safe.apply = lambda self, segments, background: segments
"""


def without(*parts: str) -> list[str]:
    return [sys.executable, "-c", "".join([WITHOUT_SINKS, *parts, "sys.exit(start.main())"])]


def walk(
    start: Callable[..., Pty], root: Path, term: str, run: Sequence[str], pressed: Sequence[str]
) -> tuple[str, str]:
    """Return all that was sent, and all that was on the screen after each key."""
    words = ["env", f"TERM={term}", f"BROWSER={_as_argument(hostile('BROWSER'))}"]
    command = [*words, *run, "--data-dir", os.fspath(root)]
    terminal = start(size=(100, 30), command=command)
    terminal.until(lambda sent: b"kCOMMENT" in sent, "the thread")
    screen, fed = pyte.Screen(*terminal.size), 0
    stream = pyte.ByteStream(screen)
    seen: list[str] = []
    for keys in pressed:
        terminal.press(keys)
        terminal.settle(0.15)
        stream.feed(terminal.sent[fed:])
        fed = len(terminal.sent)
        seen += screen.display
    terminal.press("Q")
    assert terminal.close() == 0
    return terminal.sent.decode(), "\n".join(seen)


def _as_argument(text: str) -> str:
    return text.replace("\0", "").replace("\ud800", "")


def home_with(folder: Path, output: str) -> Path:
    """Make a hostile home for a way of output, and return its folder."""
    root = folder / f"kFOLDER{NAME}"[:60]
    fill(root)
    options = root / "config" / "config.toml"
    options.write_text(f'output = "{output}"\n{options.read_text()}')
    return root


def check(sent: str) -> None:
    """Fail if anything was sent that the drivers do not make themselves."""
    rest = OURS.sub("", sent).replace("\r", "").replace("\b", "")
    found = NEVER_IN_TEXT.search(rest)
    assert not found, rest[max(0, found.start() - 80) :][:160]
    assert not set(sent) & {*BIDI, *HIDDEN}


@pytest.mark.parametrize(
    ("term", "output"),
    [
        *((term, "lean") for term in ("xterm-256color", "tmux-256color", "screen-256color")),
        *((term, output) for term in ("linux", "vt100") for output in ("lean", "plain")),
    ],
)
def test_only_the_drivers_own_sequences_are_sent(
    in_pty: Callable[..., Pty], tmp_path: Path, term: str, output: str
) -> None:
    sent, seen = walk(in_pty, home_with(tmp_path, output), term, program(), PRESSED)
    for copied in COPY.findall(sent):
        assert not NEVER_IN_TEXT.search(base64.b64decode(copied).decode())
    check(COPY.sub("", sent))
    if term == "vt100":  # it is shown forms in ASCII
        seen = seen.replace("^[", "␛").replace("<202", "‹202").replace(">", "›")
    assert [place for place in SEEN if not shown(place, seen)] == []
    # Two of these take no copies, and what may be GNU screen none so long.
    assert bool(COPY.search(sent)) == (term in {"xterm-256color", "tmux-256color"})


@pytest.mark.parametrize("output", ["lean", "plain"])
@pytest.mark.parametrize("run", [without(), without(WITHOUT_FILTER)], ids=["filter", "driver"])
def test_the_last_wall_holds_alone(
    in_pty: Callable[..., Pty], tmp_path: Path, run: Sequence[str], output: str
) -> None:
    # Copies and pages of plain text pass no driver.
    pressed = [keys for keys in PRESSED if keys not in {"y", "Y", "o"}]
    sent, seen = walk(in_pty, home_with(tmp_path, output), "xterm-256color", run, pressed)
    assert not COPY.search(sent)
    check(sent)
    assert "␛" in seen
