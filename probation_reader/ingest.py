"""The pipeline: files → importer → library → index, one file at a time.

Rules: a file is stored whole or not at all; one that is refused does not keep
the others out; a file whose every post is in the library already is not read
again. The sample steps aside when the first page of the person's own is stored.
"""

from __future__ import annotations

import os
import re
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from probation_reader.errors import ImportFailure, ReaderError, RecordError
from probation_reader.importers import VERSION, import_source
from probation_reader.importers.source import read_source
from probation_reader.library import SourceRecord
from probation_reader.phrases import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from probation_reader.importers.base import ImportResult
    from probation_reader.library import Changes, HeldSource, Library, Shortfall
    from probation_reader.model import Diagnostic
    from probation_reader.workspace import Workspace

_DIGITS = re.compile(r"([0-9]+)")
_ACCESS = "check who may read it"
_EXPECTATION = ".expected.txt"
#: How many misread files `importer_notices` names.
_LISTED = 20


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file.

    Args:
        path: the file, as it was given or found.
        size: its size in bytes, 0 where it cannot be told.
        layout: the layout that fitted, None if it was refused.
        posts: how many posts it holds.
        added: how many of them the library did not hold.
        comments: how many comments it holds.
        announced: how many comments its pages say they have, None if they do not say.
        new: comments the library did not hold.
        changed: comments and parts of a post's own text that are not as they were.
        gone: comments that are no longer on the page; the library keeps them.
        notes: what the importer saw and did not decide silently.
        was: how many comments an older importer found in the same bytes, None if they
            were not read again.
        held: True if all of it was in the library already and it was not read again.
        error: why it was refused, with the place and advice, else None.
    """

    path: str
    size: int
    layout: str | None = None
    posts: int = 0
    added: int = 0
    comments: int = 0
    announced: int | None = None
    new: int = 0
    changed: int = 0
    gone: int = 0
    notes: tuple[Diagnostic, ...] = ()
    was: int | None = None
    held: bool = False
    error: str | None = None


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files that paths stand for, each once.

    Args:
        paths: files, and folders that are searched at any depth. Below a folder
            hidden files and folders are passed over, links to folders are not
            followed, and names are sorted as a person counts (2 before 10).

    Returns:
        The files in the order of the paths. What cannot be read stays in the
        list, so that its import says so.
    """
    found: dict[str, Path] = {}
    for path in paths:
        for file in _files_below(path) if path.is_dir() else [path]:
            found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def total_size(files: Iterable[Path]) -> int:
    """Return how many bytes files hold together, for a progress bar."""
    return sum(_size(file) for file in files)


def import_files(
    workspace: Workspace,
    files: Iterable[Path],
    *,
    dry_run: bool = False,
    sample: bool = False,
    unexpected: Callable[[Exception], str] | None = None,
) -> Iterator[FileReport]:
    """Import files one after the other and say of each what became of it.

    Stopping between two reports, or an interrupt inside a file, leaves the
    files before it imported whole.

    Args:
        workspace: where to.
        files: the files, as `find_files` returns them.
        dry_run: only find out what would change. The library cannot be written
            by others meanwhile, and reports see the files before them as imported.
        sample: True for the captures that come with the program.
        unexpected: logs an error of the program itself and returns what to say of it:
            then only the file in which it happened is refused. Without it such an
            error is raised.

    Raises:
        LibraryError: if the library cannot be written.
    """
    library = workspace.library
    own_pages = False
    with library.rehearsal() if dry_run else nullcontext():
        for file in files:
            try:
                report = _import_file(workspace, file, sample=sample, dry_run=dry_run)
            except ReaderError:
                raise
            except Exception as error:
                if unexpected is None:
                    raise
                report = FileReport(str(file), _size(file), error=f"{file}: {unexpected(error)}")
            if not (own_pages or sample or report.held or report.error or report.was is not None):
                library.drop_sample()
                own_pages = True
            yield report


def bring_sample(workspace: Workspace, folder: Path) -> list[FileReport]:
    """Import the captures that come with the program.

    Args:
        workspace: where to.
        folder: the corpus; its ``*.txt`` but not its ``*.expected.txt``.

    Raises:
        LibraryError: if the library cannot be written.
    """
    files = [file for file in find_files([folder]) if file.suffix == ".txt"]
    captures = [file for file in files if not file.name.endswith(_EXPECTATION)]
    return list(import_files(workspace, captures, sample=True))


