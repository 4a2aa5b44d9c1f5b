"""Completing the ids of posts and passages in a shell.

A shell waits for these answers at every Tab, so nothing is created here and
nothing is said: where there is no library there is nothing to complete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from probation_reader import paths
from probation_reader.cli import output
from probation_reader.errors import ReaderError
from probation_reader.identity import is_passage, post_of
from probation_reader.sanitize import safe_line
from probation_reader.text.transliteration import ERRORS

if TYPE_CHECKING:
    import click
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
