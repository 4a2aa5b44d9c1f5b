"""The command that marks passages as read or unread."""

from __future__ import annotations

import click

from probation_reader.cli import output
from probation_reader.cli.completion import complete_id
from probation_reader.cli.session import Session, pass_session
from probation_reader.phrases import count


@click.command("mark")
@click.argument("state", type=click.Choice(["read", "unread"]))
@click.argument("named", metavar="ID...", shell_complete=complete_id, nargs=-1, required=True)
@pass_session
def mark_command(session: Session, state: str, named: tuple[str, ...]) -> None:
    """Mark posts or passages as read or unread.

    A post stands for all it holds.
    """
    ids = [one for name in named for one in session.passages_of(session.resolve(name))]
    record = session.workspace.record
    changed = record.mark_read(ids) if state == "read" else record.mark_unread(ids)
    output.say(f"{count(changed, 'passage')} marked {state}{_already(ids, changed, state)}.")


def _already(ids: list[str], changed: int, state: str) -> str:
    before = len(set(ids)) - changed
    return f", {before:,} already {state}" if before else ""
