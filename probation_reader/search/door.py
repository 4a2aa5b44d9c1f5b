"""The one door to whoosh: everything of it that is used, imported here.

Some Python versions warn about whoosh's own source (its escape sequences) when
it is compiled. Those warnings are nothing a reader of comments can act on, and
the test run turns warnings into errors, so they are silenced here and only
while importing.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # third-party source; see above
    from whoosh import __version__ as whoosh_version
    from whoosh.codec.base import FieldCursor, FieldWriter, TermsReader
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.columns import VarBytesColumn
    from whoosh.fields import FieldType, Schema
    from whoosh.filedb.filestore import FileStorage
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

if TYPE_CHECKING:
    from pathlib import Path

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


def storage(folder: Path) -> FileStorage:
    """Return the files of a folder, none of them mapped into memory.

    Reading past the end of a mapped file that was cut short ends the process.
    """
    return FileStorage(str(folder), supports_mmap=False)
