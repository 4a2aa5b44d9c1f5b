"""The folder of the index: which build is current, and whether it is whole.

::

    index/            private to the user
      lock            held by the one process that writes
      state.json      which build is current and what it holds
      b…/             a build: one whoosh index

``state.json`` is replaced after a build has been committed, never before, so
what it names is whole; an older state only means that some changes are applied
again, which changes nothing. It also carries a checksum of every file, each read
through once, because a flipped byte can make whoosh answer wrongly instead of failing.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zlib
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from probation_reader.errors import SearchError
from probation_reader.files import content
from probation_reader.search.engine import whoosh
from probation_reader.search.schema import FORMAT, schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from probation_reader.search.engine.whoosh import FileIndex


_CHUNK = 1 << 20


class Checksums:
    """The checksums that are known."""

    def __init__(self) -> None:
        #: What tells that a file is the same, and its sum.
        self._known: dict[Path, tuple[tuple[int, int, int], int]] = {}

    def forget(self) -> None:
        """Read every file again."""
        self._known.clear()

    def of(self, path: Path) -> int:
        """Return the CRC-32 of a file; it is read through again only if it is another.

        Raises:
            OSError: if it cannot be read.
        """
        found = path.stat()
        identity = found.st_ino, found.st_size, found.st_mtime_ns
        known = self._known.get(path)
        if known is None or known[0] != identity:
            known = self._known[path] = (identity, _checksum(path))
        return known[1]


def _checksum(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            crc = zlib.crc32(chunk, crc)
    return crc


_PRIVATE = 0o700

_PREFIX = "b"

#: The largest state that is read, in bytes.
_LARGEST_STATE = 64 * 1024**2

#: Of a build, what a commit consists of, and what whoosh locks.
_COMMITTED, _LOCK = {".toc", ".seg"}, "WRITELOCK"

_ADVICE = "Make room, or look who may write there, and run 'probation-reader reindex'"

#: What an index must have been written by to be read.
VERSION = f"{FORMAT} whoosh {'.'.join(map(str, whoosh.whoosh_version))}"


@dataclass(frozen=True, slots=True)
class State:
    """What the current build holds.

    Args:
        version: what wrote it.
        library: the uuid of the library it was made from.
        build: the name of its folder.
        generation: the commit that the checksums were taken after.
        position: every change of the library up to here is in it.
        ahead: later changes that are in it too, post id → position.
        files: name → (size in bytes, CRC-32).
    """

    version: str
    library: str
    build: str
    generation: int
    position: int
    ahead: dict[str, int] = field(default_factory=dict)
    files: dict[str, tuple[int, int]] = field(default_factory=dict)


class IndexStore:
    """The folder of one index.

    Args:
        path: where it is; made, with its parents, if it is not there.

    Raises:
        SearchError: if it cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._sums = Checksums()
        with self.explained("made"):
            self._make()
        with suppress(OSError):  # in a home that cannot be written it can still be read
            path.chmod(path.stat().st_mode & _PRIVATE)

    def _make(self) -> None:
        for folder in (self.path.parent, self.path):  # `parents` would give others the umask's mode
            folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)

    @property
    def _state_file(self) -> Path:
        return self.path / "state.json"

    @contextmanager
    def explained(self, deed: str) -> Iterator[None]:
        """Turn what the disk refuses into a `SearchError`.

        Args:
            deed: what cannot be done then: "made", "written", "locked".
        """
        try:
            yield
        except OSError as error:
            message = f"the search index cannot be {deed}: {error.strerror}"
            raise SearchError(message, where=str(self.path), advice=_ADVICE) from error

    def stamp(self) -> tuple[int, int, int] | None:
        """Return what changes whenever another process publishes a state."""
        try:
            found = self._state_file.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def read(self, library: str, last_change: int) -> State | None:
        """Return the state, or None if there is none of this library and version.

        Args:
            library: the uuid of the library.
            last_change: its last change; an index that claims more is of
                another history of the same library.
        """
        try:
            raw = self._read_state()
            state = State(**raw)
            files = {str(n): (int(size), int(crc)) for n, (size, crc) in state.files.items()}
            ahead = {str(post): int(seq) for post, seq in state.ahead.items()}
            current = state.version == VERSION and state.library == library
            if not current or int(state.position) > last_change:
                return None
            if Path(state.build).name != state.build or not state.build.startswith(_PREFIX):
                return None
            return State(
                VERSION, library, state.build, int(state.generation), int(state.position),
                ahead, files,
            )  # fmt: skip
        except (OSError, ValueError, TypeError, AttributeError):
            return None

    def _read_state(self) -> Any:  # noqa: ANN401 - any JSON
        """Return what the state file holds.

        Raises:
            OSError: if it cannot be read.
            ValueError: if it is no JSON, or nested too deeply to be a state.
        """
        try:
            return json.loads(content(self._state_file, _LARGEST_STATE))
        except RecursionError as error:
            message = "the state is nested too deeply"
            raise ValueError(message) from error

    def publish(self, state: State) -> None:
        """Make a build the current one and delete every other.

        Raises:
            SearchError: if the state cannot be written.
        """
        with self.explained("written"):
            handle, name = tempfile.mkstemp(dir=self.path, prefix="state-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(asdict(state), file)
                file.flush()
                os.fsync(file.fileno())
            if self._state_file.is_dir():  # a file cannot take its place
                shutil.rmtree(self._state_file)
            Path(name).replace(self._state_file)
        self.sweep()

    def sweep(self) -> None:
        """Delete every build but the current one, and what a killed writer left in that.

        The lock must be held, and no writer be open.
        """
        try:
            keep = self._read_state()["build"]
        except (OSError, ValueError, TypeError, KeyError):
            keep = None
        for entry in self.path.iterdir():
            if entry.is_dir() and entry.name != keep:
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.is_dir():
                _sweep_build(entry)
            elif entry.name.startswith("state-"):
                entry.unlink(missing_ok=True)

    def discard(self) -> None:
        """Forget the current build, so that the next sync makes a new one."""
        self._state_file.unlink(missing_ok=True)

    def create(self) -> tuple[str, FileIndex]:
        """Make an empty build and return its name and its index.

        Raises:
            SearchError: if it cannot be made.
        """
        with self.explained("made"):
            path = Path(tempfile.mkdtemp(dir=self.path, prefix=_PREFIX))
            return path.name, whoosh.storage(path).create_index(schema())

    def open(self, state: State) -> FileIndex | None:
        """Return the index of a build, or None if it is damaged."""
        if not self.whole(state):
            return None
        try:
            return whoosh.storage(self.path / state.build).open_index(schema=schema())
        except Exception:  # noqa: BLE001 - whoosh raises anything at all over damaged files
            return None

    def whole(self, state: State) -> bool:
        """Tell whether the files of a build are what was committed.

        A file may only be missing, or another, if a later commit replaced it:
        its writer died, or has not come to writing the state yet.
        """
        build = self.path / state.build
        generation = _generation(build)
        if generation < state.generation:
            return False
        for name, (size, crc) in state.files.items():
            try:
                if (build / name).stat().st_size != size or self._sums.of(build / name) != crc:
                    return False
            except OSError:
                if _generation(build) == state.generation:
                    return False
        return True

    def proven(self, state: State) -> bool:
        """Tell whether whatever whoosh may read of a build is what was committed.

        Every byte is looked at again.
        """
        self._sums.forget()
        return _generation(self.path / state.build) == state.generation and self.whole(state)

    def files(self, build: str, known: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
        """Return size and checksum of every file of a build.

        Args:
            build: its name.
            known: those taken before; files never change once written.
        """
        found = {}
        for path in (self.path / build).iterdir():
            if path.suffix in _COMMITTED:
                known_file = known.get(path.name)
                found[path.name] = known_file or (path.stat().st_size, self._sums.of(path))
        return found

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the one process that writes, for a while.

        Raises:
            SearchError: if another process is.
        """
        lock = whoosh.lock(self.path / "lock")
        with self.explained("locked"):
            self._make()  # somebody may have deleted it
            free = lock.acquire(blocking=False)
        if not free:
            message = "another copy of probation-reader is indexing"
            raise SearchError(message, advice="What is indexed so far can be searched meanwhile")
        try:
            yield
        finally:
            lock.release()


def _sweep_build(build: Path) -> None:
    for path in build.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.suffix not in _COMMITTED and not path.name.endswith(_LOCK):
            path.unlink(missing_ok=True)


def _generation(build: Path) -> int:
    found = [-1]
    if build.is_dir():
        for path in build.glob("_*.toc"):
            number = path.stem.rpartition("_")[2]
            found.append(int(number) if number.isdecimal() else -1)
    return max(found)
