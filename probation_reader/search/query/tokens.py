"""How a query is cut into pieces: the names of its fields, its marks and its words. Pure."""

from __future__ import annotations

import re

from probation_reader.search.query.values import VALUES

#: What may stand before words → the field they are looked for in.
TEXT_FIELDS = {
    "": "text",
    "title": "title",
    "author": "author",
    "by": "author",
    "label": "label",
    "in": "title",
}
#: The names of all fields, sorted.
FIELDS = sorted([*filter(None, TEXT_FIELDS), *VALUES])
#: What may stand between words → what it means.
OPERATORS = {"AND": "AND", "&&": "AND", "&": "AND", "OR": "OR", "||": "OR", "|": "OR", "NOT": "NOT"}
_QUOTES = '"“”„‟«»＂'
#: One piece of a query, named by its group.
PIECE = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<open>\()
    | (?P<close>\))
    | (?P<minus>[-\u2212](?=[^\s)]))
    | (?P<field>(?:{"|".join(FIELDS)}):)\s*
    | =?[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?P<end>[{_QUOTES}]?)
    | (?P<word>[^\s(){_QUOTES}]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: A word that may differ, in as many letters as its second group says.
FUZZY = re.compile(r"(.+)~(\d{0,9})")
#: The sign for it without a word.
SLIPS_ALONE = re.compile(r"~\d*")
