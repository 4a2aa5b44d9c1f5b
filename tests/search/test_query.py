from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.search.query import (
    MOST_WORDS,
    AllOf,
    AnyOf,
    Node,
    When,
    Without,
    Words,
    parse,
)


def word(form: str, where: str = "text") -> Words:
    return Words((form,), where)


def exact(*forms: str, where: str = "text") -> Words:
    return Words(forms, where, "exact")


def prefix(form: str, where: str = "text") -> Words:
    return Words((form,), where, "prefix")


UNDERSTOOD: list[tuple[str, Node | None]] = [
    ("staff", word("staff")),
    ("  Staff  left ", AllOf((word("staff"), word("left")))),
    ("staff AND left", AllOf((word("staff"), word("left")))),
    ("staff OR left go", AnyOf((word("staff"), AllOf((word("left"), word("go")))))),
    ("(staff OR left) go", AllOf((AnyOf((word("staff"), word("left"))), word("go")))),
    ("staff NOT left", AllOf((word("staff"), Without(word("left"))))),
    ("staff -left", AllOf((word("staff"), Without(word("left"))))),
    ("staff -(left go)", AllOf((word("staff"), Without(AllOf((word("left"), word("go"))))))),
    ("NOT NOT staff", word("staff")),
    ('"Staff left"', exact("staff", "left")),
    ("“Staff” left", AllOf((exact("staff"), word("left")))),
    ('-"staff left"', Without(exact("staff", "left"))),
    ("27%", exact("27", "%")),
    ("gov.uk/a", exact("gov", "uk", "a")),
    ("probat*", prefix("probat")),
    ("re-off*", AllOf((exact("re"), prefix("off")))),
    ("title:Diktat", word("diktat", "title")),
    ('TITLE:"new diktat"', exact("new", "diktat", where="title")),
    ("by:getafix author:anon", AllOf((word("getafix", "author"), word("anon", "author")))),
    ("label:yo* x", AllOf((prefix("yo", "label"), word("x")))),
    ("date:2024", When("2024")),
    ("-date:2024-04 x", AllOf((Without(When("2024-04")), word("x")))),
    ("date:2024-02-29", When("2024-02-29")),
    ("http://x.org", exact("http", "x", "org")),
    ("and or not", AllOf((word("and"), word("or"), word("not")))),
    ("-!!! staff", word("staff")),
    ("title:-staff", Without(word("staff", "title"))),
    ("", None),
]


@pytest.mark.parametrize(("query", "root"), UNDERSTOOD)
def test_what_is_understood_needs_no_note(query: str, root: Node | None) -> None:
    parsed = parse(query)

    assert parsed.root == root
    assert parsed.notes == ()


@pytest.mark.parametrize(
    ("query", "root", "note"),
    [
        ('staff "left go', AllOf((word("staff"), exact("left", "go"))), "never closed"),
        ("(staff left", AllOf((word("staff"), word("left"))), "a bracket is never closed"),
        ("staff) left", AllOf((word("staff"), word("left"))), "no opening one"),
        ("AND staff", word("staff"), "AND has nothing before it"),
        ("staff OR", word("staff"), "OR has nothing after it"),
        ("staff NOT", word("staff"), "NOT has nothing after it"),
        ("(staff NOT) left", AllOf((word("staff"), word("left"))), "NOT has nothing after it"),
        ("staff date:2024-13", word("staff"), "not “2024-13”"),
        ("staff date:2023-02-29", word("staff"), "not “2023-02-29”"),
        ("staff -date:x left", AllOf((word("staff"), word("left"))), "not “x”"),
        ("date:spring", None, "date: wants"),
        ("staff *", word("staff"), "no word to look for in “*”"),
        ('staff ""', word("staff"), "no word to look for in “”"),
        ("!!!", None, "no word to look for in “!!!”"),
        ("(" * 100 + "staff" + ")" * 100, word("staff"), "16 deep"),
        ("w " * 100, AllOf((word("w"),) * MOST_WORDS), f"the first {MOST_WORDS} words"),
    ],
)
def test_a_note_says_what_was_not_understood(query: str, root: Node | None, note: str) -> None:
    parsed = parse(query)

    assert parsed.root == root
    assert len(parsed.notes) == 1
    assert note in parsed.notes[0]


@pytest.mark.parametrize(
    ("query", "root"),
    [
        ("staff le", AllOf((word("staff"), prefix("le")))),
        ("staff ", word("staff")),
        ("staff OR ", word("staff")),
        ("staff (le", AllOf((word("staff"), prefix("le")))),
        ('"staff le', AllOf((exact("staff"), prefix("le")))),
        ('"staff ', exact("staff")),
        ("title:di", prefix("di", "title")),
        ("staff -", word("staff")),
        ("date:20", None),
    ],
)
def test_while_typing_the_last_word_is_a_beginning_and_the_end_may_be_unfinished(
    query: str, root: Node | None
) -> None:
    parsed = parse(query, typing=True)

    assert parsed.root == root
    assert parsed.notes == ()


_PIECES = st.sampled_from(
    [
        "(",
        ")",
        '"',
        "“",
        "-",
        "*",
        " ",
        " AND ",
        " OR ",
        " NOT ",
        "title:",
        "by:",
        "date:",
        "a",
        "2024",
    ]
)


@given(st.lists(_PIECES | st.text(st.characters(codec=None), max_size=4)), st.booleans())
def test_no_query_raises(pieces: list[str], typing: bool) -> None:  # noqa: FBT001 - given
    parsed = parse("".join(pieces), typing=typing)

    assert all(note.strip() for note in parsed.notes)


def test_a_million_characters_are_understood_as_far_as_they_go() -> None:
    parsed = parse("((-" * 400_000)

    assert parsed.root is None
    assert parsed.notes
