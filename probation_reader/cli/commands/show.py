"""The command that shows a thread as text."""

from __future__ import annotations

import click

from probation_reader.cli import json_output, output, text_output
from probation_reader.cli.completion import complete_id
from probation_reader.cli.session import Session, as_json, branch, pass_session
from probation_reader.identity import is_passage


@click.command("show")
@click.argument("named", metavar="ID", shell_complete=complete_id)
@as_json
@click.option(
    "--plain", is_flag=True, help="Linear text for pagers, pipes and screen readers; no layout."
)
@click.option("--versions", is_flag=True, help="With the earlier texts of what was edited.")
@pass_session
def show_command(
    session: Session, named: str, *, as_json: bool, plain: bool, versions: bool
) -> None:
    """Print a post, or a passage with its replies.

    On a terminal it is wrapped and indented; anywhere else it is as with --plain.
    """
    if as_json and plain:
        message = "--json and --plain exclude each other"
        raise click.UsageError(message)
    found = session.resolve(named)
    thread = session.thread_of(found)
    shown = branch(thread.passages, found) if is_passage(found) else thread.passages
    library, record = session.workspace.library, session.workspace.record
    earlier = {p.id: library.versions(p.id) for p in shown if p.edited} if versions else None
    page = text_output.Page(
        post=thread.post,
        passages=shown,
        numbers={passage.id: passage.number for passage in thread.passages},
        comments=sum(comment.gone is None for comment in thread.comments),
        read=record.read_in(thread.post.id),
        kept=record.bookmarked_in(thread.post.id),
        earlier=earlier or {},
    )
    if as_json:
        shaped = json_output.thread(
            page.post, page.passages, read=page.read, kept=page.kept, earlier=earlier
        )
        output.emit(shaped)
    elif plain or not output.to_terminal():
        text_output.show_plain(page)
    else:
        text_output.show_formatted(page)
