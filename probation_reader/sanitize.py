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
in one-line text, where a name or an address could be disguised with them. What
separates lines in Unicode (U+0085, U+2028, U+2029, and the vertical tab and form
feed of old) breaks a line. Tag characters, which nobody sees, are shown as codes
except in the emoji flags that are made of them.
"""

from __future__ import annotations

import re

_BIDI_CONTROLS = "\u202a-\u202e\u2066-\u2069"
_BIDI_MARKS = "\u061c\u200e\u200f"
_STEERING = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
_SEPARATORS = "\x0b\x0c\x85\u2028\u2029"
#: Deprecated shaping controls, the marks of interlinear annotations, and tags.
_HIDDEN = "\u206a-\u206f\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f"

_UNSAFE = re.compile(f"[{_STEERING}{_BIDI_CONTROLS}{_HIDDEN}]")
_UNSAFE_LINE = re.compile(f"[{_STEERING}{_BIDI_CONTROLS}{_BIDI_MARKS}{_HIDDEN}]")
_UNSAFE_CELL = re.compile(f"[\t\n{_STEERING}{_BIDI_CONTROLS}{_HIDDEN}\u2028\u2029]")
_WHITE = re.compile(f"[\t\n\r{_SEPARATORS}]+")
_SEPARATOR = re.compile(f"[{_SEPARATORS}]")
_LAST_TAG = "\U000e007f"
#: The flag of a region: a black flag and its code in tags.
_FLAG = re.compile("(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f)")

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


def _shown(unsafe: re.Pattern[str], text: str) -> str:
    if _LAST_TAG not in text:
        return unsafe.sub(_sign, text)
    parts = _FLAG.split(text)
    parts[::2] = [unsafe.sub(_sign, part) for part in parts[::2]]
    return "".join(parts)


def safe(text: str) -> str:
    """Return text of any number of lines, safe to send to a terminal.

    Newlines and tabs stay; other characters that separate lines become newlines,
    each its own; every other character that could move a cursor, change a mode
    or reorder a row becomes a visible sign.
    """
    return _shown(_UNSAFE, _SEPARATOR.sub("\n", text))


def safe_line(text: str) -> str:
    """Return a title, name or address as one safe line.

    As `safe`, and runs of line breaks and tabs become one space, and
    directional marks become visible signs.
    """
    return _shown(_UNSAFE_LINE, _WHITE.sub(" ", text))


def safe_cells(text: str) -> str:
    """Return text for the cells of one row of a screen: all controls as signs.

    This is for those who draw; what they are given should be safe already.
    """
    return text if text.isprintable() else _shown(_UNSAFE_CELL, text)
