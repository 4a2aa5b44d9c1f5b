"""Commands that read: read, list, show, search, unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from probation_reader import paths
from probation_reader.cli import output, pages, shapes
from probation_reader.cli.completion import complete_id
from probation_reader.cli.failures import complain
from probation_reader.cli.output import bold, dim
from probation_reader.cli.session import EMPTY, Session, is_passage, pass_session
from probation_reader.errors import ReaderError
from probation_reader.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.model import Passage
    from probation_reader.search import Hit, Results
    from probation_reader.workspace import Shelved

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@click.command()
@click.argument("named", metavar="[ID]", shell_complete=complete_id, required=False)
@pass_session
def read(session: Session, named: str | None) -> None:
    """Open the screen, at the post or passage ID if one is given."""
    if not output.on_terminal():
        message = "the screen needs a terminal, and this is none"
        advice = "For text in a pipe: 'probation-reader show --plain ID'"
        raise ReaderError(message, advice=advice)
    found = session.resolve(named) if named else None
    from probation_reader.ui.app import ReaderApp  # noqa: PLC0415 - only the screen needs Textual

    ReaderApp(session.workspace, open_id=found, sample=paths.corpus()).run()


@click.command("list")
@as_json
@pass_session
def list_posts(session: Session, *, as_json: bool) -> None:
    """List the posts, newest first."""
    _print_shelf(session, session.workspace.shelf(), as_json=as_json)


@click.command()
@click.option("--count", is_flag=True, help="Print only how many passages are unread.")
@as_json
@pass_session
def unread(session: Session, *, count: bool, as_json: bool) -> None:
    """List the posts that have something unread."""
    shelf = session.workspace.shelf()
    if count:
        output.say(str(sum(shelved.unread for shelved in shelf)))
        return
    left = [shelved for shelved in shelf if shelved.unread]
    if shelf and not left and not as_json:
        output.tell("Everything is read.")
    else:
        _print_shelf(session, left, as_json=as_json)


def _print_shelf(session: Session, shelf: Sequence[Shelved], *, as_json: bool) -> None:
    if not shelf and session.is_empty():
        complain(EMPTY)
    if as_json:
        output.emit([shapes.shelf_row(shelved) for shelved in shelf])
    elif shelf:
        output.say(dim(f"{'ID':<12}  {'DATE':<10}  {'COMMENTS':>8}  {'UNREAD':>6}  TITLE"))
        for shelved in shelf:
            _print_post(shelved)


def _print_post(shelved: Shelved) -> None:
    row = shelved.row
    date = f"{row.post.published:%Y-%m-%d}" if row.post.published else "undated"
    title = bold(row.post.title) if shelved.unread else row.post.title
    sample = dim("  (sample)") if row.sample else ""
    figures = f"{date:<10}  {row.comments:>8}  {shelved.unread or '-':>6}  "
    output.say(f"{row.post.id:<12}  ", figures, title, sample)


@click.command()
@click.argument("named", metavar="ID", shell_complete=complete_id)
@as_json
@click.option(
    "--plain", is_flag=True, help="Linear text for pagers, pipes and screen readers; no layout."
)
@pass_session
def show(session: Session, named: str, *, as_json: bool, plain: bool) -> None:
    """Print a post with its comments, or one passage with the replies below it.

    On a terminal it is wrapped and indented; anywhere else it is as with --plain.
    """
    if as_json and plain:
        message = "--json and --plain exclude each other"
        raise click.UsageError(message)
    found = session.resolve(named)
    thread = session.thread_of(found)
    shown = _branch(thread.passages, found) if is_passage(found) else thread.passages
    record = session.workspace.record
    page = pages.Page(
        post=thread.post,
        passages=shown,
        numbers={passage.id: passage.number for passage in thread.passages},
        comments=len(thread.comments),
        read=record.read_in(thread.post.id),
        kept=record.bookmarked_in(thread.post.id),
    )
    if as_json:
        output.emit(shapes.thread(page.post, page.passages, read=page.read, kept=page.kept))
    elif plain or not output.to_terminal():
        pages.show_plain(page)
    else:
        pages.show_formatted(page)


def _branch(passages: Sequence[Passage], found: str) -> Sequence[Passage]:
    outline = Outline(passage.depth for passage in passages)
    at = next(index for index, passage in enumerate(passages) if passage.id == found)
    return passages[at : outline.ends[at]]


@click.command()
@click.argument("query")
@as_json
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many."
)
@pass_session
def search(session: Session, query: str, *, as_json: bool, limit: int) -> None:
    """Find QUERY in every post and comment, the best matches first."""
    if session.is_empty():
        complain(EMPTY)
    _bring_index_up(session)
    found = session.workspace.index.search(query, limit=limit)
    if as_json:
        output.emit(shapes.results(found))
        return
    _print_results(found)


def _bring_index_up(session: Session) -> None:
    if session.workspace.index.pending():
        with output.progress("Indexing") as advance:
            session.workspace.index.sync(advance)


def _print_results(found: Results) -> None:
    for note in found.notes:
        output.tell(note)
    if not found.hits:
        output.tell(f"Nothing found for {found.query}")
        return
    for hit in found.hits:
        _print_hit(hit)
    if found.total > len(found.hits):
        output.say(dim(f"{len(found.hits)} of {found.total:,}; --limit N shows more"))
    else:
        output.say(dim(pages.count(found.total, "match").replace("matchs", "matches")))


def _print_hit(hit: Hit) -> None:
    when = pages.day(hit.published) if hit.published else "undated"
    output.say(bold(hit.title), dim(f"  {hit.number} · {when} · {hit.id}"))
    parts = []
    at = 0
    for start, end in hit.highlights:
        parts += [hit.snippet[at:start], bold(hit.snippet[start:end])]
        at = end
    output.say("  ", *parts, hit.snippet[at:])
    output.say()
