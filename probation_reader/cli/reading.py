"""Commands that open a thread: read on the screen, show as text."""

from __future__ import annotations

import locale
import os
from dataclasses import replace
from typing import get_args

import click

from probation_reader import paths
from probation_reader.cli import output, pages, shapes
from probation_reader.cli.completion import complete_id
from probation_reader.cli.early import EARLY
from probation_reader.cli.session import Session, as_json, branch, is_passage, pass_session
from probation_reader.errors import ReaderError
from probation_reader.options import Preset, ThemeName


@click.command("read")
@click.argument("named", metavar="[ID]", shell_complete=complete_id, required=False)
@click.option("--theme", type=click.Choice(get_args(ThemeName)), help="The colours, this time.")
@click.option(
    "--keys", "preset", type=click.Choice(get_args(Preset)), help="The keymap, this time."
)
@click.option("--ascii", "plain_signs", is_flag=True, help="Draw lines and signs in ASCII.")
@pass_session
@click.pass_context
def read_command(
    context: click.Context,
    session: Session,
    named: str | None,
    theme: ThemeName | None,
    preset: Preset | None,
    *,
    plain_signs: bool,
) -> None:
    """Open the screen, at ID if one is given."""
    if not output.on_terminal():
        message = "the screen needs a terminal, and this is none"
        advice = "For text in a pipe: 'probation-reader show --plain ID'"
        raise ReaderError(message, advice=advice)
    found = session.resolve(named) if named else None
    # The terminal knows its size; where a shell exports these, Textual would
    # take them for it and never notice a resize.
    for frozen in ("COLUMNS", "LINES"):
        os.environ.pop(frozen, None)
    from probation_reader.ui.app import ReaderApp  # noqa: PLC0415 - only the screen needs Textual
    from probation_reader.ui.terminal.capabilities import described  # noqa: PLC0415 - as above

    configured = session.configured
    chosen = configured.options
    options = replace(
        chosen,
        theme=theme or chosen.theme,
        preset=preset or chosen.preset,
        signs="ascii" if plain_signs else chosen.signs,
    )
    screen = ReaderApp(
        session.workspace,
        open_id=found,
        sample=paths.corpus(),
        options=options,
        terminal=described(os.environ, locale.getencoding()),
        problems=configured.problems,
        modes=EARLY.modes,
    )
    screen.run(mouse=options.mouse)
    if screen.failure is not None:
        raise screen.failure
    if screen.return_code:
        context.exit(screen.return_code)


@click.command("show")
@click.argument("named", metavar="ID", shell_complete=complete_id)
@as_json
@click.option(
    "--plain", is_flag=True, help="Linear text for pagers, pipes and screen readers; no layout."
)
@pass_session
def show_command(session: Session, named: str, *, as_json: bool, plain: bool) -> None:
    """Print a post, or a passage with its replies.

    On a terminal it is wrapped and indented; anywhere else it is as with --plain.
    """
    if as_json and plain:
        message = "--json and --plain exclude each other"
        raise click.UsageError(message)
    found = session.resolve(named)
    thread = session.thread_of(found)
    shown = branch(thread.passages, found) if is_passage(found) else thread.passages
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
