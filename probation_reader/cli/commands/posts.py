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

    from probation_reader.workspace import PostSummary


#: How many cells of a row stand before the title.
_BEFORE_TITLE = 44


@click.command("list")
@as_json
@pass_session
def list_command(session: Session, *, as_json: bool) -> None:
    """List the posts, newest first."""
    _print_posts(session, session.workspace.post_summaries(), as_json=as_json)


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
    post_summaries = session.workspace.post_summaries()
    left = [post_summary for post_summary in post_summaries if post_summary.unread]
    if post_summaries and not left and not as_json:
        output.tell("Everything is read.")
    else:
        _print_posts(session, left, as_json=as_json)


def _print_posts(session: Session, post_summaries: Sequence[PostSummary], *, as_json: bool) -> None:
    if not post_summaries and session.is_empty():
        complain(EMPTY)
    if as_json:
        output.emit([json_output.post_summary_row(post_summary) for post_summary in post_summaries])
    elif post_summaries:
        output.say(dim(f"{'ID':<12}  {'DATE':<10}  {'COMMENTS':>8}  {'UNREAD':>6}  TITLE"))
        for post_summary in post_summaries:
            _print_post(post_summary)


def _print_post(post_summary: PostSummary) -> None:
    row = post_summary.row
    sample = "  (sample)" if row.sample else ""
    shown = output.fitted(row.post.title, _BEFORE_TITLE + len(sample))
    date = f"{row.post.published:%Y-%m-%d}" if row.post.published else "undated"
    title = bold(shown) if post_summary.unread else shown
    figures = f"{date:<10}  {row.comments:>8}  {post_summary.unread or '-':>6}  "
    output.say(f"{row.post.id:<12}  ", figures, title, dim(sample))
