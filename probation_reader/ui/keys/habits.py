"""What the reader's choices come to on the screen, for every widget to ask.

The application holds the one `Habits`; whoever needs a key to name asks
`habits_of` at the moment it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from probation_reader.ui.keys.keymap import DEFAULT, Keymap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.dom import DOMNode

    from probation_reader.errors import OptionsError
    from probation_reader.options import Options


class Habits(NamedTuple):
    """How one reader uses the screen.

    Args:
        keymap: which key does what.
    """

    keymap: Keymap = DEFAULT


def habits(options: Options) -> Habits:
    """Return what the reader's options come to."""
    if options.preset == "vim" and not options.keys:
        return Habits()
    return Habits(Keymap(options.preset, options.keys))


def remark(problems: Sequence[OptionsError], room: int) -> str:
    """Return what the status row says of options that could not be taken.

    Args:
        problems: what could not be taken; one at least.
        room: the cells it should fit into.
    """
    more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
    first = problems[0]
    said = f"{first.where}: {first.message}{more}"
    short = f"{first.where} is wrong: doctor says why"
    forms = (f"{said}; see probation-reader doctor", f"{said}; see doctor", short)
    return next((form for form in forms if len(form) <= room), short)


def habits_of(node: DOMNode) -> Habits:
    """Return the habits of the reader who sees a widget or screen."""
    found: Habits = getattr(node.app, "habits", Habits())
    return found
