"""Commands that list posts: list, unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from probation_reader.cli import json_output, output
from probation_reader.cli.errors import complain
from probation_reader.cli.output import bold, dim
from probation_reader.cli.session import EMPTY, Session, as_json, pass_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.workspace import Shelved


#: How many cells of a row stand before the title.
_BEFORE_TITLE = 44


@click.command("list")
@as_json
@pass_session
def list_command(session: Session, *, as_json: bool) -> None:
    """List the posts, newest first."""
    _print_shelf(session, session.workspace.shelf(), as_json=as_json)


@click.command("unread")
@click.option("--count", is_flag=True, help="Print only how many passages are unread.")
@as_json
@pass_session
def unread_command(session: Session, *, count: bool, as_json: bool) -> None:
    """List the posts that have something unread."""
    if count:
        unread = session.workspace.unread()
        if not unread and session.is_empty():
            complain(EMPTY)
        output.say(str(unread))
        return
    shelf = session.workspace.shelf()
    left = [shelved for shelved in shelf if shelved.unread]
    if shelf and not left and not as_json:
        output.tell("Everything is read.")
    else:
        _print_shelf(session, left, as_json=as_json)


def _print_shelf(session: Session, shelf: Sequence[Shelved], *, as_json: bool) -> None:
    if not shelf and session.is_empty():
        complain(EMPTY)
    if as_json:
        output.emit([json_output.shelf_row(shelved) for shelved in shelf])
    elif shelf:
        output.say(dim(f"{'ID':<12}  {'DATE':<10}  {'COMMENTS':>8}  {'UNREAD':>6}  TITLE"))
        for shelved in shelf:
            _print_post(shelved)


def _print_post(shelved: Shelved) -> None:
    row = shelved.row
    sample = "  (sample)" if row.sample else ""
    shown = output.fitted(row.post.title, _BEFORE_TITLE + len(sample))
    date = f"{row.post.published:%Y-%m-%d}" if row.post.published else "undated"
    title = bold(shown) if shelved.unread else shown
    figures = f"{date:<10}  {row.comments:>8}  {shelved.unread or '-':>6}  "
    output.say(f"{row.post.id:<12}  ", figures, title, dim(sample))
