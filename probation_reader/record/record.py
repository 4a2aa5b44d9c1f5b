"""The one door to the personal record.

Rules:
- When a method that changes something returns, the change is on disk; when it
  raises, nothing was kept.
- Any thread may call any method: calls are made one at a time under a lock and
  return finished values. None of them takes long but a mark of thousands.
- Several processes may have the same record open; `changed_elsewhere` says when
  another one wrote.
- A question that cannot be answered, from a damaged file for one, raises
  `RecordError` as well.
- A record that cannot be written (`keeps` is False) answers every question, and
  refuses marks and bookmarks with `RecordError`. What the program notes by
  itself (positions, visits, counters) is then left out without a word.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from probation_reader.identity import is_passage, post_of
from probation_reader.mutes import Rule
from probation_reader.record import bookmarks, events, projections
from probation_reader.record.view_state import Position, ThreadViewState, ViewStates

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from probation_reader.record.bookmarks import Bookmark
    from probation_reader.record.database import Transaction


class Record(ViewStates):
    """What one reader did, in one database. Made by `Record.open`."""

    # Reading marks

    def mark_read(self, ids: Iterable[str], *, passing: bool = False) -> int:
        """Mark passages read, all in one deed.

        Args:
            ids: passage ids, ``POST.PASSAGE``.
            passing: True for what counts as read by reading on; it leaves to redo
                what was undone.

        Returns:
            How many were unread before.

        Raises:
            RecordError: if it cannot be kept; then none is marked.
        """
        return self._mark("read", ids, {"passing": True} if passing else None)

    def mark_unread(self, ids: Iterable[str]) -> int:
        """Take reading marks back, all in one deed.

        Args:
            ids: passage ids, ``POST.PASSAGE``.

        Returns:
            How many were read before.

        Raises:
            RecordError: if it cannot be kept; then none is changed.
        """
        return self._mark("unread", ids)

    def _mark(
        self, action: str, ids: Iterable[str], payload: Mapping[str, object] | None = None
    ) -> int:
        targets = tuple(ids)
        for target in targets:
            if not is_passage(target):
                message = f"{target!r} is not the id of a passage"
                raise ValueError(message)
        with self._deed() as deed:
            return sum(deed.does(action, target, payload) for target in targets)

    def read_in(self, post_id: str) -> frozenset[str]:
        """Return the ids of the passages of a post that are marked read."""
        rows = self._rows("SELECT passage FROM read_mark WHERE post = ?", post_id)
        return frozenset(f"{post_id}.{passage}" for (passage,) in rows)

    def all_read(self) -> frozenset[str]:
        """Return the ids of all passages that are marked read.

        They are asked for post by post: a mark that is made meanwhile waits for one of
        these questions, not for all.
        """
        return frozenset().union(*map(self.read_in, self.read_posts()))

    def read_counts(self) -> dict[str, int]:
        """Return how many passages that exist are read, per post that has any."""
        return dict(self._rows("SELECT post, read FROM read_count WHERE read > 0"))

    def posts_marked_since(self, moment: datetime) -> frozenset[str]:
        """Return the posts of which marks came in after a moment, from wherever.

        Args:
            moment: when a visit ended; at any other one, they may be more.
        """
        before = self._rows(
            "SELECT seq FROM event WHERE at <= ? AND machine = ?"
            " ORDER BY at DESC, machine DESC, number DESC LIMIT 1",
            round(moment.timestamp() * 1000),
            self._machine,
        )
        rows = self._rows(
            "SELECT target FROM event WHERE seq > ? AND action = 'read'",
            before[0][0] if before else 0,
        )
        return frozenset(post_of(target) for (target,) in rows)

    def move(self, old: str, texts: Mapping[str, str]) -> None:
        """Move what is marked on a passage that is no more to those that hold its text.

        Everything goes in one transaction that can be undone. Passages that are
        bookmarked already keep their own bookmark. A quote that holds all the words of
        the passage it moves to, and more, becomes these words. A mute of the branch goes
        to the first of them alone: muting all would hide more than anybody asked for.

        Args:
            old: the id of the passage.
            texts: the ids of those that hold its text now, in reading order, with their words.

        Raises:
            RecordError: if it cannot be kept; then nothing is moved.
        """
        ids = list(texts)
        if not ids or not self._is_marked(old):
            return
        with self._deed() as deed:
            if old in self.read_in(post_of(old)):
                for id_ in ids:
                    deed.does("read", id_)
                deed.does("unread", old)
            self._move_bookmark(deed, old, texts)
            branch = Rule.branch(old).target
            for (until,) in self._rows("SELECT until FROM mute WHERE target = ?", branch):
                ends = {} if until is None else {"until": until}
                deed.does("mute", Rule.branch(ids[0]).target, ends)
                deed.does("unmute", branch)
            left = self.position(post_of(old))
            if left and left.passage == old:
                deed.does("position", post_of(old), {"passage": ids[0], "line": left.line})

    def _is_marked(self, id_: str) -> bool:
        left = self.position(post_of(id_))
        return bool(
            (left and left.passage == id_)
            or id_ in self.read_in(post_of(id_))
            or self.kept(id_)
            or self._rows("SELECT 1 FROM mute WHERE target = ?", Rule.branch(id_).target)
        )

    def _move_bookmark(self, deed: Transaction, old: str, texts: Mapping[str, str]) -> None:
        kept = self.kept(old)
        free = next((id_ for id_ in texts if self.kept(id_) is None), None)
        if kept and free:
            text = texts[free]
            quote = text if text and text in kept.quote else kept.quote
            deed.does("bookmark", free, bookmarks.payload(kept._replace(quote=quote)))
            deed.does("unbookmark", old)

    # Counting only what exists

    def read_posts(self) -> frozenset[str]:
        """Return the posts that have, or once had, a reading mark."""
        return frozenset(post for (post,) in self._rows("SELECT post FROM read_count"))

    def counted_to(self, library: str) -> int | None:
        """Return how far the library's change feed was counted.

        Args:
            library: the library's uuid.

        Returns:
            The feed's number at the last `recount`; None if another library
            (or none) was counted, so that every post must be counted again.
        """
        with self._errors():
            counted = events.meta(self._connection, "counted") or ""
        uuid, _, reached = counted.rpartition(" ")
        return int(reached) if uuid == library else None

    def recount(self, live: Mapping[str, Collection[str]], *, library: str, reached: int) -> None:
        """Count anew, in one step, the read passages of some posts.

        Args:
            live: for each of the posts the ids of its passages that exist,
                none for a post that is gone.
            library: the uuid of the library they were looked up in.
            reached: the number of its change feed that this takes in.

        Raises:
            RecordError: if the counts cannot be written.
        """
        if not self.keeps:
            return
        with self._transaction():
            for post, ids in live.items():
                projections.recount(self._connection, post, ids)
            events.set_meta(self._connection, "counted", f"{library} {reached}")

    # Bookmarks

    def bookmark(
        self,
        target: str,
        quote: str | None = None,
        note: str | None = None,
        tags: Sequence[str] | None = None,
    ) -> bool:
        """Keep a passage, or edit the bookmark it already has.

        Args:
            target: the id of the passage (or post).
            quote: its words; None leaves those kept first.
            note: a note beside it; None leaves the one there is, empty takes it away.
            tags: words to find it by; None leaves those there are, empty takes them away.

        Returns:
            Whether anything changed.

        Raises:
            RecordError: if it cannot be kept.
        """
        wanted: dict[str, object] = {}
        if quote is not None:
            wanted["quote"] = quote
        if note is not None:
            wanted["note"] = note or None
        if tags is not None:
            wanted["tags"] = list(dict.fromkeys(tags))
        with self._deed() as deed:
            if bookmarks.find(self._connection, target) is None:
                return deed.does("bookmark", target, wanted)
            changed = False
            for part, action in (("quote", "bookmark"), ("note", "note"), ("tags", "tag")):
                if part in wanted:
                    changed |= deed.does(action, target, {part: wanted[part]})
            return changed

    def remove_bookmark(self, target: str) -> bool:
        """Take a bookmark away and return whether there was one.

        Raises:
            RecordError: if it cannot be kept.
        """
        with self._deed() as deed:
            return deed.does("unbookmark", target)

    def bookmarks(self) -> list[Bookmark]:
        """Return every bookmark, the newest first."""
        with self._errors():
            return bookmarks.newest_first(self._connection)

    def bookmark_count(self) -> int:
        """Return how many bookmarks there are."""
        return int(self._rows("SELECT count(*) FROM bookmark")[0][0])

    def kept(self, target: str) -> Bookmark | None:
        """Return the bookmark on a passage (or post), None if it has none."""
        with self._errors():
            return bookmarks.find(self._connection, target)

    def tags(self) -> list[str]:
        """Return every tag of the bookmarks, those used most first."""
        return list(self.tag_counts())

    def tag_counts(self) -> dict[str, int]:
        """Return how many bookmarks have each tag, those used most first."""
        used = Counter(tag for kept in self.bookmarks() for tag in kept.tags)
        return {tag: used[tag] for tag in sorted(used, key=lambda tag: (-used[tag], tag))}

    def noted_in(self, post_id: str) -> frozenset[str]:
        """Return the ids of a post's bookmarks that have a note or tags."""
        with self._errors():
            return bookmarks.noted(self._connection, post_id)

    def bookmarked_in(self, post_id: str) -> frozenset[str]:
        """Return the ids of a post's bookmarked passages (and its own, if it is)."""
        rows = self._rows("SELECT id FROM bookmark WHERE post = ?", post_id)
        return frozenset(target for (target,) in rows)

    # Positions

    def set_position(
        self, post_id: str, passage_id: str, line: int, view: ThreadViewState | None = None
    ) -> None:
        """Remember where a thread is left; meant for leaving it, not for every key.

        Args:
            post_id: the post.
            passage_id: the passage the cursor is on.
            line: the line at the top of the pane, counted from the head of that
                passage; below 0 where it is above the head.
            view: how the thread is shown; without it what is known of that stays.

        Raises:
            RecordError: if it cannot be written.
        """
        if not self.keeps:
            return
        with self._deed() as deed:
            left = self.position(post_id)
            before = left.view if left else ThreadViewState()
            here = Position(passage_id, line, view or before)
            payload: dict[str, object] = {"passage": passage_id, "line": line}
            if here.view != before:
                payload["view"] = here.view.payload
            if self.last_post() != post_id or left != here:
                deed.does("position", post_id, payload)

    def position(self, post_id: str) -> Position | None:
        """Return where a thread was left, None if it never was."""
        rows = self._rows("SELECT passage, line, view FROM position WHERE post = ?", post_id)
        if not rows:
            return None
        passage, line, view = rows[0]
        return Position(passage, line, ThreadViewState.of(json.loads(view)))

    def last_post(self) -> str | None:
        """Return the post whose position was set last, None if none was."""
        rows = self._rows(
            "SELECT post FROM position ORDER BY at DESC, machine DESC, number DESC LIMIT 1"
        )
        return rows[0][0] if rows else None
