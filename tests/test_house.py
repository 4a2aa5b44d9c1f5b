"""The house stands as drawn: sizes, names, the map, doors, and who is loaded when.

The import contracts themselves are checked by import-linter; these tests look
at what is really loaded, and at the files themselves.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

import probation_reader

PACKAGE = Path(__file__).resolve().parent.parent / "probation_reader"
TREES = {
    str(file.relative_to(PACKAGE)): ast.parse(file.read_text(encoding="utf-8"))
    for file in sorted(PACKAGE.rglob("*.py"))
}
LONGEST_FILE, LONGEST_CLASS, LONGEST_FUNCTION = 500, 350, 40
#: What is longer all the same, and why.
LONGER = {
    "library/thread_merge.py merge": "each rule leaves to the next what it did not decide",
    "library/threads.py store": "one transaction: its steps share what was read at its beginning",
    "ui/reader/screen.py __init__": "makes every part of the main screen",
    "ui/reader/next_post.py thread_ended": "the cases of one decision, side by side",
    "ui/thread/viewport.py begin": "sets all of a thread's view at once",
    "cli/commands/read.py open_screen": "what is opened is closed in the reverse order",
    "ingest.py import_files": "a generator: what it holds open spans every file",
}
#: Nouns of the field that end as verbs do; in captures, layouts.
NOUNS = {"pairing", "ranking", "matching", "nesting", "listing"}
#: What reaches files, clocks, processes, screens or databases.
IMPURE = {
    *("asyncio", "click", "io", "logging", "os", "pathlib", "platformdirs", "shutil", "signal"),
    *("socket", "sqlite3", "subprocess", "tempfile", "termios", "textual", "threading", "time"),
    "whoosh",
}


def _length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_files_classes_and_functions_are_of_a_readable_size() -> None:
    longer = set()
    for file, tree in TREES.items():
        if tree.body and (tree.body[-1].end_lineno or 0) > LONGEST_FILE:
            longer.add(file)
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                is_class = isinstance(node, ast.ClassDef)
                if _length(node) > (LONGEST_CLASS if is_class else LONGEST_FUNCTION):
                    longer.add(f"{file} {node.name}")
    assert longer == set(LONGER)


def test_a_file_says_first_what_it_is_for() -> None:
    assert [file for file, tree in TREES.items() if not ast.get_docstring(tree)] == []


def test_the_map_names_every_room_and_no_other() -> None:
    named = re.findall(r"^- (\w+): .+\.$", probation_reader.__doc__ or "", re.MULTILINE)
    rooms = {Path(file).parts[0].removesuffix(".py") for file in TREES}
    assert sorted(named) == sorted(rooms - {"__init__", "__main__"})


def test_modules_are_nouns() -> None:
    gerunds = {Path(file).stem for file in TREES if Path(file).stem.endswith("ing")}
    assert gerunds == NOUNS


def test_no_two_public_classes_share_a_name() -> None:
    where = defaultdict(list)
    for file, tree in TREES.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where[node.name].append(file)
    # How captures are read keeps its own names.
    shared = {
        name: files
        for name, files in where.items()
        if len([file for file in files if "captures" not in file]) > 1
    }
    assert shared == {}


def _imports_of(tree: ast.Module) -> set[str]:
    """Return the packages that a file imports."""
    nodes = list(ast.walk(tree))
    named = [name.name for node in nodes if isinstance(node, ast.Import) for name in node.names]
    named += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return {name.partition(".")[0] for name in named}


def test_what_is_called_pure_reads_and_writes_nothing() -> None:
    pure = {f: tree for f, tree in TREES.items() if "Pure" in (ast.get_docstring(tree) or "")}
    assert len(pure) > len(TREES) // 4
    assert {f: _imports_of(tree) & IMPURE for f, tree in pure.items()} == {f: set() for f in pure}


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
