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
    from probation_reader.search.mark_provider import MarkProvider


def thread(
    title: str,
    texts: Sequence[str],
    *,
    published: date | None = None,
    labels: tuple[str, ...] = (),
    authors: Sequence[str | None] = (),
    answers: Sequence[int] = (),
) -> Thread:
    """Return a thread: the first text is the post's own, the others are comments.

    Args:
        title: of the post.
        texts: what its passages say.
        published: when it was posted.
        labels: the blog's.
        authors: who wrote each of them.
        answers: which text each of them answers, by its place; 0 for none.
    """
    post = post_id((f"title:{title}",))
    ids = PassageIds(post)
    passages: list[Passage] = []
    for place, text in enumerate(texts):
        author = authors[place] if place < len(authors) else None
        above = answers[place] if place < len(answers) else 0
        parent = passages[above] if above else None
        span = SourceSpan("page.txt", place + 1, place + 1)
        passages.append(
            (Comment if place else Section)(
                ids.comment(parent.id if parent else None, text) if place else ids.section(text),
                parent=parent.id if parent else None,
                depth=parent.depth + 1 if parent else 0,
                number=str(place) if place else "§1",
                author=author,
                signed=False,
                published=None,
                text=text,
                source=span,
            )
        )
    return Thread(Post(post, title, published=published, labels=labels), tuple(passages))


class Marked:
    """Marks that a test makes: ``how`` or ``tag:NAME`` → ids."""

    def __init__(self) -> None:
        self.made: dict[str, frozenset[str]] = {}

    def ids(self, how: str, tag: str = "") -> frozenset[str]:
        """Return the ids that are marked so."""
        return self.made.get(f"{how}:{tag}" if tag else how, frozenset())


class SearchFixture:
    """A library with its index.

    Args:
        folder: where both live.
        marks: what the reader has marked, nothing if left out.
    """

    def __init__(self, folder: Path, marks: MarkProvider | None = None) -> None:
        self._stack = ExitStack()
        self.marks = marks
        self.folder = folder / "index"
        self.library = Library.open(folder / "library.sqlite3")
        self._stack.callback(self.library.close)
        self.index = Index.open(self.folder, self.library, self.marks)

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
        self.index = Index.open(self.folder, self.library, self.marks)
        return self.index

    def found(self, query: str, *, typing: bool = False) -> list[str]:
        """Return the texts that a query finds, sorted."""
        answer = self.index.search(query, limit=10_000, typing=typing)
        passages = self.library.passages([hit.id for hit in answer.hits])
        return sorted(passage.text for _, passage in passages)


def marked(hit: Hit) -> list[str]:
    """Return the words that are marked in a hit's snippet."""
    return [hit.snippet[start:end] for start, end in hit.highlights]
