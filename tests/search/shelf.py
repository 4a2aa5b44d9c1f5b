"""A library and its index in one folder, and threads to fill them with."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from probation_reader.identity import PassageIds, post_id
from probation_reader.library import Library, SourceRecord
from probation_reader.model import Comment, Passage, Post, Section, SourceSpan, Thread
from probation_reader.search import Index

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from probation_reader.search import Hit


def thread(
    title: str,
    texts: Sequence[str],
    *,
    published: date | None = None,
    labels: tuple[str, ...] = (),
    authors: Sequence[str | None] = (),
) -> Thread:
    """Return a thread: the first text is the post's own, the others are comments."""
    post = post_id((f"title:{title}",))
    ids = PassageIds(post)
    passages: list[Passage] = []
    for place, text in enumerate(texts):
        author = authors[place] if place < len(authors) else None
        span = SourceSpan("page.txt", place + 1, place + 1)
        passages.append(
            (Comment if place else Section)(
                ids.comment(None, text) if place else ids.section(text),
                parent=None,
                depth=0,
                number=str(place) if place else "§1",
                author=author,
                signed=False,
                published=None,
                text=text,
                source=span,
            )
        )
    return Thread(Post(post, title, published=published, labels=labels), tuple(passages))


class Shelf:
    """A library with its index.

    Args:
        folder: where both live.
    """

    def __init__(self, folder: Path) -> None:
        self._stack = ExitStack()
        self.folder = folder / "index"
        self.library = Library.open(folder / "library.sqlite3")
        self._stack.callback(self.library.close)
        self.index = Index.open(self.folder, self.library)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        self.index.close()
        self._stack.close()

    def put(self, *threads: Thread) -> None:
        """Store threads, each as a page of its own."""
        for one in threads:
            record = SourceRecord(f"{one.post.id}.txt", "0" * 64, "bare", 1)
            self.library.store(record, [one])

    def reopen(self) -> Index:
        """Close the index and open it again, as the next start would."""
        self.index.close()
        self.index = Index.open(self.folder, self.library)
        return self.index

    def found(self, query: str, *, typing: bool = False) -> list[str]:
        """Return the texts that a query finds, sorted."""
        answer = self.index.search(query, limit=10_000, typing=typing)
        passages = self.library.passages([hit.id for hit in answer.hits])
        return sorted(passage.text for _, passage in passages)


def marked(hit: Hit) -> list[str]:
    """Return the words that are marked in a hit's snippet."""
    return [hit.snippet[start:end] for start, end in hit.highlights]
