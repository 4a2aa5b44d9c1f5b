"""What is muted in an open thread: closed and folded, opened for now, shut again. Pure.

The words of a muted passage are closed: its head says what mutes it, in their
place. Where all of its replies are muted, too, it is folded besides. Opening one is
for now: nothing is written down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from probation_reader.outline import Outline
    from probation_reader.ui.thread.motions import Move
    from probation_reader.ui.thread.viewport import Viewport


def take(view: Viewport, muted: Mapping[str, str]) -> None:
    """Show what is muted now; the line under the cursor stays.

    Args:
        view: the thread.
        muted: what mutes them, in words, by the ids of passages.
    """
    now, before = {}, view.muted
    if muted:
        indices = view.indices
        now = {indices[id_]: words for id_, words in muted.items() if id_ in indices}
    view.muted = now
    if now.keys() == before.keys():
        return
    view.close(view.closed.intersection(now) | (now.keys() - before.keys()))
    hushed, was = _whole(view.outline, now), view.hushed
    view.hushed = hushed
    view.fold(view.table.folded - (was - hushed) | (hushed - was))


def _whole(outline: Outline, muted: Iterable[int]) -> frozenset[int]:
    """Return the muted passages below which there is nothing but muted ones."""
    unmuted: dict[int, int] = {}  # the first passage after each that is not muted
    for index in sorted(muted, reverse=True):
        unmuted[index] = unmuted.get(index + 1, index + 1)
    return frozenset(index for index, after in unmuted.items() if after >= outline.ends[index])


def _open(view: Viewport) -> bool:
    cursor = view.cursor
    if cursor not in view.closed:
        return False
    view.close(view.closed - {cursor})
    view.fold(view.table.folded - {cursor})
    return True


def _shut(view: Viewport) -> bool:
    cursor = view.cursor
    if cursor not in view.muted or cursor in view.closed:
        return False
    view.close(view.closed | {cursor})
    view.fold(view.table.folded | (view.hushed & {cursor}))
    return True


def opened(move: Move) -> Move:
    """Return a movement that opens a muted passage instead, where one is shut."""
    return lambda view: _open(view) or move(view)


def shut(move: Move) -> Move:
    """Return a movement that shuts a muted passage instead, where one was opened."""
    return lambda view: _shut(view) or move(view)
