"""Any two captures of a page, merged: a valid thread that holds all of both."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from probation_reader.library.records import Changes
from probation_reader.library.thread_merge import MergedThread, merge
from probation_reader.model import Passage, Thread
from tests.library.pages import thread

NOW = datetime(2024, 5, 1, tzinfo=UTC)
POST = thread().post
TEXTS = st.sampled_from(["Agree.", "No.", *(f"Remark {n} on the matter of {n}" for n in range(9))])


@st.composite
def captures(draw: st.DrawFn) -> Thread:
    said: list[tuple[int, str]] = []
    for _ in range(draw(st.integers(0, 12))):
        deepest = said[-1][0] + 1 if said else 0
        said.append((draw(st.integers(0, deepest)), draw(TEXTS)))
    return thread(said, body=draw(st.lists(TEXTS, max_size=3)))


def merged(known: tuple[Passage, ...], found: Thread) -> MergedThread:
    return merge(POST.id, known, found.passages, comments=True, now=NOW)


@given(captures(), captures(), captures())
def test_merging_keeps_everything_and_is_settled_at_once(
    one: Thread, two: Thread, three: Thread
) -> None:
    known: tuple[Passage, ...] = ()
    for capture in (one, two, three, one):
        after = merged(known, capture)
        Thread(POST, after.passages)
        assert {p.id for p in known} <= {p.id for p in after.passages}
        assert [p.text for p in after.passages if not p.gone] == [p.text for p in capture.passages]
        assert len(after.found) == len(capture.passages)
        again = merged(after.passages, capture)
        assert again.passages == after.passages
        assert again.changes == Changes()
        known = after.passages


@given(captures(), captures())
def test_changes_add_up(one: Thread, two: Thread) -> None:
    known = merged((), one).passages
    after = merged(known, two)
    assert after.changes.new - after.changes.gone == len(two.comments) - len(one.comments)
