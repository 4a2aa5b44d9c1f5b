"""What no layout reads, and pages far larger than any real one."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from types import ModuleType

import pytest

from probation_reader.errors import ImportFailure
from probation_reader.importers.base import ImportResult
from probation_reader.importers.captures import LAYOUTS

Read = Callable[[str], ImportResult]
Whole = Callable[[str, ImportResult], None]


def texts(result: ImportResult) -> list[str]:
    return [comment.text for comment in result.threads[0].comments]


NOT_PROSE = {
    "json": json.dumps(
        {"comments": [{"no": n, "words": "some words here"} for n in range(9)]}, indent=2
    ),
    "csv": "\n".join(f"{n},some words,{n * 7},2024-01-{n:02}" for n in range(1, 20)),
    "code": "\n".join(["def f(x):", "    return x + 1", "", "class A:", "    b = f(2)"] * 5),
    "html": "<html><body>\n" + "<p>Some words in here</p>\n" * 20 + "</body></html>",
    "list": "\n".join(["eggs", "bread", "milk", "tea"] * 4),
    "words": "Just one line of words",
    "long lines": "\n".join(["A paragraph in one long line that was never wrapped. " * 9] * 6),
}


@pytest.mark.parametrize("kind", NOT_PROSE)
def test_what_fits_no_layout_is_refused_with_what_was_looked_for(kind: str, read: Read) -> None:
    with pytest.raises(ImportFailure, match="no layout fits; looked for") as refusal:
        read(NOT_PROSE[kind])
    assert refusal.value.where == "page.txt:1"
    assert all(layout.expects in refusal.value.message for layout in LAYOUTS)


def test_prose_with_a_comment_marker_is_not_taken_for_bare(
    generate: ModuleType, read: Read
) -> None:
    prose = generate.bare(["Words of a paragraph that goes on and on and on. " * 4] * 4)

    assert read(prose).layout == "bare"
    with pytest.raises(ImportFailure):
        read(prose + "12 comments:\nsomething\n")


def test_a_line_of_100_000_characters(generate: ModuleType, read: Read, whole: Whole) -> None:
    said = (generate.Said(0, "word " * 20_000 + "end"), generate.Said(1, "x" * 100_000))
    page = generate.Page(("y" * 100_000,), said, "A Title", date(2024, 5, 1))

    for text in (generate.numbered(page), generate.glued(replace(page, title=None))):
        result = read(text)
        assert texts(result) == [item.text for item in said]
        whole(text, result)


@pytest.mark.slow
def test_a_chain_of_10_000_replies(generate: ModuleType, read: Read) -> None:
    said = tuple(generate.Said(level, f"Reply {level}\nsecond line") for level in range(10_000))
    page = generate.Page(("Body",), said, "A Title", date(2024, 5, 1))
    text = generate.numbered(page, generate.Style(margin=0, offset=1, step=1, before_marker=0))

    comments = read(text).threads[0].comments

    assert [c.depth for c in comments] == list(range(10_000))
    assert [c.text for c in comments] == [item.text for item in said]
    assert all(c.parent == above.id for above, c in pairwise(comments))


def test_a_chain_costs_what_its_indentation_costs(generate: ModuleType, read: Read) -> None:
    """Four times the depth is sixteen times the indentation, and never much more than that."""

    def cost(depth: int) -> float:
        said = tuple(generate.Said(level, "Words") for level in range(depth))
        page = generate.Page(("Body",), said, "A Title", date(2024, 5, 1))
        text = generate.numbered(page, generate.Style(margin=0, offset=1, step=1))
        started = time.process_time()
        read(text)
        return (time.process_time() - started) / len(text)

    assert min(cost(4000) for _ in range(3)) < 3 * min(cost(1000) for _ in range(3))


def test_50_000_comments_under_one_post(generate: ModuleType, read: Read, whole: Whole) -> None:
    said = tuple(generate.Said(0, f"Words {n}") for n in range(50_000))
    page = generate.Page(("Body",), said, "A Title", date(2024, 5, 1))
    text = generate.numbered(page)

    result = read(text)

    assert [c.number for c in result.threads[0].comments] == [str(n) for n in range(1, 50_001)]
    assert not result.diagnostics
    whole(text, result)


@pytest.mark.parametrize(
    ("before", "run", "after"),
    [
        ("3 comments:\n\n  1. One\n\n    ReplyDelete\n", " ", "\n\n    ReplyDelete\n"),
        ("Body\n", "\n", "One\nReplyDeletetwo\nReplyDelete\n"),
        ("Body\nOne\nReplyDelete", "\n", "end\n"),
        ("Body\nOne", " ", "ReplyDelete\n"),
        ("Body\nOne\nReplyDelete", "tDelete ", "\n"),
    ],
)
def test_long_runs_cost_what_they_measure(before: str, run: str, after: str, read: Read) -> None:
    """Sixteen times the run is never much more than sixteen times the work."""

    def cost(size: int) -> float:
        text = before + run * size + after
        started = time.process_time()
        read(text)
        return time.process_time() - started

    assert min(cost(64_000) for _ in range(3)) < 0.05 + 64 * min(cost(4000) for _ in range(3))
