"""Hundreds of deeds that make no sense, on libraries of every kind; the same ones every time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from probation_reader.options import Options
from probation_reader.ui.terminal.capabilities import Terminal
from probation_reader.workspace import Workspace
from tests.ui.driver.test_replay import unsure
from tests.ui.monkey import Monkey, kept
from tests.ui.test_app_hostile import HOSTILE
from tests.ui.workspaces import make_thread, open_workspace

_STEPS = 60


def hostile(root: Path) -> Workspace:
    said = [(number % 3, f"case {text[:2000]}") for number, text in enumerate(HOSTILE * 2)]
    titles = [text[:200].replace("\ud800", "") for text in HOSTILE]
    threads = [
        make_thread(title, said, body=f"{at}", labels=("x",)) for at, title in enumerate(titles)
    ]
    return open_workspace(root, threads)


def empty(root: Path) -> Workspace:
    return open_workspace(root, [])


OLD = Terminal(colours=False, signs=False, encoding="ascii")
PLAYS = [
    (hostile, Options(read_after=0), Terminal(), False),
    (hostile, Options(preset="emacs", theme="light", read_after=0, text_width=20), OLD, False),
    (unsure, Options(preset="newsboat", theme="high-contrast", indent=8), Terminal(), True),
    (open_workspace, Options(preset="mutt", signs="ascii", read_after=0), OLD, True),
    (empty, Options(read_after=0), Terminal(), True),
]


@pytest.mark.slow
@pytest.mark.parametrize(("made", "options", "terminal", "other"), PLAYS, ids=range(len(PLAYS)))
async def test_nothing_breaks_and_undo_gives_all_of_it_back(
    made: Callable[[Path], Workspace],
    options: Options,
    terminal: Terminal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    other: bool,
) -> None:
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)  # bookmarks may get written
    with made(tmp_path) as workspace:
        before = kept(workspace)
    await Monkey(tmp_path, 7, options, terminal, other=other).play(_STEPS)
    with open_workspace(tmp_path, []) as workspace:
        while workspace.record.undo():
            pass
        assert other or kept(workspace) == before
