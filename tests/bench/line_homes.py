"""Homes for the measurements of the line: made-up threads in a library, and as a mailbox.

The same words in the same order every time. The post of each thread is long, so
that a pager can page in it; its first comments are short, so that several of them
are seen at once; the others are as long as real ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from probation_reader import ingest, paths
from probation_reader.mbox import messages
from probation_reader.workspace import Workspace
from tests.importers.generate import Writer
from tests.library.pages import source, thread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from probation_reader.model import Thread

_POST_WORDS = 10_000
_COMMENT_WORDS = 73
_DEEPEST = 8
#: The depths of the first comments, which are short.
_SHORT = (0, 1, 1, 1, 0, 1)
#: How many other posts stand in the list beside the threads.
OTHERS = 20


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of thread: its name in the tables, comments, and whether each answers the last."""

    name: str
    comments: int
    chain: bool = False


def made(shape: Shape) -> Thread:
    """Return the thread of a shape."""
    writer = Writer(seed=shape.comments + shape.chain)
    said = [(depth, writer.text(8)) for depth in _SHORT]
    while len(said) < shape.comments:
        deepest = said[-1][0] + 1
        depth = deepest if shape.chain else writer.chance.randint(0, min(deepest, _DEEPEST))
        words = round(writer.chance.expovariate(1 / _COMMENT_WORDS))
        said.append((depth, writer.text(max(3, min(600, words)))))
    day = date(2024, 4, 27) + timedelta(shape.comments)
    return thread(said, title=f"A thread {shape.name}", day=day, body=[writer.text(_POST_WORDS)])


def others(count: int, comments: int, words: int) -> Iterator[Thread]:
    """Yield that many posts of so many comments, each comment with its own few words."""
    writer = Writer(seed=2)
    texts = [writer.text(words) for _ in range(200)]
    for post in range(count):
        said = [(n % 3, f"{texts[(post + n) % 200]} {post}.{n}") for n in range(comments)]
        day = date(2010, 1, 1) + timedelta(post)
        yield thread(said, title=f"Post {post} of others", day=day, body=[f"It was so {post}."])


def fill(root: Path, threads: Iterator[Thread] | list[Thread]) -> None:
    """Put threads into a home's library and index them, as an import does."""
    with Workspace.open(paths.resolve(root)) as workspace:
        for number, one in enumerate(threads):
            workspace.library.store(source(f"{number:064}", path=f"{number}.txt"), [one])
        ingest.update_index(workspace, lambda _done, _total: None)


def mark_read(root: Path, one: Thread) -> None:
    """Mark all of a thread read."""
    with Workspace.open(paths.resolve(root)) as workspace:
        workspace.record.mark_read(passage.id for passage in one.passages)


def write_mailbox(file: Path, one: Thread) -> None:
    """Write a thread as the mailbox that ``export`` makes of it."""
    with file.open("wb") as opened:
        opened.writelines(messages(one))
