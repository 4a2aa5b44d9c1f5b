"""Commands that keep: bookmark, bookmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from probation_reader.bookmark_export import as_markdown, citation, looked_up
from probation_reader.cli import json_output, output
from probation_reader.cli.completion import complete_id
from probation_reader.cli.errors import complain
from probation_reader.cli.output import bold, dim
from probation_reader.cli.session import EMPTY, Session, as_json, given_path, pass_session
from probation_reader.errors import UnknownIdError
from probation_reader.files import content
from probation_reader.phrases import count
from probation_reader.sanitize import safe, safe_line

if TYPE_CHECKING:
    from probation_reader.bookmark_export import ResolvedBookmark

#: The largest list of bookmarks that is read, in bytes.
_LARGEST_LIST = 256 * 1024**2


@click.command("bookmark")
@click.argument("named", metavar="ID", shell_complete=complete_id)
@click.option("--note", help="What you want to say about it.")
@click.option("--tag", "tags", multiple=True, help="Add a word to find it by; may be repeated.")
@click.option("--untag", "untags", multiple=True, help="Take such a word off; may be repeated.")
@click.option("--remove", is_flag=True, help="Take the bookmark away.")
@pass_session
def bookmark_command(
    session: Session,
    named: str,
    note: str | None,
    tags: tuple[str, ...],
    untags: tuple[str, ...],
    *,
    remove: bool,
) -> None:
    """Keep a passage with its words.

    Of a post, its first passage is kept.

    On a bookmark that is there already, --note replaces its note ('' takes it
    away) and --tag adds to its tags.
    """
    if remove:
        _remove(session, named, edits=note is not None or bool(tags + untags))
        return
    passage = session.passage_of(session.resolve(named))
    record = session.workspace.record
    held = next((kept for kept in record.bookmarks() if kept.id == passage.id), None)
    known = held.tags if held else ()
    wanted = [
        tag
        for tag in dict.fromkeys(known + tags)
        if tag not in untags and safe_line(tag) not in untags
    ]
    quote = None if held else passage.text
    record.bookmark(passage.id, quote, note, wanted if tags or untags else None)
    output.say(f"Bookmarked {passage.id}.")


def _remove(session: Session, named: str, *, edits: bool) -> None:
    if edits:
        message = "--remove goes with no other option"
        raise click.UsageError(message)
    record = session.workspace.record
    # A bookmark outlives its passage, so the record is asked before the library.
    held = any(kept.id == named for kept in record.bookmarks())
    target = named if held else session.passage_of(session.resolve(named)).id
    if not record.remove_bookmark(target):
        message = "this passage has no bookmark"
        raise UnknownIdError(message, where=target, advice="See 'probation-reader bookmarks'")
    output.say(f"Bookmark {target} removed.")


@click.command("bookmarks")
@as_json
@click.option("--markdown", is_flag=True, help="Print Markdown, a citation under each quote.")
@click.option("--tags", "by_tag", is_flag=True, help="Print the tags, and how many have each.")
@click.option(
    "--import",
    "source",
    metavar="FILE",
    type=click.Path(allow_dash=True),
    help="Keep what 'bookmarks --json' once printed; - is standard input.",
)
@pass_session
def bookmarks_command(
    session: Session, source: str | None, *, as_json: bool, markdown: bool, by_tag: bool
) -> None:
    """List the bookmarks, newest first."""
    if as_json + markdown + by_tag + (source is not None) > 1:
        message = "--json, --markdown, --tags and --import exclude each other"
        raise click.UsageError(message)
    if source is not None:
        _import(session, source)
        return
    kept = looked_up(session.workspace)
    if not kept and not as_json:
        if session.is_empty():
            complain(EMPTY)
        else:
            output.tell("No bookmarks yet. 'probation-reader bookmark ID' keeps a passage.")
    elif as_json:
        output.emit([json_output.bookmark(one.bookmark, one.post, one.passage) for one in kept])
    elif by_tag:
        for tag, used in session.workspace.record.tag_counts().items():
            output.say(f"{used:>7,}  ", tag)
    elif markdown:
        output.say_text(as_markdown(kept))
    else:
        for one in kept:
            _print_kept(one)


def _import(session: Session, source: str) -> None:
    from probation_reader.cli.bookmark_import import bookmarks_in  # noqa: PLC0415 - seldom needed

    path = given_path(source)
    kept = bookmarks_in(content(path, _LARGEST_LIST), str(path))
    new, changed = session.workspace.record.restore(kept)
    known = len({one.id for one in kept}) - new
    more = f", {changed:,} of them with another note or tags" if changed else ""
    output.say(f"{count(new, 'new bookmark')}, {known:,} there already{more}.")


def _print_kept(one: ResolvedBookmark) -> None:
    output.say(bold(citation(one)))
    tags = "".join(f"  #{tag}" for tag in one.bookmark.tags)
    output.say(dim(f"{one.bookmark.id}  kept {one.bookmark.at.astimezone():%Y-%m-%d %H:%M}{tags}"))
    if one.bookmark.note:
        output.say_text(one.bookmark.note)
    for line in safe(one.bookmark.quote).split("\n"):
        output.say("    ", line)
    output.say()
