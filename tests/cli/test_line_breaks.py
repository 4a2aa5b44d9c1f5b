"""What separates lines in stored text breaks lines, or is a space where a line is one."""

from __future__ import annotations

import mailbox
from contextlib import closing

import pytest

from tests.cli.program import Home

PAGE = (
    "Sunday, 26 May 2024\n\nA{0}Title\n\nBody one{0}two\n\n"
    "1 comment:\n\n  1. Has{0}some words{0}in it\n\n    ReplyDelete\n"
)
SIGNS = ("\u2028", "\u2029", "\x85", "\x0b", "\x0c")

each_sign = pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: f"U+{ord(sign):04X}")


@pytest.fixture
def reader(home: Home, sign: str) -> Home:
    home.run("import", home.write(PAGE.format(sign)))
    post = home.json("list")[0]["id"]
    home.run("bookmark", f"{post}:1", "--note", f"a{sign}note", "--tag", f"a{sign}tag")
    return home


def clean(text: str) -> str:
    """Return a text after a look at it: it holds neither a separator nor a sign for one."""
    assert not set(text) & {*SIGNS, "␋", "␌", "\t", "‹"}
    return text


@each_sign
def test_a_thread_as_text(reader: Home) -> None:
    post = reader.json("list")[0]["id"]
    for options in ((), ("--plain",)):
        shown = clean(reader.run("show", post, *options).stdout)
        assert shown.startswith("A Title\n")
        assert "\nBody one\ntwo\n" in shown
        assert "\nHas\nsome words\nin it\n" in shown


@each_sign
def test_lists_and_snippets_are_one_line_each(reader: Home) -> None:
    assert "A Title\n" in clean(reader.run("list").stdout)
    hits = clean(reader.run("search", "words").stdout).splitlines()
    assert [line.partition(": ")[2] for line in hits] == [
        "A Title, 1, Sunday 26 May 2024: Has some words in it"
    ]


@each_sign
def test_bookmarks(reader: Home) -> None:
    listed = clean(reader.run("bookmarks").stdout).splitlines()
    assert listed[0] == "A Title, Sunday 26 May 2024, comment 1"
    assert listed[1].endswith("  #a tag")
    assert listed[2:] == ["a", "note", "    Has", "    some words", "    in it", ""]
    assert clean(reader.run("bookmarks", "--tags").stdout).split() == ["1", "a", "tag"]
    written = clean(reader.run("bookmarks", "--markdown").stdout)
    assert "> Has  \n> some words  \n> in it\n\na  \nnote\n\nTags: a tag\n" in written


@each_sign
def test_a_mailbox(reader: Home) -> None:
    file = reader.folder / "out.mbox"
    reader.run("export", "--all", "-o", str(file))
    with closing(mailbox.mbox(file)) as box:
        messages = list(box)
    assert [message["Subject"] for message in messages] == ["A Title", "Re: A Title"]
    texts = [bytes(message.get_payload(decode=True)).decode() for message in messages]
    assert [clean(text).rstrip() for text in texts] == ["Body one\ntwo", "Has\nsome words\nin it"]
