"""The one sanitiser: text from anywhere becomes text that cannot steer a terminal.

Every sink (screen, standard output, exports, window title, errors, log) passes
what it shows through here, and only here. Nothing is dropped: what a terminal
must not receive is replaced by a visible sign, so that a person sees it was
there. Stored text is never changed.

Control characters become their Unicode control pictures (U+2400 block); C1
controls, lone surrogates and directional controls become their code in angle
quotes. Explicit directional controls (embeddings, overrides, isolates) reorder
whole terminal rows, the sidebar included, so they are shown as signs
everywhere; the directional marks, which only hint, are kept in bodies and shown
in one-line text, where a name or an address could be disguised with them.
"""

from __future__ import annotations

import re

_BIDI_CONTROLS = "\u202a-\u202e\u2066-\u2069"
_BIDI_MARKS = "\u061c\u200e\u200f"
_STEERING = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
_SEPARATORS = "\u2028\u2029"

_UNSAFE = re.compile(f"[{_STEERING}{_BIDI_CONTROLS}]")
_UNSAFE_LINE = re.compile(f"[{_STEERING}{_BIDI_CONTROLS}{_BIDI_MARKS}{_SEPARATORS}]")
_WHITE = re.compile(r"[\t\n\r\u2028\u2029]+")

_DELETE = 0x7F
_FIRST_PRINTING = 0x20
_CONTROL_PICTURES = 0x2400
_DELETE_PICTURE = "\u2421"


def _sign(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < _FIRST_PRINTING:
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return _DELETE_PICTURE
    return f"‹{code:04X}›"


def safe(text: str) -> str:
    """Return text of any number of lines, safe to send to a terminal.

    Newlines and tabs stay; every other character that could move a cursor,
    change a mode or reorder a row becomes a visible sign.
    """
    return _UNSAFE.sub(_sign, text)


def safe_line(text: str) -> str:
    """Return a title, name or address as one safe line.

    As `safe`, and runs of line breaks and tabs become one space, and
    directional marks become visible signs.
    """
    return _UNSAFE_LINE.sub(_sign, _WHITE.sub(" ", text))
