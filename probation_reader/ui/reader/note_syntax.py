"""A note and its tags as one line to edit: the note, then ``#words`` at its end. Pure.

A tag of several words stands in quotes: ``#"half days"``. Where a line of the note
ends stands a sign for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from probation_reader.sanitize import safe, safe_line
from probation_reader.ui.posts.model import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Stands for the end of a line of the note.
BREAK = "␊"
_WORD = re.compile(rf'#"[^"]+"(?![^\s{BREAK}])|[^\s{BREAK}]+')
_BEGUN = re.compile(r'#("[^"]*|[^\s"]*)$')


def written(note: str | None, tags: Iterable[str]) -> str:
    """Return the line for a note and its tags, safe to show."""
    line = BREAK.join(map(safe_line, safe(note or "").split("\n")))
    return " ".join((*filter(None, [line]), *map(_written, tags)))


def _written(tag: str) -> str:
    return f'#"{tag}"' if " " in tag else f"#{tag}"


def is_writable(tag: str) -> bool:
    """Return whether a tag can be edited in a line; else it is left as it is."""
    return safe_line(tag) == tag and parsed(_written(tag)) == ("", [tag])


def parsed(line: str) -> tuple[str, list[str]]:
    """Return the note of a line and its tags, each once."""
    tags: list[str] = []
    end = len(line)
    for word in reversed(list(_WORD.finditer(line))):
        tag = word[0].removeprefix("#").strip('"')
        if not word[0].startswith("#") or not tag:
            break
        tags.append(tag)
        end = word.start()
    note = line[:end].replace(BREAK, "\n").strip()
    return note, list(dict.fromkeys(reversed(tags)))


def begun(line: str) -> str | None:
    """Return the tag that a line ends in, as far as it was typed; None if it ends in none."""
    found = _BEGUN.search(line)
    return found[1].strip('"') if found else None


def completions(line: str, known: Sequence[str]) -> list[str]:
    """Return the line with each of the tags that could be meant at its end.

    Args:
        line: up to where one types.
        known: the tags to choose from, the likeliest first.
    """
    stem = begun(line)
    if stem is None:
        return []
    before = line[: line.rindex("#")]
    there = set(parsed(before)[1])
    fitting = (tag for tag in known if folded(tag).startswith(folded(stem)))
    return [before + _written(tag) for tag in fitting if tag not in there and is_writable(tag)]
