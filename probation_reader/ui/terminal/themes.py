"""The colours of those who do not want their terminal's own.

The widgets draw in the sixteen colours of a terminal; a palette says what each
of them is. Text stands out from its ground by at least 4.5 to 1 (7 to 1 in
high contrast), also where a terminal can show only its nearest sixteen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.style import Style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.color import Color

    from probation_reader.options import ThemeName

_HUES = ("red", "green", "yellow", "blue", "magenta", "cyan")
_NOT_DIM = Style(dim=False)


class Palette(NamedTuple):
    """One set of colours, each as ``#rrggbb``.

    Args:
        ground: behind everything.
        words: text, and whatever has no colour of its own.
        quiet: what stands back.
        red: and so on, the hues of a terminal.
    """

    ground: str
    words: str
    quiet: str
    red: str
    green: str
    yellow: str
    blue: str
    magenta: str
    cyan: str

    def style(self, style: Style) -> Style:
        """Return a style of the terminal's colours in these."""
        words = self._colour(style.color, self.quiet if style.dim else self.words)
        ground = self._colour(style.bgcolor, self.ground)
        return style + _NOT_DIM + Style(color=words, bgcolor=ground)

    def _colour(self, colour: Color | None, default: str) -> str:
        if colour is None or colour.number is None:
            return default
        numbers = (self.ground, *(getattr(self, hue) for hue in _HUES), self.words)
        return self.quiet if colour.number == len(numbers) else numbers[colour.number % 8]


PALETTES: Mapping[ThemeName, Palette] = {
    "dark": Palette(
        ground="#16181a",
        words="#d8d8d2",
        quiet="#9a9a94",
        red="#f08070",
        green="#8fc070",
        yellow="#e0b050",
        blue="#82aaff",
        magenta="#d0a0f0",
        cyan="#6cc7d1",
    ),
    "light": Palette(
        ground="#fbf9f4",
        words="#24221e",
        quiet="#66625a",
        red="#a62020",
        green="#2f6b1f",
        yellow="#7a5200",
        blue="#1f4fa8",
        magenta="#7a2f8f",
        cyan="#00646e",
    ),
    "high-contrast": Palette(
        ground="#000000",
        words="#ffffff",
        quiet="#d0d0d0",
        red="#ff9a9a",
        green="#7dff7d",
        yellow="#ffff00",
        blue="#a8c8ff",
        magenta="#ffa8ff",
        cyan="#00ffff",
    ),
}
