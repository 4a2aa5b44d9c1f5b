"""Threads written down as outlines, for the tests of the library and what stands on it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from probation_reader import identity
from probation_reader.library import SourceRecord
from probation_reader.model import Comment, Passage, Post, Section, SourceSpan, Thread
from probation_reader.outline import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

BODY = ("The office shuts at noon from Monday and nobody has said where the files will go.",)
DAY = date(2024, 4, 27)


def outline(text: str) -> list[tuple[int, str]]:
    """Return depth and words of each line; two spaces make a level."""
    lines = [line for line in text.splitlines() if line.strip()]
    return [((len(line) - len(line.lstrip())) // 2, line.strip()) for line in lines]


def thread(
    comments: str | Sequence[tuple[int, str]] = (),
    *,
    title: str | None = "Half Days",
    day: date | None = DAY,
    body: Sequence[str] = BODY,
    url: str | None = None,
    labels: tuple[str, ...] = (),
    announced: int | None = None,
) -> Thread:
    """Return a thread as an importer would make it from a page with these comments."""
    said = outline(comments) if isinstance(comments, str) else comments
    opening = "\n".join(body) or "".join(text for _, text in said[:1])
    post = identity.post_id(identity.post_keys(url, title, day, opening))
    heading = Post(
        post,
        title or "Made up",
        title_made_up=title is None,
        published=day,
        labels=labels,
        url=url,
        announced=announced,
    )
    ids = identity.PassageIds(post)
    passages: list[Passage] = [
        Section(ids.section(text), None, 0, f"§{n}", None, False, None, text, _span(n))  # noqa: FBT003 - signed
        for n, text in enumerate(body, 1)
    ]
    above: list[str] = []
    for line, ((depth, text), number) in enumerate(
        zip(said, numbers([depth for depth, _ in said]), strict=True), len(body) + 1
    ):
        del above[depth:]
        parent = above[-1] if above else None
        above.append(ids.comment(parent, text))
        passages.append(
            Comment(above[-1], parent, depth, number, None, False, None, text, _span(line))  # noqa: FBT003 - signed
        )
    return Thread(heading, tuple(passages))


def source(digest: str, *, path: str = "page.txt", sample: bool = False) -> SourceRecord:
    """Return a source file; files with the same digest are the same."""
    return SourceRecord(path, digest, "numbered", 1, sample)


def _span(line: int) -> SourceSpan:
    return SourceSpan("page.txt", line, line)
