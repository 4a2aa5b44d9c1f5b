"""The command that prints the completion script of a shell."""

from __future__ import annotations

import click

from probation_reader.cli import output
from probation_reader.cli.errors import PROGRAM


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
