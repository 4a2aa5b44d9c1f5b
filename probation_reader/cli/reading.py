"""The command that opens the screen."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import click

from probation_reader.cli import output
from probation_reader.cli.completion import complete_id
from probation_reader.cli.session import Session, pass_session
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
    chosen = session.configured.options
    options = replace(
        chosen,
        theme=theme or chosen.theme,
        preset=preset or chosen.preset,
        signs="ascii" if plain_signs else chosen.signs,
    )
    from probation_reader.cli.opening import open_screen  # noqa: PLC0415 - only for the screen

    context.exit(open_screen(session, found, options))
