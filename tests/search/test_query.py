from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probation_reader.search.query.ast import (
    And,
    DateRange,
    DepthRange,
    HasFlag,
    InPost,
    MarkFilter,
    Node,
    Not,
    Or,
    TermQuery,
)
from probation_reader.search.query.parser import MOST_NOTES, MOST_WORDS, parse


def word(form: str, where: str = "text") -> TermQuery:
    return TermQuery((form,), where)


def exact(*forms: str, where: str = "text") -> TermQuery:
    return TermQuery(forms, where, "exact")


def prefix(form: str, where: str = "text") -> TermQuery:
    return TermQuery((form,), where, "prefix")


def days(first: str, last: str = "") -> DateRange:
    return DateRange(first, last or first)


YEAR = days("2024-01-01", "2024-12-31")
APRIL = days("2024-04-01", "2024-04-30")
UNREAD = Not(MarkFilter("read"))


UNDERSTOOD: list[tuple[str, Node | None]] = [
    ("staff", word("staff")),
    ("  Staff  left ", And((word("staff"), word("left")))),
    ("staff AND left", And((word("staff"), word("left")))),
    ("staff OR left go", Or((word("staff"), And((word("left"), word("go")))))),
    ("(staff OR left) go", And((Or((word("staff"), word("left"))), word("go")))),
    ("staff NOT left", And((word("staff"), Not(word("left"))))),
    ("staff -left", And((word("staff"), Not(word("left"))))),
    ("staff -(left go)", And((word("staff"), Not(And((word("left"), word("go"))))))),
    ("NOT NOT staff", word("staff")),
    ('"Staff left"', exact("staff", "left")),
    ("“Staff” left", And((exact("staff"), word("left")))),
    ('-"staff left"', Not(exact("staff", "left"))),
    ("27%", exact("27", "%")),
    ("TR2", Or((word("tr2"), exact("tr", "2")))),
    ("TR-2", Or((exact("tr", "2"), exact("tr2")))),
    (
        "TR 2",
        And((Or((word("tr"), exact("tr2"))), Or((word("2"), exact("tr2"))))),
    ),
    ("=TR2 in 2 hours", And((exact("tr2"), word("in"), word("2"), word("hours")))),
    ("at 2:30", And((word("at"), exact("2", "30")))),
    ("title:TR 2", And((word("tr", "title"), word("2")))),
    (
        "27 percent",
        And((word("27"), Or((word("percent"), exact("%"))))),
    ),
    ("gov.uk/a", exact("gov", "uk", "a")),
    ("probat*", prefix("probat")),
    ("re-off*", Or((And((exact("re"), prefix("off"))), prefix("reoff")))),
    ("Re‑offending", Or((exact("re", "offending"), word("reoffending")))),
    ('"re-offending"', exact("re", "offending")),
    ("=re-offending", exact("re", "offending")),
    ("one-size-fits-all", exact("one", "size", "fits", "all")),
    ("=Officers", exact("officers")),
    ('="the Officers"', exact("the", "officers")),
    ("getafx~", TermQuery(("getafx",), "text", "fuzzy", 2)),
    ("omic~", TermQuery(("omic",), "text", "fuzzy", 1)),
    (
        "omic~2 by:getfix~1",
        And(
            (
                TermQuery(("omic",), "text", "fuzzy", 2),
                TermQuery(("getfix",), "author", "fuzzy", 1),
            )
        ),
    ),
    ("title:Diktat", word("diktat", "title")),
    ('TITLE:"new diktat"', exact("new", "diktat", where="title")),
    ("by:getafix author:anon", And((word("getafix", "author"), word("anon", "author")))),
    ("label:yo* x", And((prefix("yo", "label"), word("x")))),
    ("date:2024", YEAR),
    ("-date:2024-04 x", And((Not(APRIL), word("x")))),
    ("date:2024-02-29", days("2024-02-29")),
    ("date:2024-4-3", days("2024-04-03")),
    ("date:2023-11..2024-02", days("2023-11-01", "2024-02-29")),
    ("date:2024..", DateRange("2024-01-01", "")),
    ("date:..2024-04", DateRange("", "2024-04-30")),
    ("date:>2024", DateRange("2025-01-01", "")),
    ("date:>=2024", DateRange("2024-01-01", "")),
    ("date:<2024-03", DateRange("", "2024-02-29")),
    ("date:<=2024-02", DateRange("", "2024-02-29")),
    (
        "after:2024 before:2026-03-01",
        And((DateRange("2025-01-01", ""), DateRange("", "2026-02-28"))),
    ),
    ("depth:0", DepthRange(0, 0)),
    ("depth:2.. depth:..4", And((DepthRange(2, None), DepthRange(0, 4)))),
    ("depth:>2 depth:<4", And((DepthRange(3, None), DepthRange(0, 3)))),
    ("has:link HAS:replies", And((HasFlag("link"), HasFlag("reply")))),
    ("is:unread is:New", And((UNREAD, MarkFilter("new")))),
    ("is:read -is:bookmarked", And((MarkFilter("read"), Not(MarkFilter("bookmarked"))))),
    ("is:post OR is:comment", Or((HasFlag("post"), HasFlag("comment")))),
    ('tag:Pay tag:"to quote"', And((MarkFilter("tag", "Pay"), MarkFilter("tag", "to quote")))),
    ("in:diktat", word("diktat", "title")),
    ('in:"new diktat"', exact("new", "diktat", where="title")),
    ("in:2fb7 x", And((Or((word("2fb7", "title"), InPost("2fb7"))), word("x")))),
    ("in:2FB7.03", Or((exact("2fb7", "03", where="title"), InPost("2fb7")))),
    ("title:(a OR b) c", And((Or((word("a", "title"), word("b", "title"))), word("c")))),
    ("-is:(unread new)", Not(And((UNREAD, MarkFilter("new"))))),
    ("a−b −c", And((exact("a", "b"), Not(word("c"))))),
    ("http://x.org", exact("http", "x", "org")),
    ("at 19:26", And((word("at"), exact("19", "26")))),
    ("staff && left || go", Or((And((word("staff"), word("left"))), word("go")))),
    ("staff | left & go", Or((word("staff"), And((word("left"), word("go")))))),
    ("date: 2024 by: getafix", And((YEAR, word("getafix", "author")))),
    ("staff~0", TermQuery(("staff",), "text", "fuzzy", 1)),
    ("and or not", And((word("and"), word("or"), word("not")))),
    ("-!!! staff", word("staff")),
    ("title:-staff", Not(word("staff", "title"))),
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
        ('staff "left go', And((word("staff"), exact("left", "go"))), "never closed"),
        (
            "(staff left",
            And((word("staff"), word("left"))),
            "the bracket before “staff left” is never closed",
        ),
        (
            "staff) left",
            And((word("staff"), word("left"))),
            "the closing bracket after “staff” has no opening one",
        ),
        ("AND staff", word("staff"), "AND has nothing before it"),
        ("staff OR", word("staff"), "OR has nothing after it"),
        ("staff NOT", word("staff"), "NOT has nothing after it"),
        ("(staff NOT) left", And((word("staff"), word("left"))), "NOT has nothing after it"),
        ("staff date:2024-13", word("staff"), "not “2024-13”"),
        ("staff date:2023-02-29", word("staff"), "not “2023-02-29”"),
        ("staff -date:x left", And((word("staff"), word("left"))), "not “x”"),
        ("date:spring", None, "date: wants"),
        ("depth:deep staff", word("staff"), "depth: wants a number"),
        ("is:odd staff", word("staff"), "is: wants unread, read"),
        ("has:wings staff", word("staff"), "has: wants link or reply, not “wings”"),
        ("date:.. staff", word("staff"), "date: wants"),
        ("before:2024..2025 staff", word("staff"), "before: wants"),
        ("staff by:", word("staff"), "by: has nothing after it"),
        ("staff NOT is:", word("staff"), "is: has nothing after it"),
        ('"a b"~3', exact("a", "b"), "“~3” is understood after a word only"),
        ("staff *", word("staff"), "no word to look for in “*”"),
        ('staff ""', word("staff"), "no word to look for in “”"),
        ("!!!", None, "no word to look for in “!!!”"),
        ("(" * 100 + "staff" + ")" * 100, word("staff"), "16 deep"),
        ("((staff", word("staff"), "the bracket before “(staff” is never closed"),
        ("staff (", word("staff"), "the last bracket is never closed"),
        ('staff "', word("staff"), "the last quotation mark is never closed"),
        (")staff", word("staff"), "the closing bracket at the beginning has no opening one"),
        ("st*ff", exact("st", "ff"), "“st*ff”: a star is understood at the end of a word only"),
        ("*aff", word("aff"), "a star is understood at the end"),
        ("staff~3", TermQuery(("staff",), "text", "fuzzy", 2), "differ in 2 letters at most"),
        (
            "auther:getafix",
            exact("auther", "getafix"),
            "there is no “auther:”, but “author:”; it is looked for as a word",
        ),
        ("mailto:jim", exact("mailto", "jim"), "there is no “mailto:”; it is looked for"),
        ("date:2024..2023 staff", word("staff"), "not “2024..2023”"),
        ("depth:3..1 staff", word("staff"), "not “3..1”"),
        ("w " * 100, And((word("w"),) * MOST_WORDS), f"the first {MOST_WORDS} words"),
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
        ("staff le", And((word("staff"), prefix("le")))),
        ("staff ", word("staff")),
        ("staff OR ", word("staff")),
        ("staff (le", And((word("staff"), prefix("le")))),
        ('"staff le', And((exact("staff"), prefix("le")))),
        ('"staff ', exact("staff")),
        ('staff "', word("staff")),
        ("staff date: 20", word("staff")),
        ("auther:x", And((exact("auther"), prefix("x")))),
        ("title:di", prefix("di", "title")),
        ("staff -", word("staff")),
        ("date:20", None),
        ("is:unr", None),
        ("staff depth:", word("staff")),
        ("re-off", Or((And((exact("re"), prefix("off"))), prefix("reoff")))),
        ("=staf", prefix("staf")),
        ("TR2", Or((prefix("tr2"), exact("tr", "2")))),
        ("TR 2", And((Or((word("tr"), exact("tr2"))), Or((prefix("2"), prefix("tr2")))))),
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


def test_of_a_long_query_the_first_notes_are_told() -> None:
    notes = parse(" ".join(f"depth:x{number}" for number in range(99))).notes

    assert len(notes) == MOST_NOTES
    assert notes[-1] == f"depth: wants a number, 2..4 or >2, not “x{MOST_NOTES - 1}”"


@pytest.mark.parametrize(
    ("query", "after"),
    [("a (b) c) )", "after “a (b) c”"), ("(a b))", "after “(a b”"), (" ) a", "at the beginning")],
)
def test_a_closing_bracket_without_an_opening_one_is_found_by_what_is_before_it(
    query: str, after: str
) -> None:
    assert parse(query).notes == (f"the closing bracket {after} has no opening one",)
