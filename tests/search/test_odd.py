"""Odd queries: none raises, each is searched as far as it is understood, and says how far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.search.search_fixture import SearchFixture, thread

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 10_000
#: A query → numbers of what it finds (none if only what is near it), and what its notes say.
ODD: list[tuple[str, list[str], list[str]]] = [
    ("", [], []),
    (" \t\n", [], []),
    ("(", [], ["the last bracket is never closed"]),
    (")", [], ["the closing bracket at the beginning has no opening one"]),
    ("()", [], ["no word to look for"]),
    (")recall(", ["1"], ["has no opening one", "the last bracket is never closed"]),
    ("(recall", ["1"], ["before “recall” is never closed"]),
    ("((recall) OR", ["1"], ["OR has nothing after it", "never closed"]),
    ('"', [], ["the last quotation mark is never closed"]),
    ('""', [], ["no word to look for"]),
    ('"""', [], ["no word to look for", "never closed"]),
    ('"the recall', ["1"], ["before “the recall” is never closed"]),
    ('recall"', ["1"], ["the last quotation mark is never closed"]),
    ("“recall", ["1"], ["never closed"]),
    ("OR", [], ["nothing before it", "nothing after it"]),
    (
        "AND OR NOT",
        [],
        ["AND has nothing before it", "OR has nothing", "NOT has nothing"],
    ),
    ("AND recall NOT", ["1"], ["AND has nothing before it", "NOT has nothing after it"]),
    ("NOT NOT recall", ["1"], []),
    ("NOT recall", ["2", "3", "§1"], []),
    ("-", [], ["no word to look for"]),
    ("recall -", ["1"], []),
    ("--recall", ["1"], []),
    ("*", [], ["no word to look for"]),
    ("*call recall", [], ["a star is understood at the end"]),
    ("~ recall", ["1"], ["“~” is understood after a word only"]),
    ("recall~9", ["1"], ["2 letters at most"]),
    (":::", [], ["no word to look for"]),
    ("recall:", ["1"], []),
    ("date:20245 recall", ["1"], ["date: wants", "“20245”"]),
    ("date:2024-13", [], ["“2024-13”"]),
    ("date:2025..2024 recall", ["1"], ["“2025..2024”"]),
    ("after:never recall", ["1"], ["after: wants", "“never”"]),
    ("before:", [], ["before: has nothing after it"]),
    ("depth:x recall", ["1"], ["depth: wants a number", "“x”"]),
    ("depth:" + "9" * 5000, [], ["depth: wants a number"]),
    ("is:odd recall", ["1"], ["is: wants", "“odd”"]),
    ("has:wings recall", ["1"], ["has: wants", "“wings”"]),
    ("in:nothing", [], []),
    ('in:"" recall', ["1"], ["no word to look for"]),
    ('tag:"" recall', ["1"], ["tag: wants a tag"]),
    ("tilte:odd recall", [], ["there is no “tilte:”, but “title:”"]),
    ("the", ["1", "2", "3"], []),
    ("the and of", ["1", "2", "3"], []),
    ("!!! ??? …", [], ["no word to look for"]),
    ("\x00", [], ["no word to look for"]),
    ("\x00recall\x00", ["1"], []),
    ("\u202erecall\u202c \u2066prisoners", ["1"], []),
    ("\ud800 recall", ["1"], []),
    ("\U0001f600", [], ["no word to look for"]),
    ("recall \U0001f600\ufe0f", ["1"], []),
    ("\x1b]52;c;recall\x07", [], []),
    ("[/] [bold]recall[/bold]", [], []),
    ("recall'; DROP TABLE posts", [], []),
    ("a" * LONG, [], []),
    ("recall " * LONG, ["1"], ["only the first 64 words"]),
    ("recall OR " * LONG + "breach", ["1"], ["only the first 64 words", "OR has nothing before"]),
    ("(" * LONG + "recall", ["1"], ["16 deep", "never closed"]),
    ("-" * LONG + "recall", ["1"], []),
    ("*" * LONG * 100 + " recall", ["1"], ["no word to look for"]),
    ("*" * LONG * 100 + "recall", ["1"], ["a star is understood at the end"]),
    ("a" * LONG + ":recall", [], []),
    ('"' * (LONG + 1), [], ["no word to look for", "never closed"]),
    ("title:" * LONG + "recall", [], []),
    ("recall~" + "9" * LONG, [], []),
]


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchFixture]:
    with SearchFixture(tmp_path_factory.mktemp("few")) as fixture:
        texts = [
            "Nothing.",
            "The recall of prisoners is up, and so is the rest of it.",
            "The licence and the breach of it \U0001f600.",
            "The housing of the and 52.",
        ]
        fixture.put(thread("Odd", texts))
        fixture.index.sync()
        yield fixture


@pytest.mark.parametrize(
    ("query", "numbers", "notes"), ODD, ids=[f"{row[0][:16]!a}" for row in ODD]
)
def test_an_odd_query_is_searched_as_far_as_it_is_understood(
    few: SearchFixture, query: str, numbers: list[str], notes: list[str]
) -> None:
    answer = few.index.search(query)

    assert sorted(hit.number for hit in answer.hits if answer.asked) == numbers
    said = "; ".join(answer.notes)
    assert all(note in said for note in notes)
    assert not answer.asked or bool(said) == bool(notes)
    few.index.search(query, typing=True)
