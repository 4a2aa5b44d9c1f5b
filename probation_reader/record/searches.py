"""The searches of a reader in the record: those saved under a name, and those of late."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from probation_reader.errors import RecordError
from probation_reader.identity import post_of
from probation_reader.record import events, mute_table, search_table
from probation_reader.record.undo import Undo
from probation_reader.sanitize import safe_line

if TYPE_CHECKING:
    from probation_reader.record.search_table import SavedSearch

#: Of more events than this it is not looked up what each was about.
_MANY = 20_000
_MARKED = (
    "SELECT machine, action, target, payload FROM event"
    " WHERE seq > ? AND action IN ('read', 'unread', 'mute', 'unmute', 'undo', 'redo') LIMIT ?"
)


class Searches(Undo):
    """An open record that keeps searches. Made by `open`."""

    # Saved

    def save_search(self, name: str, words: str, instead_of: str = "") -> bool:
        """Save words under a name; what was saved under it before is replaced.

        Args:
            name: what to call it; a name that is not in the record is made one safe line.
            words: what to search for.
            instead_of: the name it had, to give it another one.

        Returns:
            Whether anything changed.

        Raises:
            ValueError: if the name is empty.
            RecordError: if it cannot be kept.
        """
        if all(search.name != name for search in self.saved_searches()):
            name = search_table.as_name(name)
        with self._deed() as deed:
            renamed = bool(instead_of) and instead_of != name
            changed = renamed and deed.does("drop-search", search_table.target(instead_of))
            return deed.does("save-search", search_table.target(name), {"words": words}) or changed

    def drop_search(self, name: str) -> bool:
        """Take a saved search away and return whether there was one.

        Raises:
            RecordError: if that cannot be kept.
        """
        with self._deed() as deed:
            return deed.does("drop-search", search_table.target(name))

    def saved_searches(self) -> list[SavedSearch]:
        """Return every saved search, in the order of their names."""
        with self._errors():
            return search_table.by_name(self._connection)

    # Of late

    def remember_search(self, words: str) -> None:
        """Put words, made safe, at the head of what was searched for; none are left out.

        Raises:
            RecordError: if it cannot be written.
        """
        words = safe_line(words).strip()
        if self.keeps and words:
            with self._transaction():
                search_table.remember(self._connection, words)

    def searched(self) -> list[str]:
        """Return what was searched for, the newest first, none of it twice."""
        with self._errors():
            return search_table.newest_first(self._connection)

    def forget_searches(self, words: str | None = None) -> int:
        """Forget what was searched for, on the disk as well; return how many that were.

        Args:
            words: only these; all without it.

        Raises:
            RecordError: if it cannot be written.
        """
        self._refuse_unkept()
        with self._transaction():
            if self.waits_for:  # what is only pending is not forgotten
                message = f"not forgotten: {self.waits_for}"
                raise RecordError(message, where=str(self.path), advice="Do it again later")
            shown = words if words is None else safe_line(words).strip()
            forgotten = search_table.forget(self._connection, shown)
        # The words stand in SQLite's log of pages, too; where another one is
        # reading at this moment, they go with its next checkpoint.
        with suppress(sqlite3.OperationalError), self._lock:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return forgotten

    # What marks are about

    def posts_marked_after(self, revision: int) -> frozenset[str] | None:
        """Return the posts in which passages were marked read or unread, or that was undone.

        After a great many marks, as another machine may bring, after something was
        muted or a mute was lifted, and where the log has begun anew, that is not told: None.

        Args:
            revision: what `revision` gave; only what was written down later counts.
        """
        if revision < self._database.reset_at:
            return None
        rows = self._rows(_MARKED, revision, _MANY + 1)
        if len(rows) > _MANY:
            return None
        targets = {target for _, _, target, _ in rows}
        acted = {action for _, action, _, _ in rows}
        for machine, action, _, payload in rows:
            if action in {"undo", "redo"}:
                deed = events.unpacked(payload).get("deed", 0)
                turned = self._rows(
                    "SELECT target, action FROM event WHERE machine = ? AND at = ?"
                    " AND action IN ('read', 'unread', 'mute', 'unmute')",
                    machine,
                    deed,
                )
                targets.update(target for target, _ in turned)
                acted.update(action for _, action in turned)
        if not acted.isdisjoint(mute_table.ACTIONS):
            return None
        return frozenset(post_of(target) for target in targets if target)
