"""Completing what is typed in a shell: ids of posts and passages, and the scripts.

A shell waits for these answers at every Tab, so nothing is created here and
nothing is said: where there is no library there is nothing to complete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from probation_reader import paths
from probation_reader.cli import output
from probation_reader.cli.failures import PROGRAM
from probation_reader.errors import ReaderError
from probation_reader.identity import is_passage, post_of
from probation_reader.sanitize import safe_line
from probation_reader.text.transliteration import ERRORS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_HELP_CHARACTERS = 60


def complete_id(
    context: click.Context,
    _parameter: click.Parameter,
    incomplete: str,
) -> list[CompletionItem]:
    """Return the posts whose id begins so, with their titles; after ``POST.``, its passages."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only while completing

    found = paths.resolve(context.find_root().params.get("data_dir"))
    if not found.library.exists():
        return []
    try:
        named = _named(found, incomplete)
    except ReaderError:  # a line half typed is no place for messages
        return []
    return [
        CompletionItem(name, help=_title(words))
        for name, words in named
        if name.startswith(incomplete)
    ]


def _title(words: str) -> str:
    """Return what stands beside an id. Click writes UTF-8 whatever the locale: others get ASCII."""
    line = safe_line(words)[:_HELP_CHARACTERS]
    if output.encoding().lower() == "utf-8":
        return line
    return line.encode("ascii", ERRORS).decode("ascii")


def _named(found: paths.Paths, incomplete: str) -> list[tuple[str, str]]:
    from probation_reader.library import Library  # noqa: PLC0415 - only while completing

    with Library.open(found.library) as library:
        if not is_passage(incomplete):
            return [(row.post.id, row.post.title) for row in library.posts()]
        thread = library.thread(post_of(incomplete))
        return [(p.id, f"{p.number} {p.text[:_HELP_CHARACTERS]}") for p in thread.passages]


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> None:
    """Print the completion script for a shell.

    It completes commands, options and ids. To have it in every new shell:

    \b
    bash  echo 'eval "$(probation-reader completion bash)"' >> ~/.bashrc
    zsh   echo 'eval "$(probation-reader completion zsh)"' >> ~/.zshrc
          (below the line that runs compinit)
    fish  probation-reader completion fish \\
            > ~/.config/fish/completions/probation-reader.fish
    """  # noqa: D301 - the \b is the character itself: it tells click to keep the lines
    from click.shell_completion import get_completion_class  # noqa: PLC0415 - only here

    completer = get_completion_class(shell)
    if completer is None:
        message = f"this version of click cannot complete in {shell}"
        raise click.ClickException(message)
    variable = f"_{PROGRAM.replace('-', '_').upper()}_COMPLETE"
    script = completer(context.find_root().command, {}, PROGRAM, variable)
    output.say_text(script.source().rstrip("\n"))
