"""Notes that were being typed: a file for each, beside the record, until they are kept or dropped.

They are no part of the log. Each file is written whole or not at all, so two
sessions at once disturb each other only where both write about one passage: there
the later draft stands. Where no file can be written there are no drafts.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from probation_reader.errors import ReaderError
from probation_reader.files import replacing
from probation_reader.sanitize import safe_line

if TYPE_CHECKING:
    from pathlib import Path

#: A longer draft is cut, in characters.
LONGEST = 100_000
#: Of more drafts the oldest go.
MOST = 50
_MOST_BYTES = LONGEST * 8


class Draft(NamedTuple):
    """A note that was neither kept nor dropped.

    Args:
        target: the id of the passage it is about.
        text: what was typed, safe to show.
        at: when, in UTC.
    """

    target: str
    text: str
    at: datetime


class Drafts:
    """The drafts of one reader.

    Args:
        folder: where their files are; made, for the user alone, with the first of them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, target: str, text: str) -> None:
        """Write down what has been typed about a passage; it replaces what was there.

        Args:
            target: the id of the passage.
            text: as it stands in the line.
        """
        now = datetime.now(UTC).timestamp()
        draft = json.dumps({"target": target, "text": text[:LONGEST], "at": round(now * 1000)})
        with suppress(OSError, ReaderError):  # nothing can be kept here, as is said at start
            if not self._folder.exists():
                self._folder.mkdir(mode=0o700)
            with replacing(self._file(target)) as file:
                file.write(draft.encode("ascii"))
            for old in self._newest_first()[MOST:]:
                old.unlink(missing_ok=True)

    def drop(self, target: str) -> None:
        """Forget the draft about a passage, if there is one."""
        with suppress(OSError):
            self._file(target).unlink(missing_ok=True)

    def of(self, target: str) -> Draft | None:
        """Return the draft about a passage, None if there is none."""
        draft = _read(self._file(target))
        return draft if draft and draft.target == target else None

    def newest_first(self) -> list[Draft]:
        """Return all drafts."""
        return [draft for file in self._newest_first() if (draft := _read(file))]

    def _file(self, target: str) -> Path:
        import hashlib  # noqa: PLC0415 - slow to load, and most starts need none

        return self._folder / (hashlib.sha256(target.encode()).hexdigest()[:32] + ".json")

    def _newest_first(self) -> list[Path]:
        files = []
        with suppress(OSError):
            files = [(file.stat().st_mtime_ns, file) for file in self._folder.glob("*.json")]
        return [file for _, file in sorted(files, reverse=True)]


def _read(file: Path) -> Draft | None:
    try:
        if not file.is_file() or file.stat().st_size > _MOST_BYTES:
            return None
        data = json.loads(file.read_bytes())
        target, text, at = data["target"], data["text"], data["at"]
        if not (isinstance(target, str) and isinstance(text, str) and isinstance(at, int)):
            return None
        return Draft(target, safe_line(text[:LONGEST]), datetime.fromtimestamp(at / 1000, UTC))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None  # a file that is no draft
