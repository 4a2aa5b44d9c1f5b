"""How the reader wants hits to be shown, remembered from one start to the next.

It is kept in a file that may be lost at any time: what cannot be read there is as
at the very first start, and what cannot be written holds for this time only.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from probation_reader.files import content

if TYPE_CHECKING:
    from pathlib import Path

NEWEST_FIRST = "newest first"
_MOST_BYTES = 1000


class HitListOptions(NamedTuple):
    """How hits are shown.

    Args:
        by_date: the newest first, instead of the best.
        by_post: grouped by post, those in the open thread first.
    """

    by_date: bool = False
    by_post: bool = True

    def said(self) -> str:
        """Return it in words."""
        order = NEWEST_FIRST if self.by_date else "best first"
        return f"{order}, by post" if self.by_post else order


AT_FIRST = HitListOptions()


def remembered(file: Path) -> HitListOptions:
    """Return how hits were shown last."""
    with suppress(OSError, ValueError, RecursionError):
        said = json.loads(content(file, _MOST_BYTES))
        if isinstance(said, dict):
            known = {name: said.get(name) for name in HitListOptions._fields}
            return HitListOptions(
                **{name: value for name, value in known.items() if value in (True, False)}
            )
    return AT_FIRST


def remember(file: Path, manner: HitListOptions) -> None:
    """Write down how hits are shown."""
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(json.dumps(manner._asdict()), encoding="ascii")
