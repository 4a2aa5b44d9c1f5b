"""Commands about the library: import, sample, remove, reindex."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from probation_reader import paths
from probation_reader.cli import json_output, output
from probation_reader.cli.completion import complete_id
from probation_reader.cli.errors import INTERRUPTED, REFUSED, complain, logged
from probation_reader.cli.output import bold, dim
from probation_reader.cli.session import EMPTY, Session, as_json, given_path, pass_session
from probation_reader.errors import ReaderError, SearchError, UnknownIdError
from probation_reader.identity import is_passage
from probation_reader.phrases import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.ingest import FileReport


@click.command("import")
@click.argument(
    "places", metavar="PATH...", nargs=-1, required=True, type=click.Path(allow_dash=True)
)
@as_json
@click.option("--dry-run", is_flag=True, help="Say what would be imported and keep nothing.")
@pass_session
@click.pass_context
def import_command(
    context: click.Context,
    session: Session,
    places: tuple[str, ...],
    *,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Bring captured pages into the library.

    PATH is a file, - for standard input, or a folder with all files below it. A
    later capture of a page adds to it, and a file that an older version read is read
    again: marks and bookmarks stay. A file that is refused does not
    keep the others out. Ctrl+C keeps what was imported.
    """
    reports: list[FileReport] = []
    sample = session.has_sample()
    try:
        _import(session, places, reports, dry_run=dry_run)
    except KeyboardInterrupt:
        if reports or as_json:
            _print_reports(reports, as_json=as_json, dry_run=dry_run)
        kept = 0 if dry_run else sum(report.error is None for report in reports)
        complain(f"stopped; {count(kept, 'file')} imported whole. Do it again to go on from there")
        context.exit(INTERRUPTED)
    _print_reports(reports, as_json=as_json, dry_run=dry_run)
    if sample and not session.has_sample():
        output.tell("The sample stepped aside; 'probation-reader sample' brings it back.")
    if reports and not dry_run:
        _index(context, session)
    if any(report.error is not None for report in reports):
        context.exit(REFUSED)


def _import(
    session: Session, places: Sequence[str], reports: list[FileReport], *, dry_run: bool
) -> None:
    from probation_reader import ingest  # noqa: PLC0415 - the importers, only here

    def unexpected(error: Exception) -> str:
        return logged(error, session.paths.log)[0]

    files = ingest.find_files(map(given_path, places))
    guard = None if session.debug else unexpected
    with output.progress("Importing") as advance:
        for report in ingest.import_files(
            session.workspace, files, dry_run=dry_run, unexpected=guard
        ):
            reports.append(report)
            advance(len(reports), len(files))


def _index(context: click.Context, session: Session) -> None:
    from probation_reader import ingest  # noqa: PLC0415 - the importers, only here

    try:
        with output.progress("Indexing") as advance:
            ingest.update_index(session.workspace, advance)
    except KeyboardInterrupt:
        complain("stopped; everything is imported, and the next search goes on indexing")
        context.exit(INTERRUPTED)
    except SearchError as error:  # the index can be made at any time, from what is imported
        complain(f"everything is imported, but not all of it indexed yet: {error}")


