"""The program: its options, its commands in the order people meet them, its end.

Commands live in files by family. Whatever is slow to load (the screen, the
importers, the index) is imported inside the command that needs it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from probation_reader import __version__
from probation_reader.cli import care, failures, keeping, output, reading, sources
from probation_reader.cli.completion import completion
from probation_reader.cli.doctor import doctor
from probation_reader.cli.failures import PROGRAM
from probation_reader.cli.session import Session, pass_session

if TYPE_CHECKING:
    from collections.abc import Sequence


class InOrder(click.Group):
    """A group that lists its commands in the order they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the commands."""
        return list(self.commands)


@click.group(
    PROGRAM,
    cls=InOrder,
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
        context.invoke(reading.read)


for command in (
    reading.read,
    reading.list_posts,
    reading.show,
    reading.search,
    reading.unread,
    keeping.mark,
    keeping.bookmark,
    keeping.bookmarks,
    sources.import_pages,
    sources.sample,
    care.remove,
    care.reindex,
    doctor,
    completion,
):
    program.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program once.

    Args:
        arguments: the words of the command line, without the program's name;
            those of this process if not given.

    Returns:
        The exit code: 0 done, 1 refused, 2 wrong usage, 70 an error nobody
        expected, 130 stopped by Ctrl+C.
    """
    output.prepare()
    session = Session()
    try:
        code = _run(session, arguments)
        output.finish()
    except KeyboardInterrupt:
        return failures.INTERRUPTED
    except BrokenPipeError:  # click's own help and completion, their reader gone
        output.finish()
        return failures.DONE
    except Exception as error:  # noqa: BLE001 - the one place where everything ends
        return failures.report(error, log=session.paths.log, debug=session.debug)
    return code


def _run(session: Session, arguments: Sequence[str] | None) -> int:
    try:
        code = program.main(arguments, prog_name=PROGRAM, standalone_mode=False, obj=session)
    finally:
        session.close()
    return code if isinstance(code, int) else failures.DONE
