"""The command that says how the program is: places, versions, counts, what is wrong.

Every check says what it found; for each thing wrong there is one line with what
to do. Each check stands alone: one that fails is one of the things found, not an end.
"""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sys
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

import click

from probation_reader import __version__
from probation_reader.cli import output
from probation_reader.cli.errors import REFUSED, logged
from probation_reader.cli.output import bold, dim
from probation_reader.cli.session import EMPTY, Session, as_json, pass_session
from probation_reader.errors import ReaderError, SearchError
from probation_reader.phrases import count
from probation_reader.record import Record
from probation_reader.ui.terminal.capabilities import described

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LIBRARIES = ("click", "platformdirs", "rich", "textual", "whoosh-reloaded")
_TERMINAL = ("TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "SSH_CONNECTION", "TMUX")
_REPORT = "Please report it, with the log"
_KIB = 1024


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong.

    Args:
        what: the fact.
        advice: what to do about it.
    """

    what: str
    advice: str


@dataclass(slots=True)
class Findings:
    """What the checks found, by section, and what is wrong."""

    facts: dict[str, dict[str, str | int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


if TYPE_CHECKING:
    Check = Callable[[Findings, Session], None]


@click.command("doctor")
@as_json
@pass_session
@click.pass_context
def doctor_command(context: click.Context, session: Session, *, as_json: bool) -> None:
    """Say what is wrong and what to do about it.

    Says also where everything is, in which version, and how much there is.
    Exits with 1 if something is wrong.
    """
    findings = Findings()
    for check in _CHECKS:
        _run(check, findings, session)
    if as_json:
        output.emit({**findings.facts, **_verdict(findings)})
    else:
        _print(findings)
    if findings.problems:
        context.exit(REFUSED)


def _run(check: Check, findings: Findings, session: Session) -> None:
    """Make one check; what goes wrong in it is a finding."""
    try:
        check(findings, session)
    except ReaderError as error:
        where = f"{error.where}: " if error.where else ""
        problem = Problem(f"{where}{error.message}", error.advice)
        if problem not in findings.problems:
            findings.problems.append(problem)
    except Exception as error:
        if session.debug:
            raise
        name = check.__name__.removeprefix("_check_").replace("_", " ")
        message, _ = logged(error, session.paths.log)
        findings.problems.append(Problem(f"the check of the {name} failed: {message}", _REPORT))


def _verdict(findings: Findings) -> dict[str, object]:
    return {
        "notices": findings.notices,
        "problems": [asdict(problem) for problem in findings.problems],
    }


def _check_places(findings: Findings, session: Session) -> None:
    paths = session.paths
    places = {"data": paths.data, "cache": paths.cache, "config": paths.config}
    found: dict[str, str | int] = {}
    for name, folder in {**places, "log": paths.log.parent}.items():
        said = _size(folder) if folder.exists() else "not there yet"
        if not _writable(folder):
            said += ", cannot be written"
            advice = "Give yourself the right to write there, or use --data-dir"
            findings.problems.append(Problem(f"{folder} cannot be written", advice))
        found[name] = f"{paths.log if name == 'log' else folder} ({said})"
    findings.facts["paths"] = found


def _check_empty_files(findings: Findings, session: Session) -> None:
    """Name the databases without a byte; before they are opened, which begins new ones."""
    lost = {
        session.paths.record: "what you read and bookmarked is not in it. Bring back a backup",
        session.paths.library: "import your pages again",
    }
    for file, advice in lost.items():
        log = file.with_name(f"{file.name}-wal")
        if file.is_file() and not file.stat().st_size and not log.exists():
            findings.problems.append(Problem(f"{file} was empty (0 bytes)", advice))


def _check_set_aside(findings: Findings, session: Session) -> None:
    paths = session.paths
    for file in sorted(paths.data.glob(f"{paths.record.name}.*-*")):
        if not file.name.endswith(("-wal", "-shm", "-journal")):
            findings.notices.append(
                f"An earlier personal record was set aside as {file}; it is not read."
                " Keep it until you are sure that no mark is missing."
            )


def _check_options(findings: Findings, session: Session) -> None:
    from probation_reader.ui.keys.keymap import Keymap  # noqa: PLC0415 - as `_check_versions`

    configured, file = session.configured, session.paths.options_file
    keymap = Keymap(configured.options.preset, configured.options.keys)
    said = "" if file.exists() else " (not there: everything is at its default)"
    findings.facts["options"] = {"file": f"{file}{said}"}
    for problem in (*configured.problems, *keymap.problems):
        advice = problem.advice or f"Put it right in {file}"
        findings.problems.append(Problem(f"{problem.where}: {problem.message}", advice))
    findings.notices += [*keymap.faults(), *keymap.warnings()]


def _writable(folder: Path) -> bool:
    while not folder.exists():
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _size(folder: Path) -> str:
    if not folder.is_dir():
        return "not a folder"
    total = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return f"{total / _KIB / _KIB:,.1f} MiB" if total > _KIB * _KIB else f"{total / _KIB:,.1f} KiB"


def _check_versions(findings: Findings, _session: Session) -> None:
    from importlib import metadata  # noqa: PLC0415 - slow to load, only needed here

    versions: dict[str, str | int] = {
        "probation-reader": __version__,
        "python": platform.python_version(),
    }
    for name in _LIBRARIES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = "missing"
            advice = "Install the program again, in an environment of its own"
            findings.problems.append(Problem(f"{name} is not installed", advice))
    findings.facts["versions"] = versions


def _check_library(findings: Findings, session: Session) -> None:
    workspace = session.workspace
    for problem in workspace.library.problems():
        what, _, advice = problem.rpartition("; ")
        findings.problems.append(Problem(what, advice))
    counts = workspace.library.counts()
    findings.facts.setdefault("counts", {}).update(
        posts=counts.posts, comments=counts.comments, passages=counts.passages
    )
    if not counts.posts:
        findings.notices.append(EMPTY)


def _check_importers(findings: Findings, session: Session) -> None:
    """Name what older importers read, and may have read wrongly."""
    from probation_reader import ingest  # noqa: PLC0415 - the importers

    findings.notices += ingest.importer_notices(session.workspace.library)


def _check_record(findings: Findings, session: Session) -> None:
    """Check the record by itself: it can be sound where the library is not."""
    with Record.open(session.paths.record) as record:
        for notice in record.notices:
            what, _, advice = notice.partition(". ")
            findings.problems.append(Problem(what.removesuffix("."), advice.removesuffix(".")))
        findings.problems += [Problem(what, advice) for what, advice in record.problems()]
        if aside := record.set_aside():
            findings.notices.append(
                f"{count(aside, 'event')} of the personal record could not be used and stand in"
                f" its table 'aside'."
            )
        counts = findings.facts.setdefault("counts", {})
        counts["bookmarks"] = record.bookmark_count()


def _check_reading(findings: Findings, session: Session) -> None:
    """Check what library and record say together."""
    workspace = session.workspace
    findings.notices += workspace.library.notices
    unread = sum(post_summary.unread for post_summary in workspace.post_summaries())
    findings.facts.setdefault("counts", {})["unread"] = unread


def _check_index(findings: Findings, session: Session) -> None:
    index = session.workspace.index
    try:
        pending = index.pending()
    except SearchError as error:
        advice = "Run 'probation-reader reindex'"
        findings.problems.append(Problem(f"{error.where}: {error.message}", advice))
        return
    findings.facts["index"] = {"posts to index": pending}
    if pending:
        findings.notices.append(f"{pending:,} posts wait to be indexed; the next search does it")


def _check_terminal(findings: Findings, _session: Session) -> None:
    size = shutil.get_terminal_size()
    terminal: dict[str, str | int] = {
        "size": f"{size.columns}x{size.lines}",
        "encoding": getattr(sys.stdout, "encoding", None) or "none",
    }
    terminal |= {name: os.environ[name] for name in _TERMINAL if name in os.environ}
    taken = described(os.environ, locale.getencoding())
    terminal["colours"] = "yes" if taken.colours else "none"
    terminal["signs"] = "all" if taken.signs else "ASCII"
    findings.facts["terminal"] = terminal
    if "utf" not in str(terminal["encoding"]).lower():
        advice = "Set LANG to a UTF-8 locale, for example C.UTF-8"
        encoding = terminal["encoding"]
        what = f"this terminal's encoding is {encoding}; what it lacks shows in plain letters"
        findings.problems.append(Problem(what, advice))


#: The checks, in the order in which they are reported.
_CHECKS: tuple[Check, ...] = (
    _check_places,
    _check_empty_files,
    _check_set_aside,
    _check_options,
    _check_versions,
    _check_record,
    _check_library,
    _check_importers,
    _check_reading,
    _check_index,
    _check_terminal,
)


def _print(findings: Findings) -> None:
    for section, facts in findings.facts.items():
        output.say(bold(section.capitalize()))
        for name, value in facts.items():
            output.say("  ", dim(f"{name}: "), str(value))
    for notice in findings.notices:
        output.say(bold("Note: "), f"{notice.removesuffix('.')}.")
    for problem in findings.problems:
        advice = f" {problem.advice[0].upper()}{problem.advice[1:]}." if problem.advice else ""
        output.say(bold("Wrong: "), f"{problem.what}.{advice}")
    if not findings.problems:
        output.say("Nothing else is wrong." if findings.notices else "Nothing is wrong.")
