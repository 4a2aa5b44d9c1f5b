"""The one door to whoosh: everything of it that is used, imported here.

Whoosh keeps its lists of segments and of files as pickles, which can run anything
when they are read. `storage` reads only those made of what an index is made of, so
that a folder from elsewhere, with checksums that fit, is refused like a damaged one.

Some Python versions warn about whoosh's own source (its escape sequences) when
it is compiled. Those warnings are nothing a reader of comments can act on, and
the test run turns warnings into errors, so they are silenced here and only
while importing.
"""

from __future__ import annotations

import os
import pickle
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # third-party source; see above
    from whoosh import __version__ as whoosh_version
    from whoosh.codec.base import FieldCursor, FieldWriter, TermsReader
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.columns import VarBytesColumn
    from whoosh.fields import FieldType, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import StructFile
    from whoosh.formats import Existence, Format, Positions
    from whoosh.index import FileIndex
    from whoosh.lang.snowball.english import EnglishStemmer
    from whoosh.matching import ListMatcher, Matcher, NullMatcher
    from whoosh.query import And, Not, Or, Phrase, Query, Term
    from whoosh.reading import SegmentReader, TermInfo, TermNotFound
    from whoosh.scoring import BM25F
    from whoosh.searching import Searcher
    from whoosh.util.filelock import FileLock
    from whoosh.util.numeric import byte_to_length, length_to_byte
    from whoosh.writing import SegmentWriter

__all__ = [
    "BM25F",
    "And",
    "Existence",
    "FieldCursor",
    "FieldType",
    "FieldWriter",
    "FileIndex",
    "FileLock",
    "FileStorage",
    "Format",
    "ListMatcher",
    "Matcher",
    "Not",
    "NullMatcher",
    "Or",
    "Phrase",
    "Positions",
    "Query",
    "Schema",
    "Searcher",
    "SegmentReader",
    "SegmentWriter",
    "Term",
    "TermInfo",
    "TermNotFound",
    "TermsReader",
    "UntrustedPickleError",
    "VarBytesColumn",
    "W3Codec",
    "byte_to_length",
    "english_stem",
    "length_to_byte",
    "storage",
    "whoosh_version",
]


_STEMMER = EnglishStemmer()


def english_stem(form: str) -> str:
    """Return the stem of an English word of small letters, by Porter's second algorithm.

    Whoosh's own short version of the first one is quicker and wrong: it parts
    ``communities`` from ``community`` and ``tagging`` from ``tags``.
    """
    return str(_STEMMER.stem(form))


#: What whoosh's pickles of an index are made of.
_HARMLESS = frozenset(
    {
        ("builtins", "int"),
        ("collections", "defaultdict"),
        ("probation_reader.search.engine.writer", "CompactCodec"),
        ("whoosh.codec.whoosh3", "W3Segment"),
    }
)

#: The mode of the files of an index.
_PRIVATE = 0o600


class UntrustedPickleError(Exception):
    """A file holds what no index is made of."""


class _Unpickler(pickle.Unpickler):
    """Makes nothing but what an index is made of."""

    def find_class(self, module: str, name: str, /) -> Any:  # noqa: ANN401 - pickle's signature
        """Return what is named, if it is harmless.

        Raises:
            UntrustedPickleError: if it is not.
        """
        if (module, name) not in _HARMLESS:
            message = f"{module}.{name} is no part of an index"
            raise UntrustedPickleError(message)
        return super().find_class(module, name)


class _Read(StructFile):  # type: ignore[misc]  # whoosh is untyped
    """A file of an index that is read."""

    def read_pickle(self) -> Any:  # noqa: ANN401 - whoosh's signature
        """Return what is pickled next."""
        try:
            return _Unpickler(self.file).load()
        except BaseException:
            self.close()  # whoosh would leave it open
            raise


class _Files(FileStorage):  # type: ignore[misc]  # whoosh is untyped
    """The files of an index, wherever they come from."""

    def open_file(self, name: str, **options: Any) -> _Read:  # noqa: ANN401 - whoosh's signature
        """Open a file to read it."""
        return _Read((Path(self.folder) / name).open("rb"), name=name, **options)

    def create_file(
        self,
        name: str,
        excl: bool = False,  # noqa: FBT001, FBT002 - whoosh's signature
        mode: str = "wb",
        **options: Any,  # noqa: ANN401 - whoosh's signature
    ) -> StructFile:
        """Make a file for its owner alone."""
        flags = os.O_CREAT | os.O_RDWR | (os.O_EXCL if excl else os.O_TRUNC)
        handle = os.open(Path(self.folder) / name, flags, _PRIVATE)
        return StructFile(os.fdopen(handle, mode), name=name, **options)

    def lock(self, name: str) -> FileLock:
        """Return a lock on a file for its owner alone."""
        return lock(Path(self.folder) / name)


def lock(path: Path) -> FileLock:
    """Return a lock on a file, which is made for its owner alone."""
    with suppress(OSError):  # taking the lock says what is wrong
        path.touch(mode=_PRIVATE)
    return FileLock(str(path))


def storage(folder: Path) -> FileStorage:
    """Return the files of a folder, none of them mapped into memory.

    Reading past the end of a mapped file that was cut short ends the process.
    """
    return _Files(str(folder), supports_mmap=False)
