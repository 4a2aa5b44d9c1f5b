"""Thousands of random keys and sizes, sent both ways: every screen is the same, cell by cell.

The frames of one running reader go to two terminals, once as Textual writes
them and once as the line sends them. Rows with text whose width terminals
disagree on are compared with a plain drawing of the same cells instead: there
Textual trusts the terminal, and the terminal is not to be trusted.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.geometry import Size

from probation_reader import ingest, paths
from probation_reader.ui.app import ReaderApp
from tests.ui.driver.double_screen import Twice
from tests.ui.workspaces import make_thread, open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from probation_reader.workspace import Workspace

ESC, UP, DOWN, PAGE_UP, PAGE_DOWN = "\x1b[27u", "\x1b[A", "\x1b[B", "\x1b[5~", "\x1b[6~"
#: What moves and changes things; nothing that leaves, suspends or opens a browser.
KEYS = [
    *"jkJKP{}GhlNbAXtw<>i=nB?",
    *("gg", "zM", "zR", "za", "zc", "z1", "z2", "zr", "mb", "mr", "''", "=="),
    *("fcase", "Fcase", "/licence"),
    *(ESC, ESC, ESC, UP, DOWN, DOWN, PAGE_UP, PAGE_DOWN, PAGE_DOWN, " ", " ", "\x7f", "\r", "\t"),
    *("\x04", "\x15", "\x0c", "\x0f", "\x12", "u", "y"),
]
SIZES = [(80, 24), (40, 20), (120, 30), (69, 12), (200, 60), (24, 7), (81, 24)]
WIDE = (
    "Ελληνικά “and quotes” – a dash… Наглядът",
    "東京の保護観察官は、同じことを言った。全角ＡＢＣ。" * 6,
    "한국의 보호관찰 제도 is wide",
    "עברית and العربية in one row",
)
UNSURE = (
    "e\u0301tude, man\u0303ana, क्षेत्र and a lone \u200bspace",
    "\U0001f44d thumbs, \U0001f468\u200d\U0001f469\u200d\U0001f467 a family, \u2764\ufe0f a heart"
    * 4,
    "\U0001f1ec\U0001f1e7\U0001f1eb\U0001f1f7 flags " * 9,
)
CASE = "The caseload was said to be a matter of licence, and case after case was closed. "


_STEPS = 200
_RESIZES = 0.05


async def replay(app: ReaderApp, seed: int, steps: int) -> Twice:
    """Press random keys; compare the terminals after each of them."""
    dice = random.Random(seed)  # noqa: S311 - the same keys every time
    done = []

    async def press(pilot: Pilot[object]) -> None:
        await pilot._wait_for_screen()
        driver = app._driver
        assert isinstance(driver, Twice)
        for _ in range(steps):
            keys = dice.choice(KEYS)
            if dice.random() < _RESIZES:
                size = Size(*dice.choice(SIZES))
                app.post_message(events.Resize(size, size))
            driver.press(keys)
            await pilot._wait_for_screen()
            driver.compare(repr(keys))
        done.append(driver)
        app.exit()

    await app.run_async(size=(80, 24), auto_pilot=press)
    assert app.failure is None
    return done[0]


def sample(tmp_path: Path) -> Workspace:
    workspace = open_workspace(tmp_path, [])
    corpus = paths.corpus()
    assert corpus is not None
    ingest.bring_sample(workspace, corpus)
    return workspace


def deep(tmp_path: Path) -> Workspace:
    replies = [(depth, f"{depth} {CASE}{CASE * (depth % 5)}") for depth in range(400)]
    return open_workspace(tmp_path, [make_thread("Down and down", replies)])


def broad(tmp_path: Path) -> Workspace:
    replies = [(number % 3, f"{number} {CASE * (number % 7 + 1)}") for number in range(600)]
    return open_workspace(tmp_path, [make_thread("Hundreds of replies", replies)])


def _worded(tmp_path: Path, texts: tuple[str, ...], *titles: str) -> Workspace:
    replies = [(nth % 4, f"{CASE * (nth % 3)}{text}\n{text}") for nth, text in enumerate(texts * 9)]
    return open_workspace(tmp_path, [make_thread(title, replies) for title in titles])


def wide(tmp_path: Path) -> Workspace:
    return _worded(tmp_path, WIDE, "漢字 in a title", "Étude")


def unsure(tmp_path: Path) -> Workspace:
    return _worded(tmp_path, (*WIDE, *UNSURE), "Emoji \U0001f468\u200d\U0001f469 title", "漢字")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("made", [sample, deep, broad, wide, unsure])
async def test_both_ways_every_screen_is_the_same(
    made: Callable[[Path], Workspace], seed: int, tmp_path: Path
) -> None:
    with made(tmp_path) as workspace:
        driver = await replay(ReaderApp(workspace, driver_class=Twice), seed, _STEPS)
    plain, lean = driver.sent
    assert lean < plain / 2
    assert driver.compared > 0.8 * _STEPS
