"""A shelf of its own for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.search.search_fixture import SearchFixture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def fixture(tmp_path: Path) -> Iterator[SearchFixture]:
    with SearchFixture(tmp_path) as opened:
        yield opened
