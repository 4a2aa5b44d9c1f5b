"""The promise of the importers, held by content: every line with words is somewhere.

A line's characters, white space aside, stand in the passage whose lines it is among;
or it is a marker, an ornament, a date, a title, a label or a header whose words are
known; or a diagnostic names it by its number and its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from probation_reader.importers import ledger
from probation_reader.importers.base import ImportResult
from probation_reader.importers.captures.words import LABEL_LINES, LANGUAGES
from probation_reader.importers.dates import read_date
from probation_reader.model import Passage, Post


def _words(*fields: str) -> list[str]:
    """Return the words of all languages, the longest first."""
    found = {word for said in LANGUAGES.values() for name in fields for word in getattr(said, name)}
    return sorted(found, key=len, reverse=True)


def _one_of(*fields: str) -> str:
    return "|".join(map(re.escape, _words(*fields)))


MARKERS = sorted(
    {reply + delete for reply in ["", *_words("reply")] for delete in _words("delete")},
    key=len,
    reverse=True,
)
MARKER = re.compile(rf"\s*(?:(?:{_one_of('reply', 'replies')})\s*)?(?:{_one_of('delete')})?\s*")
NUMBER = re.compile(r"\s*\d{1,7}[.)]")
HEADER = re.compile(
    rf"\s*(?:(?P<number>\d[\d.,\s]*)|{_one_of('none')})\s*(?:{_one_of('comments')})\s*:\s*",
    re.IGNORECASE,
)
NAMELESS_HEADER = re.compile(rf"\s*(?:{_one_of('comments')})\s*:\s*", re.IGNORECASE)


def broken(lines: Sequence[str], result: ImportResult) -> list[str]:
    """Return the lines of a source whose words are lost, each with its number."""
    return [f"{number}: {lines[number - 1][:80]!r}" for number in sorted(_lost(lines, result))]


def squeezed(text: str) -> str:
    """Return text without white space."""
    return "".join(text.split())


def _lost(lines: Sequence[str], result: ImportResult) -> Iterator[int]:
    codes = [bytes((code,)) for code in result.ledger]
    yield from _lost_from_passages(lines, codes, result)
    posts = [thread.post for thread in result.threads]
    run = 0
    for number, (line, code) in enumerate(zip(lines, codes, strict=True), start=1):
        run = (run or number) if code == ledger.NOTED else 0
        if (
            (code == ledger.BLANK and squeezed(line))
            or (code == ledger.MARKER and not _is_marker(line))
            or (code == ledger.HEADING and not _is_heading(line, number, posts, result))
            or (code == ledger.NOTED and not _is_noted(line, number, run, result))
        ):
            yield number


def _lost_from_passages(
    lines: Sequence[str], codes: Sequence[bytes], result: ImportResult
) -> Iterator[int]:
    """Yield the lines of text that no passage holds."""
    unseen = {n for n, code in enumerate(codes, 1) if code in _TEXT}
    passages = (passage for thread in result.threads for passage in thread.passages)
    for passage in filter(_has_words, passages):
        span = passage.source
        inside = [n for n in range(span.first_line, span.last_line + 1) if n in unseen]
        unseen.difference_update(inside)
        yield from _lost_from(passage, [(n, lines[n - 1], codes[n - 1]) for n in inside])
    yield from (number for number in unseen if squeezed(lines[number - 1]))


def _has_words(passage: Passage) -> bool:
    return bool(squeezed(passage.text))


_TEXT = {ledger.PASSAGE, ledger.ITEM, ledger.GLUED}


def _lost_from(passage: Passage, inside: Sequence[tuple[int, str, bytes]]) -> Iterator[int]:
    """Yield the lines that should be in a passage and are not."""
    text, at = squeezed(passage.text), 0
    for number, line, code in inside:
        words = next((w for w in _said(line, code) if text.startswith(w, at)), None)
        if words is None:
            yield number
            return  # what follows cannot be told
        at += len(words)
    if at < len(text):
        yield passage.source.last_line


def _said(line: str, code: bytes) -> Iterator[str]:
    """Yield what a line of text may say, once its number or its marker is taken away."""
    if code == ledger.ITEM:
        yield squeezed(NUMBER.sub("", line, count=1))
    elif code == ledger.PASSAGE:
        yield squeezed(line)
    else:
        line = line.rstrip()
        yield from (squeezed(line.removeprefix(mark)) for mark in MARKERS if line.startswith(mark))
        yield from (squeezed(line.removesuffix(mark)) for mark in MARKERS if line.endswith(mark))


def _is_marker(line: str) -> bool:
    return any(known.fullmatch(line.strip()) for known in (MARKER, NUMBER)) or _is_ornament(
        line.strip()
    )


def _is_ornament(line: str) -> bool:
    letters = {sign for sign in line if sign.isalnum()}
    return letters <= set("oO0") and not line[:1].isalnum() and not line[-1:].isalnum()


def _is_heading(line: str, number: int, posts: Sequence[Post], result: ImportResult) -> bool:
    day = read_date(line)
    if day and any(post.published == day for post in posts):
        return True
    if any(not post.title_made_up and squeezed(post.title) == squeezed(line) for post in posts):
        return True
    if any(label.fullmatch(line) for label in LABEL_LINES):
        return any(label in line for post in posts for label in post.labels)
    if NAMELESS_HEADER.fullmatch(line):
        return True
    header = HEADER.fullmatch(line)
    if header:
        digits = "".join(filter(str.isdecimal, header["number"] or "0"))
        if len(digits) <= 7 and any(post.announced == int(digits) for post in posts):
            return True
    return _is_named(line, number, result)


def _is_noted(line: str, number: int, run: int, result: ImportResult) -> bool:
    """Return whether a diagnostic at the beginning of a run of lines names one of them."""
    if not squeezed(line):
        return True
    for note in result.diagnostics:
        size = re.match(r"(\d+) lines? ", note.message)
        if note.line == run and size and number < run + int(size[1]):
            return " ".join(line.split()) in note.message or note.message.endswith("…”")
    return False


def _is_named(line: str, number: int, result: ImportResult) -> bool:
    """Return whether a diagnostic quotes a line, or its beginning if it is long."""
    words = " ".join(line.split())
    return any(
        note.line == number and (f"“{words}”" in note.message or words[:40] in note.message)
        for note in result.diagnostics
    )
