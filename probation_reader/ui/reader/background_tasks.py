"""Long work beside the reading: the sample, the index, what other sessions did.

All of it runs in threads that compute and post; nothing here keeps a key
waiting. A thread that is no longer wanted ends at its next sign of progress.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from probation_reader.errors import ImportFailure
from probation_reader.ui.messages import Noticed, PostsChanged, WorkProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from textual.screen import Screen

    from probation_reader.workspace import Workspace

#: The names of the work that brings the sample, and that brings the index up to date.
SAMPLE, INDEX = "sample", "index"
#: Progress is shown at most this often, in seconds: each change costs bytes.
_EVERY = 0.2
#: An index that is behind is looked after at most this often, in seconds.
_PATIENCE = 5.0
#: A rest is as long as the work before it, and at least this many seconds.
_LEAST_REST = 0.005
_END = object()


async def in_pieces(steps: Iterator[None]) -> float:
    """Work in a thread, with a rest after each piece in which keys are answered.

    Args:
        steps: does a piece of the work at each step.

    Returns:
        How long the work took without the rests, in seconds.
    """
    worked = 0.0
    began = time.perf_counter()
    while await asyncio.to_thread(next, steps, _END) is not _END:
        took = time.perf_counter() - began
        worked += took
        await asyncio.sleep(max(_LEAST_REST, took))
        began = time.perf_counter()
    return worked


class _Stopped(Exception):  # noqa: N818 - not an error: the work is no longer wanted
    pass


class BackgroundTasks:
    """The workers of one screen.

    Args:
        screen: runs them and receives their messages.
        workspace: what they work on.
    """

    def __init__(self, screen: Screen[None], workspace: Workspace) -> None:
        self._screen = screen
        self._workspace = workspace
        self._tried = float("-inf")
        self._waiting = False

    def bring_sample(self, folder: Path) -> None:
        """Import the sample into the empty library, then bring the index up to date."""
        self._run(lambda: self._bring_sample(folder), SAMPLE)

    def check_sources(self, folder: Path | None) -> None:
        """Say what an older importer misread, then bring the index up to date.

        The sample is read again if an older importer read it.

        Args:
            folder: where the sample is, None if it is not shipped.
        """
        self._tried = time.monotonic()
        self._run(lambda: self._check_sources(folder), INDEX)

    def sync_index(self) -> None:
        """Bring the index up to date with the library."""
        self._tried = time.monotonic()
        self._run(self._sync_index, INDEX)

    def catch_up(self, *, at_once: bool = False) -> None:
        """Bring the index up to date, if nothing is going on; in a while if it was tried just now.

        Args:
            at_once: also if it was tried just now.
        """
        groups = {worker.group for worker in self._screen.workers if not worker.is_finished}
        if groups & {SAMPLE, INDEX}:
            return
        rest = 0.0 if at_once else self._tried + _PATIENCE - time.monotonic()
        if rest <= 0:
            self.sync_index()
        elif not self._waiting:
            self._waiting = True
            self._screen.set_timer(rest, self._catch_up_later)

    def _catch_up_later(self) -> None:
        self._waiting = False
        self.catch_up(at_once=True)

    def _run(self, work: Callable[[], None], name: str) -> None:
        def quietly() -> None:
            try:
                work()
            except _Stopped:
                pass
            finally:
                self._screen.post_message(WorkProgress(""))

        self._screen.run_worker(
            quietly, name=name, group=name, thread=True, exclusive=True, exit_on_error=False
        )

    def _bring_sample(self, folder: Path) -> None:
        from probation_reader import ingest  # noqa: PLC0415 - not before the first paint

        self._progress()("bringing the sample")
        reports = ingest.bring_sample(self._workspace, folder)
        self._screen.post_message(PostsChanged())
        self._sync_index()
        for report in reports:
            if report.error:
                raise ImportFailure(report.error)

    def _check_sources(self, folder: Path | None) -> None:
        from probation_reader import ingest  # noqa: PLC0415 - not before the first paint

        library = self._workspace.library
        writable = not library.notices
        if folder is not None and writable and ingest.refresh_sample(self._workspace, folder):
            self._screen.post_message(PostsChanged())
        if notice := ingest.misread_notice(library):
            self._screen.post_message(Noticed(notice))
        self._sync_index()

    def _sync_index(self) -> None:
        say = self._progress()
        index = self._workspace.index
        if pending := index.pending():
            whole = pending >= self._workspace.library.counts().posts
            deed = "building search" if whole else "indexing"
            index.sync(
                lambda done, total: say(f"{deed} {100 * done // total} %" if done < total else "")
            )

    def _progress(self) -> Callable[[str], None]:
        worker = get_current_worker()
        last = 0.0

        def say(words: str) -> None:
            nonlocal last
            if worker.is_cancelled:
                raise _Stopped
            if (now := time.monotonic()) - last >= _EVERY or not words:
                last = now
                self._screen.post_message(WorkProgress(words))

        return say
