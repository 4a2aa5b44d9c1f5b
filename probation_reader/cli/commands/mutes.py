"""The commands that mute, list what is muted, and lift it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from probation_reader.cli import json_output, output
from probation_reader.cli.completion import complete_id
from probation_reader.cli.output import dim
from probation_reader.cli.session import Session, as_json, pass_session
from probation_reader.cli.text_output import LogFormatter
from probation_reader.errors import UnknownIdError
from probation_reader.identity import is_passage, post_of
from probation_reader.mutes import Rule, folded
from probation_reader.phrases import count
from probation_reader.sanitize import safe_line

if TYPE_CHECKING:
    from probation_reader.record import Mute


@click.command("mute")
@click.argument("word", required=False)
@click.option("--by", "name", metavar="NAME", help="Comments of this name or signature instead.")
@click.option(
    "--branch",
    metavar="ID",
    shell_complete=complete_id,
    help="This comment with all its replies instead.",
)
@click.option("--in", "post", metavar="POST", shell_complete=complete_id, help="Only in this post.")
@click.option("--days", type=click.IntRange(1, 36_500), help="For so many days; else for good.")
@pass_session
def mute_command(
    session: Session,
    *,
    word: str | None,
    name: str | None,
    branch: str | None,
    post: str | None,
    days: int | None,
) -> None:
    """Mute comments with WORD, of a name, or a branch: they fold and count in nothing.

    WORD is a whole word, whatever its case, or several in quotes. What is muted is
    not unread, and no search finds it but with is:muted. Nothing is lost: see 'mutes'.
    """
    if [word, name, branch].count(None) != 2:  # noqa: PLR2004 - one of three
        message = "give one of WORD, --by NAME and --branch ID"
        raise click.UsageError(message)
    if branch is not None and post is not None:
        message = "a branch stands in one post, --in cannot be given with it"
        raise click.UsageError(message)
    where = post_of(session.resolve(post)) if post else ""
    rule = _branch(session, branch) if branch is not None else _words(word, name, where)
    until = datetime.now(UTC) + timedelta(days=days) if days else None
    workspace = session.workspace
    workspace.record.mute(rule, until)
    workspace.muted.settle()
    passages = count(workspace.record.mutes_of(rule), "passage")
    # As it is kept: a clock that is out of all bounds does not say when it ends.
    ended = next((mute.until for mute in workspace.record.mutes() if mute.rule == rule), None)
    ends = f" until {ended.astimezone():%Y-%m-%d}" if ended else ""
    output.say(f"{LogFormatter(session).rule(rule)} muted{ends}: {passages}.")


def _branch(session: Session, named: str) -> Rule:
    found = session.resolve(named)
    if not is_passage(found):
        message = "this is a post, not a comment"
        raise UnknownIdError(message, where=named, advice="Name a comment as POST:10.2")
    return Rule.branch(found)


def _words(word: str | None, name: str | None, post: str) -> Rule:
    try:
        return Rule.word(word, post) if word is not None else Rule.by(name or "", post)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


@click.command("mutes")
@as_json
@pass_session
def mutes_command(session: Session, *, as_json: bool) -> None:
    """List what is muted, the newest first, each with the ID that 'unmute' takes."""
    workspace = session.workspace
    workspace.muted.settle()
    teller = LogFormatter(session)
    mutes = workspace.record.mutes()
    if as_json:
        output.emit(
            [json_output.mute(mute, workspace.record.mutes_of(mute.rule)) for mute in mutes]
        )
        return
    if not mutes:
        output.tell("Nothing is muted. 'probation-reader mute WORD' mutes comments with a word.")
    for mute in mutes:
        passages = count(workspace.record.mutes_of(mute.rule), "passage")
        said = f"{teller.rule(mute.rule)}{_until(mute)}: {passages}  "
        output.say(said, dim(mute.rule.target))


def _until(mute: Mute) -> str:
    return f" until {mute.until.astimezone():%Y-%m-%d %H:%M}" if mute.until else ""


@click.command("unmute")
@click.argument("named", metavar="ID...", nargs=-1, required=True)
@pass_session
def unmute_command(session: Session, named: tuple[str, ...]) -> None:
    """Lift mutes: IDs as 'mutes' lists them, or the muted words themselves."""
    record = session.workspace.record
    for name in named:
        held = [mute.rule for mute in record.mutes()]
        meant = [
            rule
            for rule in held
            if name in (rule.target, safe_line(rule.target)) or folded(name) == rule.what
        ]
        if not meant:
            message = "nothing is muted under this name"
            raise UnknownIdError(message, where=name, advice="See 'probation-reader mutes'")
        for rule in meant:
            record.unmute(rule)
            output.say(f"{LogFormatter(session).rule(rule)} no longer muted.")
