"""Reading what a generator wrote gives back what it meant, for every layout.

For any nesting, language, indentation and newline, and with everything in the
comments that looks like the page around them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from probation_reader.importers.base import ImportResult
from probation_reader.model import Thread

Read = Callable[[str], ImportResult]
Whole = Callable[[str, ImportResult], None]

TONGUES = ("English", "German", "French", "Spanish", "Italian", "Portuguese", "Dutch")
NEWLINES = ("\n", "\r\n", "\r")

WORDS = st.sampled_from(
    [
        "Barn",
        "we’ll",
        "éclair",
        "'quoted'",
        "£12",
        "97%",
        "“so-called”",
        "20:39",
        "@anon",
        "https://example.org/a?b=c",
        "ok",
    ]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=12).map(lambda words: "Well " + " ".join(words))
LOOKALIKES = st.sampled_from(
    [
        "20:39",
        "Delete the file and start again…",
        "Deleted, they said",
        "Reply to the others first",
        "Replies are open",
        "Löschen wir das",
        "Antworten auf alles",
        "1 first of my own list",
        "2 second of it",
        "1. with a full stop",
        "2. and another",
        "42 comments:",
        "*****",
        "Showing posts with label X. Show all posts",
        "Friday, 28 October 2022",
        "(Friday 25thJanuary 2022)",
        "Q79 Chair:",
        "- a dash",
        "P\u00a0S\u00a0with odd\u00a0spaces",
        "form\ffeed and\u2028separator",
    ]
)
LINES = st.one_of(SENTENCES, SENTENCES, LOOKALIKES)
DATES = st.dates(date(1990, 1, 1), date(2040, 12, 31))

common = settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def texts(draw: st.DrawFn, inner: tuple[str, ...] = ("", "", "\n", "\n\n")) -> str:
    """Draw lines with or without blank lines between them."""
    text = draw(LINES)
    for _ in range(draw(st.integers(0, 5))):
        text += "\n" + draw(st.sampled_from(inner)) + draw(LINES)
    return text


def sections(text: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[tuple[str, ...]]:
    plain = st.lists(SENTENCES, min_size=1, max_size=4).map("\n\n".join)
    return st.lists(text or plain, min_size=1, max_size=4).map(tuple)


def levels(deepest: int) -> st.SearchStrategy[list[int]]:
    """Draw reading orders: each level at most one deeper than the one before."""

    def settle(raw: list[int]) -> list[int]:
        order: list[int] = []
        for level in raw:
            order.append(min(level, deepest, order[-1] + 1 if order else 0))
        return order

    return st.lists(st.integers(0, 9), min_size=1, max_size=14).map(settle)


def meant(page: Any) -> tuple[list[str], list[tuple[int, str]]]:  # noqa: ANN401 - a generated page
    return list(page.sections), [(said.level, said.text) for said in page.comments]


def understood(thread: Thread) -> tuple[list[str], list[tuple[int, str]]]:
    return (
        [section.text for section in thread.sections],
        [(comment.depth, comment.text) for comment in thread.comments],
    )


def commented(
    draw: st.DrawFn, generate: ModuleType, deepest: int, text: st.SearchStrategy[str]
) -> Any:  # noqa: ANN401 - a generated page
    comments = tuple(generate.Said(level, draw(text)) for level in draw(levels(deepest)))
    return generate.Page(draw(sections()), comments, "A Title Here", draw(DATES))


@common
@given(data=st.data())
def test_numbered(data: st.DataObject, generate: ModuleType, read: Read, whole: Whole) -> None:
    indented = texts().map(lambda text: text.replace("\nWell", "\n   Well"))
    page = data.draw(
        st.composite(commented)(generate, 9, st.one_of(st.just(""), texts(), indented))
    )
    style = generate.Style(
        tongue=data.draw(st.sampled_from(TONGUES)),
        margin=data.draw(st.integers(0, 4)),
        offset=data.draw(st.integers(1, 5)),
        step=data.draw(st.integers(1, 5)),
        between=data.draw(st.integers(0, 2)),
        before_marker=data.draw(st.integers(0, 2)),
        header=data.draw(st.sampled_from([None, None, "{} thoughts so far", "What you said ({})"])),
        newline=data.draw(st.sampled_from(NEWLINES)),
    )
    if style.header:
        style = replace(style, header=style.header.format(len(page.comments)))
    text = generate.numbered(page, style)

    result = read(text)

    (thread,) = result.threads
    assert result.layout == "numbered"
    assert understood(thread) == meant(page)
    assert (thread.post.title, thread.post.published) == (page.title, page.published)
    assert thread.post.announced == len(page.comments)
    assert all(style.header and style.header in note.message for note in result.diagnostics)
    whole(text, result)


@common
@given(data=st.data())
def test_numbered_without_any_indentation(
    data: st.DataObject, generate: ModuleType, read: Read, whole: Whole
) -> None:
    page = data.draw(st.composite(commented)(generate, 1, texts()))
    style = generate.Style(
        tongue=data.draw(st.sampled_from(TONGUES)),
        margin=0,
        offset=0,
        step=0,
        between=data.draw(st.integers(0, 2)),
        newline=data.draw(st.sampled_from(NEWLINES)),
    )
    text = generate.numbered(page, style)

    result = read(text)

    assert understood(result.threads[0]) == meant(page)
    whole(text, result)


@common
@given(data=st.data())
def test_glued(data: st.DataObject, generate: ModuleType, read: Read, whole: Whole) -> None:
    page = data.draw(st.composite(commented)(generate, 1, texts(inner=("",))))
    page = replace(page, title=None, published=None)
    spelling = data.draw(st.sampled_from(["front", "back", "alone"]))
    style = generate.Style(
        tongue=data.draw(st.sampled_from(TONGUES)), newline=data.draw(st.sampled_from(NEWLINES))
    )
    text = generate.glued(page, spelling, style)

    result = read(text)

    (thread,) = result.threads
    assert result.layout == "glued"
    assert understood(thread) == meant(page)
    assert thread.post.title_made_up
    assert any("where the comments end" in note.message for note in result.diagnostics)
    whole(text, result)


@common
@given(data=st.data())
def test_listing(data: st.DataObject, generate: ModuleType, read: Read, whole: Whole) -> None:
    label = data.draw(st.sampled_from([None, "YOT", "Unpaid Work"]))
    pages = [
        generate.Page(data.draw(sections()), (), f"Title {place}", data.draw(DATES))
        for place in range(data.draw(st.integers(1 if label else 2, 5)))
    ]
    style = generate.Style(
        tongue=data.draw(st.sampled_from(TONGUES)),
        separator=data.draw(st.sampled_from(["*****", "****", "--oo00oo--", "* * *", "———"])),
        newline=data.draw(st.sampled_from(NEWLINES)),
    )
    text = generate.listing(pages, label, style)

    result = read(text)

    assert result.layout == "listing"
    assert [understood(thread) for thread in result.threads] == list(map(meant, pages))
    posts = [thread.post for thread in result.threads]
    assert [(p.title, p.published) for p in posts] == [(p.title, p.published) for p in pages]
    assert {post.labels for post in posts} == {(label,) if label else ()}
    whole(text, result)


@common
@given(data=st.data())
def test_single(data: st.DataObject, generate: ModuleType, read: Read, whole: Whole) -> None:
    page = generate.Page(data.draw(sections()), (), "A Title Here", data.draw(DATES))
    style = generate.Style(
        tongue=data.draw(st.sampled_from(TONGUES)), newline=data.draw(st.sampled_from(NEWLINES))
    )
    said_so = data.draw(st.booleans())
    text = generate.single(page, style, said_so=said_so)

    result = read(text)

    (thread,) = result.threads
    assert result.layout == "single"
    assert understood(thread) == meant(page)
    assert (thread.post.title, thread.post.published) == (page.title, page.published)
    assert thread.post.announced == (0 if said_so else None)
    whole(text, result)


PROSE = st.lists(
    st.sampled_from(
        [
            "the",
            "scheme",
            "was",
            "running",
            "well",
            "beyond",
            "expectations",
            "in",
            "a",
            "few",
            "towns",
        ]
    ),
    min_size=20,
    max_size=60,
).map(lambda words: "People " + " ".join(words) + ".")


@common
@given(
    paragraphs=st.lists(PROSE, min_size=3, max_size=8),
    width=st.integers(50, 90),
    newline=st.sampled_from(NEWLINES),
)
def test_bare(  # noqa: PLR0917 - what is drawn, and fixtures
    paragraphs: list[str],
    width: int,
    newline: str,
    generate: ModuleType,
    read: Read,
    whole: Whole,
) -> None:
    text = generate.bare(paragraphs, width, newline)
    lines = text.split(newline)
    widest = max(map(len, lines))
    ends = [textwrap.wrap(paragraph, width)[-1] for paragraph in paragraphs]
    assume(all(len(end) + 1 + len("People") <= widest for end in ends))

    result = read(text)

    (thread,) = result.threads
    assert result.layout == "bare"
    assert understood(thread) == (["\n".join(paragraphs)], [])
    whole(text, result)


def test_the_benchmark_writes_captures_that_are_read(generate: ModuleType, read: Read) -> None:
    for layout in ("numbered", "glued", "listing", "single", "bare"):
        for text in generate.captures(layout, 60_000, 20):
            assert read(text).layout == layout


@pytest.mark.parametrize("tongue", TONGUES)
def test_every_language_has_its_own_words(tongue: str, generate: ModuleType, read: Read) -> None:
    said = tuple(generate.Said(level, "Words here") for level in (0, 1, 1, 0))
    page = generate.Page(("Body",), said, "A Title", date(2024, 3, 9))

    (thread,) = read(generate.numbered(page, generate.Style(tongue=tongue))).threads

    assert [comment.number for comment in thread.comments] == ["1", "1.1", "1.2", "2"]
    assert thread.post.published == date(2024, 3, 9)
