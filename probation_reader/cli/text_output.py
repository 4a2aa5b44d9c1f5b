"""Threads and log entries as text: for a terminal, linear for ears and pipes, or one line.

A thread is formatted for a terminal, or linear. What was done in one go is one line:
``42 passages of A New Diktat marked read``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from probation_reader.citation import day, gone_said, writer
from probation_reader.cli import output
from probation_reader.cli.output import bold, dim
from probation_reader.errors import UnknownIdError
from probation_reader.identity import is_passage, post_of
from probation_reader.model import Section
from probation_reader.mutes import Rule, told
from probation_reader.phrases import DONE, count

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from probation_reader.cli.session import Session
    from probation_reader.library.records import Version
    from probation_reader.model import Passage, Post, Thread
    from probation_reader.record import LogEntry


class LogFormatter:
    """Says what deeds were about.

    Args:
        session: has the library in which titles and numbers are looked up.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._threads: dict[str, Thread | None] = {}

    def deed(self, deed: LogEntry) -> str:
        """Return what an entry of the log was about."""
        targets = list(dict.fromkeys(event.target for event in deed.events if event.target))
        what = deed.events[0].action
        if what in ("save-search", "drop-search"):
            return self.searches(what, [target.partition(":")[2] for target in targets])
        if what in ("mute", "unmute"):
            return self.mutes(what, tuple(filter(None, map(Rule.of, targets))))
        return self.passages(what, targets)

    def passages(self, what: str, ids: Sequence[str]) -> str:
        """Return what was done to some passages, or to nothing in particular.

        Args:
            what: the action.
            ids: of passages, or of posts.
        """
        done = DONE.get(what, what)
        posts = list(dict.fromkeys(map(post_of, ids)))
        if not posts:
            return done
        passages = count(len(ids), "passage")
        if len(posts) > 1:
            return f"{passages} of {len(posts):,} posts {done}"
        thread = self._thread(posts[0])
        title = thread.post.title if thread else f"a post that is gone ({posts[0]})"
        if len(ids) > 1:
            return f"{passages} of {title} {done}"
        return f"{self._one(thread, ids[0])}{title} {done}"

    def searches(self, what: str, names: Sequence[str]) -> str:
        """Return what was done to some saved searches."""
        said = ", ".join(f"'{name}'" for name in names)
        return f"{'searches' if len(names) > 1 else 'search'} {said} {DONE[what]}"

    def mutes(self, what: str, rules: Sequence[Rule]) -> str:
        """Return what was muted, or is no longer."""
        return f"{', '.join(map(self.rule, rules))} {DONE[what]}"

    def rule(self, rule: Rule) -> str:
        """Return what a rule is about: ``word 'x' in A New Diktat``."""
        if not rule.post:
            return told(rule)
        thread = self._thread(rule.post)
        title = thread.post.title if thread else f"a post that is gone ({rule.post})"
        if rule.kind == "branch":
            return f"the branch of {self._one(thread, rule.what)}{title}"
        return f"{told(rule)} in {title}"

    def _one(self, thread: Thread | None, id_: str) -> str:
        if not is_passage(id_):
            return ""
        passages = thread.passages if thread else ()
        number = next((passage.number for passage in passages if passage.id == id_), None)
        if number is None:
            return "a passage of "
        section = number.startswith("§")
        return f"section {number[1:]} of " if section else f"comment {number} of "

    def _thread(self, post_id: str) -> Thread | None:
        if post_id not in self._threads:
            try:
                self._threads[post_id] = self._session.workspace.library.thread(post_id)
            except UnknownIdError:
                self._threads[post_id] = None
        return self._threads[post_id]


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
