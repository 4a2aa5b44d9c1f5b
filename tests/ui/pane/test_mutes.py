"""What an open thread shows of muted passages, whatever its shape is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from probation_reader.ui.render.columns import Layout
from probation_reader.ui.render.rows import HeadRow, WordsRow
from probation_reader.ui.thread import motions as folds
from probation_reader.ui.thread import muted as mutes
from probation_reader.ui.thread.scene import ThreadMarks
from probation_reader.ui.thread.viewport import Viewport
from tests.ui.pane_threads import make_thread

if TYPE_CHECKING:
    from probation_reader.model import Thread


@st.composite
def _depths(draw: st.DrawFn) -> list[int]:
    depths = [0]
    for _ in range(draw(st.integers(0, 10))):
        depths.append(draw(st.integers(0, depths[-1] + 1)))
    return depths


def _view(thread: Thread) -> Viewport:
    view = Viewport(thread, Layout(60), 200)
    view.mark(ThreadMarks())
    view.begin(None, line=None, only_path=False)
    return view


def _muted(data: st.DataObject, thread: Thread) -> dict[str, str]:
    some = data.draw(st.sets(st.sampled_from([passage.id for passage in thread.passages])))
    return dict.fromkeys(some, "branch")


@given(_depths(), st.data())
def test_muted_words_are_not_shown_and_all_others_are(
    depths: list[int], data: st.DataObject
) -> None:
    thread = make_thread(depths)
    view, muted = _view(thread), _muted(data, thread)
    view.mark(ThreadMarks(muted=muted))
    view.top = 0
    rows = view.rows()
    with_words = {thread.passages[row.nth].id for row in rows if isinstance(row, WordsRow)}
    assert with_words == {passage.id for passage in thread.passages} - muted.keys()
    heads = {thread.passages[row.nth].id: row for row in rows if isinstance(row, HeadRow)}
    assert heads.keys() >= with_words
    assert all(bool(head.muted) == (id_ in muted) for id_, head in heads.items())
    assert view.unread.count(1) == len(with_words)


@given(_depths(), st.data())
def test_lifting_shows_all_again(depths: list[int], data: st.DataObject) -> None:
    thread = make_thread(depths)
    view = _view(thread)
    before = view.rows()
    view.mark(ThreadMarks(muted=_muted(data, thread)))
    view.mark(ThreadMarks(muted=_muted(data, thread)))
    view.mark(ThreadMarks())
    view.cursor = view.top = 0
    assert view.rows() == before


@given(_depths(), st.data())
def test_opening_and_shutting_one_is_identity(depths: list[int], data: st.DataObject) -> None:
    thread = make_thread(depths)
    view = _view(thread)
    view.mark(ThreadMarks(muted=_muted(data, thread)))
    view.cursor = data.draw(st.sampled_from(list(view.table.visible)))
    toggle = mutes.shut(mutes.opened(folds.toggle_fold))
    before = view.rows()
    assert toggle(view)
    assert toggle(view)
    assert view.rows() == before
    assert not set(view.closed) - set(view.muted)


def test_a_chain_of_ten_thousand_muted_replies_folds_to_a_row() -> None:
    thread = make_thread(range(10_000))
    view = _view(thread)
    view.mark(ThreadMarks(muted=dict.fromkeys((p.id for p in thread.passages[1:]), "branch")))
    assert list(view.table.visible) == [0, 1]
