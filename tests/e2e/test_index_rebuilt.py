"""A search index that is gone or damaged, as a person meets it: one reads on, it comes back."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import Tmux

pytestmark = pytest.mark.e2e

Run = Callable[..., subprocess.CompletedProcess[str]]

_PAGE = """Wednesday, 1 May 2024

Page number {number}

The kettle of page {number} has no rota.

10 comments:

"""
_COMMENT = """  {number}. Nobody fills kettle {page} who drinks from it, in spring {number} or so.

    ReplyDelete
"""


def _flipped(index: Path) -> None:
    (segment, *_) = sorted(index.glob("b*/*.seg"))
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 0xFF
    segment.write_bytes(data)


def _cut(index: Path) -> None:
    for segment in index.glob("b*/*.seg"):
        os.truncate(segment, segment.stat().st_size // 3)


def _gone(index: Path) -> None:
    shutil.rmtree(index)


def _garbled(index: Path) -> None:
    (index / "state.json").write_bytes(b"\x00{")


_DAMAGE = [_gone, _cut, _flipped, _garbled]


@pytest.fixture
def index(home: Path, run: Run) -> Path:
    """A library of many small posts, with its index."""
    pages = home / "pages"
    pages.mkdir()
    for number in range(400):
        comments = "".join(_COMMENT.format(number=n, page=number) for n in range(1, 11))
        page = _PAGE.format(number=number) + comments
        (pages / f"{number}.txt").write_text(page, encoding="utf-8")
    done = run("import", str(pages))
    assert done.returncode == 0, done.stderr
    return home / "reader" / "cache" / "index"


@pytest.mark.parametrize("damage", _DAMAGE)
def test_an_index_damaged_before_the_start_is_made_anew_while_one_reads(
    in_tmux: Callable[..., Tmux], index: Path, damage: Callable[[Path], None]
) -> None:
    damage(index)
    window = in_tmux(size=(100, 30))
    window.until(lambda seen: "building search " in seen and " %" in seen, "the progress")
    window.press("j", "j")
    window.until(lambda seen: "2 of 10" in seen, "that one reads on")
    window.press("/", "nobody")
    window.until(lambda seen: "of 4,000" in seen and "building" not in seen, "all hits")


@pytest.mark.parametrize("damage", _DAMAGE)
def test_an_index_damaged_while_it_is_open_comes_back_by_itself(
    in_tmux: Callable[..., Tmux], index: Path, damage: Callable[[Path], None]
) -> None:
    window = in_tmux(size=(100, 30))
    window.press("/", "fill")
    window.until(lambda seen: "of 4,000" in seen, "hits")
    damage(index)
    window.press(*["BSpace"] * 4, "rota 399")
    window.until(lambda seen: "kettle of page 399" in seen and "1 of 1" in seen, "the hit")
