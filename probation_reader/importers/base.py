"""What an importer is and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from probation_reader.errors import ImportFailure

if TYPE_CHECKING:
    from probation_reader.importers.source import Source
    from probation_reader.model import Diagnostic, Thread


@dataclass(frozen=True, slots=True)
class ImportResult:
    """One source, read.

    Args:
        layout: the name of the layout that fitted.
        threads: the posts of the source with their passages, in its order.
        diagnostics: what was seen and not decided silently, by line.
        ledger: one byte per line of the source (see `ledger`).
    """

    layout: str
    threads: tuple[Thread, ...]
    diagnostics: tuple[Diagnostic, ...]
    ledger: bytes


class Importer(Protocol):
    """One form of source. A module with these names is one."""

    @property
    def name(self) -> str:
        """The name of the form, one word."""

    @property
    def expects(self) -> str:
        """What it looks for, as words that fit after "looked for"."""

    def recognises(self, source: Source, /) -> bool:
        """Return whether the source has this form."""

    def read(self, source: Source, /) -> ImportResult:
        """Return the source as threads.

        Raises:
            ImportFailure: if it has this form but is broken, with the line.
        """


def no_layout_error(source: Source, expects: str) -> ImportFailure:
    """Return the refusal of a source that does not have a form.

    Args:
        source: what was to be read.
        expects: what was looked for.
    """
    return ImportFailure(
        f"no layout fits; looked for {expects}", where=f"{source.name}:{source.above + 1}"
    )
