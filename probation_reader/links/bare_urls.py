"""Finds the addresses that stand in a text, as people write them. Pure.

Punctuation after an address is not part of it, nor is a bracket that was opened
before it; a bracket opened inside it is, as encyclopaedias have them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from probation_reader.links.link import Link
from probation_reader.links.url import NO_HOST, judged
from probation_reader.links.wrapped_urls import Wrapping

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What no address holds as people write them.
_ENDS = r"\s<>\"“”„«»‹›`|^{}\\…，。、；：！？（）【】《》「」『』"
_BEGINS = re.compile(
    rf"https?://[^{_ENDS}]|(?<![\w@./:-])www\.(?=\w[^{_ENDS}]*\.\w)", re.IGNORECASE
)
_REST = re.compile(rf"[^{_ENDS}]*")
#: What ends a sentence, not an address, and what is not seen.
_AFTER = ".,;:!?'’‘*([–—\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_CLOSERS = {")": "(", "]": "["}
_BRACKETS = re.compile(r"[()\[\]]")


def bare_links(text: str) -> Iterator[Link]:
    """Yield the addresses of a text in order, ``http``, ``https`` and ``www.``.

    Args:
        text: any text; an address may be broken over its lines.
    """
    if "://" not in text and "www." not in text.lower():
        return  # as it is with nearly all texts, and found out in no time
    wrapping = Wrapping(text)
    at = 0
    while begins := _BEGINS.search(text, at):
        start = begins.start()
        first = _REST.match(text, begins.end())
        at = first.end() if first else begins.end()
        link = _link(text, start, at, wrapping)
        if link is not None:
            at = max(at, link.end)
            yield link


def _link(text: str, start: int, end: int, wrapping: Wrapping) -> Link | None:
    """Return the link that begins here, None if what stands here is no address.

    Args:
        text: the text.
        start: where it begins.
        end: where its first line ends.
        wrapping: how the text is broken into lines.
    """
    if _closed_at(text[start:end]) < end - start:
        return _between(text, start, end)
    sure, perhaps = wrapping.follow(start, end)
    link = _between(text, start, sure)
    longer = _between(text, start, perhaps) if perhaps > sure else None
    return replace(link, longer=longer) if link and longer and not longer.refused else link


def _between(text: str, start: int, end: int) -> Link | None:
    written, last = _written(text, start, end)
    to = judged(_with_scheme(written))
    if to.refused == NO_HOST:
        return None
    return Link(start, last, to.address, to.host, to.refused, masked=to.masked)


def _with_scheme(written: str) -> str:
    return written if written[:4].lower() == "http" else f"https://{written}"


def _written(text: str, start: int, end: int) -> tuple[str, int]:
    """Return the address between two offsets, and the offset just past its last character."""
    whole = text[start:end].replace("\n", "")
    address = whole[: _closed_at(whole)].rstrip(_AFTER)
    left, last = len(address), start
    for piece in text[start:end].split("\n"):
        if left <= len(piece):
            break
        left -= len(piece)
        last += len(piece) + 1
    return address, last + left


def _closed_at(address: str) -> int:
    """Return where a bracket closes that was not opened in the address, else its length."""
    opened: list[str] = []
    for bracket in _BRACKETS.finditer(address):
        sign = bracket[0]
        if sign not in _CLOSERS:
            opened.append(sign)
        elif opened and opened[-1] == _CLOSERS[sign]:
            opened.pop()
        else:
            return bracket.start()
    return len(address)
