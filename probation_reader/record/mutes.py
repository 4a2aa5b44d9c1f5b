"""The mutes of a reader in the record: made, lifted, listed, and what they come to.

A rule that has ended by the clock mutes nothing from then on, without an event.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from probation_reader.errors import RecordError
from probation_reader.mutes import Rule
from probation_reader.record import events
from probation_reader.record.merge import Merge
from probation_reader.record.mute_table import Mute

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_HOLDS = "(until IS NULL OR until > ?)"
_UNREAD = f"""SELECT post, count(*) FROM
    (SELECT DISTINCT post, passage FROM muted JOIN mute USING (target) WHERE {_HOLDS} {{}}) AS quiet
    WHERE NOT EXISTS (SELECT 1 FROM read_mark WHERE read_mark.post = quiet.post
    AND read_mark.passage = quiet.passage AND live) GROUP BY post"""  # noqa: S608 - constants


def _moment(until: int | None) -> datetime | None:
    return None if until is None else datetime.fromtimestamp(until / 1000, UTC)


def _mutes(rows: Iterable[tuple[str, int | None]]) -> dict[str, Mute]:
    """Return mutes by their targets; what is no rule, put there by other programs, is left out."""
    rules = {target: (Rule.of(target), until) for target, until in rows}
    return {target: Mute(rule, _moment(until)) for target, (rule, until) in rules.items() if rule}


class Mutes(Merge):
    """An open record that keeps mutes. Made by `open`."""

    def mute(self, rule: Rule, until: datetime | None = None) -> bool:
        """Mute something, or change how long it is muted.

        Args:
            rule: what.
            until: when that ends; None for never.

        Returns:
            Whether anything changed.

        Raises:
            RecordError: if it cannot be kept.
        """
        ends = {}
        if until is not None:
            ends["until"] = events.sound_time(round(until.timestamp() * 1000))
        with self._deed() as deed:
            return deed.does("mute", rule.target, ends)

    def unmute(self, rule: Rule) -> bool:
        """Lift a mute and return whether there was one.

        Raises:
            RecordError: if that cannot be kept.
        """
        with self._deed() as deed:
            return deed.does("unmute", rule.target)

    def mutes(self) -> list[Mute]:
        """Return the mutes that hold now, the newest first."""
        query = f"SELECT target, until FROM mute WHERE {_HOLDS} ORDER BY at DESC, target"  # noqa: S608 - ours
        return list(_mutes(self._rows(query, events.now())).values())

    def next_unmuted(self) -> datetime | None:
        """Return when the next mute ends by the clock, None if none does."""
        return _moment(
            self._rows("SELECT min(until) FROM mute WHERE until > ?", events.now())[0][0]
        )

    # What they mute

    def muted_in(self, post_id: str) -> dict[str, Mute]:
        """Return the muted passages of a post by their ids, each with what mutes it longest."""
        rows = self._rows(
            f"SELECT passage, target, until FROM muted JOIN mute USING (target)"  # noqa: S608 - ours
            f" WHERE post = ? AND {_HOLDS} ORDER BY until IS NULL, until",
            *(post_id, events.now()),
        )
        held = _mutes(dict.fromkeys(row[1:] for row in rows))
        return {
            f"{post_id}.{passage}": held[target] for passage, target, _ in rows if target in held
        }

    def mutes_of(self, rule: Rule) -> int:
        """Return how many passages of the library a rule mutes."""
        query = "SELECT count(*) FROM muted WHERE target = ?"
        return int(self._rows(query, rule.target)[0][0])

    def all_muted(self) -> frozenset[str]:
        """Return the ids of all passages that are muted now."""
        query = f"SELECT post || '.' || passage FROM muted JOIN mute USING (target) WHERE {_HOLDS}"  # noqa: S608 - ours
        return frozenset(id_ for (id_,) in self._rows(query, events.now()))

    def muted_state(self) -> tuple[object, ...]:
        """Return what is another whenever other passages may be muted."""
        query = f"SELECT count(*), total(at), min(until) FROM mute WHERE {_HOLDS}"  # noqa: S608 - ours
        with self._errors():
            return events.meta(self._connection, "muted"), *self._rows(query, events.now())[0]

    def muted_unread(self) -> dict[str, int]:
        """Return how many passages are muted and unread, per post that has any.

        The counts are kept: only posts that were marked in since are counted anew,
        all of them where something else may be muted.
        """
        now = self.muted_state()
        if not now[1]:
            return {}
        state, revision = str(now), self.revision()
        with self._errors():
            counted = events.meta(self._connection, "muted_counts") or ""
        known, _, reached = counted.rpartition(" ")
        posts = self.posts_marked_after(int(reached)) if known == state else None
        if posts or posts is None:
            try:
                self._refuse_unkept()
                with self._transaction():
                    self._count_muted(posts)
                    events.set_meta(self._connection, "muted_counts", f"{state} {revision}")
            except RecordError:  # what cannot be kept now is counted again the next time
                return dict(self._rows(_UNREAD.format(""), events.now()))
        return dict(self._rows("SELECT post, unread FROM muted_count WHERE unread > 0"))

    def _count_muted(self, posts: Collection[str] | None) -> None:
        """Count for these posts, for all if None; inside a transaction."""
        if posts is None:
            self._connection.execute("DELETE FROM muted_count")
            self._connection.execute(
                "INSERT INTO muted_count " + _UNREAD.format(""), (events.now(),)
            )
        for post in posts or ():
            self._connection.execute("DELETE FROM muted_count WHERE post = ?", (post,))
            counting = "INSERT INTO muted_count " + _UNREAD.format("AND post = ?")
            self._connection.execute(counting, (events.now(), post))

    def muted_to(self, library: str) -> dict[Rule, int | None]:
        """Return how far the library's change feed was looked at for each rule.

        Args:
            library: the library's uuid.

        Returns:
            The feed's number; None for a rule with which it was not looked at.
        """
        found: dict[Rule, int | None] = {}
        query = "SELECT target, reached FROM mute LEFT JOIN mute_reach USING (target)"
        for target, known in self._rows(query):
            uuid, _, reached = (known or "").rpartition(" ")
            if rule := Rule.of(target):
                found[rule] = int(reached) if uuid == library else None
        return found

    def set_muted(self, found: Mapping[str, Mapping[Rule, Iterable[str]]]) -> None:
        """Keep, in one step, which passages rules mute in some posts.

        Args:
            found: for each post the ids of what each rule mutes there; what it
                muted there before is forgotten.

        Raises:
            RecordError: if it cannot be written.
        """
        with self._transaction():
            self._count_change()
            for post, by_rule in found.items():
                self._connection.executemany(
                    "DELETE FROM muted WHERE post = ? AND target = ?",
                    [(post, rule.target) for rule in by_rule],
                )
                self._connection.executemany(
                    "INSERT OR IGNORE INTO muted VALUES (?, ?, ?)",
                    [
                        (post, id_.partition(".")[2], rule.target)
                        for rule, ids in by_rule.items()
                        for id_ in ids
                    ],
                )

    def set_muted_to(self, rules: Collection[Rule], library: str, reached: int) -> None:
        """Say how far a library was looked at with some rules; forget what those gone muted.

        Raises:
            RecordError: if it cannot be written.
        """
        with self._transaction():
            self._count_change()
            self._connection.executemany(
                "INSERT OR REPLACE INTO mute_reach VALUES (?, ?)",
                [(rule.target, f"{library} {reached}") for rule in rules],
            )
            for table in ("mute_reach", "muted"):
                self._connection.execute(
                    f"DELETE FROM {table} WHERE target NOT IN (SELECT target FROM mute)"  # noqa: S608 - ours
                )

    def _count_change(self) -> None:
        changes = int(events.meta(self._connection, "muted") or 0) + 1
        events.set_meta(self._connection, "muted", str(changes))
