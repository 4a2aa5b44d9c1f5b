"""The program: its options, its commands in the order people meet them, its end.

Commands live in files by family. Whatever is slow to load (the screen, the
importers, the index) is imported inside the command that needs it.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from probation_reader import __version__
from probation_reader.cli import errors, output
from probation_reader.cli.errors import PROGRAM
from probation_reader.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Sequence


#: Every command, in the order people meet them, and the file it lives in. Only
#: the file of the command that is run is loaded: a start is mostly loading.
COMMANDS = {
    "read": "read",
    "list": "posts",
    "show": "show",
    "search": "search",
    "searches": "searches",
    "unread": "posts",
    "mark": "marks",
    "bookmark": "bookmarks",
    "bookmarks": "bookmarks",
    "mute": "mutes",
    "mutes": "mutes",
    "unmute": "mutes",
    "import": "library",
    "export": "export",
    "sample": "library",
    "personal": "personal",
    "remove": "library",
    "reindex": "library",
    "config": "settings",
    "keys": "settings",
    "doctor": "doctor",
    "completion": "completion",
}


class LazyGroup(click.Group):
    """A group whose commands are looked up in `COMMANDS`, each as ``NAME_command``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return [*COMMANDS, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, loaded."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        file = import_module(f"probation_reader.cli.commands.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(file, f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is meant; of one that is not there, name the nearest."""
        typed = args[0]
        if self.get_command(ctx, typed) is None and not typed.startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

            near = get_close_matches(typed, self.list_commands(ctx), n=1)
            if near:
                message = f"No such command '{typed}', perhaps '{near[0]}'"
                raise click.UsageError(message, ctx)
        return super().resolve_command(ctx, args)


@click.group(
    PROGRAM,
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": output.WIDEST,
    },
)
@click.option(
    "--data-dir",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep data, cache and configuration under this one folder (or set PROBATION_READER_HOME).",
)
@click.option(
    "--debug",
    is_flag=True,
    envvar="PROBATION_READER_DEBUG",
    help="Show the whole traceback of an unexpected error.",
)
@click.version_option(__version__, prog_name=PROGRAM, message="%(prog)s %(version)s")
@pass_session
@click.pass_context
def program(
    context: click.Context, session: Session, data_dir: Path | None, *, debug: bool
) -> None:
    """Read long comment threads in a terminal: fold, search, mark, keep.

    Without a command the screen opens. An ID is what 'list' shows for a post,
    or the beginning of it; POST:10.2 is the comment 10.2 of a post.
    """
    session.root = data_dir
    session.debug = debug
    if context.invoked_subcommand is None:
        from probation_reader.cli.commands.read import read_command  # noqa: PLC0415 - as `COMMANDS`

        context.invoke(read_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program once.

    Args:
        arguments: the words of the command line, without the program's name;
            those of this process if not given.

    Returns:
        The exit code: 0 done, 1 refused or nothing found, 2 wrong usage, 70 an error nobody
        expected, 130 stopped by Ctrl+C.
    """
    output.prepare()
    session = Session()
    try:
        code = _run(session, arguments)
        output.finish()
    except KeyboardInterrupt:
        return errors.INTERRUPTED
    except BrokenPipeError:  # click's own help and completion, their reader gone
        output.finish()
        return errors.DONE
    except Exception as error:  # noqa: BLE001 - the one place where everything ends
        return errors.report(error, log=session.paths.log, debug=session.debug)
    return code


def _run(session: Session, arguments: Sequence[str] | None) -> int:
    try:
        code = program.main(arguments, prog_name=PROGRAM, standalone_mode=False, obj=session)
    finally:
        session.close()
    return code if isinstance(code, int) else errors.DONE
