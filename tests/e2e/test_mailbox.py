"""A mail reader opens what was exported: threads, names, marks, words."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import Tmux, need
from tests.e2e.test_thread import PAGE

SETTINGS = """
set folder={folder} sort=threads index_format="%S|%n|%{{%d %b %Y}}|%s" header_cache=""
set confirm_append=no quit=yes
"""

pytestmark = pytest.mark.e2e

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def mailbox(run: Run, tmp_path: Path) -> Path:
    """Return an exported page, its first comment read and its second kept."""
    page, file = tmp_path / "page.txt", tmp_path / "out.mbox"
    page.write_text(PAGE.replace("Page of Our Own", "Página"), encoding="utf-8")
    run("import", str(page))
    post = run("list").stdout.splitlines()[1].split()[0]
    run("mark", "read", f"{post}:1")
    run("bookmark", f"{post}:2")
    assert run("export", post, "-o", str(file)).returncode == 0
    return file


def test_neomutt_shows_the_threads(
    in_tmux: Callable[..., Tmux], mailbox: Path, tmp_path: Path
) -> None:
    settings = tmp_path / "muttrc"
    settings.write_text(SETTINGS.format(folder=tmp_path), encoding="utf-8")
    command = [need("neomutt"), "-n", "-F", str(settings), "-R", "-f", str(mailbox)]
    window = in_tmux(command=command, LC_ALL="C.UTF-8")
    screen = window.until(lambda seen: "Página" in seen, "the index")
    rows = [row.rstrip() for row in screen.split("\n") if row.count("|") == 3]
    assert rows == [
        "N|anonymous|04 May 2024|A Página",
        "-|anonymous|04 May 2024|├─>",
        "N|anonymous|04 May 2024|│ ├─>",
        "N|Tallowfield|04 May 2024|│ └─>",
        "!|anonymous|04 May 2024|└─>",
    ]
    window.press("Enter")
    window.until(lambda seen: "what it has to say" in seen, "the post")
    window.press("q")
    window.press("q")
    window.until(lambda _: window.ended(), "the end")