def refresh_sample(workspace: Workspace, folder: Path) -> bool:
    """Import the program's own captures again if an older importer read them.

    Args:
        workspace: where to.
        folder: as for `bring_sample`.

    Returns:
        Whether they were read again.

    Raises:
        LibraryError: if the library cannot be written.
    """
    if not workspace.library.count_older(VERSION, sample=True):
        return False
    bring_sample(workspace, folder)
    return True


def misread_notice(library: Library) -> str:
    """Return one sentence about posts an older importer clearly misread, empty if none."""
    found, number = library.shortfalls(VERSION, 1)
    if not number:
        return ""
    if number == 1:
        return misread(found[0])
    return f"{number:,} files were misread by an older version: see 'probation-reader doctor'"


def misread(short: Shortfall) -> str:
    """Return what was captured of a file, and what to do."""
    return (
        f"'{short.title}': {short.announced:,} announced, {short.comments:,} captured:"
        f" import {short.path} again"
    )


def importer_notices(library: Library) -> list[str]:
    """Return what `doctor` says of files that an older importer read, the worst first."""
    found, number = library.shortfalls(VERSION, _LISTED)
    notices = [misread(short) for short in found]
    if number > len(found):
        notices.append(f"{number - len(found):,} more files were misread in this way")
    if others := library.count_older(VERSION) - number:
        notices.append(
            f"{count(others, 'file')} without such a gap came from an older version;"
            " importing the same bytes again keeps every mark"
        )
    return notices


def update_index(workspace: Workspace, progress: Callable[[int, int], None] | None = None) -> int:
    """Bring the search index up to date with the library.

    Args:
        workspace: whose index.
        progress: called with the posts done and the posts there are to do.

    Returns:
        How many posts were indexed.

    Raises:
        SearchError: if the index cannot be written.
    """
    return workspace.index.sync(progress)


def _files_below(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, and folders that cannot be read."""
    unreadable: list[Path] = []

    def refuse(error: OSError) -> None:
        unreadable.append(Path(error.filename))

    for above, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted((name for name in folders if _is_shown(name)), key=_as_counted)
        for name in sorted(filter(_is_shown, names), key=_as_counted):
            yield Path(above, name)
    yield from unreadable


def _is_shown(name: str) -> bool:
    return not name.startswith(".")


def _as_counted(name: str) -> tuple[list[tuple[str, int]], str]:
    """Return a key that sorts ``page 2`` before ``page 10``."""
    parts = _DIGITS.split(name.casefold())
    counted = [(part, 0) for part in parts]
    counted[1::2] = [("", int(part)) for part in parts[1::2]]
    return counted, name


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except (OSError, ValueError):
        return 0


def _import_file(workspace: Workspace, file: Path, *, sample: bool, dry_run: bool) -> FileReport:
    library, size = workspace.library, _size(file)
    if file.is_dir():
        unread = ImportFailure("the folder cannot be read", where=str(file), advice=_ACCESS)
        return FileReport(str(file), size, error=str(unread))
    try:
        source = read_source(file)
        held = library.held(source.digest, VERSION, sample=sample)
        if held:
            return _held(file, size, held)
        result = import_source(source)
    except (ImportFailure, OSError) as error:
        return FileReport(str(file), size, error=str(error))
    # Whole, since it is read elsewhere than it was imported; a link keeps its name.
    path = os.path.abspath(file)  # noqa: PTH100 - `resolve` would follow links
    record = SourceRecord(path, source.digest, result.layout, VERSION, sample)
    was = library.reread(source.digest, VERSION)
    try:
        # Marks are moved first: broken off between the two, the file is read again.
        with library.transaction():
            changes = library.store(record, result.threads)
            if not dry_run:
                for old, ids in changes.moved:
                    texts = {p.id: p.text for _, p in library.passages(ids)}
                    workspace.record.move(old, texts)
    except RecordError as error:
        return FileReport(str(file), size, error=str(error))
    return replace(_stored(file, size, result, changes), was=was)


def _held(file: Path, size: int, held: HeldSource) -> FileReport:
    return FileReport(
        str(file),
        size,
        layout=held.record.layout,
        posts=held.posts,
        comments=held.comments,
        announced=held.announced,
        held=True,
    )


def _stored(file: Path, size: int, result: ImportResult, changes: Changes) -> FileReport:
    announced = [t.post.announced for t in result.threads if t.post.announced is not None]
    return FileReport(
        str(file),
        size,
        layout=result.layout,
        posts=len(result.threads),
        added=changes.posts,
        comments=sum(len(thread.comments) for thread in result.threads),
        announced=sum(announced) if announced else None,
        new=changes.new,
        changed=changes.changed,
        gone=changes.gone,
        notes=result.diagnostics,
    )
