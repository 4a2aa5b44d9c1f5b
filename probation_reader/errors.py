"""Every error a person may meet: one root, one family per room.

An error says what happened, where, and what to do about it. Programming
errors are not wrapped: they stay ordinary Python exceptions.
"""

from __future__ import annotations


class ReaderError(Exception):
    """The root of every expected failure.

    Args:
        message: what happened, one sentence without a final full stop.
        where: the place, as ``file``, ``file:line`` or a path; empty if none.
        advice: what the person can do about it; empty if nothing.
    """

    def __init__(self, message: str, *, where: str = "", advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.advice = advice

    def __str__(self) -> str:
        """Return ``where: message. Advice`` with the empty parts left out."""
        place = f"{self.where}: " if self.where else ""
        advice = f". {self.advice[0].upper()}{self.advice[1:]}" if self.advice else ""
        return f"{place}{self.message}{advice}"


class ImportFailure(ReaderError):  # noqa: N818 - "ImportError" belongs to Python
    """A source file cannot become threads; nothing of it is stored."""


class LibraryError(ReaderError):
    """The library database cannot be opened, read or written."""


class UnknownIdError(LibraryError):
    """No post or passage has the id that was asked for, or several do."""


class SearchError(ReaderError):
    """The search index cannot be built, opened or read."""


class DamagedIndexError(SearchError):
    """The search index turned out to be damaged; the next sync makes it anew."""


class RecordError(ReaderError):
    """The personal record cannot be opened, read or written."""


class OptionsError(ReaderError):
    """Something in the file of options cannot be taken as it stands."""
