"""What our output shows in tmux is what the plain text shows there: no sign is lost."""

from __future__ import annotations

import shlex
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from probation_reader.ui.line.difference import update
from probation_reader.ui.line.grid import BLANK, Grid, Row, place
from probation_reader.ui.line.writer import Standing
from tests.e2e.terminal import need

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
    expected = shown_in_tmux(plain, tmp_path)
    grid = rows(TEXTS)
    painted, standing = update(None, grid, Standing())
    assert shown_in_tmux(painted, tmp_path) == expected
    moved = rows([*TEXTS[3:], *TEXTS[:3]])
    changed, standing = update(grid, moved, standing)
    back, _ = update(moved, grid, standing)
    assert shown_in_tmux(painted + changed + back, tmp_path) == expected
