"""How a copy reaches the clipboard of the person's own terminal: OSC 52. Pure.

The terminal never says whether it took it, so a copy is always shown, too. The
text goes as base64, so that nothing in it can steer what it passes through.

tmux takes the sequence itself where ``set-clipboard`` is ``on`` and hands a
wrapped one on where ``allow-passthrough`` is; each way it ignores the other, so
it is sent both. GNU screen hands on what is wrapped in pieces of at most 760
bytes; of a bare one that is longer it would print the rest.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Of base64, in characters: xterm and those that follow it take no more.
LONGEST = 74_994

_SCREEN_PIECE = 700
_WITHOUT = ("dumb", "linux", "vt", "cons", "sun", "wyse", "unknown")


class Way(NamedTuple):
    """A way to the clipboard.

    Args:
        longest: how many characters of base64 it takes.
        wrapped: makes what is sent of a bare sequence.
    """

    longest: int
    wrapped: Callable[[str], str]


def way(environ: Mapping[str, str]) -> Way | None:
    """Return the way to the clipboard from here; None if the terminal is known to have none."""
    term = environ.get("TERM", "")
    if not term or term.startswith(_WITHOUT):
        return None
    if term.startswith("tmux"):
        return Way(LONGEST, _through_tmux)
    if "STY" in environ and term.startswith("screen"):
        return Way(LONGEST, _through_screen)
    if "TMUX" in environ:
        return Way(LONGEST, _through_tmux)
    if term.startswith("screen"):  # tmux or GNU screen, at the other end of a line
        return Way(_SCREEN_PIECE, str)
    return Way(LONGEST, str)


def sequence(text: str, environ: Mapping[str, str]) -> str:
    """Return what to send to have a text on the clipboard; empty if that cannot be."""
    by = way(environ)
    encoded = _encoded(text)
    fits = by is not None and len(encoded) <= by.longest
    return by.wrapped(f"\x1b]52;c;{encoded}\x07") if by and fits else ""


def hindrance(text: str, environ: Mapping[str, str]) -> str:
    """Return why a text cannot be sent to the clipboard, a sentence; empty if it can."""
    by = way(environ)
    if by is None:
        return "This terminal takes no copies"
    if len(_encoded(text)) > by.longest:
        return f"Nothing was copied: {len(text):,} characters are too many for this terminal"
    return ""


def _encoded(text: str) -> str:
    return b64encode(text.encode("utf-8", "replace")).decode("ascii")


def _through_tmux(bare: str) -> str:
    escaped = bare.replace("\x1b", "\x1b\x1b")
    return f"{bare}\x1bPtmux;{escaped}\x1b\\"


def _through_screen(bare: str) -> str:
    starts = range(0, len(bare), _SCREEN_PIECE)
    return "".join(f"\x1bP{bare[at : at + _SCREEN_PIECE]}\x1b\\" for at in starts)
