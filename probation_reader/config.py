"""Reads the file of options: TOML text in, `Options` and what is wrong with it out. Pure.

One wrong line never costs the others: each statement is read by itself, and what
cannot be taken is left at its default and named with its line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from probation_reader.errors import OptionsError
from probation_reader.options import Configured, Options, OwnKey
from probation_reader.phrases import perhaps
from probation_reader.toml_statements import LONGEST as LONGEST_STATEMENT
from probation_reader.toml_statements import Statement, key_parts, statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: What `Options` allows of its numbers: the least and the most.
RANGES: dict[str, tuple[float, float]] = {
    "read_after": (0, 60),
    "text_width": (20, 300),
    "indent": (0, 8),
    "words_per_minute": (50, 2000),
}
#: Of a longer text, in characters, nothing is read; nor after so many problems.
LONGEST = 1_000_000
MOST_PROBLEMS = 100
#: No dotted key has more parts: "keys.thread.x" has three.
MOST_PARTS = 8
_KEYS = "keys"
#: A complaint quotes at most this many characters of a value.
_QUOTED = 40
_LEFT_OUT = "it is left out; all other lines hold"
#: A table's head, though it may be broken; the rest of a broken list is none.
_HEAD = re.compile(r"""\s*\[{1,2}[^\S\n]*[\w"'][^\[\],=\n]*(?:\].*)?\n?""")
_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", re.DOTALL)

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
        text: what stands in it; bytes that are no UTF-8 as lone surrogates.
        name: what it is called in complaints.
    """
    if len(text) > LONGEST:
        advice = "every option is at its default"
        problem = OptionsError(f"this is longer than {LONGEST:,} bytes", where=name, advice=advice)
        return Configured(Options(), (problem,))
    file = _SettingsFile(name)
    for statement in statements(text):
        if len(file.problems) >= MOST_PROBLEMS:
            where = f"{name}:{statement.line}"
            message = "there are too many problems: from here on nothing was read"
            file.problems.append(OptionsError(message, where=where))
            break
        file.take(statement)
    return Configured(Options(**file.options, keys=tuple(file.keys)), tuple(file.problems))


class _SettingsFile:
    """One file of options.

    Args:
        name: what it is called in complaints.

    Attributes:
        options: the options taken so far, without the keys.
        keys: the reader's own keys so far; what they mean is not looked at here.
        problems: what could not be taken so far.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._line = 0
        # The table of the statements that follow; None for one that cannot be taken.
        self._table: tuple[str, ...] | None = ()
        self._known: set[tuple[str, ...]] = set()
        self.options: dict[str, Any] = {}
        self.keys: list[OwnKey] = []
        self.problems: list[OptionsError] = []

    def take(self, statement: Statement) -> None:
        """Take a statement in, or say what is wrong with it."""
        self._line = statement.line
        said = self._parsed(statement)
        if _HEAD.fullmatch(statement.text[:LONGEST_STATEMENT]):
            self._table = None if said is None else self._head(said)
        elif said is not None and self._table is not None:
            for path, value in _leaves(said, self._table):
                self._set(path, value)

    def _parsed(self, statement: Statement) -> dict[str, Any] | None:
        import tomllib  # noqa: PLC0415 - most readers have no such file: start-up time

        if len(statement.text) > LONGEST_STATEMENT:
            self._broken(f"it is longer than {LONGEST_STATEMENT:,} characters")
            return None
        if key_parts(statement.text) > MOST_PARTS:
            self._refuse(f"a key here has more than {MOST_PARTS} parts", _LEFT_OUT)
            return None
        if any("\ud800" <= sign <= "\udfff" for sign in statement.text):
            self._refuse("this is not UTF-8", _LEFT_OUT)
            return None
        try:
            return tomllib.loads(statement.text)
        except RecursionError:
            self._broken("it is nested too deeply")
        except ValueError as error:
            found = _PLACE.fullmatch(str(error))
            self._line += int(found[2] or 1) - 1 if found else 0
            self._broken(found[1] if found else _in_words(error))
        return None

    def _broken(self, what: str) -> None:
        self._refuse(f"this is not TOML: {what[:1].lower()}{what[1:]}", _LEFT_OUT)

    def _head(self, said: Mapping[str, Any]) -> tuple[str, ...] | None:
        """Return the table that a head begins, None if it cannot be taken."""
        path: list[str] = []
        inner: object = said
        while isinstance(inner, dict) and inner:
            ((name, inner),) = inner.items()
            path.append(name)
        if path[0] != _KEYS or len(path) > len(("keys", "place")) or isinstance(inner, list):
            self._set(tuple(path), inner)
            return None
        if tuple(path) in self._known:
            self._refuse(f"the table [{_short('.'.join(path))}] stood here before", "")
        self._known.add(tuple(path))
        return tuple(path)

    def _set(self, path: tuple[str, ...], value: object) -> None:
        if path in self._known:
            self._refuse(f"'{_short(path[-1])}' stood in this table before", _LEFT_OUT)
            return
        self._known.add(path)
        if path[0] == _KEYS:
            self._bind(path, value)
        else:
            option = path[0]
            value = {path[1]: value} if path[1:] else value
            if self.may_be(option, value):
                self.options[option] = value

    def _bind(self, path: tuple[str, ...], action: object) -> None:
        place, key = (*path[1:], "", "")[:2]
        if len(path) <= len(("keys", "place")):
            if action != {}:
                self._refuse("keys stand below their place: [keys.thread]", "")
        elif isinstance(action, str) and len(path) == len(("keys", "place", "key")):
            self.keys.append(OwnKey(place, key, action, f"{self._name}:{self._line}"))
        else:
            self._refuse(f"the action of '{_short(key)}' is a word in quotes", "")

    def may_be(self, option: str, value: object) -> bool:
        """Return whether an option may have a value; if not, say why."""
        kinds = get_type_hints(Options)
        if option not in kinds:
            message = f"no option is called '{_short(option)}'{perhaps(_short(option), kinds)}"
            return self._refuse(message, f"options: {', '.join(kinds)}")
        kind = kinds[option]
        if choices := get_args(kind):
            if value in choices:
                return True
            message = f"{option} cannot be '{_short(value)}'{perhaps(_short(value), choices)}"
            return self._refuse(message, f"{option} is one of {', '.join(choices)}")
        if kind is bool:
            message = f"{option} is true or false, without quotes, not '{_short(value)}'"
            return isinstance(value, bool) or self._refuse(message, "")
        return self._is_number(option, value, whole=kind is int)

    def _is_number(self, option: str, value: object, *, whole: bool) -> bool:
        least, most = RANGES[option]
        number = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        if number and least <= value <= most:  # type: ignore[operator]  # it is a number
            return True
        kind = "a whole number" if whole else "a number"
        message = f"{option} is {kind} from {least} to {most}, not '{_short(value)}'"
        return self._refuse(message, "")

    def _refuse(self, message: str, advice: str) -> bool:
        where = f"{self._name}:{self._line}"
        self.problems.append(OptionsError(message, where=where, advice=advice))
        return False


def _leaves(
    said: Mapping[str, Any], table: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield the values of a statement with their paths, those of keys down to each key."""
    for name, value in said.items():
        path = (*table, name)
        below = isinstance(value, dict) and value
        if below and path[0] == _KEYS and len(path) <= len(("keys", "place")):
            yield from _leaves(value, path)
        else:
            yield path, value


def _in_words(error: ValueError) -> str:
    """Return what a value without a place is: Python's own words for a long number are none."""
    return "a number has too many digits" if "digits" in str(error) else str(error)


def _short(value: object) -> str:
    try:
        text = str(value).lower() if isinstance(value, bool) else str(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, tables in tables
        return "…"
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
