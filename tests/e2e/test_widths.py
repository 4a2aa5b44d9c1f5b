"""What our output shows in tmux is what the plain text shows there: no sign is lost.

Where a terminal draws a cluster narrower than it may be drawn elsewhere, cells after
it are free: so runs of blanks count as one.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import time
import unicodedata
import uuid
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import pyte
import pytest
import wcwidth

from probation_reader.startup import styled_rows
from probation_reader.ui.driver.cells import BLANK, Grid, Row, picture, place
from probation_reader.ui.driver.diff import Standing, update
from tests.e2e.terminal import PATIENCE, Tmux, need

pytestmark = pytest.mark.e2e

WIDTH = 70
TEXTS = [
    "हिन्दी में परिवीक्षा अधिकारी क्षत्रिय",
    "বাংলা ভাষা কো কৌ",
    "நன்னடத்தை அதிகாரி வேலை செய்கிறார்",
    "ప్రొబేషన్ అధికారి పని చేస్తారు",
    "ಕನ್ನಡ ಭಾಷೆ",
    "മലയാളം ഭാഷ",
    "සිංහල භාෂාව",
    "အကျဉ်းကျသူများ မြန်မာဘာသာ",
    "មន្ត្រីសាកល្បង ភាសាខ្មែរ",
    "ภาษาไทยไม่มีช่องว่าง ที่นี่",
    "བོད་སྐད་ཡིག",
    "שָׁלוֹם עולם",
    "السّلام عليكم",
    "한글 각 缓刑官 ﾊﾝｶｸ",
    "café naïve Z͑ͫ̓ͪ̂a͊ͅ",
    "family 👨\u200d👩\u200d👧 thumb 👍🏽 flag 🇬🇧 star ★",
]


def rows(texts: list[str]) -> Grid:
    made: list[Row] = []
    for text in texts:
        row = [BLANK] * WIDTH
        place(row, 0, f"{text}|after", "")
        made.append(row)
    return Grid(WIDTH, len(texts), tuple(made), (0, 0))


def shown_in_tmux(output: str, folder: Path) -> list[str]:
    need("tmux")
    file, done = folder / uuid.uuid4().hex, folder / uuid.uuid4().hex
    file.write_text(output, "utf-8", newline="")
    program = (
        "import sys,time,tty,pathlib;tty.setraw(1);"
        f"sys.stdout.buffer.write(open({str(file)!r},'rb').read());sys.stdout.flush();"
        f"pathlib.Path({str(done)!r}).touch();time.sleep(60)"
    )
    tmux = ["tmux", "-u", "-L", f"widths-{uuid.uuid4().hex[:8]}", "-f", "/dev/null"]
    size = ["-x", str(WIDTH), "-y", str(len(TEXTS) + 1)]
    start = f"exec {sys.executable} -c {shlex.quote(program)}"
    subprocess.run([*tmux, "new-session", "-d", *size, start], check=True)
    try:
        deadline = time.monotonic() + 10
        while not done.exists():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(0.2)  # tmux may still be reading what has been written
        seen = subprocess.run(
            [*tmux, "capture-pane", "-p"], capture_output=True, text=True, check=True
        ).stdout
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)
    return [line.rstrip() for line in seen.split("\n")[: len(TEXTS)]]


def test_first_paint_and_changes_lose_no_sign(tmp_path: Path) -> None:
    plain = "\x1b[H\x1b[J" + "\r\n".join(f"{text}|after" for text in TEXTS)
    expected = [closed(row) for row in shown_in_tmux(plain, tmp_path)]
    grid = rows(TEXTS)
    sent, standing = update(None, grid, Standing())
    first = shown_in_tmux(sent, tmp_path)
    assert [closed(row) for row in first] == expected
    moved = rows([*TEXTS[3:], *TEXTS[:3]])
    changed, standing = update(grid, moved, standing)
    back, _ = update(moved, grid, standing)
    assert shown_in_tmux(sent + changed + back, tmp_path) == first


#: Of each a comment is made; most clusters stand right before something else.
SAMPLES = [
    "हिन्दी में क्षत्रिय विद्यालय काकिकी दुःख",
    "বাংলা ভাষা কো কৌ দুঃখ",
    "நன்னடத்தை அதிகாரி கொகோகௌ",
    "ప్రొబేషన్ అధికారి ದುಃಖ മലയാളം සිංහල",
    "អ្នកទោស មន្ត្រីសាកល្បង ភាសាខ្មែរ",
    "ภาษาไทยไม่มีช่องว่าง ที่นี่ น้ำ ກຳ",
    "အကျဉ်းကျသူများ བོད་སྐད་ཡིག",
    "السّلام عليكم שָׁלוֹם עולם",
    "각한글각 ᄀᅟ 缓刑官 ﾊﾝｶﾞｸ が㉈x〮y",
    "cafe\u0301 Z\u0351\u036b\u0343\u036a\u0302a\u034a\u0345l g\u0323\u0307\u0301.",
    "❤\ufe0fx❤\ufe0f❤\ufe0fy ☎\ufe0fz ⌚\ufe0ea ☀\ufe0eb ✌\ufe0f",
    "1\ufe0f⃣2\ufe0f⃣#\ufe0f⃣x *\ufe0f⃣y",
    "🇬🇧🇫🇷x🇩🇪 y🇪 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007fz",
    "👨\u200d👩\u200d👧\u200d👦x 👩🏽\u200d🌾y 🤷🏽\u200d♂\ufe0f",
    "👩🏽\u200d❤\ufe0f\u200d💋\u200d👨🏿x",
    "👍🏽👍x ✌🏽y 🏳\ufe0f\u200d🌈z ❤\ufe0f\u200d🔥a 🫠b",
    "न❤\ufe0fक👍🏽é🇬🇧界👩\u200d🚒का\u0301ﬁ½…",
]


def test_the_last_screen_is_shown_as_it_was(tmp_path: Path) -> None:
    grid = rows(SAMPLES[-len(TEXTS) :])
    sent, _ = update(None, grid, Standing())
    last = picture(grid)
    output = styled_rows.output(last.cells(), last.cursor)
    assert shown_in_tmux(output, tmp_path) == shown_in_tmux(sent, tmp_path)


_STEPS = [
    *("Down", "Down", "Up", "Down", "NPage", "Down", "PPage", "j", "j", "b", "J", "h", "l"),
    *("z,M", "z,R", "=", "Down", "Down", "=", "60x20", "NPage", "Down", "Up"),
    *("40x30", "Down", "Down", "Up", "120x30", "=", "j", "Enter", "Enter", "b", "80x24", "g,g"),
    *("B", "Down", "Up", "Escape", "/", "1", "Down", "100x24", "Escape", "i", "Escape"),
]
#: What is not of the text, and joiners and tags: nobody sees them.
_FURNITURE = re.compile("[\\s▌▾▸●★│┴─\u200d\u2060\U000e0020-\U000e007f]")


def closed(row: str) -> str:
    return re.sub(" +", " ", row)


def page() -> str:
    lines = ["Saturday, 27 April 2024", "", "Of क्षि and 👩\u200d🚒 and 🇬🇧 here", "", "Body.", ""]
    lines += [f"{len(SAMPLES)} comments:", ""]
    for number, sample in enumerate(SAMPLES, 1):
        lines += [f"  {number}. q{number:02}{sample}w{number:02}", "", "    ReplyDelete", ""]
    return "\n".join(lines)


def samples_in(rows: Iterable[str]) -> dict[int, str]:
    """Return what rows of the screen show between the marks of each sample that is all there."""
    pane = [row.split(" │ ", 1)[-1].split(" │▌", 1)[-1] for row in rows]
    text = _FURNITURE.sub("", "".join(pane))
    found = re.finditer(r"q(\d\d)(.*?)w\1", text)
    return {int(match[1]): match[2] for match in found}


def drawable(text: str) -> str:
    """Return the characters of a text that pyte draws."""
    return "".join(
        sign
        for sign in unicodedata.normalize("NFD", text)
        if wcwidth.wcwidth(sign) > 0 and not sign.isspace()
    )


def pyte_rows(screen: pyte.Screen) -> list[str]:
    """Return the rows of a screen, having seen to it that no half of a character is covered."""
    for y in range(screen.lines):
        row = [screen.buffer[y][x].data for x in range(screen.columns)]
        for cell, after in pairwise(row):
            wide = bool(cell) and wcwidth.wcwidth(cell[0]) > 1
            assert wide == (after == ""), f"{cell!r} is covered in {''.join(row)!r}"
    return [
        "".join(screen.buffer[y][x].data for x in range(screen.columns))
        for y in range(screen.lines)
    ]


class Watched:
    """A window, and another terminal that is sent the same."""

    def __init__(self, window: Tmux, log: Path, size: tuple[int, int]) -> None:
        self._window, self._log, self._size = window, log, size
        self._from = 0
        window.tmux("pipe-pane", "-O", f"exec cat > {shlex.quote(str(log))}")

    def settle(self) -> list[str]:
        """Return the rows when nothing more comes."""
        deadline, quiet = time.monotonic() + PATIENCE, time.monotonic()
        last: tuple[int, str] = (0, "")
        while time.monotonic() - quiet < 0.4:
            assert time.monotonic() < deadline
            time.sleep(0.05)
            now = (self._log.stat().st_size if self._log.exists() else 0, self._window.screen)
            if now != last:
                last, quiet = now, time.monotonic()
        return last[1].rstrip("\n").split("\n")

    def step(self, step: str) -> list[str]:
        if re.fullmatch(r"\d+x\d+", step):
            width, height = map(int, step.split("x"))
            self._from, self._size = self._log.stat().st_size, (width, height)
            self._window.resize(width, height)
        else:
            for key in step.split(","):
                self._window.press(key)
        return self.settle()

    def redrawn(self) -> list[str]:
        """Return the rows after all has been sent again."""
        self._window.press("C-l")
        return self.settle()

    def emulated(self) -> list[str]:
        """Return the rows of the other terminal."""
        screen = pyte.Screen(*self._size)
        pyte.ByteStream(screen).feed(self._log.read_bytes()[self._from :])
        return pyte_rows(screen)


@pytest.mark.slow
@pytest.mark.parametrize("output", ["lean", "plain"])
def test_no_sign_is_lost_while_one_reads(
    home: Path,
    run: Callable[..., object],
    in_tmux: Callable[..., Tmux],
    output: str,
) -> None:
    config = home / "reader" / "config"
    config.mkdir(parents=True)
    choices = f'output = "{output}"\nread_after = 60\n'
    (config / "config.toml").write_text(choices, encoding="utf-8")
    (file := home / "page.txt").write_text(page(), encoding="utf-8")
    run("import", str(file))
    window = in_tmux(size=(80, 24))
    window.until(lambda screen: "▾ post" in screen, "the thread")
    watched = Watched(window, home / "log", (80, 24))
    watched.redrawn()
    expected = {number: _FURNITURE.sub("", text) for number, text in enumerate(SAMPLES, 1)}
    met: set[int] = set()
    for step in _STEPS:
        after = watched.step(step)
        shown, other = samples_in(after), samples_in(watched.emulated())
        assert shown == {number: expected[number] for number in shown}, f"after {step}"
        for number, text in other.items():
            assert drawable(text) == drawable(expected[number]), f"after {step}"
        assert other.keys() == shown.keys(), f"after {step}"
        # The status line may say something else after a key.
        assert after[:-1] == watched.redrawn()[:-1], f"after {step}"
        met |= shown.keys()
    assert met == set(expected)
