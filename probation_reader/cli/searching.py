"""The command that searches; it brings the index up to the library first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from probation_reader.citation import day
from probation_reader.cli import output, shapes
from probation_reader.cli.failures import complain
from probation_reader.cli.output import bold, dim
from probation_reader.cli.session import EMPTY, Session, as_json, pass_session
from probation_reader.errors import SearchError
from probation_reader.spoken import count

if TYPE_CHECKING:
    from probation_reader.search import Hit, Results


@click.command("search")
@click.argument("query")
@as_json
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many."
)
@pass_session
def search_command(session: Session, query: str, *, as_json: bool, limit: int) -> None:
    """Find QUERY everywhere, the best matches first."""
    if session.is_empty():
        complain(EMPTY)
        if not as_json:
            return
    _bring_index_up(session)
    found = session.workspace.index.search(query, limit=limit)
    if as_json:
        output.emit(shapes.results(found))
        return
    _print_results(found)


def _bring_index_up(session: Session) -> None:
    index = session.workspace.index
    pending = index.pending()
    if not pending:
        return
    try:
        with output.progress("Indexing") as advance:
            index.sync(advance)
    except SearchError as error:
        if pending >= session.workspace.library.counts().posts:
            raise
        complain(str(error))  # most posts are indexed: those can be searched


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
        output.say(dim(count(found.total, "match", "matches")))


def _print_hit(hit: Hit) -> None:
    when = day(hit.published) if hit.published else "undated"
    output.say(bold(hit.title), dim(f"  {hit.number} · {when} · {hit.id}"))
    pieces = (bold(text) if matched else text for text, matched in hit.pieces())
    output.say("  ", *pieces)
    output.say()
