"""The commands about the record itself: export, merge, log, undo, redo.

A file that is merged is taken as a whole or not at all, unless its sound lines are
asked for; each of several files stands for itself. `exchange` says what is in one.
"""

from __future__ import annotations

import json
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import count as count_from
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from probation_reader.cli import output
from probation_reader.cli.errors import REFUSED, complain
from probation_reader.cli.output import bold, dim
from probation_reader.cli.session import Session, as_json, given_path, pass_session
from probation_reader.cli.text_output import LogFormatter
from probation_reader.errors import RecordError
from probation_reader.files import opened, replacing
from probation_reader.phrases import count
from probation_reader.record import exchange

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from probation_reader.record import LogEntry, MergeResult, UndoEntry

_STANDARD = "-"
#: The most bytes of a record that are read, and faults of a file that are named.
_LARGEST = 2 * 1024**3
_MOST_FAULTS = 100
_SPLIT = "Export less of it, with --since"
#: After so many lines it is shown how far the work has come.
_OFTEN = 2000


@click.group("personal")
def personal_command() -> None:
    """Carry what you read and kept to another machine; see it; take it back."""


@personal_command.command("export")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]),
    help="Only what was done on this day or later.",
)
@pass_session
def export_command(session: Session, file: Path, since: datetime | None) -> None:
    """Write all you did to FILE, private to you, for 'personal merge' elsewhere.

    - is standard output. The same record always gives the same file.
    """
    lines = session.workspace.record.exported(since.astimezone() if since else None)
    head = next(lines)
    total = json.loads(head)["events"]
    with output.progress("Exporting") as advance, _written_to(file) as write:
        write(f"{head}\n".encode("ascii"))
        for done, line in enumerate(lines, 1):
            write(f"{line}\n".encode("ascii"))
            if not done % _OFTEN:
                advance(done, total)
    if str(file) != _STANDARD:
        output.tell(f"{file}: {count(total, 'event')}")


@contextmanager
def _written_to(file: Path) -> Iterator[Callable[[bytes], object]]:
    if str(file) == _STANDARD:
        yield output.send
    else:
        with replacing(file) as target:
            yield target.write


class _RefusedError(Exception):
    """A fault of a file that is not taken because of it."""


@personal_command.command("merge")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(allow_dash=True)
)
@click.option("--lenient", is_flag=True, help="Of a damaged file, take the lines that are sound.")
@pass_session
def merge_command(session: Session, files: tuple[str, ...], *, lenient: bool) -> int:
    """Take in what 'personal export' wrote on another machine.

    Nothing is lost on either side, and it does not matter in which order or how
    often files are merged. Exit code 1 if something was refused.
    """
    faults = [fault for file in files for fault in _merge(session, file, lenient=lenient)]
    return REFUSED if faults else 0


def _merge(session: Session, file: str, *, lenient: bool) -> list[str]:
    """Merge a file and return what was wrong with it, all of it told already."""
    faults: list[str] = []

    def refuse(error: RecordError) -> None:
        faults.append(str(error))
        if len(faults) <= _MOST_FAULTS:
            complain(str(error))
        elif len(faults) == _MOST_FAULTS + 1:
            complain(f"{file}: further faults are not named")
        if not lenient:
            raise _RefusedError

    try:
        path = given_path(file)
        with opened(path) as source, closing(_lines(source, file, refuse)) as lines:
            events = exchange.read(lines, file, refuse)
            with output.progress("Merging") as advance:
                merged = session.workspace.record.merge(events, advance)
    except _RefusedError:
        output.tell(f"{file}: nothing was taken; --lenient takes the lines that are sound")
    except OSError as error:
        faults.append(str(error))
        complain(f"{file}: {error.strerror}")
    else:
        _tell(file, merged)
    return faults


