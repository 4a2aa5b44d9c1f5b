"""Where things live on disk. The only file that knows platformdirs.

With a root given (``--data-dir`` or ``PROBATION_READER_HOME``) everything
stands under that one folder; otherwise in the user's own directories.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

APP = "probation-reader"
HOME_VARIABLE = "PROBATION_READER_HOME"


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one user.

    Args:
        data: the library and the personal record.
        cache: the search index, which may be deleted at any time.
        config: options and keymap.
        log: the file that unexpected errors are written to.
    """

    data: Path
    cache: Path
    config: Path
    log: Path

    @property
    def library(self) -> Path:
        """The database of imported threads."""
        return self.data / "library.sqlite3"

    @property
    def record(self) -> Path:
        """The database of what the reader did."""
        return self.data / "personal.sqlite3"

    @property
    def drafts(self) -> Path:
        """The folder of the notes that were being typed."""
        return self.data / "drafts"

    @property
    def options_file(self) -> Path:
        """The file of options, which the reader writes."""
        return self.config / "config.toml"

    @property
    def index(self) -> Path:
        """The folder of the search index."""
        return self.cache / "index"

    @property
    def manner(self) -> Path:
        """How hits were shown last."""
        return self.cache / "hits.json"

    @property
    def last_screen(self) -> Path:
        """What the screen showed when it was left; `early` finds it without this file."""
        return self.cache / "last-screen.json"


def resolve(root: Path | None = None) -> Paths:
    """Return the folders to use; none of them is created here.

    Args:
        root: one folder for everything; without it the environment's
            ``PROBATION_READER_HOME``, and without that the user's own folders.
    """
    if root is None and (home := os.environ.get(HOME_VARIABLE)):
        root = Path(home)
    if root is not None:
        root = root.expanduser().absolute()
        return Paths(root / "data", root / "cache", root / "config", root / "log" / f"{APP}.log")
    from platformdirs import PlatformDirs  # noqa: PLC0415 - only where it is needed: start-up time

    dirs = PlatformDirs(APP, appauthor=False)
    return Paths(
        dirs.user_data_path,
        dirs.user_cache_path,
        dirs.user_config_path,
        dirs.user_log_path / f"{APP}.log",
    )


def corpus() -> Path | None:
    """Return the folder of the sample captures, or None if it is not there.

    In a wheel it is inside the package; in a checkout it stands beside it.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "corpus", here.parent / "corpus"):
        if folder.is_dir():
            return folder
    return None
