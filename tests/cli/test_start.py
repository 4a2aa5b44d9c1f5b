"""Commands that open no screen load only what they need."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.program import Home

SHOW = """
import sys
from probation_reader.cli.main import main
code = main()
print("\\n".join(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""
SLOW = (
    *("textual", "whoosh", "rich", "probation_reader.importers", "probation_reader.ui"),
    *("tempfile", "hashlib", "probation_reader.library.misreadings"),
)


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["list", "--json"],
        ["unread", "--count"],
        ["mark", "read", "ID"],
        ["bookmark", "ID"],
        ["bookmarks", "--json"],
        ["show", "ID"],
        ["show", "ID", "--json"],
    ],
)
def test_nothing_slow_is_loaded(reader: Home, command: list[str]) -> None:
    words = [reader.post() if word == "ID" else word for word in command]
    done = subprocess.run(
        [sys.executable, "-c", SHOW, *words],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=reader.environment(),
    )
    loaded = done.stderr.split()
    assert "probation_reader.library" in loaded
    assert [name for name in loaded if name.startswith(SLOW)] == []


@pytest.mark.parametrize("command", [["--help"], ["search", "stairs"], ["doctor"], ["reindex"]])
def test_no_command_loads_textual(reader: Home, command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SHOW, *command],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=reader.environment(),
    )
    assert "textual" not in done.stderr.split()
