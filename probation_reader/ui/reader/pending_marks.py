"""Marks that are not on disk yet because another program holds the record.

Keys go on meanwhile. How many are pending stands at the right end of the status
row, after two seconds it is said why; what is written at last is shown as it is then.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from probation_reader.phrases import count

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from probation_reader.record import Record
    from probation_reader.ui.widgets.status_line import StatusLine

#: How often the record is tried while it is held, in seconds.
_TRY_SECONDS = 0.1
#: The same where its file is gone: to look for it takes longer.
_LOOK_SECONDS = 1.0
#: After so long it is said why marks are pending.
_WHY_SECONDS = 2.0
#: So long the way out waits for the record.
_LEAVE_SECONDS = 3.0


class Pending:
    """Watches over what the record has not on disk yet.

    Args:
        record: may have deeds that are pending.
        status: says so.
        settled: called when all that was pending is on disk, or the file is another one.
    """

    def __init__(self, record: Record, status: StatusLine, settled: Callable[[], None]) -> None:
        self._record = record
        self._status = status
        self._settled = settled
        self._timer: Timer | None = None
        self._since = self._tried = self._leaving = 0.0
        self._explained = False
        status.unsaved = lambda: record.pending

    def look(self) -> None:
        """Show how much is pending, and what became of the files; try while anything is."""
        if self._record.waits_for and self._timer is None:
            self._since = self._tried = monotonic()
            self._explained = False
            self._timer = self._status.set_interval(_TRY_SECONDS, self._try)
        number = self._record.pending
        self._status.set_unsaved(number)
        for sentence in self._record.news():
            self._status.say(sentence, stay=True)
            self._settled()

    def settle(self) -> None:
        """Write what is pending if it can be written, and notice what became of the files."""
        number, waited = self._record.pending, bool(self._record.waits_for)
        done = self._record.settle()
        if done and self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.look()
        if done and waited:
            self._settled()
            self._status.know_unsaved()
            if number:
                self._status.say(f"{count(number, 'pending mark')} saved")

    def _try(self) -> None:
        now = monotonic()
        if now - self._tried < (_TRY_SECONDS if self._record.is_held else _LOOK_SECONDS) * 0.9:
            return
        self._tried = now
        self.settle()
        number = self._record.pending
        if number and now - self._since >= _WHY_SECONDS and not self._explained:
            self._explained = True
            self._status.say(f"{number:,} pending: {self._record.waits_for}", stay=True)

    def may_leave(self) -> bool:
        """Return whether nothing is pending, or has been waited for long enough."""
        if not self._record.pending:
            return True
        if not self._leaving:
            self._leaving = monotonic()
            number = count(self._record.pending, "pending mark")
            self._status.say(f"Leaving when {number} can be saved…", stay=True)
        self.settle()
        return not self._record.pending or monotonic() - self._leaving >= _LEAVE_SECONDS
