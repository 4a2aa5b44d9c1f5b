"""Commands that look after the library: remove, reindex."""

from __future__ import annotations

import click

from probation_reader.cli import output
from probation_reader.cli.completion import complete_id
from probation_reader.cli.failures import REFUSED, complain
from probation_reader.cli.session import EMPTY, Session, pass_session
from probation_reader.errors import UnknownIdError
from probation_reader.identity import is_passage
from probation_reader.phrases import count


@click.command("remove")
@click.argument("named", metavar="ID...", shell_complete=complete_id, nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_session
@click.pass_context
def remove_command(
    context: click.Context, session: Session, named: tuple[str, ...], *, yes: bool
) -> None:
    """Take posts out of the library.

    What you marked and kept stays in the record. On a terminal it asks first,
    elsewhere it does not. Importing their pages again brings them back.
    """
    ids = list(dict.fromkeys(_post(session, name) for name in named))
    if output.can_ask() and not yes and not _agreed(session, ids):
        complain("nothing was removed")
        context.exit(REFUSED)
    removed = session.workspace.library.remove(ids)
    output.say(f"{count(removed, 'post')} removed.")


def _post(session: Session, name: str) -> str:
    found = session.resolve(name)
    if is_passage(found):
        message = "this is a passage; only whole posts can be removed"
        raise UnknownIdError(message, where=found)
    return found


def _agreed(session: Session, ids: list[str]) -> bool:
    for post_id in ids:
        row = session.workspace.library.post(post_id)
        output.tell(f"{post_id}  {row.post.title}  ({count(row.comments, 'comment')})")
    return output.ask(f"Remove {count(len(ids), 'post')} from the library?")


@click.command("reindex")
@pass_session
def reindex_command(session: Session) -> None:
    """Build the search index anew."""
    if session.is_empty():
        complain(EMPTY)
    with output.progress("Indexing") as advance:
        session.workspace.index.rebuild(advance)
    counts = session.workspace.library.counts()
    output.say(f"The index holds {count(counts.posts, 'post')}.")
