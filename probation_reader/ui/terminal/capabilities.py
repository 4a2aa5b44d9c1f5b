"""What the terminal at the other end can show, as far as it says so. Pure.

Where it says nothing it can show everything: most can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNICODE = frozenset({"utf8", "utf16", "utf32"})
#: Names of terminals that have neither colours nor signs beyond ASCII begin so.
_OLD = ("vt", "dumb", "unknown")
#: Names of terminals that have no colours end so.
_GREY = ("-m", "-mono")


class Terminal(NamedTuple):
    """What a terminal can show.

    Args:
        colours: whether it has colours and the reader wants to see them.
        signs: whether it has lines and signs beyond ASCII.
        encoding: the encoding of what is sent to it.
    """

    colours: bool = True
    signs: bool = True
    encoding: str = "utf-8"

    def has(self, text: str) -> bool:
        """Return whether its encoding has all of a text."""
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True

    @property
    def any_text(self) -> bool:
        """Whether its encoding has every character."""
        return self.encoding.lower().replace("-", "") in _UNICODE


def described(environment: Mapping[str, str], encoding: str) -> Terminal:
    """Return what is known of the terminal.

    Args:
        environment: ``TERM`` names it; any ``NO_COLOR`` that is not empty asks
            for no colours (https://no-color.org).
        encoding: the encoding of the locale.
    """
    name = environment.get("TERM", "")
    old = name.startswith(_OLD)
    grey = bool(environment.get("NO_COLOR")) or old or name.endswith(_GREY)
    encoding = "ascii" if old else encoding
    any_text = Terminal(encoding=encoding).any_text
    return Terminal(colours=not grey, signs=any_text, encoding=encoding)
