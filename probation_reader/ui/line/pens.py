"""Pens: how a cell is drawn, and the shortest way from one pen to another. Pure.

A pen is a string of SGR parameters in one fixed order, so that equal pens are
equal strings: attributes by number, ink, paper. The terminal's own pen is the
empty string. Few pens exist on a screen, so every answer is kept.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

#: The terminal's own pen.
PLAIN = ""
#: The pen that nobody knows, as after what others have sent.
UNKNOWN = "?"

_RESET = "\x1b[m"
#: What each parameter that ends attributes ends.
_ENDS = {
    "22": ("1", "2"),
    "23": ("3",),
    "24": ("4", "21"),
    "25": ("5", "6"),
    "27": ("7",),
    "28": ("8",),
    "29": ("9",),
    "54": ("51", "52"),
    "55": ("53",),
}
_BEGINS = {begun: end for end, ended in _ENDS.items() for begun in ended}
_INKS = {str(code) for code in (*range(30, 38), *range(90, 98))}
_PAPERS = {str(code) for code in (*range(40, 48), *range(100, 108))}
#: Attributes that cannot be seen on a space.
_UNSEEN = {"1", "2", "3", "5", "6", "8"}
#: Parameters that follow ``38;5`` and ``38;2``.
_COLOUR_LENGTHS = {"5": 1, "2": 3}


class _Parts(NamedTuple):
    attributes: frozenset[str]
    ink: str
    paper: str


def _pen(parts: _Parts) -> str:
    attributes = sorted(parts.attributes, key=int)
    return ";".join([*attributes, *filter(None, (parts.ink, parts.paper))])


@lru_cache(maxsize=1024)
def _parts(pen: str) -> _Parts:
    attributes: set[str] = set()
    colours = {"3": "", "4": ""}
    codes = iter(pen.split(";"))
    for code in codes:
        number = code.lstrip("0")
        if not number:
            attributes.clear()
            colours = {"3": "", "4": ""}
        elif number in _ENDS:
            attributes.difference_update(_ENDS[number])
        elif number in _INKS or number in _PAPERS:
            colours["3" if number in _INKS else "4"] = number
        elif number in {"38", "48"}:
            kind = next(codes, "")
            values = [next(codes, "") for _ in range(_COLOUR_LENGTHS.get(kind, 0))]
            colours[number[0]] = ";".join([number, kind, *values])
        elif number in {"39", "49"}:
            colours[number[0]] = ""
        elif number in _BEGINS:
            attributes.add(number)
    return _Parts(frozenset(attributes), colours["3"], colours["4"])


@lru_cache(maxsize=1024)
def after(pen: str, parameters: str) -> str:
    """Return the pen that SGR parameters make of a pen.

    Args:
        pen: the pen before.
        parameters: as in ``CSI parameters m``; ones that mean nothing are passed over.
    """
    return _pen(_parts(f"{pen};{parameters}" if pen else parameters))


@lru_cache(maxsize=1024)
def blanks(pen: str) -> bool:
    """Return whether a space drawn with a pen looks like one of the terminal's own."""
    parts = _parts(pen)
    return pen != UNKNOWN and not parts.paper and parts.attributes <= _UNSEEN


@lru_cache(maxsize=4096)
def change(before: str, wanted: str) -> str:
    """Return the shortest output that takes the terminal from one pen to another.

    Args:
        before: the pen it has, or `UNKNOWN`.
        wanted: the pen it is to have.
    """
    if before == wanted:
        return ""
    if wanted == PLAIN:
        return _RESET
    anew = f"\x1b[;{wanted}m"
    if before == UNKNOWN:
        return anew
    old, new = _parts(before), _parts(wanted)
    ends = {_BEGINS[code] for code in old.attributes - new.attributes}
    kept = old.attributes.difference(*(_ENDS[end] for end in ends))
    codes = [*sorted(ends), *sorted(new.attributes - kept, key=int)]
    if old.ink != new.ink:
        codes.append(new.ink or "39")
    if old.paper != new.paper:
        codes.append(new.paper or "49")
    return min(f"\x1b[{';'.join(codes)}m", anew, key=len)
