"""Undo and redo of what was marked and kept, in order, whatever was closed in between.

One call that marks, keeps, edits or lets go is one step, however many passages
it is about, and so is each mark that reading on makes: undo gives back the last
comment that was read, and what one key did comes back by one key. All sessions
on one record share its steps. Positions and visits are not undone, and what was
done on another machine is undone there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from probation_reader.identity import post_of
from probation_reader.mutes import Rule
from probation_reader.record import mute_table, search_table, undo_table
from probation_reader.record.store import Store

if TYPE_CHECKING:
    from probation_reader.record.undo_table import Turn

What = Literal[
    "read",
    "unread",
    "bookmark",
    "unbookmark",
    "note",
    "tag",
    "save-search",
    "drop-search",
    "mute",
    "unmute",
]


class UndoEntry(NamedTuple):
    """Something that was done in one go.

    Args:
        what: what was done.
        ids: to which passages, in the order in which it was done.
        searches: to which saved searches, by their names: two for a new name.
        mutes: to which rules of what is muted.
    """

    what: What
    ids: tuple[str, ...]
    searches: tuple[str, ...] = ()
    mutes: tuple[Rule, ...] = ()

    @property
    def posts(self) -> tuple[str, ...]:
        """The ids of the posts of these passages, each once."""
        return tuple(dict.fromkeys(post_of(id_) for id_ in self.ids))


class Undo(Store):
    """An open record whose steps can be undone. Made by `open`."""

    def undo(self) -> UndoEntry | None:
        """Take back the last step that still holds.

        Returns:
            What was taken back, None if there is nothing left.

        Raises:
            RecordError: if it cannot be kept; then nothing is taken back.
        """
        return self._turn("undo")

    def redo(self) -> UndoEntry | None:
        """Do the step again that was taken back last; anything done since forbids it.

        Returns:
            What was done again, None if there is nothing.

        Raises:
            RecordError: if it cannot be kept; then nothing is done.
        """
        return self._turn("redo")

    def _turn(self, turn: Turn) -> UndoEntry | None:
        with self._deed() as deed:
            done = undo_table.following(self._connection, self._machine, turn)
            if done is None:
                return None
            deed.does(turn, "", {"deed": done})
            return self._step(done)

    def _step(self, at: int) -> UndoEntry:
        rows = self._connection.execute(
            "SELECT action, target FROM event WHERE machine = ? AND at = ? ORDER BY number",
            (self._machine, at),
        ).fetchall()
        targets = tuple(dict.fromkeys(target for _, target in rows))
        if rows[0][0] in search_table.ACTIONS:
            return UndoEntry(rows[0][0], (), tuple(map(search_table.name_of, targets)))
        if rows[0][0] in mute_table.ACTIONS:
            return UndoEntry(rows[0][0], (), mutes=tuple(filter(None, map(Rule.of, targets))))
        # What moves marks to other ids may move mutes with them.
        return UndoEntry(rows[0][0], tuple(t for t in targets if Rule.of(t) is None))
