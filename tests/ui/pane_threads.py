"""Small threads made from the depths of their comments, for the pane and its parts."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from probation_reader.model import Comment, Post, Section, SourceSpan, Thread
from probation_reader.outline import numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from probation_reader.model import Passage

SPAN = SourceSpan("page.txt", 1, 1)
EVENING = datetime(2024, 4, 27, 19, 26)  # noqa: DTZ001 - a blog's local time


def passage(
    kind: type[Passage], number: str, text: str, parent: str | None, *, depth: int, author: str
) -> Passage:
    """Return a passage whose id is ``p.NUMBER``."""
    return kind(
        id=f"p.{number}",
        parent=parent,
        depth=depth,
        number=number,
        author=author or None,
        signed=True,
        published=EVENING if author else None,
        text=text,
        source=SPAN,
    )


def make_thread(
    depths: Sequence[int] = (),
    *,
    sections: int = 1,
    words: str | Callable[[str], str] = "Some words of this passage",
    author: str = "",
) -> Thread:
    """Return a thread with ids ``p.§1``, ``p.1``, ``p.1.1`` and so on.

    Args:
        depths: the depth of each comment.
        sections: parts of the post's own body.
        words: every passage's text, or what makes it from the passage's number.
        author: who wrote every comment, at a known time, or empty.
    """

    def text(number: str) -> str:
        return words if isinstance(words, str) else words(number)

    passages = [
        passage(Section, f"§{n}", text(f"§{n}"), None, depth=0, author="")
        for n in range(1, sections + 1)
    ]
    above: list[str] = []
    for number, depth in zip(numbers(depths), depths, strict=True):
        del above[depth:]
        parent = above[-1] if above else None
        made = passage(Comment, number, text(number), parent, depth=depth, author=author)
        passages.append(made)
        above.append(made.id)
    return Thread(Post("p", "A day in court", published=date(2024, 4, 27)), tuple(passages))


def finds(word: str) -> Callable[[str], list[tuple[int, int]]]:
    """Return what finds a word in a text, as a search of everything gives it."""
    return lambda text: [match.span() for match in re.finditer(word, text)]
