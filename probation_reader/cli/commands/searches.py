"""The command for saved searches, and for what was searched for of late."""

from __future__ import annotations

import click

from probation_reader.cli import json_output, output
from probation_reader.cli.commands.search import bring_index_up
from probation_reader.cli.errors import complain
from probation_reader.cli.output import dim
from probation_reader.cli.session import EMPTY, Session, as_json, pass_session
from probation_reader.errors import UnknownIdError
from probation_reader.phrases import count, perhaps
from probation_reader.sanitize import safe_line
from probation_reader.saved_search_counts import SavedSearchCounts


@click.command("searches")
@as_json
@click.option("--remove", metavar="NAME", help="Remove a saved search.")
@click.option("--history", is_flag=True, help="List what you searched for of late instead.")
@click.option("--forget", metavar="WORDS", help="Forget words you searched for.")
@click.option("--forget-all", is_flag=True, help="Forget all you searched for.")
@pass_session
def searches_command(
    session: Session,
    *,
    as_json: bool,
    remove: str | None,
    history: bool,
    forget: str | None,
    forget_all: bool,
) -> None:
    """List saved searches and how much of what they find is unread and new.

    'search --save NAME WORDS' saves one. What you searched for on the screen is
    remembered, five hundred at most, on this machine only, until you forget it.
    """
    if sum((remove is not None, history, forget is not None, forget_all)) > 1:
        message = "--remove, --history, --forget and --forget-all exclude each other"
        raise click.UsageError(message)
    if remove is not None:
        _remove(session, remove)
    elif forget is not None:
        _forget(session, forget)
    elif forget_all:
        forgotten = session.workspace.record.forget_searches()
        output.say(f"{count(forgotten, 'search', 'searches')} forgotten.")
    elif history:
        _print_history(session, as_json=as_json)
    else:
        _print_saved(session, as_json=as_json)


def _remove(session: Session, name: str) -> None:
    record = session.workspace.record
    known = [search.name for search in record.saved_searches()]
    meant = [name] if name in known else [each for each in known if safe_line(each) == name]
    if not meant:
        message = f"no saved search is called so{perhaps(name, known)}"
        raise UnknownIdError(message, where=name, advice="See 'probation-reader searches'")
    for each in meant:
        record.drop_search(each)
    output.say(f"Saved search “{name}” removed.")


def _forget(session: Session, words: str) -> None:
    if not session.workspace.record.forget_searches(words):
        message = "these words are not remembered"
        advice = "See 'probation-reader searches --history'"
        raise UnknownIdError(message, where=words, advice=advice)
    output.say("Forgotten.")


def _print_history(session: Session, *, as_json: bool) -> None:
    searched = session.workspace.record.searched()
    if as_json:
        output.emit(searched)
    elif not searched:
        output.tell("Nothing is remembered that you searched for.")
    for words in () if as_json else searched:
        output.say(words)


def _print_saved(session: Session, *, as_json: bool) -> None:
    saved = session.workspace.record.saved_searches()
    if saved and session.is_empty():
        complain(EMPTY)
    elif saved:
        bring_index_up(session)
    tallies = SavedSearchCounts(session.workspace)
    for _ in tallies.catch_up([search.words for search in saved]):
        pass
    counted = [(search, tallies.tally(search.words)) for search in saved]
    if as_json:
        output.emit([json_output.saved_search(search, tally) for search, tally in counted])
    elif not saved:
        output.tell("No saved searches yet. 'probation-reader search --save NAME WORDS' saves one.")
    else:
        output.say(dim(f"{'FOUND':>7}  {'UNREAD':>7}  {'NEW':>7}  NAME"))
        for search, tally in counted:
            figures = f"{tally.found:>7}  {tally.unread or '-':>7}  {tally.new or '-':>7}  "
            output.say(figures, search.name, dim(_words(search.name, search.words)))


def _words(name: str, words: str) -> str:
    return "" if words == name else f"  {words}"
