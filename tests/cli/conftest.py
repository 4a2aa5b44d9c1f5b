"""A user with nothing, and one with a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import PAGE, Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A user who has nothing yet."""
    return Home(tmp_path)


@pytest.fixture
def reader(home: Home) -> Home:
    """A user with one imported page."""
    home.run("import", home.write(PAGE))
    return home
