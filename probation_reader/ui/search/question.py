"""The answers to one question, each from more of the passages than the one before.

They are worked out in threads, one at a time; nothing here touches a widget.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from probation_reader.ui.search.hit_context import settings_of
from probation_reader.ui.search.hit_list_options import AT_FIRST, HitListOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from probation_reader.model import Thread
    from probation_reader.search import Index, Results
    from probation_reader.ui.search.hit_rows import HitContext
    from probation_reader.workspace import Workspace

#: Hits asked for while typing, and after a pause.
FEW, MANY = 20, 200
#: Seconds that the newest hits stay, before those are shown that are the best so far.
_REST = 0.25


class Question(NamedTuple):
    """What was asked.

    Args:
        generation: its number; answers to older ones are dropped.
        query: the words.
        typing: whether someone was still typing.
        within: the open thread: all its hits are wanted, in the order of reading.
        manner: how the hits are to be shown.
        at: the id of the hit to stand on, empty for the first.
    """

    generation: int
    query: str
    typing: bool
    within: Thread | None = None
    manner: HitListOptions = AT_FIRST
    at: str = ""


def answers(
    workspace: Workspace, question: Question
) -> Iterator[tuple[Results, dict[str, HitContext]]]:
    """Yield answers, and what their hits stand in, by their ids.

    Raises:
        ReaderError: if the index or the library cannot be read.
    """
    for results in _search(workspace.index, question):
        yield results, settings_of(workspace, results.hits)


def _search(index: Index, question: Question) -> Iterator[Results]:
    """Yield answers.

    A word that is not finished may not be found as it stands: then a pause in
    typing keeps the newest passages with words that begin so. One that is, ``TR``
    say, comes before all that begins so, as on the command line.
    """
    newest = None
    for newest in index.growing(question.query, limit=FEW, typing=True):
        if question.typing and (newest.hits or newest.complete):
            yield _with_thread(index, question, newest, typing=True)
    if question.typing or newest is None:
        return
    by_date = question.manner.by_date
    for best in index.growing(question.query, limit=MANY, by_date=by_date, patience=_REST):
        if _stands(best, newest):
            yield _with_thread(index, question, best, typing=False)
        elif best.complete:
            as_typed = replace(newest, notes=best.notes if best.asked else ())
            yield _with_thread(index, question, as_typed, typing=True)


def _stands(best: Results, newest: Results) -> bool:
    """Return whether what was typed is found as it stands, or nothing begins so either."""
    return (best.asked and bool(best.total)) or not newest.total


def further(
    workspace: Workspace, question: Question, batches: int
) -> tuple[Results, dict[str, HitContext]]:
    """Return the hits that come after those that were shown, and what they stand in.

    Args:
        workspace: has the index.
        question: what was asked; it was answered whole.
        batches: how many times there were more hits already.

    Raises:
        ReaderError: if the index or the library cannot be read.
    """
    index, query, by_date = workspace.index, question.query, question.manner.by_date
    newest = index.search(query, limit=FEW, typing=True)
    offset = MANY * batches
    results = index.search(query, limit=MANY, offset=MANY + offset, by_date=by_date)
    if question.typing or not _stands(results, newest):
        results = index.search(query, limit=MANY, offset=FEW + offset, typing=True)
    return results, settings_of(workspace, results.hits)


def _with_thread(index: Index, question: Question, results: Results, *, typing: bool) -> Results:
    """Return an answer with all hits in the open thread, in the order of reading.

    What was not asked for is shown as it was found.
    """
    if question.within is None or not question.manner.by_post or not results.asked:
        return results
    within = question.within.post.id
    found = index.search(question.query, limit=MANY, typing=typing, within=within).hits
    order = {passage.id: place for place, passage in enumerate(question.within.passages)}
    inside = sorted(found, key=lambda hit: order.get(hit.id, len(order)))
    outside = [hit for hit in results.hits if hit.post_id != within]
    return replace(results, hits=(*inside, *outside))
