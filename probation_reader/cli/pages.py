"""A thread as text: formatted for a terminal, or linear for ears and pipes.

The linear form says in words what the formatted one shows by its place: no
drawing characters, no indentation, each passage headed by one sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from probation_reader.citation import day, gone_said, writer
from probation_reader.cli import output
from probation_reader.cli.output import bold, dim
from probation_reader.model import Section
from probation_reader.phrases import count

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from probation_reader.library.records import Version
    from probation_reader.model import Passage, Post

#: Replies are indented by two cells a level, no deeper than this.
_DEEPEST_INDENT = 6


@dataclass(frozen=True, slots=True)
class Page:
    """What ``show`` shows.

    Args:
        post: the heading.
        passages: those to show, in reading order.
        numbers: the number of every passage of the thread, by id.
        comments: how many comments are on its page.
        read: ids of the passages read.
        kept: ids of the passages bookmarked.
        earlier: texts that passages had before, by their ids.
    """

    post: Post
    passages: Sequence[Passage]
    numbers: dict[str, str]
    comments: int
    read: Collection[str]
    kept: Collection[str]
    earlier: Mapping[str, Sequence[Version]] = field(default_factory=dict)


def comments_of(page: Page) -> str:
    """Return how many comments there are, and how many the page announced."""
    announced = page.post.announced
    if announced is not None and announced != page.comments:
        return f"{announced:,} comments announced, {page.comments:,} captured"
    return count(page.comments, "comment")


def show_formatted(page: Page) -> None:
    """Write the page for a terminal, wrapped and indented."""
    width = output.width()
    for row in _rows(page.post.title, width):
        output.say(bold(row))
    for row in _rows(" · ".join(_facts(page)), width):
        output.say(dim(row))
    for passage in page.passages:
        indent = "  " * min(passage.depth, _DEEPEST_INDENT)
        output.say()
        output.say(indent, bold(passage.number), dim(_remarks(page, passage)))
        for text in (passage.text, *_earlier(page, passage)):
            for row in _rows(text, width - len(indent)):
                output.say(f"{indent}{row}" if row else "")


def _rows(text: str, room: int) -> Iterator[str]:
    # The screen's own measure of cells; it loads a part of rich, so only where it is needed.
    from probation_reader.text import charset  # noqa: PLC0415
    from probation_reader.text.wrap import wrap  # noqa: PLC0415
    from probation_reader.ui.render.text_layout import shown  # noqa: PLC0415

    charset.use(output.encoding())
    whole = shown(text)
    for line in wrap(whole, room):
        yield " " * line.indent + whole[line.start : line.end]


def show_plain(page: Page) -> None:
    """Write the page as linear text, each passage headed by a sentence."""
    output.say(page.post.title)
    for fact in _facts(page):
        output.say(f"{fact}.")
    for passage in page.passages:
        output.say()
        output.say(spoken_head(page, passage))
        for text in (passage.text, *_earlier(page, passage)):
            output.say_text(text)


def _earlier(page: Page, passage: Passage) -> Iterator[str]:
    """Yield the texts a passage had, the latest first, each with what came after marked."""
    after = passage.text
    for was in reversed(page.earlier.get(passage.id, ())):
        from probation_reader.text_diff import changed  # noqa: PLC0415 - seldom needed

        yield f"\nUntil the capture of {day(was.replaced.astimezone().date())}:\n{was.text}"
        yield f"\nWhat [-went-] and {{+came+}} then:\n{changed(was.text, after)}"
        after = was.text


def spoken_head(page: Page, passage: Passage) -> str:
    """Return the head of a passage as one reads it aloud."""
    kind = "Section" if isinstance(passage, Section) else "Comment"
    said = [f"{kind} {passage.number.removeprefix('§')}"]
    if passage.parent:
        said.append(f"reply to {page.numbers[passage.parent]}")
    if passage.author:
        said.append(f"by {writer(passage)}")
    if passage.published:
        said.append(f"posted {day(passage.published)}")
    return ", ".join(said + _marks(page, passage)) + ":"


def _facts(page: Page) -> list[str]:
    post = page.post
    facts = [day(post.published) if post.published else "No date"]
    if post.author:
        facts.append(f"by {post.author}")
    facts.append(comments_of(page))
    unread = sum(1 for p in page.passages if not p.gone and p.id not in page.read)
    if unread:
        facts.append(f"{unread:,} unread")
    if post.labels:
        facts.append("labels " + ", ".join(post.labels))
    if post.url:
        facts.append(post.url)
    facts.append(f"id {post.id}")
    return facts


def _marks(page: Page, passage: Passage) -> list[str]:
    marks = [] if passage.id in page.read or passage.gone else ["unread"]
    if passage.id in page.kept:
        marks.append("bookmarked")
    if passage.gone:
        marks.append(gone_said(passage))
    if passage.edited:
        marks.append(f"edited, as captured on {day(passage.edited.astimezone().date())}")
    return marks


def _remarks(page: Page, passage: Passage) -> str:
    remarks = []
    if passage.parent and passage.depth > _DEEPEST_INDENT:
        remarks.append(f"reply to {page.numbers[passage.parent]}")
    if passage.author:
        remarks.append(writer(passage))
    if passage.published:
        remarks.append(day(passage.published))
    remarks += _marks(page, passage)
    return "  " + " · ".join(remarks) if remarks else ""