def _print_reports(reports: Sequence[FileReport], *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        output.emit(json_output.imported(reports))
        return
    for report in reports:
        if report.error is None and not _is_unchanged(report):
            _print_report(report)
    _print_refusals(reports)
    dry = dim("  (nothing was kept: --dry-run)") if dry_run else ""
    output.say(bold(summary(reports)), dry)


def _print_report(report: FileReport) -> None:
    facts = [str(report.layout), count(report.posts, "post"), captured(report), changes(report)]
    for row in output.rows(f"{report.path}: {', '.join(facts)}", hanging=4):
        head = report.path if row.startswith(report.path) else ""
        output.say(bold(head), row.removeprefix(head))
    for note in report.notes:
        if note.message not in facts:
            place = f"line {note.line}: " if note.line else ""
            for row in output.rows(f"  {place}{note.message}", hanging=4):
                output.say(dim(row))


def _print_refusals(reports: Sequence[FileReport]) -> None:
    """Say what was refused and why, a reason that returns only once in full."""
    reasons: set[str] = set()
    for report in reports:
        if report.error is None:
            continue
        line, _, reason = report.error.removeprefix(report.path).partition(": ")
        said = f"{reason.partition(';')[0]}, as above" if reason in reasons else reason
        reasons.add(reason)
        for row in output.rows(f"Refused {report.path}{line}: {said}.", hanging=4, error=True):
            output.tell(row)


def _is_unchanged(report: FileReport) -> bool:
    if report.was is not None and report.was != report.comments:
        return False
    return not (report.error or report.added or report.new or report.changed or report.gone)


def summary(reports: Sequence[FileReport]) -> str:
    """Return what all files brought, in one line."""
    if not reports:
        return "There is no file to import."
    posts, comments = json_output.totals(reports).values()
    said = f"{count(len(reports), 'file')}: {count(posts, 'post')}, {count(comments, 'comment')}"
    new, changed, gone = (sum(each) for each in zip(*map(_counts, reports), strict=True))
    if changed or gone:
        said += f": {_moved(new, changed, gone)}"
    again = sum(report.was is not None and not _is_unchanged(report) for report in reports)
    if again:
        said += f"; {again:,} read again"
    unchanged = sum(map(_is_unchanged, reports))
    refused = sum(report.error is not None for report in reports)
    if unchanged:
        some = "" if unchanged == len(reports) else f"{unchanged:,} "
        said += f"; {some}already here, unchanged"
    return f"{said}; {refused:,} refused" if refused else said


def captured(report: FileReport) -> str:
    """Return how many comments came, against how many were announced."""
    if report.announced is not None and report.announced != report.comments:
        return f"{report.announced:,} announced, {report.comments:,} captured"
    return count(report.comments, "comment")


def changes(report: FileReport) -> str:
    """Return what is different in the library now, of a file that changed it."""
    if report.was is not None:
        return f"read again: {count(report.comments, 'comment')}, was {report.was:,}"
    said = [f"{count(report.added, 'new post')}"] if 0 < report.added < report.posts else []
    if moved := _moved(*_counts(report)):
        said.append(moved)
    return ", ".join(said or ["new"])


def _counts(report: FileReport) -> tuple[int, int, int]:
    return report.new, report.changed, report.gone


def _moved(new: int, changed: int, gone: int) -> str:
    """Return ``3 new, 1 changed``, empty where nothing is."""
    moved = (new, "new"), (changed, "changed"), (gone, "gone")
    return ", ".join(f"{number:,} {what}" for number, what in moved if number)


@click.command("sample")
@click.option("--aside", is_flag=True, help="Put the sample away instead.")
@pass_session
@click.pass_context
def sample_command(context: click.Context, session: Session, *, aside: bool) -> None:
    """Bring the sample back, beside your own pages.

    The sample comes with the program; it steps aside, with its marks, when you
    import pages of your own.
    """
    if aside:
        dropped = session.workspace.library.drop_sample()
        output.say(f"{count(dropped, 'post')} of the sample put aside.")
        return
    folder = paths.corpus()
    if folder is None:
        message = "the sample is not where this program was installed"
        raise ReaderError(message, advice="Install the program again")
    from probation_reader import ingest  # noqa: PLC0415 - the importers, only here

    ingest.bring_sample(session.workspace, folder)
    _index(context, session)
    brought = sum(post_summary.row.sample for post_summary in session.workspace.post_summaries())
    output.say(f"{count(brought, 'post')} of the sample in the library.")


@click.command("remove")
@click.argument("named", metavar="ID...", shell_complete=complete_id, nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_session
@click.pass_context
def remove_command(
    context: click.Context, session: Session, named: tuple[str, ...], *, yes: bool
) -> None:
    """Take posts out of the library.

    What you marked and kept stays in the record. On a terminal it asks first,
    elsewhere it does not. Importing their pages again brings them back.
    """
    ids = list(dict.fromkeys(_post(session, name) for name in named))
    if output.can_ask() and not yes and not _agreed(session, ids):
        complain("nothing was removed")
        context.exit(REFUSED)
    removed = session.workspace.library.remove(ids)
    output.say(f"{count(removed, 'post')} removed.")


def _post(session: Session, name: str) -> str:
    found = session.resolve(name)
    if is_passage(found):
        message = "this is a passage; only whole posts can be removed"
        raise UnknownIdError(message, where=found)
    return found


def _agreed(session: Session, ids: list[str]) -> bool:
    for post_id in ids:
        row = session.workspace.library.post(post_id)
        output.tell(f"{post_id}  {row.post.title}  ({count(row.comments, 'comment')})")
    return output.ask(f"Remove {count(len(ids), 'post')} from the library?")


@click.command("reindex")
@pass_session
def reindex_command(session: Session) -> None:
    """Build the search index anew."""
    if session.is_empty():
        complain(EMPTY)
    with output.progress("Indexing") as advance:
        session.workspace.index.rebuild(advance)
    counts = session.workspace.library.counts()
    output.say(f"The index holds {count(counts.posts, 'post')}.")
