"""Finds the links of a text: what its source marked up, and the addresses in between. Pure."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from probation_reader.links.bare_urls import bare_links
from probation_reader.links.link import Link
from probation_reader.links.url import judged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probation_reader.model import Span


def find(text: str, spans: Sequence[Span]) -> tuple[Link, ...]:
    """Return the links of a text in order; no two of them overlap.

    Args:
        text: any text.
        spans: its marked-up runs, in order of their start; what they cover is
            not looked at again.
    """
    marked: list[Link] = []
    for span in spans:
        room = span.start < span.end and (not marked or marked[-1].end <= span.start)
        if span.kind == "link" and span.target and room:
            marked.append(_marked(text, span, span.target))
    found = [link for link in bare_links(text) if not _covered(link, marked)]
    return tuple(sorted([*marked, *found], key=attrgetter("start")))


def _covered(link: Link, marked: Sequence[Link]) -> bool:
    """Return whether a link has characters in common with one of these."""
    before = bisect_left(marked, link.end, key=attrgetter("start")) - 1
    return before >= 0 and marked[before].end > link.start


def _marked(text: str, span: Span, target: str) -> Link:
    to = judged(target.strip())
    hosts = {shown.host for shown in bare_links(text[span.start : span.end])}
    masked = to.masked or bool(hosts - {to.host})
    return Link(span.start, span.end, to.address, to.host, to.refused, masked=masked)
