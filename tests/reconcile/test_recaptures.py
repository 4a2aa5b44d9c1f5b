"""Marks through later captures of a page: whatever happens to the page, none is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probation_reader import paths
from probation_reader.workspace import Workspace
from tests.reconcile.following import Reader, Tally
from tests.reconcile.recaptures import RECAPTURES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
@pytest.mark.parametrize("kind", RECAPTURES)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 1 << 32))
def test_marks_stay_through_three_later_captures(kind: str, seed: int, tmp_path: Path) -> None:
    change, layout = RECAPTURES[kind]
    tally = Tally()
    with Workspace.open(paths.resolve(tmp_path)) as workspace:
        workspace.library.remove(row.post.id for row in workspace.library.posts())
        reader = Reader(workspace, seed, layout, tally)
        for _ in range(3):
            reader.look_at(change)
    assert tally.captures == 3
    assert tally.lost == 0
