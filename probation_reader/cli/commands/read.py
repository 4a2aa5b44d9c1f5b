"""The command that opens the screen: it begins with the last frame, and saves it on leaving."""

from __future__ import annotations

import locale
import os
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import click

from probation_reader import paths
from probation_reader.cli import output
from probation_reader.cli.completion import complete_id
from probation_reader.cli.errors import REFUSED, complain
from probation_reader.cli.session import Session, pass_session
from probation_reader.errors import ReaderError
from probation_reader.options import Preset, ThemeName
from probation_reader.startup import snapshot
from probation_reader.startup.early import EARLY
from probation_reader.startup.frame import Frame, Run

if TYPE_CHECKING:
    from pathlib import Path

    from probation_reader.cli.session import Session
    from probation_reader.options import Options


#: Textual paints at most so often in a second, 60 times by default: what a key did, the
#: first one above all, would wait for that. Where nothing changes nothing is painted.
_FRAMES = "240"


def open_screen(session: Session, open_id: str | None, options: Options) -> int:
    """Run the screen until the reader leaves.

    Args:
        session: has everything the reader has.
        open_id: the id of a post or passage to open first.
        options: what holds this time.

    Returns:
        The exit code.

    Raises:
        Exception: what ended the screen, where that is no one's wish.
    """
    # The terminal knows its size; where a shell exports these, Textual would
    # take them for it and never notice a resize.
    for frozen in ("COLUMNS", "LINES"):
        os.environ.pop(frozen, None)
    os.environ.setdefault("TEXTUAL_FPS", _FRAMES)
    from probation_reader.ui.app import ReaderApp  # noqa: PLC0415 - only the screen needs Textual
    from probation_reader.ui.terminal.capabilities import described  # noqa: PLC0415 - as above

    screen = ReaderApp(
        session.workspace,
        open_id=open_id,
        sample=paths.corpus(),
        options=options,
        terminal=described(os.environ, locale.getencoding()),
        problems=session.configured.problems,
        modes=EARLY.modes,
        begin_with=_begun(),
    )
    screen.run(mouse=options.mouse)
    if screen.had_terminal:
        EARLY.hand_over()
    if screen.failure is not None:
        raise screen.failure
    if unsaved := session.workspace.record.unsaved():
        complain(unsaved)
        return REFUSED
    if screen.left is not None and options == session.configured.options:  # as at the next start
        session.close()  # so that the databases are as the next start finds them
        snapshot.keep(session.paths.last_screen, screen.left, _made_from(session.paths))
    return screen.return_code or 0


def _begun() -> Frame | None:
    if EARLY.kept is None:
        return None
    rows, cursor = EARLY.kept
    runs = tuple(tuple(Run(*run) for run in row) for row in rows)
    return Frame(*EARLY.size, runs, cursor)


def _made_from(places: paths.Paths) -> list[Path]:
    """Return the files that decide what the screen shows; SQLite keeps each database in two."""
    databases = (places.library, places.record)
    logs = [database.with_name(f"{database.name}-wal") for database in databases]
    return [*databases, *logs, places.options_file]


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

    context.exit(open_screen(session, found, options))
