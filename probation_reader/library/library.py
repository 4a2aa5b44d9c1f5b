"""The library: every thread that has been imported, in one SQLite database.

This is the room's door: the other files of the room are called from here only.
It can be used from any thread (see `connection`). Ids are stable: what a
passage was first stored under stays its id, whatever later captures change.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from probation_reader.errors import LibraryError, UnknownIdError
from probation_reader.library import (
    arrivals,
    changes,
    id_lookup,
    integrity,
    posts,
    schema,
    sources,
    threads,
)
from probation_reader.library.connection import Connections
from probation_reader.library.records import Changes, Counts

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from probation_reader.library.records import (
        Change,
        Entry,
        HeldSource,
        PostRow,
        Shortfall,
        SourceRecord,
        Version,
    )
    from probation_reader.model import Passage, Thread


class Library:
    """All imported threads.

    Args:
        connections: the way to its database; `open` makes it from a path.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        with connections.reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE name = 'uuid'").fetchone()
            self.uuid: str = row[0]
        self._listed: tuple[str, list[PostRow]] | None = None

    @property
    def notices(self) -> list[str]:
        """Sentences for the reader, empty when all is well."""
        return self._connections.notices

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a library, making it if it is not there.

        One that cannot be written is opened for reading, with a notice.

        Args:
            path: the database; its folder is made readable for its owner only.

        Raises:
            LibraryError: if it cannot be opened, is damaged or of a newer version.
        """
        connections = Connections(path)
        try:
            return cls(connections)
        except BaseException:
            connections.close()
            raise

    def close(self) -> None:
        """Close the library for all threads."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Writing.

    def store(self, source: SourceRecord, threads_: Sequence[Thread]) -> Changes:
        """Merge all that a source file holds into the library, or nothing of it.

        Args:
            source: the file.
            threads_: its threads.

        Returns:
            What this changed.
        """
        now = datetime.now(UTC)
        total = Changes()
        with self._writing() as connection:
            again = sources.reread(connection, source.digest, source.importer_version)
            key = sources.remember(connection, source, threads_, now)
            for thread in threads_:
                total += threads.store(connection, source, key, thread, now=now, reread=again)
        return total

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep what this thread stores meanwhile only if the body does not raise."""
        with self._connections.writing():
            yield

    def rehearsal(self) -> AbstractContextManager[None]:
        """Let this thread store and see, then take all back; others cannot write meanwhile."""
        return self._connections.rehearsing()

    def remove(self, post_ids: Iterable[str]) -> int:
        """Take posts out; their sources can be imported again.

        Args:
            post_ids: full ids; those that are not here are passed over.

        Returns:
            How many were taken out.
        """
        with self._writing() as connection:
            return posts.remove(connection, posts.keys_here(connection, post_ids))

    def drop_sample(self) -> int:
        """Take out the posts that came with the program; return how many.

        Their ids stay known (`sample_ids`), and storing them again brings them
        back under the same ids.
        """
        with self._writing() as connection:
            rows = connection.execute("SELECT key FROM post WHERE sample").fetchall()
            return posts.remove(connection, [key for (key,) in rows])

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._connections.writing() as connection:
            yield connection
            schema.new_edition(connection)

    # Reading.

    def held(
        self, digest: str, importer_version: int, *, sample: bool = False
    ) -> HeldSource | None:
        """Return what a file brought if all that it holds is in the library, else None.

        Args:
            digest: of the file's bytes.
            importer_version: which importers would read it.
            sample: False asks for the person's own pages only.
        """
        with self._connections.reading() as connection:
            return sources.held(connection, digest, importer_version, sample=sample)

    def reread(self, digest: str, importer_version: int) -> int | None:
        """Return how many comments an older importer found in a file that is here, else None."""
        with self._connections.reading() as connection:
            again = sources.reread(connection, digest, importer_version)
            return None if again is None else again.comments

    def shortfalls(self, importer_version: int, limit: int) -> tuple[list[Shortfall], int]:
        """Return some files that older importers clearly read short, and how many there are.

        Args:
            importer_version: of today's importers.
            limit: how many to return at most, those that miss most first.
        """
        with self._connections.reading() as connection:
            return sources.shortfalls(connection, importer_version, limit)

    def count_older(self, importer_version: int, *, sample: bool = False) -> int:
        """Return how many files an older importer read.

        Args:
            importer_version: of today's importers.
            sample: True for the captures that come with the program.
        """
        with self._connections.reading() as connection:
            return sources.count_older(connection, importer_version, sample=sample)

    def posts(self) -> list[PostRow]:
        """Return all posts, newest first, the undated last; asking again costs nothing."""
        with self._connections.reading() as connection:
            edition, listed = schema.edition(connection), self._listed
            if listed is None or listed[0] != edition:
                listed = self._listed = (edition, posts.newest_first(connection))
            return list(listed[1])

    def entries(self) -> list[Entry]:
        """Return all posts in the same order, with what the list of the screen shows."""
        with self._connections.reading() as connection:
            return posts.entries(connection)

    def post(self, post_id: str) -> PostRow:
        """Return one post.

        Raises:
            UnknownIdError: if it is not here.
        """
        with self._connections.reading() as connection:
            return posts.one(connection, posts.key_of(connection, post_id))

    def thread(self, post_id: str) -> Thread:
        """Return a post with all its passages, those gone included.

        Raises:
            UnknownIdError: if it is not here.
            LibraryError: if what is stored is not a thread.
        """
        with self._connections.reading() as connection:
            key = posts.key_of(connection, post_id)
            try:
                return threads.load(connection, key)
            except ValueError as error:
                message = f"the thread of post {post_id} is damaged: {error}"
                where = str(self._connections.path)
                raise LibraryError(message, where=where, advice=schema.REBUILD) from error

    def passage_ids(self, post_id: str) -> frozenset[str]:
        """Return the ids of a post's passages, those gone included; none if it is not here."""
        with self._connections.reading() as connection:
            return threads.ids(connection, post_id)

    def gone_ids(self, post_id: str = "") -> frozenset[str]:
        """Return the ids of the passages that are gone from their page: of one post, or all."""
        with self._connections.reading() as connection:
            return threads.gone(connection, post_id)

    def passage_counts(self) -> dict[str, int]:
        """Return how many passages each post has, but those gone; quicker than `posts`."""
        with self._connections.reading() as connection:
            found = connection.execute("SELECT id, passages FROM post")
            return {id_: int(passages) for id_, passages in found}

    def arrivals(self, since: datetime) -> dict[str, int]:
        """Return how many passages came in after a moment, for each post that got any."""
        with self._connections.reading() as connection:
            return arrivals.counts(connection, arrivals.time(since))

    def arrived_in(self, post_id: str, since: datetime) -> frozenset[str]:
        """Return the ids of a post's passages that came in after a moment."""
        with self._connections.reading() as connection:
            return arrivals.ids(connection, post_id, arrivals.time(since))

    def passages(self, ids: Iterable[str]) -> list[tuple[str, Passage]]:
        """Return passages that are here by their full ids, in order, with their posts."""
        with self._connections.reading() as connection:
            return threads.some(connection, list(ids))

    def passage(self, id_: str) -> Passage:
        """Return one passage.

        Raises:
            UnknownIdError: if it is not here.
        """
        found = self.passages([id_])
        if not found:
            message = f"the library has no passage {id_}"
            raise UnknownIdError(message, advice="see 'probation-reader show --json POST'")
        return found[0][1]

    def replies(self, ids: Iterable[str]) -> dict[str, int]:
        """Return how many passages stand below each of these, but those that are not here."""
        with self._connections.reading() as connection:
            return threads.replies(connection, list(ids))

    def versions(self, passage_id: str) -> list[Version]:
        """Return the texts a passage had before it was edited, the oldest first."""
        with self._connections.reading() as connection:
            return threads.versions(connection, passage_id)

    def resolve(self, text: str) -> str:
        """Return the full id of the one post or passage that a text means.

        Args:
            text: an id or its beginning, at least four characters.

        Raises:
            UnknownIdError: if it means nothing here, or more than one thing.
        """
        with self._connections.reading() as connection:
            return id_lookup.resolve(connection, text)

    def sample_ids(self) -> frozenset[str]:
        """Return the ids of the posts that came with the program, here or aside."""
        with self._connections.reading() as connection:
            return frozenset(id_ for (id_,) in connection.execute("SELECT id FROM sample_post"))

    def counts(self) -> Counts:
        """Return how much the library holds."""
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT count(*), coalesce(sum(comments), 0), coalesce(sum(passages), 0) FROM post"
            ).fetchone()
        return Counts(*row)

    def problems(self) -> list[str]:
        """Return what is wrong with the database, one sentence each; empty if nothing."""
        with self._connections.reading() as connection:
            return integrity.problems(connection)

    # The change feed.

    def last_change(self) -> int:
        """Return the number of the last change, 0 if there was none."""
        with self._connections.reading() as connection:
            return changes.last(connection)

    def changes(self, after: int) -> Iterator[Change]:
        """Return the posts that changed or went after a change, each once, in order.

        Args:
            after: the number of the last change already seen, 0 for all.
        """
        with self._connections.reading() as connection:
            return iter(changes.since(connection, after))
