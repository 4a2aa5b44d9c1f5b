"""A record in a folder of its own, and how to look at what is in its log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from probation_reader.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "personal.sqlite3"


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    with Record.open(path) as opened:
        yield opened
