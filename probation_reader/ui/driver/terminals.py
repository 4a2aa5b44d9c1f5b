"""Which terminals the lean output is made for. Pure.

It needs what every descendant of the VT102 has: absolute and relative cursor
moves, a scroll region, inserting and deleting rows, erasing to the right, and
starting at the right edge without wrapping. The table names families by how
their ``TERM`` begins.
"""

from __future__ import annotations

_CAPABLE = (
    *("xterm", "tmux", "screen", "linux", "rxvt", "alacritty", "kitty", "foot", "st-", "konsole"),
    *("vt102", "vt22", "vt24", "vt32", "vt34", "vt42", "vt510", "vt520", "vt525"),
    *("putty", "mosh", "gnome", "vte", "wezterm", "ghostty", "contour", "mintty", "cygwin"),
    *("iterm", "eterm", "mlterm", "fbterm", "kterm", "nsterm"),
)
_CAPABLE_ALONE = {"st"}
#: These show what they do not know of a command that shapes the cursor.
_WITHOUT_SHAPES = ("linux", "vt", "fbterm", "cygwin", "putty", "nsterm", "eterm", "kterm")


def is_capable(term: str) -> bool:
    """Return whether the lean output may be used on a terminal by the name ``TERM``."""
    name = term.lower()
    return name in _CAPABLE_ALONE or name.startswith(_CAPABLE)


def shapes_cursor(term: str) -> bool:
    """Return whether the cursor's shape may be chosen (DECSCUSR)."""
    return is_capable(term) and not term.lower().startswith(_WITHOUT_SHAPES)
