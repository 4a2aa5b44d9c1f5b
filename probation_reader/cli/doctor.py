"""The command that says how the program is: places, versions, counts, what is wrong.

Every check says what it found; for each thing wrong there is one line with what
to do. A library that cannot be opened is one of the things found, not an end.
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
from probation_reader.cli.failures import REFUSED
from probation_reader.cli.output import bold, dim
from probation_reader.cli.session import EMPTY, Session, as_json, pass_session
from probation_reader.errors import ReaderError
from probation_reader.ui.terminal.capabilities import described

if TYPE_CHECKING:
    from pathlib import Path

    from probation_reader.paths import Paths
    from probation_reader.workspace import Workspace

_LIBRARIES = ("click", "platformdirs", "rich", "textual", "whoosh-reloaded")
_TERMINAL = ("TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "SSH_CONNECTION", "TMUX")
_WRITE = "Make the file and its folder writable, with room on the disk, then start again"
_KEEP = "Keep a copy of the file and bring back a backup; what you marked stands nowhere else"
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
    _check_places(findings, session.paths)
    _check_set_aside(findings, session.paths)
    _check_options(findings, session)
    _check_versions(findings)
    try:
        _check_contents(findings, session.workspace)
    except ReaderError as error:
        findings.problems.append(Problem(f"{error.where}: {error.message}", error.advice))
    _check_terminal(findings)
    if as_json:
        output.emit({**findings.facts, **_verdict(findings)})
    else:
        _print(findings)
    if findings.problems:
        context.exit(REFUSED)


def _verdict(findings: Findings) -> dict[str, object]:
    return {
        "notices": findings.notices,
        "problems": [asdict(problem) for problem in findings.problems],
    }


def _check_places(findings: Findings, paths: Paths) -> None:
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


def _check_set_aside(findings: Findings, paths: Paths) -> None:
    for file in sorted(paths.data.glob(f"{paths.record.name}.*-*")):
        if not file.name.endswith(("-wal", "-shm", "-journal")):
            findings.notices.append(
                f"An earlier personal record was set aside as {file}; it is not read."
                " Delete it when you no longer need it."
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


def _check_versions(findings: Findings) -> None:
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


def _check_contents(findings: Findings, workspace: Workspace) -> None:
    findings.notices += workspace.notices
    counts = workspace.library.counts()
    findings.facts["counts"] = {
        "posts": counts.posts,
        "comments": counts.comments,
        "passages": counts.passages,
        "unread": sum(shelved.unread for shelved in workspace.shelf()),
        "bookmarks": len(workspace.record.bookmarks()),
    }
    if not counts.posts:
        findings.notices.append(EMPTY)
    from probation_reader import ingest  # noqa: PLC0415 - the importers

    findings.notices += ingest.importer_notices(workspace.library)
    for problem in workspace.library.problems():
        what, _, advice = problem.rpartition("; ")
        findings.problems.append(Problem(what, advice))
    advice = _KEEP if workspace.record.keeps else _WRITE
    findings.problems += [Problem(what, advice) for what in workspace.record.problems()]
    try:
        pending = workspace.index.pending()
    except ReaderError as error:
        advice = "Run 'probation-reader reindex'"
        findings.problems.append(Problem(f"{error.where}: {error.message}", advice))
        return
    findings.facts["index"] = {"posts to index": pending}
    if pending:
        findings.notices.append(f"{pending:,} posts wait to be indexed; the next search does it")


def _check_terminal(findings: Findings) -> None:
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
        what = (
            f"this terminal's encoding is {terminal['encoding']}; quotes and dashes will not show"
        )
        findings.problems.append(Problem(what, advice))


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
        output.say("Nothing is wrong.")
