"""The command that searches; it brings the index up to the library first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from probation_reader.citation import day
from probation_reader.cli import json_output, output
from probation_reader.cli.errors import REFUSED, complain
from probation_reader.cli.output import bold, dim
from probation_reader.cli.session import EMPTY, Session, as_json, pass_session
from probation_reader.errors import SearchError
from probation_reader.phrases import count
from probation_reader.search.query import examples

if TYPE_CHECKING:
    from probation_reader.search import Hit, Results


# A line of its own for every example, in which nothing is wrapped.
_EXAMPLES = "\n".join(["\b", *examples.lines()])


# Stands before a word for the time that options are read; no argument can hold it.
_A_WORD = "\0"
_VALUED = frozenset({"--limit", "--by", "--save"})


class _Asking(click.Command):
    """A command in whose words ``-this`` is a word left out of what is searched, no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read options and words."""
        before = ["", *args]
        kept = (
            _A_WORD + arg if _leaves_out(arg) and last not in _VALUED else arg
            for last, arg in zip(before, args, strict=False)
        )
        return super().parse_args(ctx, list(kept))


def _leaves_out(arg: str) -> bool:
    return len(arg) > 1 and arg[0] == "-" and arg[1] != "-" and arg != "-h"


def _words(_context: object, _option: object, found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.removeprefix(_A_WORD) for word in found)


@click.command("search", cls=_Asking, epilog=_EXAMPLES)
@click.argument("query", nargs=-1, required=True, callback=_words)
@as_json
@click.option("--plain", is_flag=True, help="One line for each: file:line: post, number: words.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many."
)
@click.option(
    "--by",
    "order",
    type=click.Choice(["relevance", "date"]),
    default="relevance",
    show_default=True,
    help="The best first, or the newest.",
)
@click.option("--save", metavar="NAME", help="Save the search under a name.")
@pass_session
@click.pass_context
def search_command(
    context: click.Context,
    session: Session,
    query: tuple[str, ...],
    *,
    as_json: bool,
    plain: bool,
    limit: int,
    order: str,
    save: str | None,
) -> None:
    """Find QUERY everywhere, the best matches first.

    Put it in single quotes, so that the shell leaves it alone. On a terminal
    hits are laid out; anywhere else they are as with --plain. The exit code is
    1 if nothing has what was asked for, even if something near it is shown.
    """
    if as_json and plain:
        message = "--json and --plain exclude each other"
        raise click.UsageError(message)
    if save is not None:
        _save(session, save, " ".join(query))
    if session.is_empty():
        complain(EMPTY)
        if not as_json:
            context.exit(REFUSED)
    bring_index_up(session)
    found = session.workspace.index.search(" ".join(query), limit=limit, by_date=order == "date")
    if as_json:
        output.emit(json_output.results(found))
    else:
        _print_results(found, plain=plain or not output.to_terminal())
    if not found.hits or not found.asked:
        context.exit(REFUSED)


def _save(session: Session, name: str, words: str) -> None:
    if not (name.strip() and words.strip()):
        message = "a saved search needs a name and words"
        raise click.UsageError(message)
    session.workspace.record.save_search(name, words)
    output.tell(f"Saved as “{name.strip()}”.")


def bring_index_up(session: Session) -> None:
    """Bring the index up to the library, saying how far it has come.

    Raises:
        SearchError: if nothing could be searched then.
    """
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


def _print_results(found: Results, *, plain: bool) -> None:
    for note in found.notes:
        output.tell(note)
    if not found.hits:
        output.tell(f"Nothing found for {found.query}")
        return
    for hit in found.hits:
        if plain:
            output.say(_line(hit))
        else:
            _print_hit(hit)
    if found.total > len(found.hits):
        _print_end(f"{len(found.hits)} of {found.total:,}; --limit N shows more", plain=plain)
    elif not plain:
        _print_end(count(found.total, "match", "matches"), plain=plain)


def _print_end(text: str, *, plain: bool) -> None:
    if plain:
        output.tell(text)  # lines of hits are for programs, too
    else:
        output.say(dim(text))


def _line(hit: Hit) -> str:
    """Return a hit as ``grep -n`` and compilers write what they find."""
    place = f"{hit.source.file}:{hit.source.first_line}"
    return f"{place}: {hit.title}, {hit.number}, {_when(hit)}: {hit.snippet}"


def _print_hit(hit: Hit) -> None:
    output.say(bold(hit.title), dim(f"  {hit.number} · {_when(hit)} · {hit.id}"))
    pieces = (bold(text) if matched else text for text, matched in hit.pieces())
    output.say("  ", *pieces)
    output.say()


def _when(hit: Hit) -> str:
    return day(hit.published) if hit.published else "undated"
