"""Captures damaged at random, as files are by tools, people and ill will.

The same seed damages in the same way. What must hold of each is checked by `checked`:
a refusal or a result, every line once in the ledger, no words lost, in bounded time.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from probation_reader.errors import ImportFailure
from probation_reader.importers import import_source
from probation_reader.importers.source import source_from_bytes
from tests.importers.generate import captures
from tests.importers.promise import broken

PROJECT = Path(__file__).resolve().parents[2]
#: So long may a capture take: more than ten times what the slowest machine needs.
SECONDS, SECONDS_A_MEGABYTE = 0.5, 5.0
#: Longer captures are cut to so many lines, so that many of them can be tried.
MOST_LINES = 400

HOSTILE = (
    *("ReplyDelete", "    ReplyDelete", "Reply", "  Delete", "Replies", "    Replies", "Delete"),
    *(
        "Reply\n    Delete",
        "AntwortenLöschen",
        "    RépondreEffacer",
        "Delete this line",
        "Deleted",
    ),
    *("ReplyDeleteglued in front", "glued behind ReplyDelete", "words Delete", "ReplyDelete\xa0"),
    *("12 comments:", "1 comment:", "No comments:", "Comments:", f"{'9' * 20} comments:"),
    *(f"{'7' * 5000} comments:", "7 reactions", "Your thoughts (7)", "Have your say:"),
    *("The Chief Inspector, Martin Jones, said:", "He waited 5 years.", "12\xa0\xa0comments:"),
    *("  1. One", "1. one", "    1. Reply", "  2. Two", f"  {'8' * 30}. no item", "9999999. far"),
    *("  1.", "1)", "  1. \xa0", "10000000. x", "٣. three", "²2. power"),
    *("Monday, 3 June 2024", "Friday 25th January 2022", "Tuesday, 30 February 2024"),
    *("Monday, 3 June 0000", "lundi 3 juin 2024", "Monday, 3 June 99999"),
    *("Showing posts with label X. Show all posts", "Showing posts with label . Show all posts"),
    *("*****", "--oo00oo--", "0-0", "-oOo", "o-o-o", "- 0 -", "_o_", "§ 00 §"),
    *("", "", " ", "\xa0", "\t", "\x0c", "\u2028", "\u2029words\u2028more", "\x85", "a\x0bb"),
    *(
        "P.S. more",
        "PS",
        "'Getafix",
        "’Name.",
        "P",
        "\x00",
        "\x1b[2J",
        "\ufeff",
        "\u202e",
        "\ud7ff",
    ),
    *("https://example.org/a-", "www.", "(((((", "]]]]", "“open", "x" * 3000, "e\u0301" * 50),
)
SIGNS = '\n\n\t \xa0.:0123456789()[]*-–•\u2028\u2029\x85\x0b\x0c\x00\u200b\ufeff\u0301’"\\/<>'


@dataclass(frozen=True)
class Checked:
    """What became of a capture.

    Args:
        refused: whether it was refused as none.
        faults: what is wrong, one line each; empty if nothing is.
        slow: whether it took too long.
    """

    refused: bool
    faults: tuple[str, ...]
    slow: bool


def originals() -> list[str]:
    """Return the captures that are damaged: the corpus, made-up ones, real ones if there are."""
    made = [next(captures(kind, 1, 12, seed)) for seed in (1, 2) for kind in _LAYOUTS]
    files = sorted((PROJECT / "corpus").glob("*.txt"))
    files = [file for file in files if not file.name.endswith(".expected.txt")]
    files += sorted((PROJECT.parent / "shared" / "captures").glob("*.txt"))
    return [*made, *(file.read_text(encoding="utf-8") for file in files)]


_LAYOUTS = ("numbered", "glued", "listing", "single", "bare")


def damaged(texts: Sequence[str], chance: random.Random) -> bytes:
    """Return one of some captures, damaged once or several times."""
    lines = chance.choice(texts).split("\n")
    if len(lines) > MOST_LINES:
        start = chance.choice([0, 0, chance.randrange(len(lines) - MOST_LINES)])
        lines = lines[start : start + MOST_LINES]
    for _ in range(chance.choice([1, 1, 2, 3, 5, 9])):
        lines = chance.choice(DAMAGES)(lines or [""], chance)
        if chance.random() < _SPLICED:
            other = chance.choice(texts).split("\n")
            start = chance.randrange(len(other))
            at = chance.randrange(len(lines) + 1)
            lines = lines[:at] + other[start : start + chance.randint(1, 60)] + lines[at:]
    return _encoded("\n".join(lines), chance)


_SPLICED = 0.2


def checked(data: bytes) -> Checked:
    """Read a capture and return what is wrong with the outcome.

    Raises:
        Exception: whatever reading raises, unless it is a refusal.
    """
    started = time.process_time()
    try:
        source = source_from_bytes(data, "page.txt")
        result = import_source(source)
    except ImportFailure:
        return Checked(refused=True, faults=(), slow=_is_slow(started, data))
    slow = _is_slow(started, data)
    faults = broken(source.lines, result) if len(result.ledger) == source.size else ["the ledger"]
    return Checked(refused=False, faults=tuple(faults), slow=slow)


def _is_slow(started: float, data: bytes) -> bool:
    return time.process_time() - started > SECONDS + SECONDS_A_MEGABYTE * len(data) / 1e6


# -- ways to damage lines

Damage = Callable[[list[str], random.Random], list[str]]


def _part(lines: list[str], chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(lines))
    return start, min(len(lines), start + chance.choice([1, 1, 2, 5, 30]))


def _cut(lines: list[str], chance: random.Random) -> list[str]:
    start, end = _part(lines, chance)
    return lines[:start] + lines[end:]


def _cut_end(lines: list[str], chance: random.Random) -> list[str]:
    return "\n".join(lines)[: chance.randint(1, 1 + sum(map(len, lines)))].split("\n")


def _double(lines: list[str], chance: random.Random) -> list[str]:
    start, end = _part(lines, chance)
    return lines[:end] + lines[start:end] * chance.choice([1, 1, 3]) + lines[end:]


def _swap(lines: list[str], chance: random.Random) -> list[str]:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines = lines.copy()
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def _insert(lines: list[str], chance: random.Random) -> list[str]:
    at = chance.randrange(len(lines) + 1)
    hostile = chance.choices(HOSTILE, k=chance.choice([1, 1, 2, 4]))
    return [*lines[:at], *"\n".join(hostile).split("\n"), *lines[at:]]


def _insert_before_marked(lines: list[str], chance: random.Random) -> list[str]:
    """Put something hostile where it matters: beside a line that layouts look for."""
    near = ("Delete", "comment", "1.", "Replies", "20", "label")
    places = [at for at, line in enumerate(lines) if any(word in line for word in near)]
    at = (chance.choice(places) if places else 0) + chance.choice([0, 1])
    return [*lines[:at], *chance.choice(HOSTILE).split("\n"), *lines[at:]]


def _insert_sign(lines: list[str], chance: random.Random) -> list[str]:
    at = chance.randrange(len(lines))
    place = chance.randint(0, len(lines[at]))
    signs = chance.choice(SIGNS) * chance.choice([1, 1, 3, 40])
    line = lines[at][:place] + signs + lines[at][place:]
    return [*lines[:at], *line.split("\n"), *lines[at + 1 :]]


def _indent(lines: list[str], chance: random.Random) -> list[str]:
    start, end = _part(lines, chance)
    space = chance.choice([" ", "  ", "    ", "\t", "\xa0"])
    moved = [space + line for line in lines[start:end]]
    if chance.random() < 0.5:
        moved = [line[1:] if line[:1] == " " else line for line in lines[start:end]]
    return lines[:start] + moved + lines[end:]


def _strip_all(lines: list[str], _chance: random.Random) -> list[str]:
    return [line.strip() for line in lines]


def _without_blanks(lines: list[str], _chance: random.Random) -> list[str]:
    return [line for line in lines if line.strip()]


def _join(lines: list[str], chance: random.Random) -> list[str]:
    start, end = _part(lines, chance)
    end = min(len(lines), end + 1)
    return [*lines[:start], chance.choice(["", " "]).join(lines[start:end]), *lines[end:]]


def _drop_markers(lines: list[str], chance: random.Random) -> list[str]:
    keep = chance.choice([0.0, 0.5, 0.9])
    return [line for line in lines if "Delete" not in line or chance.random() < keep]


def _other_numbers(lines: list[str], chance: random.Random) -> list[str]:
    at = chance.randrange(len(lines))
    digits = str(chance.choice([0, 1, 2, 10**9, 10**30])) * chance.choice([1, 1, 200])
    line = "".join(digits if sign.isdecimal() else sign for sign in lines[at])
    return [*lines[:at], line, *lines[at + 1 :]]


DAMAGES: tuple[Damage, ...] = (
    *(_cut, _cut_end, _double, _swap, _insert, _insert, _insert_before_marked, _insert_sign),
    *(_indent, _strip_all, _without_blanks, _join, _drop_markers, _other_numbers),
)


def _encoded(text: str, chance: random.Random) -> bytes:
    encoding = chance.choice(["utf-8"] * 12 + ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
    text = text.replace("\n", chance.choice(["\n"] * 6 + ["\r\n", "\r"]))
    data = text.encode(encoding, "replace")
    if chance.random() < _BYTES_DAMAGED and data:
        at = chance.randrange(len(data))
        data = data[:at] + bytes(chance.randrange(256) for _ in range(3)) + data[at + 1 :]
    return data


_BYTES_DAMAGED = 0.1
