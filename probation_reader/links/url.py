"""Judges an address: where it leads, and whether it may be opened. Pure.

Only ``http`` and ``https`` are. The host is read as browsers read it, and where
a reading could differ from theirs the address is refused instead: a backslash,
which they take for a slash, a host with escapes, a character that is not seen.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

#: Servers and the systems that start browsers refuse longer ones.
LONGEST = 8_000
NO_HOST = "It is not opened: it names no host"

_LONGEST_HOST = 253
_WEB = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_.])?|[0-9a-f.]*:[0-9a-f.:]+")
_BETWEEN_LABELS = re.compile("[.\u3002\uff0e\uff61]")
#: Controls, white space, lone surrogates, and what is not seen or turns the text about.
_HIDDEN = re.compile(
    "[\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\uffff\ud800-\udfff\U000e0000-\U000effff]"
)
#: Letters that browsers keep and Python's older rule would spell with others.
_KEPT_LETTERS = "ßς"


class Judged(NamedTuple):
    """What became of an address.

    Args:
        address: with its host in ASCII if it may be opened, else as it was given.
        host: the host in ASCII, with the port if one is named; empty if refused.
        refused: why it is not opened, a sentence without a full stop; else empty.
        masked: whether a name stands before the host that could be taken for it.
    """

    address: str
    host: str
    refused: str = ""
    masked: bool = False


def judged(address: str) -> Judged:
    """Return where an address leads, and whether it may be opened."""
    if not _WEB.match(address):
        return Judged(address, "", _other_kind(address))
    if len(address) > LONGEST:
        return Judged(address, "", f"It is not opened: it is longer than {LONGEST:,} characters")
    if _HIDDEN.search(address) or "\\" in address:
        return Judged(address, "", "It is not opened: it holds characters that hide what it is")
    try:
        parts = urlsplit(address)
        name, port = parts.hostname or "", parts.port
        host = _in_ascii(name)
    except ValueError:  # of which UnicodeError is one
        host, port, name = "", None, ""
    if not host:
        return Judged(address, "", NO_HOST)
    user, at, named = parts.netloc.rpartition("@")
    shown = f"[{host}]" if ":" in host else host
    shown = shown if port is None else f"{shown}:{port}"
    if not named.isascii():
        address = address.replace(parts.netloc, f"{user}{at}{shown}", 1)
    return Judged(address, shown, masked=bool(at))


def _other_kind(address: str) -> str:
    scheme = _SCHEME.match(address)
    kind = f"a {scheme[1][:20].lower()}: address" if scheme else "no address of the web"
    return f"It is not opened: it is {kind}, and only http and https are opened"


def _in_ascii(host: str) -> str:
    """Return a host as it is asked for; empty if it cannot be one.

    Raises:
        UnicodeError: if a label cannot be put in ASCII.
    """
    if len(host) > _LONGEST_HOST or "%" in host:
        return ""
    if not host.isascii():
        host = ".".join(map(_label_in_ascii, _BETWEEN_LABELS.split(host)))
    return host if _HOST.fullmatch(host) and ".." not in host else ""


def _label_in_ascii(label: str) -> str:
    if any(letter in label for letter in _KEPT_LETTERS):
        return f"xn--{label.encode('punycode').decode('ascii')}"
    return label.encode("idna").decode("ascii")
