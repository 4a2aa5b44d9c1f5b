"""Reads the file of options: TOML text in, `Options` and what is wrong with it out. Pure.

One wrong line never costs the others: what cannot be taken is left at its
default and named with its line. Only text that is no TOML at all gives nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from probation_reader.errors import OptionsError
from probation_reader.options import Configured, Options, OwnKey
from probation_reader.slips import perhaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: What `Options` allows of its numbers: the least and the most.
RANGES: dict[str, tuple[float, float]] = {
    "read_after": (0, 60),
    "text_width": (20, 300),
    "indent": (0, 8),
    "words_per_minute": (50, 2000),
}
_KEYS = "keys"
#: A complaint quotes at most this many characters of a value.
_QUOTED = 40
#: What Python says of a file, as people would.
_PLAINER = {"Cannot overwrite a value": "a name stands here that stood in this table before"}

EXAMPLE = """\
# What you leave out stays as it is here.

# The keys to begin with: vim, mutt, newsboat, emacs.
preset = "vim"

# Colours. auto and terminal: your terminal's own; dark, light, high-contrast: these.
theme = "auto"

# Lines and signs: auto, unicode, ascii.
signs = "auto"

# How the screen is sent: lean (only what changed), plain, auto (lean where it can be).
output = "auto"

# A passage counts as read when its end has been on the screen for so many seconds.
read_after = 0.6

# The longest line of text, in columns.
text_width = 88

# Columns for each level of replies; 0 for what the screen has room for.
indent = 0

# How fast you read, for "about 9 minutes".
words_per_minute = 230

# Whether the mouse is listened to. Without it, the terminal selects text itself.
mouse = true

# Whether copied text is sent to your terminal's clipboard (OSC 52).
clipboard = true

# Your own keys, by place; they win over the preset. An empty word frees a key.
# 'probation-reader keys' lists the places, the actions and their keys.
[keys.thread]
"x" = "next_top"
"Ctrl+t" = "top"
"s" = ""

[keys.posts]
"x" = "open_post"
"""


def read(text: str, name: str) -> Configured:
    """Return the options that a file of options says.

    Args:
        text: what stands in it.
        name: what it is called in complaints.
    """
    import tomllib  # noqa: PLC0415 - most readers have no such file: start-up time

    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Configured(Options(), (_broken(error, text, name),))
    file = _File(name, _lines(text))
    options: dict[str, Any] = {}
    for option, value in said.items():
        if option == _KEYS:
            options[_KEYS] = file.keys(value)
        elif file.may_be(option, value):
            options[option] = value
    return Configured(Options(**options), tuple(file.problems))


class _File:
    """One file of options.

    Args:
        name: what it is called in complaints.
        lines: the line of each key, by its path of tables.

    Attributes:
        problems: what could not be taken so far.
    """

    def __init__(self, name: str, lines: Mapping[tuple[str, ...], int]) -> None:
        self._name = name
        self._lines = lines
        self.problems: list[OptionsError] = []

    def may_be(self, option: str, value: object) -> bool:
        """Return whether an option may have a value; if not, say why."""
        kinds = get_type_hints(Options)
        if option not in kinds:
            message = f"no option is called '{_short(option)}'{perhaps(option, kinds)}"
            return self._refuse(message, f"options: {', '.join(kinds)}", option)
        kind = kinds[option]
        if choices := get_args(kind):
            if value in choices:
                return True
            message = f"{option} cannot be '{_short(value)}'{perhaps(str(value), choices)}"
            return self._refuse(message, f"{option} is one of {', '.join(choices)}", option)
        if kind is bool:
            message = f"{option} is true or false, without quotes, not '{_short(value)}'"
            return isinstance(value, bool) or self._refuse(message, "", option)
        return self._is_number(option, value, whole=kind is int)

    def _is_number(self, option: str, value: object, *, whole: bool) -> bool:
        least, most = RANGES[option]
        number = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        if number and least <= value <= most:  # type: ignore[operator]  # it is a number
            return True
        kind = "a whole number" if whole else "a number"
        message = f"{option} is {kind} from {least} to {most}, not '{_short(value)}'"
        return self._refuse(message, "", option)

    def keys(self, places: object) -> tuple[OwnKey, ...]:
        """Return the reader's own keys; what they mean is not looked at here."""
        taken = []
        for place, bound in places.items() if isinstance(places, dict) else [("", "")]:
            if not isinstance(bound, dict):
                self._refuse("keys stand below their place: [keys.thread]", "", _KEYS, place)
                continue
            for key, action in bound.items():
                where = self._where(_KEYS, place, key)
                if isinstance(action, str):
                    taken.append(OwnKey(place, key, action, where))
                else:
                    message = f"the action of '{_short(key)}' is a word in quotes"
                    self._refuse(message, "", _KEYS, place, key)
        return tuple(taken)

    def _refuse(self, message: str, advice: str, *path: str) -> bool:
        self.problems.append(OptionsError(message, where=self._where(*path), advice=advice))
        return False

    def _where(self, *path: str) -> str:
        ends = (path[:end] for end in range(len(path), 0, -1))
        line = next((self._lines[end] for end in ends if end in self._lines), None)
        return f"{self._name}:{line}" if line else self._name


def _broken(error: ValueError, text: str, name: str) -> OptionsError:
    """Return what is wrong with text that is no TOML, with its line."""
    found = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", str(error))
    what, line = (found[1], found[2]) if found else (str(error), None)
    line = line or str(max(1, len(text.splitlines())))
    said = _PLAINER.get(what, f"{what[:1].lower()}{what[1:]}")
    message = f"this is not TOML: {said}"
    advice = "until this is put right every option is at its default"
    return OptionsError(message, where=f"{name}:{line}", advice=advice)


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """Return the line of each key and table of a file, counted from 1.

    Each line is read by itself; one that means something only together with
    others has no place here, and a complaint about it names the file alone.
    """
    import tomllib  # noqa: PLC0415 - as in `read`

    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        try:
            said = tomllib.loads(line)
        except tomllib.TOMLDecodeError:
            continue
        paths = list(_paths(said))
        if line.lstrip().startswith("["):
            table, paths = paths[0], [()]
        for path in paths:
            for end in range(len(table + path), 0, -1):
                found.setdefault((table + path)[:end], number)
    return found


def _paths(said: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for key, value in said.items():
        if isinstance(value, dict) and value:
            yield from ((key, *path) for path in _paths(value))
        else:
            yield (key,)


def _short(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
