"""What the reader can choose, each with its default. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from probation_reader.errors import OptionsError

Preset = Literal["vim", "mutt", "newsboat", "emacs"]
ThemeName = Literal["auto", "terminal", "dark", "light", "high-contrast"]
SignSet = Literal["auto", "unicode", "ascii"]
Output = Literal["auto", "lean", "plain"]


class OwnKey(NamedTuple):
    """A key that the reader bound.

    Args:
        place: where it holds, as the keymap calls it.
        key: the key or chord, as it was written.
        action: the id of what it does; empty to unbind the key.
        where: where that was written, ``config.toml:12``, for complaints.
    """

    place: str
    key: str
    action: str
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The choices of one reader.

    Args:
        preset: the keymap to begin with.
        keys: the reader's own bindings, which win over the preset.
        theme: the colours; ``auto`` is the terminal's own 16 colours.
        signs: the lines and signs; ``auto`` is ASCII where the locale or the
            terminal cannot show others.
        output: how the screen is sent; ``lean`` sends only what changed, ``plain``
            is Textual's own output, ``auto`` is lean wherever the terminal can.
        read_after: seconds that the end of a passage must have been on screen to
            count as read; 0 for at once.
        text_width: the longest line of text, in cells.
        indent: cells of one guide; 0 for as many as fit the screen.
        words_per_minute: how fast the reader reads.
        mouse: whether the mouse is listened to.
        clipboard: whether copies are sent to the terminal's clipboard (OSC 52).
    """

    preset: Preset = "vim"
    keys: tuple[OwnKey, ...] = ()
    theme: ThemeName = "auto"
    signs: SignSet = "auto"
    output: Output = "auto"
    read_after: float = 0.6
    text_width: int = 88
    indent: int = 0
    words_per_minute: int = 230
    mouse: bool = True
    clipboard: bool = True


class Configured(NamedTuple):
    """What a file of options says.

    Args:
        options: the options, with the default for what could not be taken.
        problems: what could not be taken, in the order of the file.
    """

    options: Options
    problems: tuple[OptionsError, ...] = ()
