"""What happens before the program is loaded: little, and only where a screen is going to open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from probation_reader import paths
from probation_reader.startup import early


@pytest.mark.parametrize(
    ("words", "root"),
    [
        ([], ""),
        (["read"], ""),
        (["--debug"], ""),
        (["--data-dir", "/x"], "/x"),
        (["--data-dir=/x", "read"], "/x"),
        (["--debug", "--data-dir", "/x", "read"], "/x"),
        (["--data-dir", "/x", "--data-dir", "/y"], "/y"),
        (["read", "abc"], None),
        (["list"], None),
        (["--help"], None),
        (["--version"], None),
        (["--data-dir"], None),
        (["--data-directory", "/x"], None),
        (["--data-dir", "read"], "read"),
    ],
)
def test_the_screen_is_known_by_the_words(
    monkeypatch: pytest.MonkeyPatch, words: list[str], root: str | None
) -> None:
    monkeypatch.delenv(paths.HOME_VARIABLE, raising=False)
    assert early.screen_root(words) == root


def test_the_environment_names_a_folder_and_an_option_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, "/named")
    assert early.screen_root([]) == "/named"
    assert early.screen_root(["--data-dir", "/x"]) == "/x"


@pytest.mark.parametrize("cache", ["", " ", "/elsewhere"])
def test_the_file_is_where_the_paths_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: str
) -> None:
    monkeypatch.delenv(paths.HOME_VARIABLE, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", cache)
    assert early.file("") == str(paths.resolve().last_screen)
    assert early.file("~/r") == str(paths.resolve(Path("~/r")).last_screen)
    assert early.file(str(tmp_path)) == str(paths.resolve(tmp_path).last_screen)


def test_nothing_slow_is_loaded_before_the_picture() -> None:
    slow = {"click", "sqlite3", "textual", "rich", "pathlib", "dataclasses", "typing", "asyncio"}
    code = "import sys, probation_reader.startup.early\nprint(*sys.modules)"
    bare = [sys.executable, "-I", "-S", "-c"]
    root = str(Path(early.__file__).parents[2])
    done = subprocess.run(
        [*bare, f"import sys; sys.path.insert(0, {root!r})\n{code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert slow.intersection(done.stdout.split()) == set()
