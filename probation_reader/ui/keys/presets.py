"""The keymaps one can begin with, each as what it changes in the registry.

The registry itself is the preset ``vim``. A preset gives keys of other programs
to what comes nearest here; what it does not name keeps the keys of the registry.
An action that loses a key to a preset keeps or gets another one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from probation_reader.options import Preset
    from probation_reader.ui.keys.actions import Place

#: Keys of some places, and the ids of the actions they are bound to.
Changes = tuple[tuple["Place", ...], Mapping[str, str]]

_MUTT: tuple[Changes, ...] = (
    (
        ("thread",),
        {
            "Enter": "line_down",
            "Backspace": "line_up",
            "-": "read_back",
            "Ctrl+n": "next_top",
            "Alt+v": "toggle_fold",
            "Alt+V": "fold_all",
            "Alt+n": "next_sibling",
            "Alt+p": "previous_sibling",
            "Alt+r": "mark_branch",
            "F": "toggle_bookmark",
            "c": "back",
        },
    ),
    (
        ("thread", "posts"),
        {"l": "filter", "x": "leave", "Ctrl+r": "mark_thread", "U": "redo"},
    ),
    (("peek", "help"), {"x": "back"}),
    (
        ("thread", "peek", "posts", "help"),
        {"]": "half_down", "[": "half_up", "^": "top", "*": "bottom"},
    ),
)

_NEWSBOAT: tuple[Changes, ...] = (
    (("thread",), {"Ctrl+b": "toggle_bookmark", "s": "toggle_bookmark", "u": "open_link"}),
    (("thread", "posts"), {"n": "next_unread", "p": "previous_unread", "U": "undo"}),
    (("posts",), {"Ctrl+f": "back"}),
)

_EMACS: tuple[Changes, ...] = (
    (
        ("thread", "peek"),
        {
            "n": "next_passage",
            "p": "previous_passage",
            "Ctrl+n": "line_down",
            "Ctrl+p": "line_up",
            "Ctrl+f": "unfold",
            "Ctrl+b": "fold",
        },
    ),
    (
        ("thread",),
        {
            "Ctrl+s": "find",
            "Alt+w": "copy_text",
            "Ctrl+x o": "back",
        },
    ),
    (
        ("thread", "posts"),
        {
            "Ctrl+x b": "filter",
            "Ctrl+x 1": "sidebar",
            "Ctrl+x u": "undo",
            "Ctrl+_": "undo",
            "Ctrl+x Ctrl+x": "jump_back",
            "Ctrl+x Ctrl+c": "quit",
            "Alt+x": "palette",
        },
    ),
    (("found",), {"Ctrl+s": "find_next", "Ctrl+r": "find_previous"}),
    (("find",), {"Ctrl+s": "find_next", "Ctrl+r": "find_previous"}),
    (
        ("posts",),
        {
            "n": "row_down",
            "p": "row_up",
            "Ctrl+n": "row_down",
            "Ctrl+p": "row_up",
            "Ctrl+s": "search",
            "Ctrl+x o": "back",
        },
    ),
    (("help",), {"Ctrl+n": "row_down", "Ctrl+p": "row_up"}),
    (
        ("thread", "peek", "posts", "help", "search", "list", "filter"),
        {"Ctrl+v": "page_down", "Alt+v": "page_up"},
    ),
    (
        (
            "thread",
            "found",
            "peek",
            "posts",
            "help",
            "search",
            "find",
            "note",
            "name",
            "list",
            "filter",
            "file",
        ),
        {"Ctrl+g": "back"},
    ),
)

PRESETS: Mapping[Preset, tuple[Changes, ...]] = {
    "vim": (),
    "mutt": _MUTT,
    "newsboat": _NEWSBOAT,
    "emacs": _EMACS,
}
