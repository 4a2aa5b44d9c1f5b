"""The one door to whoosh: everything of it that is used, imported here.

Some Python versions warn about whoosh's own source (its escape sequences) when
it is compiled. Those warnings are nothing a reader of comments can act on, and
the test run turns warnings into errors, so they are silenced here and only
while importing.
"""

from __future__ import annotations

import warnings
from functools import lru_cache

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # third-party source; see above
    from whoosh import __version__ as whoosh_version
    from whoosh.codec.whoosh3 import (
        WHOOSH3_HEADER_MAGIC,
        W3Codec,
        W3FieldWriter,
        W3TermInfo,
    )
    from whoosh.columns import VarBytesColumn
    from whoosh.fields import FieldType, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.formats import Existence, Format, Positions
    from whoosh.index import FileIndex, open_dir
    from whoosh.lang.porter import stem as _porter
    from whoosh.matching import ListMatcher, Matcher, NullMatcher
    from whoosh.query import And, Not, Or, Phrase, Query, Term
    from whoosh.reading import SegmentReader
    from whoosh.scoring import BM25F
    from whoosh.searching import Searcher
    from whoosh.util.filelock import FileLock
    from whoosh.util.numeric import length_to_byte
    from whoosh.writing import SegmentWriter

__all__ = [
    "BM25F",
    "WHOOSH3_HEADER_MAGIC",
    "And",
    "Existence",
    "FieldType",
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
    "VarBytesColumn",
    "W3Codec",
    "W3FieldWriter",
    "W3TermInfo",
    "length_to_byte",
    "open_dir",
    "stem",
    "whoosh_version",
]


@lru_cache(maxsize=1 << 17)
def stem(form: str) -> str:
    """Return the English stem of a folded word; numbers and signs stay."""
    return str(_porter(form)) if form.isascii() and form.isalpha() else form
