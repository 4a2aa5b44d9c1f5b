"""The command that writes threads for other programs: export.

Posts are loaded and written one at a time, so that a whole library takes no more
memory than its largest thread. A file appears under its name, or takes the place
of an older one, only when it is whole.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from probation_reader.cli import output
from probation_reader.cli.completion import complete_id
from probation_reader.cli.errors import complain
from probation_reader.cli.session import (
    EMPTY,
    Session,
    branch,
    pass_session,
)
from probation_reader.errors import ReaderError
from probation_reader.files import replacing
from probation_reader.identity import post_of
from probation_reader.phrases import count

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

_STANDARD = Path("-")


@click.command("export")
@click.argument("named", metavar="[ID...]", nargs=-1, shell_complete=complete_id)
@click.option("--all", "everything", is_flag=True, help="Write every post of the library.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["mbox"]),
    default="mbox",
    show_default=True,
    help="A mailbox, for mail readers.",
)
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file rather than to standard output, which - stands for.",
)
@pass_session
def export_command(
    session: Session, named: tuple[str, ...], form: str, file: Path | None, *, everything: bool
) -> None:
    """Write posts, or passages with their replies, for other programs.

    In a mailbox every passage is a message: replies are threaded, what is read
    or bookmarked is marked so.
    """
    del form  # there is one
    if bool(named) == everything:
        message = "either name what to export or give --all"
        raise click.UsageError(message)
    if file == _STANDARD:
        file = None
    if file is None and output.to_terminal():
        message = "a mailbox is for programs, and this is a terminal"
        raise ReaderError(message, advice="-o FILE writes it to a file")
    if everything and session.is_empty():
        complain(EMPTY)
    wanted = _wanted(session, named) if named else _everything(session)
    if file is None:
        for message_ in _mailbox(session, wanted):
            output.send(message_)
        return
    written = 0
    with replacing(file) as opened:
        for message_ in _mailbox(session, wanted):
            opened.write(message_)
            written += 1
    posts, messages = count(len(wanted), "post"), count(written, "message")
    output.tell(f"{file}: {posts}, {messages}")


def _everything(session: Session) -> dict[str, set[str]]:
    oldest_first = reversed(session.workspace.library.posts())
    return {row.post.id: {row.post.id} for row in oldest_first}


def _wanted(session: Session, named: Iterable[str]) -> dict[str, set[str]]:
    """Return the posts to write something of, each with what was named of it."""
    wanted: dict[str, set[str]] = {}
    for found in map(session.resolve, named):
        wanted.setdefault(post_of(found), set()).add(found)
    return wanted


def _mailbox(session: Session, wanted: Mapping[str, Collection[str]]) -> Iterator[bytes]:
    from probation_reader import mbox  # noqa: PLC0415 - the mail formats, only here

    record = session.workspace.record
    with output.progress("Exporting") as advance:
        for done, (post, named) in enumerate(wanted.items(), 1):
            thread = session.workspace.library.thread(post)
            only = None
            if post not in named:
                only = {p.id for found in named for p in branch(thread.passages, found)}
            read, kept = record.read_in(post), record.bookmarked_in(post)
            yield from mbox.messages(thread, read=read, kept=kept, only=only)
            advance(done, len(wanted))