def _lines(source: IO[bytes], file: str, refuse: Callable[[RecordError], None]) -> Generator[bytes]:
    """Yield the lines of a file, of one that is too long only the beginning.

    Args:
        source: the file, open.
        file: its name.
        refuse: is told when it is too large; no line follows then.
    """
    size = source.seek(0, 2) if source.seekable() else 0
    if size:
        source.seek(0)
    done = 0
    with output.progress(f"Reading {file}") as advance:
        for number in count_from(1):
            line = source.readline(exchange.LONGEST + 1)
            if not line:
                return
            if done > _LARGEST:
                message = f"the file is larger than {_LARGEST // 2**20:,} MiB"
                refuse(RecordError(message, where=f"{file}:{number}", advice=_SPLIT))
                return
            yield line
            rest = line
            while len(rest) > exchange.LONGEST and not rest.endswith(b"\n") and done <= _LARGEST:
                rest = source.readline(exchange.LONGEST + 1)
                done += len(rest)
            done += len(line)
            if not number % _OFTEN:
                advance(done, size)


def _tell(file: str, merged: MergeResult) -> None:
    known = merged.events - merged.new
    output.say(f"{file}: {count(merged.new, 'new event')}, {known:,} known already.")
    if merged.renewed:
        output.tell(
            "This record and the one in the file are copies of one another."
            " From now on this one counts as another machine's."
        )


@personal_command.command("log")
@click.option(
    "-n",
    "most",
    metavar="N",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="How many.",
)
@as_json
@pass_session
def log_command(session: Session, most: int, *, as_json: bool) -> None:
    """Show what was done last, the newest first."""
    deeds = session.workspace.record.deeds(most)
    if as_json:
        output.emit([_shape(deed) for deed in deeds])
        return
    if not deeds:
        output.tell("Nothing was done yet.")
    teller = LogFormatter(session)
    known = {(deed.machine, deed.at): deed for deed in deeds}
    for deed in deeds:
        at = deed.events[0].payload.get("deed")
        turned = known.get((deed.machine, at)) if isinstance(at, int) else None
        what = f": {teller.deed(turned)}" if turned else ""
        when = f"{_moment(deed).astimezone():%Y-%m-%d %H:%M:%S}  "
        undone = "  (undone)" if deed.undone else ""
        elsewhere = "" if deed.ours else f"  (on {deed.machine[:8]})"
        output.say(dim(when), teller.deed(deed), what, bold(undone), dim(elsewhere))


def _moment(deed: LogEntry) -> datetime:
    return datetime.fromtimestamp(deed.at / 1000, UTC)


def _shape(deed: LogEntry) -> dict[str, Any]:
    return {
        "at": _moment(deed).isoformat(),
        "machine": deed.machine,
        "here": deed.ours,
        "undone": deed.undone,
        "events": [
            {"action": event.action, "target": event.target, "payload": event.payload}
            for event in deed.events
        ],
    }


_times = click.argument("times", metavar="[N]", type=click.IntRange(min=1), default=1)


@personal_command.command("undo")
@_times
@pass_session
def undo_command(session: Session, times: int) -> int:
    """Take back what you marked or kept last on this machine, N times."""
    return _turn(session, session.workspace.record.undo, "undone", "undo", times)


@personal_command.command("redo")
@_times
@pass_session
def redo_command(session: Session, times: int) -> int:
    """Do again what was taken back last, N times."""
    return _turn(session, session.workspace.record.redo, "redone", "redo", times)


def _turn(
    session: Session, turn: Callable[[], UndoEntry | None], done: str, word: str, times: int
) -> int:
    teller = LogFormatter(session)
    for turned in range(times):
        step = turn()
        if step is None:
            complain(f"nothing {'more ' if turned else ''}to {word}")
            return 0 if turned else REFUSED
        if step.mutes:
            said = teller.mutes(step.what, step.mutes)
        elif step.searches:
            said = teller.searches(step.what, step.searches)
        else:
            said = teller.passages(step.what, step.ids)
        output.say(f"{done}: {said}")
    return 0
