"""What the reader chose, where it is seen: keys in hints, help, lists and messages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import probation_reader.ui
from probation_reader.errors import OptionsError
from probation_reader.options import Options, OwnKey
from probation_reader.workspace import Workspace
from tests.ui.workspaces import GUEST, opened, press, screen_text

OWN = Options(
    keys=(
        OwnKey("thread", "x", "toggle_bookmark"),
        OwnKey("thread", "Ctrl+b", "bookmarks"),
        OwnKey("thread", "-", "help"),
        OwnKey("thread", ",", "search"),
        OwnKey("search", "Ctrl+t", "open_hit"),
        OwnKey("help", "x", "back"),
    )
)
WIDE = (160, 80)


async def seen(workspace: Workspace, *keys: str) -> str:
    """Return what is on the screen after some keys, for a reader with keys of their own."""
    async with opened(workspace, WIDE, open_id=GUEST.post.id, options=OWN) as (pilot, _):
        await press(pilot, *keys)
        return screen_text(pilot.app.screen)


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        ("", ["x keep", ", search", "- help"]),
        ("x", ["Ctrl+b lists what you kept"]),
        ("f12", ["F12 does nothing here   - help"]),
        ("z f12", ["z F12 does nothing here   - help"]),
        ("minus", ["x  b ", "Ctrl+b  B ", "x back"]),
        ("comma", ["Ctrl+t opens one, Esc returns", "Ctrl+t open"]),
        ("ctrl+b", ["Nothing kept yet: x keeps a passage"]),
        ("colon k e e p", ["x  b"]),
    ],
)
async def test_the_readers_own_keys_are_named_wherever_keys_are(
    workspace: Workspace, keys: str, named: list[str]
) -> None:
    screen = await seen(workspace, *keys.split())
    assert [words for words in named if words not in screen] == []


async def test_a_key_that_was_given_away_does_the_new_thing(workspace: Workspace) -> None:
    options = Options(keys=(OwnKey("thread", "j", "next_top"), OwnKey("thread", "k", "")))
    async with opened(workspace, open_id=GUEST.post.id, options=options) as (pilot, screen):
        await press(pilot, "j", "j")
        assert screen.pane.current is not None
        assert screen.pane.current.number == "2"
        await press(pilot, "k")
        assert screen.pane.current.number == "2"
        assert "k does nothing here" in screen.status.message


@pytest.mark.parametrize(
    ("width", "problems", "said"),
    [
        (80, ["no"], "config.toml:7: no; see probation-reader doctor"),
        (80, ["one", "two", "three"], "config.toml:7: one and 2 more; see probation-reader doctor"),
        (40, ["no"], "config.toml:7: no; see doctor"),
        (40, ["theme cannot be 'drak'"], "config.toml:7 is wrong: doctor says why"),
        (80, ["[/red]\x1b[2J"], "config.toml:7: [/red]"),
    ],
)
async def test_what_could_not_be_taken_is_said_in_the_status_row(
    workspace: Workspace, width: int, problems: list[str], said: str
) -> None:
    errors = [OptionsError(problem, where="config.toml:7") for problem in problems]
    async with opened(workspace, (width, 24), problems=errors) as (_, screen):
        assert screen.status.message.startswith(said)
        assert "\x1b" not in screen.status.text


async def test_an_own_key_that_means_nothing_is_said_too(workspace: Workspace) -> None:
    options = Options(keys=(OwnKey("thread", "x", "fold_al", "config.toml:3"),))
    async with opened(workspace, WIDE, options=options) as (_, screen):
        said = "config.toml:3: no action of thread is called 'fold_al', perhaps 'fold_all'"
        assert screen.status.message.startswith(said)


#: Files that say what keys are, and one that asks for a line outside the screen.
_OF_KEYS = {"actions.py", "chords.py", "keymap.py", "presets.py", "suspend.py"}
_KEY = re.compile(
    r"\b(Space|Enter|Esc|Tab|Backspace|PgDn|PgUp|Ctrl\+\w)\b"
    r"|(^|\s)[^\s{}] (lists|keeps|undoes|help|opens|copies|returns)\b"
)


def test_no_sentence_of_the_screen_names_a_key_by_itself() -> None:
    folder = Path(probation_reader.ui.__file__).parent
    said = []
    for file in sorted(folder.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        documents = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and isinstance(node.body[0], ast.Expr)
        }
        said += [
            f"{file.name}:{node.lineno}: {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documents
            and _KEY.search(node.value)
            and file.name not in _OF_KEYS
        ]
    assert said == []
