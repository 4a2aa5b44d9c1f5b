"""The house stands as drawn: sizes, doors, and who is loaded when.

The import contracts themselves are checked by import-linter; these tests look
at what is really loaded, and at the size of files and classes.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "probation_reader"
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE = 500
LONGEST_CLASS = 350
#: What reaches files, clocks, processes, screens or databases.
IMPURE = {
    *("asyncio", "click", "io", "logging", "os", "pathlib", "platformdirs", "shutil", "signal"),
    *("socket", "sqlite3", "subprocess", "tempfile", "termios", "textual", "threading", "time"),
    "whoosh",
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_files_and_classes_are_of_a_readable_size(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            assert (node.end_lineno or node.lineno) - node.lineno < LONGEST_CLASS, node.name


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_file_says_first_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))


def imports_of(tree: ast.Module) -> set[str]:
    """Return the packages that a file imports."""
    nodes = list(ast.walk(tree))
    named = [name.name for node in nodes if isinstance(node, ast.Import) for name in node.names]
    named += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return {name.partition(".")[0] for name in named}


PURE = [file for file in FILES if "Pure" in file.read_text(encoding="utf-8").split('"""')[1]]


@pytest.mark.parametrize("file", PURE, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_what_is_called_pure_reads_and_writes_nothing(file: Path) -> None:
    assert not imports_of(ast.parse(file.read_text(encoding="utf-8"))) & IMPURE


def loaded_by(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("module", "never"),
    [
        ("probation_reader.importers", {"sqlite3", "whoosh", "textual", "rich", "platformdirs"}),
        ("probation_reader.library", {"whoosh", "textual", "rich", "probation_reader.importers"}),
        ("probation_reader.record", {"whoosh", "textual", "rich", "probation_reader.library"}),
        ("probation_reader.search", {"textual", "rich", "probation_reader.importers"}),
        ("probation_reader.workspace", {"whoosh", "textual", "rich", "probation_reader.importers"}),
        ("probation_reader.cli.main", {"whoosh", "textual", "rich", "probation_reader.ui"}),
        ("probation_reader.ui.thread.row_table", {"textual", "rich", "sqlite3", "whoosh"}),
        ("probation_reader.ui.render.orders", {"textual", "rich", "sqlite3", "whoosh"}),
        ("probation_reader.ui.driver.sender", {"textual", "sqlite3", "whoosh"}),
        ("probation_reader.startup.frame", {"textual", "rich", "sqlite3", "whoosh", "click"}),
        ("probation_reader.ui.render", {"textual", "sqlite3", "whoosh"}),
    ],
)
def test_a_room_loads_only_what_it_may(module: str, never: set[str]) -> None:
    assert not loaded_by(f"import {module}") & never
